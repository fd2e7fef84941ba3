"""Everything public of one participation, in at most five statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef

from partnerships.selectors.gathered import Gathered
from programs.kinds import kind_of
from programs.models import Deliverable
from programs.selectors import gallery, happenings, outcomes, participants, winners
from programs.selectors.gallery import PublicFile, PublicPerson, Work
from programs.selectors.happenings import ActivityCriteria, ActivityRow
from programs.selectors.outcomes import ResultCriteria, ResultRow
from programs.selectors.participants import ParticipantRow
from programs.selectors.winners import PrizeRow

MOST_ACTIVITIES = 200
MOST_RESULTS = 100
MOST_DELIVERABLES = 100


@dataclass(frozen=True)
class DeliverableRow:
    title: str
    text: str
    state: str
    due_on: date | None
    delivered_on: date | None
    accepted_on: date | None
    url: str


@dataclass(frozen=True)
class ParticipationDossier:
    """``people``, ``works`` and ``files`` as far as consents allow at this moment (``selectors.gallery``).
    ``more_activities`` and ``more_results``: there are others, which the lists of the cycle hold."""

    row: ParticipantRow
    activities: tuple[ActivityRow, ...]
    more_activities: bool
    deliverables: tuple[DeliverableRow, ...]
    results: tuple[ResultRow, ...]
    more_results: bool
    prizes: tuple[PrizeRow, ...]
    people: tuple[PublicPerson, ...]
    works: tuple[Work, ...]
    files: tuple[PublicFile, ...]


def participation(program: str, cycle: str, pk: int) -> ParticipationDossier | None:
    """The public participation of this id in that cycle; ``None`` where there is none or it is not public."""
    found = participants.found(pk, **gallery.beside(), promised=_gathered_deliverables())
    if found is None or (found.cycle.program.slug, found.cycle.slug) != (program, cycle):
        return None
    activities = happenings.page(ActivityCriteria(participation=pk), size=MOST_ACTIVITIES)
    results = outcomes.page(ResultCriteria(participation=pk), size=MOST_RESULTS)
    return ParticipationDossier(
        row=participants.row(found),
        activities=activities.rows,
        more_activities=bool(activities.next),
        deliverables=tuple(_deliverable(one) for one in found.promised),
        results=results.rows,
        more_results=bool(results.next),
        prizes=tuple(winners.of_participation(pk)),
        people=gallery.people(found),
        works=tuple(gallery.works_of(participation_ids=[pk])) if kind_of(found.cycle.program.kind).entries else (),
        files=gallery.files(found),
    )


def _gathered_deliverables() -> Gathered:
    rows = Deliverable.objects.filter(participation=OuterRef("pk"), public=True).order_by("due_on", "pk")
    names = ("title", "text", "state", "due_on", "delivered_on", "accepted_on", "url")
    return Gathered(rows[:MOST_DELIVERABLES], **{name: F(name) for name in names})


def _deliverable(found: Mapping[str, Any]) -> DeliverableRow:
    days = {
        name: date.fromisoformat(found[name]) if found[name] else None
        for name in ("due_on", "delivered_on", "accepted_on")
    }
    return DeliverableRow(title=found["title"], text=found["text"], state=found["state"], url=found["url"], **days)
