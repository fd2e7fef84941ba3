"""Participations as everybody may read them: decided in favour, in public cycles; never a person.

page(criteria, …) -> Page[ParticipantRow]      # one statement; raises BadCursor
count(criteria) -> int                         # one statement
stream(criteria) -> iterator of ParticipantRow
one(id) -> ParticipantRow | None               # one statement
found(id, **expressions)                       # one statement: the record itself, annotated
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from partnerships.models import Affiliation
from partnerships.selectors import rows
from partnerships.selectors.rows import PartyRow
from programs.kinds import kind_of
from programs.models import Participation
from programs.rules import details
from programs.selectors import paging
from programs.selectors.paging import Page

SORTS = ("-id", "id", "name", "-name")
#: Order -> the column that it follows.
_KEYS = {"id": "id", "name": "jurisdiction__name"}
_BATCH = 1000
_END = "~"


@dataclass(frozen=True)
class ParticipantCriteria:
    """Several values of one filter: any of them. ``country`` and ``subdivision`` are those of the community that takes
    part or of its partner; ``year`` is the one in which the cycle begins."""

    program: str = ""
    cycle: str = ""
    jurisdictions: tuple[int, ...] = ()
    affiliation: str = ""
    countries: tuple[str, ...] = ()
    subdivisions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sort: str = "-id"


@dataclass(frozen=True)
class CycleRef:
    program: str
    program_name: str
    kind: str
    slug: str
    name: str
    currency: str

    @property
    def path(self) -> str:
        return f"programs/{self.program}/{self.slug}"


@dataclass(frozen=True)
class ParticipantRow:
    """``detail`` holds only what everybody may read; ``partner`` is the other party of the affiliation. Of what was
    entered from the record nobody knows here when it was ``decided_at``."""

    id: int
    cycle: CycleRef
    community: PartyRow
    partner: PartyRow | None
    affiliation: str
    role: str
    state: str
    title: str
    summary: str
    category: str
    category_name: str
    band: str
    detail: tuple[tuple[details.Detail, Any], ...]
    awarded: Decimal | None
    paid: Decimal
    decided_at: datetime | None
    fictional: bool

    @property
    def path(self) -> str:
        return f"{self.cycle.path}/{self.id}"

    @property
    def name(self) -> str:
        return self.title or self.community.name


def page(criteria: ParticipantCriteria, *, size: int = 50, cursor: str = "") -> Page[ParticipantRow]:
    key = _KEYS[criteria.sort.removeprefix("-")]
    found = paging.page(listed(criteria), key, sort=criteria.sort, size=size, cursor=cursor, whole=with_parties)
    return Page(tuple(row(one) for one in found.rows), found.next, found.previous)


def count(criteria: ParticipantCriteria) -> int:
    return listed(criteria).count()


def stream(criteria: ParticipantCriteria) -> Iterator[ParticipantRow]:
    """The whole list in the order of the ids, in bounded memory."""
    for one in with_parties(listed(criteria)).order_by("id").iterator(chunk_size=_BATCH):
        yield row(one)


def countries_of(cycle_id: int) -> list[str]:
    """The countries of the communities that take part in a cycle."""
    found = Participation.objects.public().filter(cycle=cycle_id).order_by("jurisdiction__country")
    return [str(code) for code in found.values_list("jurisdiction__country", flat=True).distinct()]


def one(pk: int) -> ParticipantRow | None:
    read = found(pk)
    return row(read) if read else None


def found(pk: int, **expressions: Any) -> Any | None:
    """The public participation as ``row`` reads it, annotated with what its page shows besides."""
    return with_parties(Participation.objects.public()).annotate(**expressions).filter(pk=pk).first()


def listed(criteria: ParticipantCriteria) -> QuerySet[Participation]:
    found: QuerySet[Participation] = Participation.objects.public()
    for column, value in (
        ("cycle__program__slug", criteria.program),
        ("cycle__slug", criteria.cycle),
    ):
        if value:
            found = found.filter(**{column: value})
    if criteria.affiliation:
        found = found.filter(affiliation__in=leading_to(criteria.affiliation))
    for column, values in (
        ("category__code", criteria.categories),
        ("cycle__program__kind", criteria.kinds),
        ("state", criteria.states),
        ("role", criteria.roles),
    ):
        if values:
            found = found.filter(**{f"{column}__in": values})
    return _of_places(of_years(found, criteria.years, "cycle__starts_on"), criteria)


def leading_to(number: str) -> QuerySet[Any, Any]:
    """The affiliation of this number, and those that lead to it because they were merged into it."""
    return Affiliation.objects.filter(Q(number=number) | Q(successor__number=number)).order_by().values("pk")


def of_years(found: QuerySet[Any], years: tuple[int, ...], column: str) -> QuerySet[Any]:
    """Rows whose partial date lies in one of the years."""
    if not years:
        return found
    within = [{f"{column}__gte": f"{year:04d}", f"{column}__lt": f"{year:04d}{_END}"} for year in years]
    return found.filter(_any(within))


def _any(alternatives: list[dict[str, Any]]) -> Any:
    answer = Q()
    for one in alternatives:
        answer |= Q(**one)
    return answer


def _of_places(found: QuerySet[Participation], criteria: ParticipantCriteria) -> QuerySet[Participation]:
    for column, values in (
        ("pk", criteria.jurisdictions),
        ("country", criteria.countries),
        ("subdivision", criteria.subdivisions),
    ):
        if values:
            sides = ("jurisdiction", "affiliation__first", "affiliation__second")
            found = found.filter(_any([{f"{side}__{column}__in": values} for side in sides]))
    return found


def with_parties(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.select_related(
        "cycle__program", "jurisdiction", "affiliation__first", "affiliation__second", "category", "band"
    )


def row(found: Participation) -> ParticipantRow:
    """The row of a participation that was read with its cycle and parties."""
    cycle, tie = found.cycle, found.affiliation
    other = None
    if tie is not None:
        other = tie.second if tie.first_id == found.jurisdiction_id else tie.first
    return ParticipantRow(
        id=found.pk,
        cycle=CycleRef(
            cycle.program.slug, cycle.program.name, cycle.program.kind, cycle.slug, cycle.name, cycle.currency
        ),
        community=rows.party(found.jurisdiction),
        partner=rows.party(other) if other else None,
        affiliation=tie.number if tie else "",
        role=found.role,
        state=found.state,
        title=found.title,
        summary=found.summary,
        category=found.category.code if found.category else "",
        category_name=found.category.name if found.category else "",
        band=found.band.name if found.band else "",
        detail=tuple(details.public(kind_of(cycle.program.kind).fields, found.detail)),
        awarded=found.awarded,
        paid=found.paid,
        decided_at=None if cycle.historical else found.decided_at,
        fictional=found.fictional or cycle.fictional,
    )
