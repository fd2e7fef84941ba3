"""One row of an import: the columns that a file may have, and what is wrong with a row on its own.

What depends on the record (whether a place is known, whether two are partners already) is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from partnerships.choices import AffiliationKind, JurisdictionKind, Standing
from partnerships.rules import countries, matching
from partnerships.rules.dates import PartialDate
from partnerships.rules.wording import Translate, gettext_noop, untranslated, worded

SIDES = ("a", "b")
OF_A_SIDE = (
    "name",
    "kind",
    "country",
    "subdivision",
    "latitude",
    "longitude",
    "population",
    "geonames_id",
    "wikidata_id",
)
OF_THE_PAIR = ("kind", "standing", "since", "until", "source_url", "note")
COLUMNS = (*(f"{side}_{name}" for side in SIDES for name in OF_A_SIDE), *OF_THE_PAIR)
REQUIRED = ("a_name", "a_country", "b_name", "b_country")

LONGEST_NAME, LONGEST_TEXT = 200, 2_000
#: Domain section 5: nothing was signed before.
FIRST_YEAR = 1900
#: What a spreadsheet takes for the beginning of a formula; no name of a place begins so.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: Cells of spreadsheets may hold line ends; they are read as blanks.
_BLANKS = {9: " ", 10: " ", 13: " "}
_QID = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]{0,17})")
_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_STANDINGS = frozenset({Standing.IN_FORCE, Standing.SUSPENDED, Standing.EMERITUS, Standing.ENDED})

#: Code → what a clerk reads. ``column`` is always among the parameters.
MESSAGES: dict[str, str] = {
    "cells": gettext_noop("The row has %(found)s cells, the header %(expected)s."),
    "empty": gettext_noop("“%(column)s” is empty."),
    "too-long": gettext_noop("“%(column)s” has more than %(most)s characters."),
    "formula": gettext_noop("“%(column)s” begins like a formula of a spreadsheet: %(value)s"),
    "unreadable": gettext_noop("“%(column)s” holds signs that cannot be read."),
    "country": gettext_noop("“%(value)s” is no country that ISO 3166-1 knows. Write its code, such as JP."),
    "country-past": gettext_noop(
        "“%(value)s” may mean several countries of today (%(codes)s). Write the code of the one where the place lies."
    ),
    "country-unlisted": gettext_noop(
        "ISO 3166-1 has no code for “%(value)s”, and the registry places no territory by itself. "
        "Write the code under which it should stand (ISO: %(codes)s)."
    ),
    "subdivision": gettext_noop("“%(value)s” is no ISO 3166-2 code of %(country)s, such as US-NY."),
    "coordinates": gettext_noop("“%(column)s” is no coordinate: latitude -90 to 90, longitude -180 to 180, both."),
    "number": gettext_noop("“%(column)s” is no whole number: %(value)s"),
    "wikidata": gettext_noop("“%(value)s” is no Wikidata id, such as Q35765."),
    "place-kind": gettext_noop("“%(value)s” is no kind of community. Known: %(known)s."),
    "kind": gettext_noop("“%(value)s” is no kind of affiliation: sister or friendship."),
    "standing": gettext_noop("“%(value)s” is no standing. Known: %(known)s."),
    "date": gettext_noop("“%(column)s” is no date: %(value)s. Write 1931, 1985-04 or 1992-06-29."),
    "date-early": gettext_noop("“%(column)s” lies before %(first)s: %(value)s"),
    "date-future": gettext_noop("“%(column)s” lies in the future: %(value)s"),
    "date-order": gettext_noop("It ends (%(until)s) before it begins (%(since)s)."),
    "until-open": gettext_noop("It has an end (%(value)s) and the standing “%(standing)s”."),
    "url": gettext_noop("“%(column)s” is no web address: %(value)s"),
    "same-place": gettext_noop("Both sides are the same place (%(name)s): a community cannot be its own partner."),
    "same-country": gettext_noop(
        "Both places are in %(country)s. The registry keeps affiliations between different countries or territories."
    ),
    "ambiguous": gettext_noop(
        "There are several places called %(name)s in %(country)s. Add a subdivision, coordinates or an id."
    ),
    "id-elsewhere": gettext_noop("The id of %(name)s belongs to %(other)s (%(country)s), which is on record."),
    "corrected": gettext_noop(
        "A registrar found that “%(name)s” is the wrong place: the affiliation is %(number)s. %(reason)s"
    ),
}


@dataclass(frozen=True)
class Problem:
    """Why a row cannot go in, or not as it is; ``column`` is where to look, empty where it is the row as a whole."""

    code: str
    column: str = ""
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def text(self, translate: Translate = untranslated) -> str:
        return worded(MESSAGES[self.code], {"column": self.column, **self.params}, translate)


@dataclass(frozen=True)
class RawRow:
    """The cells of one row by column, and the line where it begins in the file."""

    line: int
    cells: Mapping[str, str]
    problem: Problem | None = None


@dataclass(frozen=True)
class PlaceRow:
    """A place as a row tells of it. ``may_be`` are the countries of which one is meant, where the label leaves it
    open; ``country`` is then empty until an id settles it."""

    name: str
    folded: str
    kind: str
    country: str
    subdivision: str
    latitude: Decimal | None
    longitude: Decimal | None
    population: int | None
    geonames_id: int | None
    wikidata_id: str
    may_be: tuple[str, ...] = ()
    label: str = ""
    #: The GeoNames id was found by name and place, the file gives none.
    id_found: bool = False

    @property
    def lands(self) -> tuple[str, ...]:
        """The country, or those of which one is meant."""
        return (self.country,) if self.country else self.may_be


@dataclass(frozen=True)
class PairRow:
    """A row that is sound on its own. ``standing`` is empty where the source does not say."""

    line: int
    places: tuple[PlaceRow, PlaceRow]
    kind: str
    standing: str
    since: PartialDate | None
    until: PartialDate | None
    source_url: str
    note: str

    @property
    def is_ended(self) -> bool:
        return self.standing == Standing.ENDED


class _Unsound(Exception):
    def __init__(self, code: str, column: str = "", **params: object) -> None:
        super().__init__(code)
        self.problem = Problem(code, column, params)


def read(raw: RawRow, today: date) -> PairRow | Problem:
    """The row, or the first thing that is wrong with it."""
    if raw.problem:
        return raw.problem
    try:
        _check_texts(raw.cells)
        return _pair(raw, today)
    except _Unsound as error:
        return error.problem


def _check_texts(cells: Mapping[str, str]) -> None:
    for column, value in cells.items():
        if not value:
            continue
        if len(value) > LONGEST_TEXT:
            raise _Unsound("too-long", column, most=LONGEST_TEXT)
        if _CONTROL.search(value.translate(_BLANKS)):
            raise _Unsound("unreadable", column)
        if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise _Unsound("unreadable", column)


def _pair(raw: RawRow, today: date) -> PairRow:
    cells = raw.cells
    one, other = (_place(cells, side) for side in SIDES)
    since, until = _date(cells, "since", today), _date(cells, "until", today)
    if since and until and until.latest < since.earliest:
        raise _Unsound("date-order", "until", since=since, until=until)
    return PairRow(
        line=raw.line,
        places=(one, other),
        kind=_word(cells, "kind", AffiliationKind.values) or AffiliationKind.SISTER,
        standing=_standing(cells, until),
        since=since,
        until=until,
        source_url=_url(cells, "source_url"),
        note=" ".join(_cell(cells, "note").split())[:500],
    )


def _cell(cells: Mapping[str, str], column: str) -> str:
    return (cells.get(column) or "").strip()


def _place(cells: Mapping[str, str], side: str) -> PlaceRow:
    name = _name(cells, f"{side}_name")
    country, may_be, label = _country(cells, f"{side}_country")
    latitude, longitude = _coordinates(cells, side)
    return PlaceRow(
        name=name,
        folded=matching.fold(name)[:200],
        kind=_place_kind(cells, f"{side}_kind", name),
        country=country,
        subdivision=_subdivision(cells, f"{side}_subdivision", country),
        latitude=latitude,
        longitude=longitude,
        population=_whole(cells, f"{side}_population"),
        geonames_id=_whole(cells, f"{side}_geonames_id") or None,
        wikidata_id=_wikidata(cells, f"{side}_wikidata_id"),
        may_be=may_be,
        label=label,
    )


def _name(cells: Mapping[str, str], column: str) -> str:
    name = " ".join(_cell(cells, column).split())
    if not name:
        raise _Unsound("empty", column)
    if len(name) > LONGEST_NAME:
        raise _Unsound("too-long", column, most=LONGEST_NAME)
    if name.startswith(_FORMULA):
        raise _Unsound("formula", column, value=name[:40])
    if not matching.fold(name):
        raise _Unsound("unreadable", column)
    return name


def _country(cells: Mapping[str, str], column: str) -> tuple[str, tuple[str, ...], str]:
    label = _cell(cells, column)
    if not label:
        raise _Unsound("empty", column)
    meant = countries.read(label)
    if meant.unlisted:
        raise _Unsound("country-unlisted", column, value=label[:80], codes=", ".join(meant.codes))
    if not meant.codes:
        raise _Unsound("country", column, value=label[:80])
    return meant.code, (() if meant.code else meant.codes), label[:80]


def past(place: PlaceRow, column: str) -> Problem:
    """Nothing told in which of today's countries the place lies."""
    return Problem("country-past", column, {"value": place.label, "codes": ", ".join(place.may_be)})


#: The last word of a name that says what it is.
_KIND_WORDS = {str(kind): str(kind) for kind in JurisdictionKind if kind not in ("other", "tribal_nation", "state")}


def _place_kind(cells: Mapping[str, str], column: str, name: str) -> str:
    given = _cell(cells, column).casefold().replace(" ", "_")
    if given:
        if given not in JurisdictionKind.values:
            raise _Unsound("place-kind", column, value=given[:40], known=", ".join(JurisdictionKind.values))
        return given
    *rest, last = matching.fold(name).split()
    return _KIND_WORDS.get(last, str(JurisdictionKind.CITY)) if rest else str(JurisdictionKind.CITY)


def _subdivision(cells: Mapping[str, str], column: str, country: str) -> str:
    code = _cell(cells, column).upper()
    if code and (not _SUBDIVISION.fullmatch(code) or (country and not code.startswith(f"{country}-"))):
        raise _Unsound("subdivision", column, value=code[:20], country=country or _cell(cells, column))
    return code


def _coordinates(cells: Mapping[str, str], side: str) -> tuple[Decimal | None, Decimal | None]:
    latitude = _degrees(cells, f"{side}_latitude", 90)
    longitude = _degrees(cells, f"{side}_longitude", 180)
    if (latitude is None) != (longitude is None):
        raise _Unsound("coordinates", f"{side}_latitude" if latitude is None else f"{side}_longitude")
    return latitude, longitude


def _degrees(cells: Mapping[str, str], column: str, most: int) -> Decimal | None:
    text = _cell(cells, column)
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise _Unsound("coordinates", column) from None
    if not value.is_finite() or abs(value) > most:
        raise _Unsound("coordinates", column)
    return value.quantize(Decimal("0.00001"))


def _whole(cells: Mapping[str, str], column: str) -> int | None:
    text = _cell(cells, column).removesuffix(".0")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise _Unsound("number", column, value=text[:40])
    return int(text)


def _wikidata(cells: Mapping[str, str], column: str) -> str:
    text = _cell(cells, column)
    if not text:
        return ""
    found = _QID.fullmatch(text)
    if not found:
        raise _Unsound("wikidata", column, value=text[:60])
    return found[1]


def _word(cells: Mapping[str, str], column: str, known: list[str]) -> str:
    word = _cell(cells, column).casefold()
    if word and word not in known:
        raise _Unsound(column, column, value=word[:40], known=", ".join(known))
    return word


def _standing(cells: Mapping[str, str], until: PartialDate | None) -> str:
    standing = _word(cells, "standing", sorted(_STANDINGS)) if _cell(cells, "standing") else ""
    if until and standing not in ("", Standing.ENDED):
        raise _Unsound("until-open", "until", value=until, standing=standing)
    return str(Standing.ENDED) if until else standing


def _date(cells: Mapping[str, str], column: str, today: date) -> PartialDate | None:
    text = _cell(cells, column)
    if not text:
        return None
    try:
        found = PartialDate.parse(text)
    except ValueError:
        raise _Unsound("date", column, value=text[:40]) from None
    if found.year < FIRST_YEAR:
        raise _Unsound("date-early", column, first=FIRST_YEAR, value=text)
    if found.earliest > today:
        raise _Unsound("date-future", column, value=text)
    return found


def _url(cells: Mapping[str, str], column: str) -> str:
    text = _cell(cells, column)
    if text and (not text.startswith(("https://", "http://")) or " " in text or len(text) > 500):
        raise _Unsound("url", column, value=text[:60])
    return text
