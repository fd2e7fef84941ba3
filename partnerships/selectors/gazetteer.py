"""Looking places of the world up by any of their names, in any script, with small typing errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from functools import cache

import pycountry
from django.db.models import QuerySet
from django_countries import countries
from rapidfuzz import fuzz

from partnerships.models import GazetteerEdition, Place, PlaceName
from partnerships.rules import matching, spelling

#: Longer texts are no names of places.
LONGEST = 100
#: A single letter begins every twentieth name of the world: only places that are called so are offered.
BEGINS_FROM = 2
#: From this length on a text that nothing begins with is compared with names that look alike.
FUZZY_FROM = 4
#: How alike a name must be, 0 to 100, to be offered for a text that it does not begin with.
ALIKE = 78
#: Names that are compared at most for one text.
MOST_COMPARED = 1_500
#: Above every letter, digit and blank that folding leaves.
_END = "~"


class Match(IntEnum):
    """How well a name fits, best first."""

    EXACT = 0
    PREFIX = 1
    FUZZY = 2


@dataclass(frozen=True)
class PlaceRow:
    """A place as it is offered. ``key`` is what a form sends back; ``matched`` is the name that fitted the text.

    ``population`` is the figure that was published in ``population_year``; ``population_source`` says by whom.
    """

    key: str
    geonames_id: int | None
    name: str
    matched: str
    match: Match
    kind: str
    country: str
    subdivision: str
    subdivision_name: str
    latitude: Decimal | None
    longitude: Decimal | None
    population: int | None
    population_year: int | None
    population_source: str
    timezone: str


@dataclass(frozen=True)
class _Hit:
    place_id: int
    name: str
    country: str
    match: Match
    alike: int

    @property
    def rank(self) -> tuple[int, int]:
        return (self.match, -self.alike)


def find(text: str, country: str = "", limit: int = 10) -> list[PlaceRow]:
    """Places with a name like the text: exact before begins-with before similar, then those of ``country`` (ISO
    3166-1), then by population. ``Portland, Oregon`` and ``Bristol, GB`` prefer the place named after the comma.

    Several names may be given at once with strokes between them (``Киев/Kyiv``).
    """
    name, _comma, hint = text[: 3 * LONGEST].partition(",")
    best: dict[int, _Hit] = {}
    for variant in name.split("/")[:4]:
        for hit in _hits(variant, country, limit):
            if hit.place_id not in best or hit.rank < best[hit.place_id].rank:
                best[hit.place_id] = hit
    ranked = sorted(best.values(), key=lambda hit: (hit.match, hit.country != country, -hit.alike, hit.place_id))
    rows = _rows(ranked if hint.strip() else ranked[:limit])
    wanted = matching.fold(hint)
    return sorted(rows, key=lambda row: not _fits(row, wanted))[:limit]


def _hits(text: str, country: str, limit: int) -> list[_Hit]:
    folded = matching.fold(text)[:LONGEST]
    if not folded:
        return []
    everywhere = PlaceName.objects.all()
    sources = [everywhere, everywhere.filter(country=country)] if country else [everywhere]
    exact = [hit for names in sources for hit in _take(names.filter(folded=folded), Match.EXACT, 3 * limit)]
    found = [_in_own_script(hit, text.strip().casefold()) for hit in exact]
    for names in sources if len(folded) >= BEGINS_FROM else ():
        found += _take(_beginning(names, "folded", folded), Match.PREFIX, 2 * limit)
    if not exact and len(folded) >= FUZZY_FROM and len(found) < limit:
        found += _similar(folded, sources)
    return found


def _in_own_script(hit: _Hit, typed: str) -> _Hit:
    """Other scripts are folded by sound, so that names which only sound alike meet: the very letters come first."""
    return hit if typed.isascii() or hit.name.casefold() == typed else replace(hit, alike=99)


def _beginning(names: QuerySet[PlaceName], column: str, start: str) -> QuerySet[PlaceName]:
    return names.filter(**{f"{column}__gte": start, f"{column}__lt": start + _END})


def _take(names: QuerySet[PlaceName], match: Match, most: int) -> list[_Hit]:
    """One name each of the largest places among these, found by the index alone."""
    largest = names.order_by("place_id").values("place_id").distinct()[:most]
    rows = names.filter(place_id__in=largest).values_list("place_id", "name", "country")
    return [_Hit(place_id, name, country, match, 100) for place_id, name, country in rows]


def _similar(folded: str, sources: Iterable[QuerySet[PlaceName]]) -> list[_Hit]:
    """Names that begin alike or sound alike, largest places first, as far as they are alike enough."""
    bones = spelling.skeleton(folded)
    candidates: set[tuple[int, str, str, str]] = set()
    for names in sources:
        for near in (_beginning(names, "folded", folded[: max(3, len(folded) // 2)]), names.filter(skeleton=bones)):
            columns = near.order_by("place_id").values_list("place_id", "name", "country", "folded")
            candidates.update(columns[:MOST_COMPARED])
    hits = []
    for place_id, name, country, other in candidates:
        if alike := fuzz.ratio(folded, other, score_cutoff=ALIKE):
            hits.append(_Hit(place_id, name, country, Match.FUZZY, round(alike)))
    return hits


def _rows(hits: Iterable[_Hit]) -> list[PlaceRow]:
    hits = list(hits)
    places = Place.objects.in_bulk([hit.place_id for hit in hits])
    loaded = edition()
    return [_row(places[hit.place_id], hit.name, hit.match, loaded) for hit in hits if hit.place_id in places]


def _row(place: Place, matched: str, match: Match, loaded: Edition) -> PlaceRow:
    return PlaceRow(
        key=place.key,
        geonames_id=place.geonames_id,
        name=place.name,
        matched=matched,
        match=match,
        kind=place.kind,
        country=place.country,
        subdivision=place.subdivision,
        subdivision_name=place.subdivision_name,
        latitude=place.latitude,
        longitude=place.longitude,
        population=place.population,
        population_year=loaded.year if place.population else None,
        population_source=loaded.source if place.population else "",
        timezone=place.timezone,
    )


def _fits(row: PlaceRow, hint: str) -> bool:
    """Whether what was typed after a comma names the subdivision or the country of the place."""
    if not hint:
        return False
    code = row.subdivision.partition("-")[2]
    names = (row.country, code, row.subdivision_name, countries.name(row.country))
    return hint in {matching.fold(name) for name in names}


def get(key: str) -> PlaceRow | None:
    """The place behind the key that a form sends back."""
    place = Place.objects.filter(key=key).first()
    return _row(place, place.name, Match.EXACT, edition()) if place else None


@dataclass(frozen=True)
class Edition:
    """Where the loaded places come from, in words, and the year in which the figures were published (if known)."""

    source: str = ""
    year: int | None = None


def edition() -> Edition:
    """What is loaded; empty before the first load."""
    found = GazetteerEdition.objects.values_list("source", "year").first()
    return Edition(*found) if found else Edition()


def version() -> str:
    """Another text for every load that changed something: part of what a kept answer depends on."""
    row = GazetteerEdition.objects.values_list("source", "min_population", "places", "names", "loaded_at").first()
    return " ".join(map(str, row)) if row else ""


@cache
def subdivisions(country: str) -> tuple[tuple[str, str], ...]:
    """The subdivisions of a country by ISO 3166-2, as (code, name) in the order of their names."""
    found = pycountry.subdivisions.get(country_code=country.upper()) or []
    return tuple(sorted(((row.code, row.name) for row in found), key=lambda row: matching.fold(row[1])))


def subdivision_name(code: str) -> str:
    """The name that ISO 3166-2 gives a subdivision; empty where it has no such code."""
    return dict(subdivisions(code[:2])).get(code, "")
