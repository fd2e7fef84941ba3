"""Everything public of one participation, in five statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from programs.models import Deliverable
from programs.selectors import happenings, outcomes, participants, winners
from programs.selectors.happenings import ActivityCriteria, ActivityRow
from programs.selectors.outcomes import ResultCriteria, ResultRow
from programs.selectors.participants import ParticipantRow
from programs.selectors.winners import PrizeRow

MOST_ACTIVITIES = 200
MOST_RESULTS = 100


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
    row: ParticipantRow
    activities: tuple[ActivityRow, ...]
    deliverables: tuple[DeliverableRow, ...]
    results: tuple[ResultRow, ...]
    prizes: tuple[PrizeRow, ...]


def participation(program: str, cycle: str, pk: int) -> ParticipationDossier | None:
    """The public participation of this id in that cycle; ``None`` where there is none or it is not public."""
    row = participants.one(pk)
    if row is None or (row.cycle.program, row.cycle.slug) != (program, cycle):
        return None
    mine = ActivityCriteria(participation=pk)
    return ParticipationDossier(
        row=row,
        activities=happenings.page(mine, size=MOST_ACTIVITIES).rows,
        deliverables=tuple(_deliverable(one) for one in Deliverable.objects.filter(participation=pk, public=True)),
        results=outcomes.page(ResultCriteria(participation=pk), size=MOST_RESULTS).rows,
        prizes=tuple(winners.of_participation(pk)),
    )


def _deliverable(found: Any) -> DeliverableRow:
    return DeliverableRow(
        title=found.title,
        text=found.text,
        state=found.state,
        due_on=found.due_on,
        delivered_on=found.delivered_on,
        accepted_on=found.accepted_on,
        url=found.url,
    )
