"""The report of a community about what it took part in: its figures, and that it is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from partnerships.exceptions import Invalid
from partnerships.services.access import Actor
from programs.kinds.base import Measure
from programs.models import Participation
from programs.services import participations, results


@dataclass(frozen=True)
class Figure:
    """One figure of a report, by the name of the field where it was typed."""

    field: str
    measure: Measure
    value: Decimal
    approximate: bool = False


@transaction.atomic
def hand_in(
    *,
    participation_id: int,
    figures: Sequence[Figure],
    provenance: Mapping[str, Any],
    complete: bool,
    by: Actor,
    at: datetime,
) -> Participation:
    """Claim each figure for the community with one provenance (``on``, ``method``, ``source``, ``source_url``), and
    say with ``complete`` that nothing more will come.

    Raises ``Invalid`` with the messages of a figure at its ``field``; nothing is kept then.
    """
    participation = participations.locked(participation_id)
    errors: dict[str, list[str]] = {}
    for figure in figures:
        try:
            _claim(participation, figure, provenance, by, at)
        except Invalid as refused:
            errors |= {name if name in provenance else figure.field: said for name, said in refused.errors.items()}
    if errors:
        raise Invalid(errors)
    if complete:
        return results.report(participation_id=participation_id, by=by, at=at)
    return participation


def _claim(
    participation: Participation, figure: Figure, provenance: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    measure = figure.measure
    results.claim(
        cycle_id=participation.cycle_id,
        participation_id=participation.pk,
        values={
            "measure": measure.name,
            "unit": measure.unit,
            "group": measure.group,
            "value": figure.value,
            "approximate": figure.approximate,
            "claimed_by": participation.jurisdiction.name,
            **provenance,
        },
        by=by,
        at=at,
    )
