"""Public activities: concerts, legs, sessions, visits, with where and when.

page(criteria, …) -> Page[ActivityRow]     # one statement; raises BadCursor
counts(criteria) -> Counts                 # one statement: how many in all, by country and by year
stream(criteria) -> iterator of ActivityRow
latest(criteria, most=…) -> list[ActivityRow]   # one statement: what begins last
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf, Substr

from partnerships.models import Jurisdiction
from partnerships.rules.dates import PartialDate
from partnerships.selectors import rows
from partnerships.selectors.rows import PartyRow
from programs.choices import PUBLIC_STATES, CycleState
from programs.kinds import kind_of
from programs.models import Activity
from programs.rules import details
from programs.rules.instants import zone
from programs.selectors import paging
from programs.selectors.paging import Page
from programs.selectors.participants import leading_to, of_years

SORTS = ("starts", "-starts")
_BATCH = 1000


@dataclass(frozen=True)
class ActivityCriteria:
    """Several values of one filter: any of them. ``countries``: where it takes place. ``community``: it takes part,
    or its partner under an affiliation with it, or it is the host."""

    program: str = ""
    cycle: str = ""
    participation: int | None = None
    affiliation: str = ""
    community: int | None = None
    jurisdictions: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sort: str = "starts"


@dataclass(frozen=True)
class ActivityRow:
    """``latitude`` and ``longitude`` are those of the venue, else those of the community (``placed_by``)."""

    id: int
    participation: int
    program: str
    program_name: str
    cycle: str
    cycle_name: str
    kind: str
    state: str
    title: str
    text: str
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    venue: str
    address: str
    community: PartyRow
    host: PartyRow | None
    country: str
    latitude: float | None
    longitude: float | None
    placed_by: str
    url: str
    detail: tuple[tuple[details.Detail, Any], ...]
    fictional: bool

    @property
    def path(self) -> str:
        return f"programs/{self.program}/{self.cycle}/{self.participation}"

    @property
    def place(self) -> PartyRow:
        """The community where it takes place, as far as is known: its host, else who takes part."""
        return self.host or self.community

    @property
    def local_start(self) -> datetime | None:
        """As the clocks of the place show it, without an offset: a page would turn it to its own time zone again."""
        return self.starts_at.astimezone(zone(self.time_zone)).replace(tzinfo=None) if self.starts_at else None


@dataclass(frozen=True)
class Counts:
    """``by_country`` by code, the most first; ``by_year`` in order; what has no country or year is only in ``all``."""

    all: int
    by_country: tuple[tuple[str, int], ...]
    by_year: tuple[tuple[str, int], ...]


def page(criteria: ActivityCriteria, *, size: int = 50, cursor: str = "") -> Page[ActivityRow]:
    found = paging.page(listed(criteria), "starts_on", sort=criteria.sort, size=size, cursor=cursor, whole=with_parties)
    return Page(tuple(row(one) for one in found.rows), found.next, found.previous)


def count(criteria: ActivityCriteria) -> int:
    return listed(criteria).count()


def stream(criteria: ActivityCriteria) -> Iterator[ActivityRow]:
    """The whole list by day, in bounded memory."""
    for one in with_parties(listed(criteria)).order_by("starts_on", "id").iterator(chunk_size=_BATCH):
        yield row(one)


def latest(criteria: ActivityCriteria, *, most: int) -> list[ActivityRow]:
    """What begins last, the latest first: of a list that is too long for a calendar the part that people look for."""
    keys = listed(criteria).order_by("-starts_on", "-id")[:most]
    return [row(one) for one in with_parties(paging.among(keys)).order_by("-starts_on", "-id")]


def counts(criteria: ActivityCriteria) -> Counts:
    grouped: Any = (
        _placed(listed(criteria))
        .annotate(year=Substr("starts_on", 1, 4, output_field=CharField()))
        .order_by()
        .values_list("at_country", "year")
        .annotate(n=Count("pk"))
    )
    countries, years, total = Counter[str](), Counter[str](), 0
    for country, year, number in grouped:
        total += number
        countries[country or ""] += number
        years[year or ""] += number
    countries.pop("", None)
    years.pop("", None)
    return Counts(
        total, tuple(sorted(countries.items(), key=lambda one: (-one[1], one[0]))), tuple(sorted(years.items()))
    )


def listed(criteria: ActivityCriteria) -> QuerySet[Activity]:
    found: QuerySet[Activity] = Activity.objects.filter(
        public=True, participation__state__in=PUBLIC_STATES, participation__cycle__program__published=True
    ).exclude(participation__cycle__state=CycleState.DRAFT)
    for column, value in (
        ("participation__cycle__program__slug", criteria.program),
        ("participation__cycle__slug", criteria.cycle),
        ("participation", criteria.participation),
    ):
        if value:
            found = found.filter(**{column: value})
    if criteria.affiliation:
        found = found.filter(participation__affiliation__in=leading_to(criteria.affiliation))
    if criteria.community:
        found = found.filter(pk__in=_around(criteria.community))
    for column, values in (
        ("participation__jurisdiction", criteria.jurisdictions),
        ("kind", criteria.kinds),
        ("state", criteria.states),
    ):
        if values:
            found = found.filter(**{f"{column}__in": values})
    if criteria.countries:
        found = _placed(found).filter(at_country__in=criteria.countries)
    return of_years(found, criteria.years, "starts_on")


def _around(community: int) -> QuerySet[Any, Any]:
    """Each way by its own index."""
    ways = (
        "participation__jurisdiction",
        "participation__jurisdiction__successor",
        "participation__affiliation__sides__jurisdiction",
        "host",
    )
    own, *others = (Activity.objects.filter(**{way: community}).order_by().values("pk") for way in ways)
    return own.union(*others)


def _placed(found: QuerySet[Activity]) -> QuerySet[Any]:
    """``at_country``: its own country, else that of the community that takes part."""
    own = NullIf("country", Value(""), output_field=CharField())
    return found.annotate(at_country=Coalesce(own, "participation__jurisdiction__country", output_field=CharField()))


def with_parties(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.select_related("participation__cycle__program", "participation__jurisdiction", "host")


def row(found: Activity) -> ActivityRow:
    """The row of an activity that was read with its cycle and communities."""
    participation, cycle = found.participation, found.participation.cycle
    latitude, longitude, placed_by = _position(found, found.host or participation.jurisdiction)
    return ActivityRow(
        id=found.pk,
        participation=participation.pk,
        program=cycle.program.slug,
        program_name=cycle.program.name,
        cycle=cycle.slug,
        cycle_name=cycle.name,
        kind=found.kind,
        state=found.state,
        title=found.title,
        text=found.text,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        time_zone=found.time_zone,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        venue=found.venue,
        address=found.address,
        community=rows.party(participation.jurisdiction),
        host=rows.party(found.host) if found.host else None,
        country=found.country.code or participation.jurisdiction.country.code,
        latitude=latitude,
        longitude=longitude,
        placed_by=placed_by,
        url=found.url,
        detail=tuple(details.public(kind_of(cycle.program.kind).activity_fields, found.detail)),
        fictional=participation.fictional or cycle.fictional,
    )


def _position(found: Activity, near: Jurisdiction) -> tuple[float | None, float | None, str]:
    if found.latitude is not None and found.longitude is not None:
        return float(found.latitude), float(found.longitude), "venue"
    same_country = not found.country.code or found.country.code == near.country.code
    if same_country and near.latitude is not None and near.longitude is not None:
        return float(near.latitude), float(near.longitude), "community"
    return None, None, ""
