"""Programs and their cycles as everybody may read them.

program_page(kinds, …) -> Page[ProgramRow]          # one statement
program(slug) -> ProgramRow | None                 # one statement
cycles(program_id=…, …) -> list[CycleRow]          # one statement
cycle(slug, cycle_slug) -> CycleRow | None         # one statement
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from partnerships.rules.dates import PartialDate
from partnerships.selectors.gathered import Gathered
from programs.choices import PUBLIC_STATES, CycleState
from programs.kinds import Kind, kind_of
from programs.models import Activity, Backer, Band, Category, Criterion, Cycle, Participation, Program, Quota
from programs.rules import details, stages
from programs.selectors import paging
from programs.selectors.paging import Page
from programs.selectors.participants import of_years

MOST_CYCLES = 300
_BATCH = 500


@dataclass(frozen=True)
class BackerRow:
    """``category`` is a code of the cycle, where only one category is sponsored."""

    name: str
    role: str
    website: str
    category: str = ""


@dataclass(frozen=True)
class ProgramRow:
    id: int
    slug: str
    name: str
    kind: Kind
    summary: str
    description: str
    since: PartialDate | None
    ended: PartialDate | None
    website: str
    fictional: bool
    backers: tuple[BackerRow, ...]
    cycles: int

    @property
    def path(self) -> str:
        return f"programs/{self.slug}"


@dataclass(frozen=True)
class BandRow:
    """Half-open: from ``low``, up to and without ``high``."""

    name: str
    measure: str
    low: int
    high: int | None


@dataclass(frozen=True)
class CriterionRow:
    name: str
    help: str
    weight: Decimal
    most: int


@dataclass(frozen=True)
class QuotaRow:
    most: int
    per: tuple[str, ...]


@dataclass(frozen=True)
class Eligibility:
    """Whom the call is for; ages include both ends and are counted on ``ages_on``, else on the day of closing."""

    good_standing: bool
    recognised: bool
    affiliation_kind: str
    countries: tuple[str, ...]
    age_from: int | None
    age_to: int | None
    ages_on: date | None


@dataclass(frozen=True)
class CycleRow:
    """A cycle with its rules; ``stage`` is where its call stands on the day that was asked for."""

    id: int
    program: ProgramRow
    slug: str
    name: str
    theme: str
    description: str
    state: str
    stage: str
    time_zone: str
    opens_at: datetime | None
    closes_at: datetime | None
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    report_due_on: date | None
    eligibility: Eligibility
    currency: str
    budget: Decimal | None
    cap_per_pair: Decimal | None
    committed: Decimal
    rules: tuple[tuple[details.Detail, Any], ...]
    categories: tuple[tuple[str, str], ...]
    bands: tuple[BandRow, ...]
    quotas: tuple[QuotaRow, ...]
    criteria: tuple[CriterionRow, ...]
    backers: tuple[BackerRow, ...]
    participations: int
    activities: int
    historical: bool
    fictional: bool
    outcome: str
    cancelled_because: str

    @property
    def path(self) -> str:
        return f"{self.program.path}/{self.slug}"


@dataclass(frozen=True)
class CycleCriteria:
    """``years``: those in which it begins; several values of one filter: any of them."""

    program: str = ""
    states: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def _backers(rows: QuerySet[Backer]) -> Gathered:
    return Gathered(rows.order_by("role", "name"), name=F("name"), role=F("role"), website=F("website"))


def published() -> QuerySet[Program]:
    return _programs(Program.objects.filter(published=True))


def _programs(found: QuerySet[Any]) -> QuerySet[Any]:
    """Programs with everything that is shown of them, in one statement."""
    cycles = Cycle.objects.public().filter(program=OuterRef("pk")).order_by().values("program")
    return found.annotate(
        gathered_backers=_backers(Backer.objects.filter(program=OuterRef("pk"), cycle__isnull=True)),
        cycle_count=Coalesce(Subquery(cycles.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
    )


def program_page(kinds: Iterable[str] = (), *, by: str = "name", size: int = 50, cursor: str = "") -> Page[ProgramRow]:
    """One page of public programs by their names, or by another column of text; ``kinds`` narrows them down. Raises
    ``BadCursor``."""
    found = paging.page(_of_kinds(kinds), by, sort=by, size=size, cursor=cursor, whole=_programs)
    return Page(tuple(_program(one) for one in found.rows), found.next, found.previous)


def program_count(kinds: Iterable[str] = ()) -> int:
    return _of_kinds(kinds).count()


def _of_kinds(kinds: Iterable[str]) -> QuerySet[Program]:
    found, chosen = Program.objects.filter(published=True), tuple(kinds)
    return found.filter(kind__in=chosen) if chosen else found


def stream(narrowed: Q) -> Iterator[ProgramRow]:
    """Every public program of these, by id."""
    for one in published().filter(narrowed).order_by("pk").iterator(chunk_size=_BATCH):
        yield _program(one)


def program(slug: str) -> ProgramRow | None:
    found = published().filter(slug=slug).first()
    return _program(found) if found else None


def _program(found: Any, backers: list[Mapping[str, str]] | None = None) -> ProgramRow:
    gathered = getattr(found, "gathered_backers", []) if backers is None else backers
    return ProgramRow(
        id=found.pk,
        slug=found.slug,
        name=found.name,
        kind=kind_of(found.kind),
        summary=found.summary,
        description=found.description,
        since=found.since,
        ended=found.ended,
        website=found.website,
        fictional=found.fictional,
        backers=tuple(BackerRow(**one) for one in gathered),
        cycles=getattr(found, "cycle_count", 0),
    )


def _cycles(found: QuerySet[Any]) -> QuerySet[Any]:
    """Cycles with everything that is shown of them, in one statement."""
    here = {"cycle": OuterRef("pk")}
    people = Participation.objects.filter(**here, state__in=PUBLIC_STATES).order_by().values("cycle")
    events = (
        Activity.objects.filter(participation__cycle=OuterRef("pk"), participation__state__in=PUBLIC_STATES)
        .filter(public=True)
        .order_by()
        .values("participation__cycle")
    )
    counted = {
        name: Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
        for name, rows in (("participation_count", people), ("activity_count", events))
    }
    return found.select_related("program").annotate(
        **counted,
        gathered_backers=Gathered(
            Backer.objects.filter(**here).order_by("role", "name"),
            **{name: F(name) for name in ("name", "role", "website")},
            category=Coalesce(F("category__code"), Value("")),
        ),
        program_backers=_backers(Backer.objects.filter(program=OuterRef("program"), cycle__isnull=True)),
        gathered_categories=Gathered(
            Category.objects.filter(**here).order_by("position", "pk"), code=F("code"), name=F("name")
        ),
        gathered_bands=Gathered(
            Band.objects.filter(**here).order_by("measure", "low"),
            **{name: F(name) for name in ("name", "measure", "low", "high")},
        ),
        gathered_quotas=Gathered(Quota.objects.filter(**here).order_by("pk"), most=F("most"), per=F("per")),
        gathered_criteria=Gathered(
            Criterion.objects.filter(**here).order_by("position", "pk"),
            **{name: F(name) for name in ("name", "help", "weight", "most")},
        ),
    )


def cycles(*, on: date, program_id: int | None = None, ids: Iterable[int] = ()) -> list[CycleRow]:
    """The public cycles, the newest first: of one program, or those with these ids."""
    public = Cycle.objects.public()
    found = _cycles(public.filter(program=program_id) if program_id is not None else public.filter(pk__in=list(ids)))
    return [_cycle(one, on) for one in found.order_by("-starts_on", "-slug")[:MOST_CYCLES]]


def stream_cycles(narrowed: Q, *, on: date) -> Iterator[CycleRow]:
    """Every public cycle of these, by id, in bounded memory."""
    for one in _cycles(Cycle.objects.public().filter(narrowed)).order_by("pk").iterator(chunk_size=_BATCH):
        yield _cycle(one, on)


def cycle_page(criteria: CycleCriteria, *, on: date, size: int = 50, cursor: str = "") -> Page[CycleRow]:
    """One page of public cycles, the newest first. Raises ``BadCursor``."""
    listed = _narrowed(Cycle.objects.public(), criteria)
    found = paging.page(listed, "starts_on", sort="-starts", size=size, cursor=cursor, whole=_cycles)
    return Page(tuple(_cycle(one, on) for one in found.rows), found.next, found.previous)


def cycle_count(criteria: CycleCriteria) -> int:
    return _narrowed(Cycle.objects.public(), criteria).count()


def _narrowed(found: QuerySet[Cycle], criteria: CycleCriteria) -> QuerySet[Cycle]:
    if criteria.program:
        found = found.filter(program__slug=criteria.program)
    if criteria.states:
        found = found.filter(state__in=criteria.states)
    return of_years(found, criteria.years, "starts_on")


def cycle(slug: str, cycle_slug: str, *, on: date) -> CycleRow | None:
    found = _cycles(Cycle.objects.public().filter(program__slug=slug, slug=cycle_slug)).first()
    return _cycle(found, on) if found else None


def with_call(*, on: date) -> list[CycleRow]:
    """The announced calls that close on this day or later, the next to close first; one statement."""
    ahead = Cycle.objects.public().filter(state=CycleState.ANNOUNCED, historical=False, closes_at__date__gte=on)
    return [_cycle(one, on) for one in _cycles(ahead).order_by("closes_at", "pk")[:MOST_CYCLES]]


def stage_of(cycle: Cycle, on: date) -> str:
    opens, closes = (
        timezone.localdate(moment) if moment is not None else None for moment in (cycle.opens_at, cycle.closes_at)
    )
    return stages.stage(cycle.state, opens, closes, on)


def _cycle(found: Any, on: date) -> CycleRow:
    program = _program(found.program, found.program_backers)
    return CycleRow(
        id=found.pk,
        program=program,
        slug=found.slug,
        name=found.name,
        theme=found.theme,
        description=found.description,
        state=found.state,
        stage=stage_of(found, on),
        time_zone=found.time_zone,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        report_due_on=found.report_due_on,
        eligibility=_eligibility(found),
        currency=found.currency,
        budget=found.budget,
        cap_per_pair=found.cap_per_pair,
        committed=found.committed,
        rules=tuple(details.public(program.kind.cycle_fields, found.rules)),
        categories=tuple((one["code"], one["name"]) for one in found.gathered_categories),
        bands=tuple(BandRow(**one) for one in found.gathered_bands),
        quotas=tuple(QuotaRow(one["most"], _listed(one["per"])) for one in found.gathered_quotas),
        criteria=tuple(_criterion(one) for one in found.gathered_criteria),
        backers=tuple(BackerRow(**one) for one in found.gathered_backers),
        participations=found.participation_count,
        activities=found.activity_count,
        historical=found.historical,
        fictional=found.fictional or program.fictional,
        outcome=found.outcome,
        cancelled_because=found.cancelled_because,
    )


def _eligibility(found: Cycle) -> Eligibility:
    return Eligibility(
        good_standing=found.needs_good_standing,
        recognised=found.needs_recognised,
        affiliation_kind=found.affiliation_kind,
        countries=tuple(found.countries),
        age_from=found.age_from,
        age_to=found.age_to,
        ages_on=found.ages_on,
    )


def _criterion(one: Mapping[str, Any]) -> CriterionRow:
    return CriterionRow(one["name"], one["help"], Decimal(str(one["weight"])), one["most"])


def _listed(value: Any) -> tuple[str, ...]:
    """SQLite hands a list inside an object back as its text."""
    return tuple(json.loads(value) if isinstance(value, str) else value)
