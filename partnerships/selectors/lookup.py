"""Communities that somebody may mean by what they typed: those on record first, then places of the gazetteer."""

from __future__ import annotations

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
    places = _places(text[:LONGEST], country=country, leave=known, limit=rest) if rest > 0 else []
    return [*map(_of_community, known), *places]


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
    """The community that a place of the gazetteer is, where one has been entered or proposed."""
    if place.geonames_id:
        found = Jurisdiction.objects.filter(geonames_id=place.geonames_id).first()
        while found is not None and found.successor_id:
            found = found.successor
        return found
    return Jurisdiction.objects.filter(
        folded=matching.fold(place.name)[:200],
        country=place.country,
        subdivision=place.subdivision,
        kind=place.kind,
        provisional=False,
        successor__isnull=True,
    ).first()


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


def _places(text: str, *, country: str, leave: list[Jurisdiction], limit: int) -> list[Choice]:
    found = gazetteer.find(text, country, limit + len(leave))
    ids = {row.geonames_id for row in found if row.geonames_id}
    accepted = set(
        Jurisdiction.objects.filter(geonames_id__in=ids, provisional=False).values_list("geonames_id", flat=True)
    )
    shown = {(row.folded, row.country.code, row.subdivision) for row in leave}
    rows = [
        row
        for row in found
        if (not country or row.country == country)
        and row.geonames_id not in accepted
        and (matching.fold(row.name), row.country, row.subdivision) not in shown
    ]
    return [_of_place(row) for row in rows[:limit]]


def _of_place(row: gazetteer.PlaceRow) -> Choice:
    label = row.name if matching.fold(row.matched) == matching.fold(row.name) else f"{row.name} ({row.matched})"
    detail = _detail(row.kind, row.subdivision_name, row.country)
    return Choice(f"{PLACE}{row.key}", label, detail, row.country, on_record=False)


def _detail(kind: str, subdivision_name: str, country: str) -> str:
    where = ", ".join(filter(None, (subdivision_name, str(countries.name(country)))))
    return f"{JurisdictionKind(kind).label} · {where}"
