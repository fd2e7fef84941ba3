"""Telling the register that what it shows of people has changed, without a word about whom.

Public pages and answers are kept under the register's head: an entry makes them follow a consent and its withdrawal at
once. Its payload names communities and numbers only, for an entry is never unsaid.
"""

from __future__ import annotations

from typing import Any

from partnerships.services import register
from programs.choices import PUBLIC_STATES, CycleState
from programs.models import Entry, Participation
from programs.selectors import addresses


def is_public(participation: Participation) -> bool:
    """Whether everybody may see the participation; expects its cycle and program to be there."""
    cycle = participation.cycle
    return participation.state in PUBLIC_STATES and cycle.program.published and cycle.state != CycleState.DRAFT


def changed(participation: Participation) -> None:
    """What consent allows to be seen of a public participation is different from now on."""
    if is_public(participation):
        register.append(
            event="publication.changed",
            subject=addresses.of_participation(participation),
            payload=_place(participation),
        )


def entry_moved(participation: Participation, entry: Entry) -> None:
    """An entry of a public participation became a finalist, or is none any more: never its title, never its author."""
    if is_public(participation):
        register.append(
            event="entry.moved",
            subject=addresses.of_participation(participation),
            payload={
                **_place(participation),
                "entry": entry.pk,
                "category": entry.category.code,
                "age_group": entry.age_group.name if entry.age_group else None,
                "state": entry.state,
            },
        )


def _place(participation: Participation) -> dict[str, Any]:
    cycle = participation.cycle
    return {"program": cycle.program.slug, "cycle": cycle.slug, "participation": participation.pk}
