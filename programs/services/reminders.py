"""Periodic duties of the programs: a call has opened or closes soon, a report is due or overdue.

Each asks what is due and not yet said, so that a missed run is caught up and a doubled one says nothing twice. People
are told once for a call or report and threshold; whoever speaks for several communities gets one letter about a call.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from partnerships.choices import NoticeKind
from partnerships.models import Jurisdiction, Representation, User
from partnerships.services import outbox
from partnerships.services.outbox import Debt
from programs.choices import EDITABLE_STATES, CycleState, ParticipationState
from programs.kinds import kind_of
from programs.models import Cycle, Participation
from programs.rules.instants import day_at
from programs.selectors import calls, facts
from programs.services import announcements

#: People and applications that are looked at with one handful of statements.
BATCH = 500
#: Open calls that are looked at together.
CYCLES = 50
#: Days before the closing at which those who have not handed in are reminded, the nearest first.
CLOSES_IN = (3, 14)
#: Days before a report is due at which it is asked for, the nearest first.
REPORT_IN = (7, 30)
#: A report that nobody asked for in all this time is not asked for any more.
OVERDUE_DAYS = 365
#: Names of communities that one letter lists; the others are counted by the page it leads to.
MOST_NAMES = 20


@dataclass(frozen=True)
class _Told:
    """What one person is told about one call: for which communities, and how many drafts wait."""

    user: User
    names: list[str]
    drafts: int


#: The drafts of a community in a cycle where it is to be told; ``None`` where it is not.
Drafts = Callable[[int, int], int | None]
#: The same for some communities at once: what is asked of the database for a whole batch of them.
DraftsOf = Callable[[list[Cycle], list[int]], Drafts]


def announce_calls(now: datetime) -> dict[str, int]:
    """Tell those who may answer an open call, once, that it has opened."""
    told = 0
    for cycles in _open(now):
        told += _tell(NoticeKind.CALL_OPENED, cycles, now, drafts_of=lambda _cycles, _communities: lambda _c, _j: 0)
    return {"told": told}


def warn_of_closing(now: datetime) -> dict[str, int]:
    """Tell those who may answer and have not handed in that a call closes in 14 days, and again in 3."""
    told = 0
    for cycles in _open(now):
        due = {cycle.pk: days for cycle in cycles if (days := _threshold(cycle, now))}
        closing = [cycle for cycle in cycles if cycle.pk in due]
        thresholds = {cycle.pk: _closing(cycle, due) for cycle in closing}
        told += _tell(NoticeKind.CALL_CLOSES, closing, now, thresholds, drafts_of=_waiting)
    return {"told": told}


def _closing(cycle: Cycle, due: dict[int, int]) -> str:
    """What is told once: that this closing is so near. One that is put off is a new one."""
    return f":{due[cycle.pk]}:{cycle.closes_at:%Y%m%d%H%M}"


def _open(now: datetime) -> Iterator[list[Cycle]]:
    """The cycles whose call is open, a batch at a time."""
    found = Cycle.objects.taking(now).select_related("program").prefetch_related("categories", "bands")
    last = 0
    while cycles := list(found.filter(pk__gt=last).order_by("pk")[:CYCLES]):
        yield cycles
        last = cycles[-1].pk


def _threshold(cycle: Cycle, now: datetime) -> int | None:
    """The nearest of the days that the call has reached; none that lies before its opening, which was told already."""
    if cycle.opens_at is None or cycle.closes_at is None:
        return None
    for days in CLOSES_IN:
        begin = cycle.closes_at - timedelta(days=days)
        if begin <= now and cycle.opens_at < begin:
            return days
    return None


def _waiting(cycles: list[Cycle], communities: list[int]) -> Drafts:
    """Who is still to hand in: communities with a draft, and those without any application."""
    drafts: dict[tuple[int, int], int] = defaultdict(int)
    done: set[tuple[int, int]] = set()
    found = Participation.objects.filter(cycle__in=cycles, jurisdiction__in=communities)
    for cycle, community, state in found.values_list("cycle", "jurisdiction", "state").iterator():
        if state in EDITABLE_STATES:
            drafts[cycle, community] += 1
        else:
            done.add((cycle, community))

    def answer(cycle: int, community: int) -> int | None:
        pair = (cycle, community)
        return drafts.get(pair, None if pair in done else 0)

    return answer


def _tell(
    kind: str, cycles: list[Cycle], now: datetime, thresholds: dict[int, str] | None = None, *, drafts_of: DraftsOf
) -> int:
    """Tell of each cycle those who speak for a community that may answer it: a batch of people at a time, in some
    statements a batch, so that a run needs no more memory however many there are."""
    today, told = timezone.localdate(now), 0
    rules = [(cycle, kind_of(cycle.program.kind), facts.call(cycle)) for cycle in cycles]
    for people, communities in _speakers(today) if cycles else ():
        known, drafts = facts.communities(communities.values(), today), drafts_of(cycles, list(communities))
        for cycle, asked, call in rules:
            may = {
                pk: count
                for pk in communities
                if (count := drafts(cycle.pk, pk)) is not None and not calls.reasons(call, asked, known[pk])
            }
            letters = [
                _Told(user, [communities[pk].name for pk in own if pk in may], sum(may.get(pk, 0) for pk in own))
                for user, own in people
                if any(pk in may for pk in own)
            ]
            told += _owe(kind, cycle, (thresholds or {}).get(cycle.pk, ""), letters, now)
    return told


def _speakers(today: date) -> Iterator[tuple[list[tuple[User, list[int]]], dict[int, Jurisdiction]]]:
    """Those who speak for communities, each with theirs, and these communities: a batch of people at a time."""
    last = 0
    while True:
        speaking = User.objects.filter(pk__gt=last, pk__in=_active(today).values("user"))
        users = list(speaking.order_by("pk")[:BATCH])
        if not users:
            return
        rows = _active(today).filter(user__in=users).order_by("jurisdiction_id").distinct()
        own: dict[int, list[int]] = defaultdict(list)
        for user, community in rows.values_list("user", "jurisdiction"):
            own[user].append(community)
        communities = Jurisdiction.objects.in_bulk({pk for spoken_for in own.values() for pk in spoken_for})
        yield [(user, own[user.pk]) for user in users], communities
        last = users[-1].pk


def _active(today: date) -> QuerySet[Representation]:
    return Representation.objects.active(today).filter(user__is_active=True)


def _people(communities: list[int], today: date) -> dict[int, list[User]]:
    found: dict[int, list[User]] = defaultdict(list)
    rows = _active(today).filter(jurisdiction__in=communities).select_related("user").order_by("user")
    for row in rows:
        if row.user not in found[row.jurisdiction_id]:
            found[row.jurisdiction_id].append(row.user)
    return found


def _owe(kind: str, cycle: Cycle, threshold: str, told: list[_Told], now: datetime) -> int:
    if cycle.closes_at is None or not told:
        return 0
    common = {
        "program": cycle.program.name,
        "cycle": cycle.name,
        "closes": day_at(cycle.closes_at, cycle.time_zone).isoformat(),
        "days": max((cycle.closes_at - now).days, 0),
    }
    debts = [
        Debt(
            key=f"{kind}:{cycle.pk}{threshold}",
            to=one.user,
            about=cycle,
            context={**common, "communities": ", ".join(one.names[:MOST_NAMES]), "drafts": one.drafts},
        )
        for one in told
    ]
    return outbox.enqueue_many(kind, debts)


# --- Reports


def ask_for_reports(now: datetime) -> dict[str, int]:
    """Ask the applicants for their report 30 and 7 days before it is due."""
    today = timezone.localdate(now)
    until = today + timedelta(days=max(REPORT_IN))
    due = _unreported(Q(cycle__report_due_on__gte=today, cycle__report_due_on__lte=until))
    return {"told": _ask(NoticeKind.REPORT_DUE, due, today)}


def ask_for_overdue_reports(now: datetime) -> dict[str, int]:
    """Tell the applicants once that the day has passed."""
    today = timezone.localdate(now)
    since = today - timedelta(days=OVERDUE_DAYS)
    due = _unreported(Q(cycle__report_due_on__lt=today, cycle__report_due_on__gte=since))
    return {"told": _ask(NoticeKind.REPORT_OVERDUE, due, today)}


def _unreported(when: Q) -> QuerySet[Participation]:
    running = Participation.objects.filter(when, state=ParticipationState.ACCEPTED, reported_at__isnull=True)
    current = running.filter(cycle__historical=False).exclude(cycle__state=CycleState.CANCELLED)
    # Decided after the day had passed: there never was a time in which it could have been kept.
    in_time = current.filter(Q(decided_at__isnull=True) | Q(decided_at__date__lte=F("cycle__report_due_on")))
    return in_time.select_related("cycle__program", "jurisdiction").order_by("pk")


def _ask(kind: str, due: QuerySet[Participation], today: date) -> int:
    told, rows = 0, due.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        people = _people([pk for one in batch for pk in one.jurisdiction.standing_ids], today)
        told += outbox.enqueue_many(kind, [debt for one in batch for debt in _reminders(kind, one, people, today)])
    return told


def _reminders(kind: str, participation: Participation, people: dict[int, list[User]], today: date) -> Iterator[Debt]:
    day = participation.cycle.report_due_on
    if day is None:
        return
    left = (day - today).days
    # A day that is put off is a new day, and is said anew.
    threshold = next((days for days in REPORT_IN if 0 <= left <= days), 0)
    context: dict[str, Any] = {
        **announcements.context(participation),
        "due": day.isoformat(),
        "days": abs(left),
    }
    speakers = [user for pk in participation.jurisdiction.standing_ids for user in people.get(pk, ())]
    for user in dict.fromkeys(speakers):
        yield Debt(f"{kind}:{participation.pk}:{day}:{threshold}", user, participation, context)


#: Name, what to do, and that it is one transaction, as ``partnerships.services.reminders`` runs them.
DUTIES = (
    ("calls that have opened", announce_calls, True),
    ("calls that close soon", warn_of_closing, True),
    ("reports that are due", ask_for_reports, True),
    ("reports that are overdue", ask_for_overdue_reports, True),
)
