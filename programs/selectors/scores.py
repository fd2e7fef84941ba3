"""What is judged in a cycle: the order for staff; for a juror what waits, without anybody else's points.

ranking(cycle, …)    -> list[Placed]    # two statements, a part of it; those with one score share a place
benches(user, day)   -> list[Bench]     # where somebody judges: three statements a cycle, and nobody judges in many
page(juror, day, …)  -> list[Work]      # two statements, at most ``PAGE`` works
own(juror, work)     -> Own             # one statement
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet

from partnerships.models import Jurisdiction, Representation, User
from programs.choices import CycleState
from programs.kinds import kind_of
from programs.models import Cycle, Entry, Juror, Participation, Score
from programs.rules import scoring

PAGE = 50
#: Lines of the ranking on one page.
MOST_PLACES = 100
#: An application, or one work of it.
Key = tuple[int, int | None]


@dataclass(frozen=True)
class Placed:
    """One line of the ranking; ``score`` is 0 to 100. Works go by category and number, not by who made them."""

    participation: Participation
    entry: Entry | None
    score: Decimal
    jurors: int
    place: int
    tied: bool


@dataclass(frozen=True)
class Work:
    """What a juror judges. Of a work of a student no person is named."""

    participation: int
    entry: int | None
    title: str
    category: str
    band: str
    community: str
    judged: bool

    @property
    def key(self) -> Key:
        return self.participation, self.entry


@dataclass(frozen=True)
class Bench:
    """A cycle in which somebody judges, and how much of it waits for them."""

    juror: Juror
    waiting: int
    judged: int


@dataclass(frozen=True)
class Own:
    """What this juror gave: points by the id of the criterion."""

    points: dict[int, Decimal]
    comment: str


def ranking(cycle: Cycle, *, start: int = 0, most: int = MOST_PLACES) -> list[Placed]:
    """Best first, by the points of the jurors who still judge (``rules.scoring``): so many from ``start`` on."""
    columns = ("participation", "entry", "juror", "points", "criterion__most", "criterion__weight")
    given = Score.objects.filter(juror__cycle=cycle, juror__dismissed_at__isnull=True).values_list(*columns)
    whole = scoring.ranking(
        scoring.Points((participation, entry), juror, points, most, weight)
        for participation, entry, juror, points, most, weight in given.iterator()
    )
    ranks: list[Any] = whole[start : start + most]
    if kind_of(cycle.program.kind).entries:
        works = _works(cycle).filter(pk__in=[rank.subject[1] for rank in ranks])
        known: dict[Any, Any] = {(row.participation_id, row.pk): row for row in works}
    else:
        applications = _applications(cycle).filter(pk__in=[rank.subject[0] for rank in ranks])
        known = {(row.pk, None): row for row in applications}
    return [_placed(rank, known[rank.subject]) for rank in ranks if rank.subject in known]


def _placed(rank: scoring.Rank, row: Participation | Entry) -> Placed:
    participation, entry = (row.participation, row) if isinstance(row, Entry) else (row, None)
    return Placed(participation, entry, rank.score, rank.jurors, rank.place, rank.tied)


def _works(cycle: Cycle) -> QuerySet[Entry]:
    related = ("participation__jurisdiction", "category", "age_group")
    return Entry.objects.filter(cycle=cycle).select_related(*related)


def _applications(cycle: Cycle) -> QuerySet[Participation]:
    return Participation.objects.filter(cycle=cycle).select_related("jurisdiction", "category", "band")


def juror_of(user: User, cycle_id: int) -> Juror | None:
    """Who judges in the cycle under this account, while it is announced."""
    return _jurors(user).filter(cycle=cycle_id).first()


def _jurors(user: User) -> QuerySet[Juror]:
    announced = Juror.objects.filter(user=user, dismissed_at__isnull=True, cycle__state=CycleState.ANNOUNCED)
    return announced.select_related("cycle__program").order_by("cycle__closes_at", "pk")


def benches(user: User, day: date) -> list[Bench]:
    """Every cycle in which somebody judges now."""
    made = []
    for juror in _jurors(user)[:PAGE]:
        rows = _open_to(juror, day)
        judged = rows.filter(pk__in=_judged(juror)).count()
        made.append(Bench(juror, rows.count() - judged, judged))
    return made


def page(juror: Juror, day: date, *, after: int = 0) -> list[Work]:
    """What the juror may judge, by number, from the one after ``after``; never of their own communities."""
    rows = list(_open_to(juror, day).filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    judged = set(Score.objects.filter(juror=juror).filter(_about(rows)).values_list("participation", "entry"))
    return [_work(row, judged) for row in rows]


def find(juror: Juror, day: date, participation: int, entry: int | None) -> Participation | Entry | None:
    """What is to be judged, where it is undecided and no community of the juror takes part in it."""
    rows = _open_to(juror, day)
    if kind_of(juror.cycle.program.kind).entries:
        return rows.filter(pk=entry, participation=participation).first() if entry else None
    return rows.filter(pk=participation).first() if entry is None else None


def _open_to(juror: Juror, day: date) -> QuerySet[Any]:
    """Undecided works, or applications where there are none, without a party for which the juror speaks."""
    cycle = juror.cycle
    of_works = kind_of(cycle.program.kind).entries
    prefix = "participation__" if of_works else ""
    states = scoring.ENTRIES_JUDGED if of_works else scoring.APPLICATIONS_JUDGED
    rows: QuerySet[Any] = _works(cycle) if of_works else _applications(cycle)
    if of_works:
        rows = rows.filter(state__in=scoring.WORKS_JUDGED)
    bound = Q()
    for party in ("jurisdiction", "affiliation__first", "affiliation__second"):
        bound |= Q(**{f"{prefix}{party}__in": _own_communities(juror, day)})
    return rows.filter(**{f"{prefix}state__in": states}).exclude(bound)


def _own_communities(juror: Juror, day: date) -> QuerySet[Any]:
    """Those that a juror speaks for or comes from, and those that were merged into one of them."""
    spoken_for = Representation.objects.active(day).filter(user=juror.user_id).values("jurisdiction")
    own = Jurisdiction.objects.filter(Q(pk__in=spoken_for) | Q(pk=juror.community_id)).values("pk")
    return Jurisdiction.objects.filter(Q(pk__in=own) | Q(successor__in=own)).values("pk")


def _judged(juror: Juror) -> QuerySet[Any]:
    name = "entry" if kind_of(juror.cycle.program.kind).entries else "participation"
    return Score.objects.filter(juror=juror).values(one=F(name))


def _about(rows: Iterable[Participation | Entry]) -> Q:
    works = [row.pk for row in rows if isinstance(row, Entry)]
    return Q(entry__in=works) if works else Q(participation__in=[row.pk for row in rows], entry__isnull=True)


def _work(row: Participation | Entry, judged: set[Any]) -> Work:
    if isinstance(row, Entry):
        key: Key = (row.participation_id, row.pk)
        place, band = row.participation.jurisdiction, row.age_group
    else:
        key, place, band = (row.pk, None), row.jurisdiction, row.band
    return Work(
        participation=key[0],
        entry=key[1],
        title=row.title,
        category=row.category.name if row.category else "",
        band=band.name if band else "",
        community=place.name,
        judged=key in judged,
    )


def own(juror: Juror, participation: int, entry: int | None) -> Own:
    """What this juror gave before; never what another one gave."""
    given = Score.objects.filter(juror=juror, participation=participation, entry=entry)
    rows = list(given.values_list("criterion", "points", "comment"))
    comment = next((comment for _criterion, _points, comment in rows if comment), "")
    return Own({criterion: points for criterion, points, _comment in rows}, comment)
