"""Applications as those who made them see them: where they stand, what is asked, what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Jurisdiction, LedgerEntry
from programs.choices import EDITABLE_STATES, DeliverableState, ParticipationState
from programs.models import Participation

#: Applications that the list of a member shows.
MOST = 100

#: What a state means for those who applied, and what happens next.
STATES: dict[str, Promise] = {
    ParticipationState.DRAFT: gettext_lazy(
        "This is a draft. Nobody but you and your community's other representatives sees it."
    ),
    ParticipationState.SUBMITTED: gettext_lazy(
        "It was handed in and waits for a decision. You will get a letter with it."
    ),
    ParticipationState.RETURNED: gettext_lazy(
        "The programs office asks for changes. Make them and hand it in again; everything you entered is kept."
    ),
    ParticipationState.FINALIST: gettext_lazy("It is among the finalists. You will get a letter with the decision."),
    ParticipationState.ACCEPTED: gettext_lazy("It was accepted and is public."),
    ParticipationState.DECLINED: gettext_lazy("It was not accepted. The reason stands below."),
    ParticipationState.WITHDRAWN: gettext_lazy("It was taken back. It stays on file and is not decided."),
    ParticipationState.COMPLETED: gettext_lazy("Everything that was promised was done. It is public."),
}


@dataclass(frozen=True)
class _Telling:
    """How an entry of the ledger is told. ``note``: what was written was written for those who applied."""

    title: Promise
    note: bool = False
    tone: str = ""


#: Only these are told; every other entry of the ledger is the registry's own business.
_TOLD: dict[str, _Telling] = {
    "participation.started": _Telling(gettext_lazy("Begun")),
    "participation.submitted": _Telling(gettext_lazy("Handed in"), tone="act"),
    "participation.returned": _Telling(gettext_lazy("Returned for changes"), note=True, tone="act"),
    "participation.shortlisted": _Telling(gettext_lazy("Among the finalists"), note=True, tone="milestone"),
    "participation.accepted": _Telling(gettext_lazy("Accepted"), note=True, tone="milestone"),
    "participation.declined": _Telling(gettext_lazy("Not accepted"), note=True, tone="ending"),
    "participation.withdrawn": _Telling(gettext_lazy("Withdrawn"), note=True, tone="ending"),
    "participation.completed": _Telling(gettext_lazy("Completed"), note=True, tone="milestone"),
    "participation.resumed": _Telling(gettext_lazy("Taken up again"), note=True, tone="act"),
    "participation.reported": _Telling(gettext_lazy("Results reported"), tone="act"),
}


@dataclass(frozen=True)
class Event:
    """One line of the history, latest first; in the shape that the timeline component prints."""

    when: datetime
    title: str
    text: str
    by: str
    tone: str


@dataclass(frozen=True)
class Line:
    """An application as a list shows it, with the day by which the next thing is asked for."""

    participation: Participation
    words: str
    asked: str
    report_due: date | None
    deliverables: int
    deliverable_due: date | None

    @property
    def editable(self) -> bool:
        return self.participation.state in EDITABLE_STATES


def words(state: str) -> str:
    return str(STATES[state])


def of_communities(own: Iterable[Jurisdiction]) -> list[Line]:
    """The applications of these communities and of those merged into them, the latest first; one statement."""
    communities = list(own)
    promised = Q(deliverables__state=DeliverableState.PROMISED)
    found = (
        Participation.objects.filter(Q(jurisdiction__in=communities) | Q(jurisdiction__successor__in=communities))
        .select_related("cycle__program", "jurisdiction")
        .annotate(
            promised=Count("deliverables", filter=promised), promised_by=Min("deliverables__due_on", filter=promised)
        )
        .order_by("-pk")[:MOST]
    )
    return [_line(participation) for participation in found]


def _line(participation: Participation) -> Line:
    running = participation.state == ParticipationState.ACCEPTED
    return Line(
        participation=participation,
        words=words(participation.state),
        asked=participation.comment if participation.state == ParticipationState.RETURNED else "",
        report_due=report_due(participation),
        deliverables=participation.promised if running else 0,  # type: ignore[attr-defined]
        deliverable_due=participation.promised_by if running else None,  # type: ignore[attr-defined]
    )


def report_due(participation: Participation) -> date | None:
    """By when the results are to be reported, as long as they were not."""
    due = participation.state == ParticipationState.ACCEPTED and participation.reported_at is None
    return participation.cycle.report_due_on if due else None


def history(participation: Participation) -> list[Event]:
    """What happened to an application, without the notes that staff made for themselves."""
    entries = LedgerEntry.objects.filter(subject_type="participation", subject_id=str(participation.pk), act__in=_TOLD)
    return [_event(entry) for entry in entries.select_related("actor").order_by("-pk")]


def _event(entry: LedgerEntry) -> Event:
    telling = _TOLD[entry.act]
    return Event(
        when=entry.at,
        title=str(telling.title),
        text=entry.note if telling.note else "",
        # Staff act for their office; who of them it was is the registry's own business.
        by=_("The registry") if entry.actor and entry.actor.is_staff else entry.actor_name,
        tone=telling.tone,
    )
