"""Where a cycle stands at an instant (derived, never kept), and what stays of its rules once it is announced."""

from __future__ import annotations

from datetime import datetime

from programs.choices import CycleState, Phase
from programs.rules.instants import is_open

#: What stays as it was announced, because applicants rely on it.
FROZEN_ONCE_ANNOUNCED = frozenset(
    {
        "slug",
        "time_zone",
        "opens_at",
        "needs_good_standing",
        "needs_recognised",
        "affiliation_kind",
        "countries",
        "age_from",
        "age_to",
        "ages_on",
        "currency",
        "cap_per_pair",
        "rules",
        "historical",
        "fictional",
    }
)
_AT_REST = {
    CycleState.DRAFT: Phase.PREPARED,
    CycleState.CLOSED: Phase.CLOSED,
    CycleState.CANCELLED: Phase.CANCELLED,
}


def phase(state: str, opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> Phase:
    """The phase of a cycle; one without instants, entered from the record, takes no applications."""
    if state in _AT_REST:
        return _AT_REST[CycleState(state)]
    if is_open(at, opens_at, closes_at):
        return Phase.OPEN
    return Phase.UPCOMING if opens_at is not None and at < opens_at else Phase.RUNNING
