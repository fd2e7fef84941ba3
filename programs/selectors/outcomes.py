"""Results with their provenance, as everybody may read them: who claims them, since when, by which source, and who
verified them. Withdrawn figures are in no list.

page(criteria, …) -> Page[ResultRow]       # one statement; raises BadCursor
sums(criteria) -> list[TotalRow]              # one statement; adds what rules.totals says may be added
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, Min, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from partnerships.rules.dates import PartialDate
from partnerships.selectors import rows
from partnerships.selectors.rows import PartyRow
from programs.choices import PUBLIC_STATES, CycleState
from programs.models import Result
from programs.rules import totals
from programs.selectors import paging
from programs.selectors.paging import Page

SORTS = ("measure", "-measure")
MOST_TOTALS = 100
_LEVEL = Case(
    When(participation__isnull=True, then=Value(totals.CYCLE)),
    When(activity__isnull=True, then=Value(totals.PARTICIPATION)),
    default=Value(totals.ACTIVITY),
    output_field=CharField(),
)


@dataclass(frozen=True)
class ResultCriteria:
    program: str = ""
    cycle: str = ""
    participation: int | None = None
    jurisdictions: tuple[int, ...] = ()
    measure: str = ""
    unit: str = ""
    verified: bool | None = None
    sort: str = "measure"


@dataclass(frozen=True)
class ResultRow:
    """``value`` in ``unit``; ``on``: what it was true of; ``verified_on`` is empty where it is only claimed."""

    id: int
    program: str
    program_name: str
    cycle: str
    cycle_name: str
    participation: int | None
    community: PartyRow | None
    measure: str
    group: str
    value: Decimal
    approximate: bool
    unit: str
    on: PartialDate | None
    claimed_by: str
    method: str
    source: str
    source_url: str
    verified_on: date | None
    verified_by: str
    verified_how: str
    fictional: bool

    @property
    def path(self) -> str:
        cycle = f"programs/{self.program}/{self.cycle}"
        return f"{cycle}/{self.participation}" if self.participation else cycle


@dataclass(frozen=True)
class TotalRow:
    """The sum of ``figures`` results that agree (``rules.totals``); the provenance where there is only one."""

    measure: str
    unit: str
    verified: bool
    value: Decimal
    figures: int
    approximate: bool
    fictional: bool
    group: str = ""
    level: str = totals.PARTICIPATION
    on: PartialDate | None = None
    claimed_by: str = ""
    source: str = ""
    source_url: str = ""


def page(criteria: ResultCriteria, *, size: int = 50, cursor: str = "") -> Page[ResultRow]:
    found = paging.page(listed(criteria), "measure", sort=criteria.sort, size=size, cursor=cursor, whole=with_parties)
    return Page(tuple(row(one) for one in found.rows), found.next, found.previous)


def count(criteria: ResultCriteria) -> int:
    return listed(criteria).count()


def stream(criteria: ResultCriteria) -> Iterator[ResultRow]:
    """The whole list, in bounded memory."""
    for one in with_parties(listed(criteria)).order_by("id").iterator(chunk_size=1000):
        yield row(one)


def sums(criteria: ResultCriteria) -> list[TotalRow]:
    """One total for each set of figures that agree: the database adds up by the rule of ``rules.totals``, and hands out
    the first ``MOST_TOTALS`` by what is counted."""
    grouped: Any = (
        listed(criteria)
        .annotate(verified=Q(verified_at__isnull=False), level=_LEVEL)
        .order_by()
        .values(*totals.AGREE)
        .annotate(
            total=Sum("value"),
            figures=Count("pk"),
            rough=Count("pk", filter=Q(approximate=True)),
            made_up=Count("pk", filter=Q(fictional=True) | Q(cycle__fictional=True)),
            one_on=Min("on"),
            one_claimed_by=Min("claimed_by"),
            one_source=Min("source"),
            one_url=Min("source_url"),
        )
    )
    first = grouped.order_by("measure", "unit", "group", "level", "-verified")[:MOST_TOTALS]
    return sorted((_total(one) for one in first), key=totals.order)


def _total(one: dict[str, Any]) -> TotalRow:
    alone = one["figures"] == 1
    return TotalRow(
        measure=one["measure"],
        unit=one["unit"],
        verified=bool(one["verified"]),
        value=one["total"],
        figures=one["figures"],
        approximate=bool(one["rough"]),
        fictional=bool(one["made_up"]),
        group=one["group"],
        level=one["level"],
        on=one["one_on"] if alone else None,
        claimed_by=one["one_claimed_by"] if alone else "",
        source=one["one_source"] if alone else "",
        source_url=one["one_url"] if alone else "",
    )


def listed(criteria: ResultCriteria) -> QuerySet[Result]:
    found: QuerySet[Result] = (
        Result.objects.filter(withdrawn_at__isnull=True, cycle__program__published=True)
        .filter(Q(participation__isnull=True) | Q(participation__state__in=PUBLIC_STATES))
        .exclude(cycle__state=CycleState.DRAFT)
    )
    for column, value in (
        ("cycle__program__slug", criteria.program),
        ("cycle__slug", criteria.cycle),
        ("participation", criteria.participation),
        ("measure", criteria.measure),
        ("unit", criteria.unit),
    ):
        if value:
            found = found.filter(**{column: value})
    if criteria.jurisdictions:
        found = found.filter(participation__jurisdiction__in=criteria.jurisdictions)
    if criteria.verified is not None:
        found = found.filter(verified_at__isnull=not criteria.verified)
    return found


def with_parties(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.select_related("cycle__program", "participation__jurisdiction")


def row(found: Result) -> ResultRow:
    cycle, participation = found.cycle, found.participation
    return ResultRow(
        id=found.pk,
        program=cycle.program.slug,
        program_name=cycle.program.name,
        cycle=cycle.slug,
        cycle_name=cycle.name,
        participation=participation.pk if participation else None,
        community=rows.party(participation.jurisdiction) if participation else None,
        measure=found.measure,
        group=found.group,
        value=found.value,
        approximate=found.approximate,
        unit=found.unit,
        on=found.on,
        claimed_by=found.claimed_by,
        method=found.method,
        source=found.source,
        source_url=found.source_url,
        verified_on=timezone.localdate(found.verified_at) if found.verified_at else None,
        verified_by=found.verified_by_name,
        verified_how=found.verified_how,
        fictional=found.fictional or cycle.fictional,
    )
