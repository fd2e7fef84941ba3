"""Calls as members see them: which of them their communities may answer, and why not the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from partnerships.choices import Severity
from partnerships.models import Jurisdiction, Representation, User
from programs.choices import EDITABLE_STATES, CycleState, Phase
from programs.kinds import Kind, kind_of
from programs.models import Cycle, Participation
from programs.rules import eligibility
from programs.rules.facts import CallFacts, CommunityFacts
from programs.rules.findings import Finding
from programs.rules.phases import phase
from programs.selectors import facts

#: Calls, and communities of one person, that a page lists.
MOST_CALLS = 60
MOST_COMMUNITIES = 50


@dataclass(frozen=True)
class Answer:
    """Whether one community may answer a call; ``reasons`` stand in the way. ``begun``: drafts of it, newest first."""

    community: Jurisdiction
    reasons: tuple[Finding, ...]
    begun: tuple[Participation, ...]

    @property
    def may(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Call:
    cycle: Cycle
    kind: Kind
    phase: Phase
    answers: tuple[Answer, ...]

    @property
    def open(self) -> bool:
        return self.phase == Phase.OPEN

    @property
    def eligible(self) -> bool:
        return any(answer.may for answer in self.answers)


def communities(user: User, on: date) -> list[Jurisdiction]:
    """Whom somebody speaks for on that day, by name."""
    active = Representation.objects.active(on).filter(user=user).values("jurisdiction")
    return list(Jurisdiction.objects.filter(pk__in=active).order_by("folded", "pk")[:MOST_COMMUNITIES])


def to_come_and_open(at: datetime) -> list[Cycle]:
    """Announced calls that are open, or will be: the next to close first."""
    announced = Cycle.objects.public().filter(state=CycleState.ANNOUNCED, historical=False, closes_at__gt=at)
    found = announced.select_related("program").prefetch_related("categories", "bands")
    return list(found.order_by("closes_at", "pk")[:MOST_CALLS])


def reasons(call: CallFacts, kind: Kind, community: CommunityFacts) -> tuple[Finding, ...]:
    """What keeps a community from answering a call, whatever it would write."""
    found = eligibility.of_community(call, community, needs_affiliation=kind.needs_affiliation)
    return tuple(finding for finding in found if finding.severity == Severity.BLOCKING)


def of_member(own: Sequence[Jurisdiction], at: datetime) -> list[Call]:
    """Every call with the answer for each of these communities; what they may answer comes first."""
    cycles = to_come_and_open(at)
    known = facts.communities(own, timezone.localdate(at))
    begun = _begun(cycles, own)
    calls = [_call(cycle, own, known, begun, at) for cycle in cycles]
    return sorted(calls, key=lambda call: (not call.eligible, not call.open))


def _call(
    cycle: Cycle,
    own: Sequence[Jurisdiction],
    known: dict[int, CommunityFacts],
    begun: dict[tuple[int, int], list[Participation]],
    at: datetime,
) -> Call:
    kind, call = kind_of(cycle.program.kind), facts.call(cycle)
    return Call(
        cycle=cycle,
        kind=kind,
        phase=phase(cycle.state, cycle.opens_at, cycle.closes_at, at),
        answers=tuple(
            Answer(one, reasons(call, kind, known[one.pk]), tuple(begun.get((cycle.pk, one.pk), ()))) for one in own
        ),
    )


def _begun(cycles: Iterable[Cycle], own: Iterable[Jurisdiction]) -> dict[tuple[int, int], list[Participation]]:
    found: dict[tuple[int, int], list[Participation]] = defaultdict(list)
    drafts = Participation.objects.filter(state__in=EDITABLE_STATES, cycle__in=cycles, jurisdiction__in=own)
    for participation in drafts.order_by("-pk")[: MOST_CALLS * 5]:
        found[participation.cycle_id, participation.jurisdiction_id].append(participation)
    return found
