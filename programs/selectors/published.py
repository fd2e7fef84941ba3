"""Programs row by row for the open data: what their pages and the API show, each list read once in bounded memory.

For a day of the past, what had begun by then, as far as dates are known; states, awards and winners carry no dates of
their own here and are those of now. An affiliation is named where the package has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from partnerships.selectors.open_data import BATCH, Moment, begun, of_listed
from programs.models import Participation
from programs.selectors import catalogue, happenings, outcomes, participants
from programs.selectors.catalogue import CycleRow, ProgramRow
from programs.selectors.happenings import ActivityCriteria, ActivityRow
from programs.selectors.outcomes import ResultCriteria, ResultRow
from programs.selectors.participants import ParticipantCriteria, ParticipantRow


def _of_cycle(moment: Moment, to: str = "") -> Q:
    """Of rows of a cycle, to which ``to`` leads: that it had begun, by its first day or else its call."""
    if not moment.past:
        return Q()
    called = Q(**{f"{to}starts_on__gt": ""}) | Q(**{f"{to}opens_at__isnull": True})
    called |= Q(**{f"{to}opens_at__date__lte": moment.day})
    return begun(moment, f"{to}program__since") & begun(moment, f"{to}starts_on") & called


def communities() -> Q:
    """Of communities: those that public participations and activities name, wherever they were merged since."""
    taking_part = Participation.objects.public().filter(jurisdiction=OuterRef("pk"))
    hosting = happenings.listed(ActivityCriteria()).filter(host=OuterRef("pk"))
    return Q(Exists(taking_part)) | Q(Exists(hosting))


def programs(moment: Moment) -> Iterator[ProgramRow]:
    yield from catalogue.stream(begun(moment, "since"))


def cycles(moment: Moment) -> Iterator[CycleRow]:
    yield from catalogue.stream_cycles(_of_cycle(moment), on=moment.day)


def participations(moment: Moment) -> Iterator[ParticipantRow]:
    found = participants.with_parties(participants.listed(ParticipantCriteria()))
    named: Any = found.filter(_of_cycle(moment, "cycle__")).annotate(
        tie_is_listed=ExpressionWrapper(of_listed(moment), output_field=BooleanField())
    )
    for one in named.order_by("id").iterator(chunk_size=BATCH):
        row = participants.row(one)
        yield row if one.tie_is_listed else replace(row, affiliation="")


def activities(moment: Moment) -> Iterator[ActivityRow]:
    found = happenings.with_parties(happenings.listed(ActivityCriteria()))
    known = found.filter(_of_cycle(moment, "participation__cycle__"), begun(moment, "starts_on"))
    for one in known.order_by("id").iterator(chunk_size=BATCH):
        yield happenings.row(one)


def results(moment: Moment) -> Iterator[ResultRow]:
    found = outcomes.with_parties(outcomes.listed(ResultCriteria()))
    known = found.filter(_of_cycle(moment, "cycle__"), begun(moment, "on"))
    for one in known.order_by("id").iterator(chunk_size=BATCH):
        yield outcomes.row(one)
