"""Lists of communities that are part of the record: no provisional ones, none that was merged into another.

page(criteria, *, on, size=50, cursor="") -> JurisdictionPage    # rows, next, previous; raises BadCursor
stream(criteria, *, on) -> Iterator[JurisdictionRow]             # all of them, bounded memory
count(criteria, *, on) -> int                                    # exact
one(pk, *, on) -> JurisdictionRow | Moved | None
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from partnerships.models import Jurisdiction, JurisdictionName, MembershipTerm
from partnerships.rules import matching
from partnerships.rules.territories import is_home
from partnerships.selectors import affiliations, browse, keyset, rows
from partnerships.selectors.jurisdictions import Moved, moved
from partnerships.selectors.keyset import Cursor
from partnerships.selectors.rows import PartyRow

SORTS = ("name", "-name")
MOST_ROWS = 500
_MOST_WORDS = 8


@dataclass(frozen=True)
class JurisdictionCriteria:
    """Several countries, subdivisions or kinds: any of them. ``q``: every word begins a word of one of its names.
    ``member``: in good standing on the day. ``partnered``: has an open affiliation."""

    countries: tuple[str, ...] = ()
    subdivisions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    member: bool | None = None
    partnered: bool | None = None
    q: str = ""
    sort: str = "name"


@dataclass(frozen=True)
class NameRow:
    """``language`` may be empty."""

    name: str
    language: str
    kind: str


@dataclass(frozen=True)
class JurisdictionRow:
    """``in_good_standing`` is ``None`` abroad, where there is no membership to be in good standing with.
    ``merged_into`` is the id of another, and only met where merged ones are asked for."""

    party: PartyRow
    names: tuple[NameRow, ...]
    local_term: str
    population: int | None
    population_year: int | None
    population_source: str
    geonames_id: int | None
    wikidata_id: str
    website: str
    in_good_standing: bool | None
    open_count: int
    merged_into: int | None = None


@dataclass(frozen=True)
class JurisdictionPage:
    """``next`` and ``previous`` are cursors, empty where there is nothing further."""

    rows: tuple[JurisdictionRow, ...]
    next: str
    previous: str


def page(criteria: JurisdictionCriteria, *, on: date, size: int = 50, cursor: str = "") -> JurisdictionPage:
    size = max(1, min(size, MOST_ROWS))
    at = Cursor.parse(cursor, sort=criteria.sort) if cursor else None
    backward = at is not None and at.backward
    descending = criteria.sort.startswith("-") != backward
    listed = _listed(criteria, on)
    if at is not None:
        listed = keyset.beyond(listed, "folded", "id", at, descending=descending)
    found = list(keyset.ordered(listed, "folded", "id", descending=descending)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    ends = [Cursor(criteria.sort, one.folded, one.pk) for one in found[:1] + found[-1:]]
    has_next, has_previous = (True, more) if backward else (more, at is not None)
    return JurisdictionPage(
        rows=completed(found, on),
        next=str(ends[-1]) if ends and has_next else "",
        previous=str(replace(ends[0], backward=True)) if ends and has_previous else "",
    )


def stream(criteria: JurisdictionCriteria, *, on: date) -> Iterator[JurisdictionRow]:
    """Every row of the list in its order, read in batches."""
    cursor = ""
    while True:
        batch = page(criteria, on=on, size=MOST_ROWS, cursor=cursor)
        yield from batch.rows
        if not (cursor := batch.next):
            return


def count(criteria: JurisdictionCriteria, *, on: date) -> int:
    return _listed(criteria, on).count()


def one(pk: int, *, on: date) -> JurisdictionRow | Moved | None:
    """The community, or the one that it was merged into; ``None`` where there is none or it is not public."""
    found = Jurisdiction.objects.select_related("successor").filter(pk=pk).first()
    if found is None:
        return None
    if found.successor is not None:
        return moved(found.successor)
    return None if found.provisional else completed([found], on)[0]


def some(ids: Iterable[int], *, on: date) -> dict[int, JurisdictionRow]:
    """These communities by their ids, in three statements however many they are."""
    found = list(Jurisdiction.objects.filter(pk__in=set(ids)))
    return {row.party.id: row for row in completed(found, on)}


def _listed(criteria: JurisdictionCriteria, on: date) -> QuerySet[Jurisdiction]:
    found = Jurisdiction.objects.filter(provisional=False, successor__isnull=True)
    if criteria.countries:
        found = found.filter(country__in=criteria.countries)
    if criteria.subdivisions:
        found = found.filter(subdivision__in=criteria.subdivisions)
    if criteria.kinds:
        found = found.filter(kind__in=criteria.kinds)
    if criteria.partnered is not None:
        found = found.filter(open_count__gt=0) if criteria.partnered else found.filter(open_count=0)
    if criteria.member is not None:
        found = found.filter(Exists(_terms(on)) if criteria.member else ~Exists(_terms(on)))
    words = matching.words(criteria.q)[:_MOST_WORDS]
    if criteria.q.strip() and not words:
        return found.none()
    for word in words:
        found = found.filter(pk__in=browse.with_word(word))
    return found


def _terms(on: date) -> QuerySet[MembershipTerm]:
    paid = on - timedelta(days=settings.REGISTRY_GRACE_DAYS)
    return MembershipTerm.objects.filter(jurisdiction=OuterRef("pk"), from_date__lte=on, paid_through__gte=paid)


def completed(found: Sequence[Jurisdiction], on: date) -> tuple[JurisdictionRow, ...]:
    """These communities with their names and their standing as members, in two statements."""
    ids = [one.pk for one in found]
    terms = affiliations.membership_terms(ids)
    names: dict[int, list[NameRow]] = defaultdict(list)
    for name in JurisdictionName.objects.filter(jurisdiction__in=ids).order_by("kind", "language", "name"):
        names[name.jurisdiction_id].append(NameRow(name.name, name.language, name.kind))
    return tuple(_row(one, tuple(names[one.pk]), _standing(one, terms[one.pk], on)) for one in found)


def _standing(found: Jurisdiction, terms: affiliations.Terms, on: date) -> bool | None:
    if not terms and not is_home(found.country.code, settings.REGISTRY_HOME_COUNTRY):
        return None
    return affiliations.in_good_standing(terms, on)


def _row(found: Jurisdiction, names: tuple[NameRow, ...], in_good_standing: bool | None) -> JurisdictionRow:
    return JurisdictionRow(
        party=rows.party(found),
        names=names,
        local_term=found.local_term,
        population=found.population,
        population_year=found.population_year,
        population_source=found.population_source,
        geonames_id=found.geonames_id,
        wikidata_id=found.wikidata_id or "",
        website=found.website,
        in_good_standing=in_good_standing,
        open_count=found.open_count,
        merged_into=found.successor_id,
    )
