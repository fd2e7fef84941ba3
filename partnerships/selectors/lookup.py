"""Communities that somebody may mean by what they typed: those on record first, then places of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django_countries import countries

from partnerships.choices import JurisdictionKind
from partnerships.models import Filing, FilingParty, Jurisdiction, NameWord, Representation, User
from partnerships.rules import matching
from partnerships.selectors import gazetteer

LONGEST = 100
MOST_WORDS = 6
#: What a choice of a place begins with; any other choice is the id of a community.
PLACE = "place:"
_KEY = re.compile(r"[A-Z0-9-]{1,24}")
_POPULATED = frozenset(
    {
        JurisdictionKind.CITY,
        JurisdictionKind.TOWN,
        JurisdictionKind.VILLAGE,
        JurisdictionKind.TOWNSHIP,
        JurisdictionKind.BOROUGH,
        JurisdictionKind.MUNICIPALITY,
    }
)
#: Above every letter and digit that folding leaves.
_END = "~"


@dataclass(frozen=True)
class Choice:
    """One line of the list. ``value`` is what the form sends back; ``label`` and ``detail`` are what people read."""

    value: str
    label: str
    detail: str
    country: str
    on_record: bool


def find(text: str, *, by: User | None, country: str = "", limit: int = 10) -> list[Choice]:
    """Communities with a name like the text, in any script; ``Toledo, Spain`` prefers the one named after the comma.

    ``country`` (ISO 3166-1) leaves all others out. Provisional communities are found by those who proposed them only.
    """
    known = _on_record(text[:LONGEST], by=by, country=country, limit=limit)
    rest = limit - len(known)
    found = places(text[:LONGEST], country=country, leave=known, limit=rest) if rest > 0 else []
    return [*map(_of_community, known), *found]


def visible(by: User | None) -> QuerySet[Jurisdiction]:
    """The communities that somebody may choose: accepted ones, and the provisional ones of their own filings."""
    accepted = Jurisdiction.objects.filter(successor__isnull=True)
    if by is None:
        return accepted.filter(provisional=False)
    own = Filing.objects.filter(
        Q(started_by=by) | Q(on_behalf_of__in=Representation.objects.filter(user=by).values("jurisdiction"))
    )
    proposed = FilingParty.objects.filter(filing__in=own).values("jurisdiction")
    return accepted.filter(Q(provisional=False) | Q(pk__in=proposed))


def only(text: str) -> Jurisdiction | None:
    """The one accepted community of exactly this name; ``None`` where there are several, or none."""
    named = [row for row in _on_record(text[:LONGEST], by=None, country="", limit=10) if _is_named(row, text)]
    return named[0] if len(named) == 1 else None


def _is_named(row: Jurisdiction, text: str) -> bool:
    name, comma, hint = text.partition(",")
    return row.folded == matching.fold(name) and (not comma or _lies_in(row, matching.fold(hint)))


def place_on_record(place: gazetteer.PlaceRow) -> Jurisdiction | None:
    """The community that a place of the gazetteer is, where one has been entered, or proposed from the gazetteer."""
    if place.geonames_id:
        found = Jurisdiction.objects.filter(geonames_id=place.geonames_id).first()
        while found is not None and found.successor_id:
            found = found.successor
        if found is not None:
            return found
    return accepted([place]).get(place.key)


def accepted(places: Sequence[gazetteer.PlaceRow]) -> dict[str, Jurisdiction]:
    """Which of these places are on record, by their keys: by GeoNames id, else by name, country and subdivision."""
    same_id = Q(geonames_id__in=[row.geonames_id for row in places if row.geonames_id])
    same_name = Q(
        folded__in={matching.fold(row.name)[:200] for row in places}, country__in={row.country for row in places}
    )
    rows = list(Jurisdiction.objects.filter(same_id | same_name, provisional=False, successor__isnull=True))
    by_id = {row.geonames_id: row for row in rows if row.geonames_id}
    by_name = {(row.folded, row.country.code, row.subdivision, _level(row.kind)): row for row in rows}
    found: dict[str, Jurisdiction] = {}
    for place in places:
        key = (matching.fold(place.name)[:200], place.country, place.subdivision, _level(place.kind))
        named = by_name.get(key)
        known = by_id.get(place.geonames_id or 0) or (named if named and not named.geonames_id else None)
        if known is not None:
            found[place.key] = known
    return found


def chosen_place(choice: str) -> gazetteer.PlaceRow | None:
    """The place of the gazetteer behind the value of a choice; ``None`` where it stands for none."""
    key = choice.removeprefix(PLACE)
    return gazetteer.get(key) if key != choice and _KEY.fullmatch(key) else None


def _level(kind: str) -> str:
    """The gazetteer calls every populated place a city."""
    return JurisdictionKind.CITY if kind in _POPULATED else kind


def _on_record(text: str, *, by: User | None, country: str, limit: int) -> list[Jurisdiction]:
    name, _comma, hint = text.partition(",")
    words = matching.words(name)[:MOST_WORDS]
    if not words:
        return []
    found = visible(by)
    for word in words:
        begins = NameWord.objects.filter(word__gte=word[:60], word__lt=word[:60] + _END)
        found = found.filter(pk__in=begins.values("jurisdiction"))
    if country:
        found = found.filter(country=country)
    rows = list(found.order_by("-open_count", "folded", "pk")[: 10 * limit])
    folded, wanted = matching.fold(name), matching.fold(hint)
    rows.sort(key=lambda row: (not _lies_in(row, wanted), row.folded != folded))
    return rows[:limit]


def _lies_in(row: Jurisdiction, hint: str) -> bool:
    if not hint:
        return False
    code = row.subdivision.partition("-")[2]
    return hint in {matching.fold(word) for word in (row.country.code, row.country.name, code, row.subdivision_name)}


def _of_community(row: Jurisdiction) -> Choice:
    label = f"{row.name} ({row.native_name})" if row.native_name and row.native_name != row.name else row.name
    detail = _detail(row.kind, row.subdivision_name, row.country.code)
    return Choice(str(row.pk), label, detail, row.country.code, on_record=True)


def places(text: str, *, country: str = "", leave: Sequence[Jurisdiction] = (), limit: int = 10) -> list[Choice]:
    """Places, and the communities on record that they are where the registry does not know this name of theirs."""
    found = [row for row in gazetteer.find(text, country, limit + len(leave)) if not country or row.country == country]
    on_record = accepted(found)
    shown = {row.pk for row in leave}
    alike = {(row.folded, row.country.code, row.subdivision) for row in leave}
    choices: list[Choice] = []
    for row in found:
        known = on_record.get(row.key)
        if known is None and (matching.fold(row.name), row.country, row.subdivision) not in alike:
            choices.append(of_place(row))
        elif known is not None and known.pk not in shown:
            shown.add(known.pk)
            choices.append(_of_community(known))
    return choices[:limit]


def of_place(row: gazetteer.PlaceRow) -> Choice:
    """The line of the list that offers this place."""
    label = row.name if matching.fold(row.matched) == matching.fold(row.name) else f"{row.name} ({row.matched})"
    detail = _detail(row.kind, row.subdivision_name, row.country)
    return Choice(f"{PLACE}{row.key}", label, detail, row.country, on_record=False)


def _detail(kind: str, subdivision_name: str, country: str) -> str:
    where = ", ".join(filter(None, (subdivision_name, str(countries.name(country)))))
    return f"{JurisdictionKind(kind).label} · {where}"
