"""The moves of cycles and participations: from which state to which, and what follows. Who may is said in one table for
the whole registry, ``partnerships.rules.permissions``, under ``cycle.<move>`` and ``participation.<move>``."""

from __future__ import annotations

from dataclasses import dataclass

from partnerships.choices import NoticeKind as N
from partnerships.exceptions import WrongState
from partnerships.rules.wording import gettext_noop
from programs.choices import CycleState as C
from programs.choices import ParticipationState as P


@dataclass(frozen=True)
class Transition:
    """One move.

    ``follows`` are the kinds of notices owed; ``past`` names it in the ledger; ``event`` in the register.
    """

    move: str
    from_states: frozenset[str]
    to: str
    past: str
    comment_required: bool = False
    follows: tuple[str, ...] = ()
    event: str = ""


def _table(*rows: Transition) -> dict[str, Transition]:
    return {row.move: row for row in rows}


CYCLE: dict[str, Transition] = _table(
    Transition("announce", frozenset({C.DRAFT}), C.ANNOUNCED, "cycle.announced", event="cycle.announced"),
    Transition("close", frozenset({C.ANNOUNCED}), C.CLOSED, "cycle.closed", event="cycle.closed"),
    Transition("reopen", frozenset({C.CLOSED}), C.ANNOUNCED, "cycle.reopened", True, event="cycle.reopened"),
    Transition(
        "cancel", frozenset({C.DRAFT, C.ANNOUNCED}), C.CANCELLED, "cycle.cancelled", True, event="cycle.cancelled"
    ),
)

_DECIDED = (N.APPLICATION_DECIDED,)

PARTICIPATION: dict[str, Transition] = _table(
    Transition(
        "submit",
        frozenset({P.DRAFT, P.RETURNED}),
        P.SUBMITTED,
        "participation.submitted",
        follows=(N.APPLICATION_RECEIVED, N.APPLICATION_WAITS),
    ),
    Transition(
        "return",
        frozenset({P.SUBMITTED, P.FINALIST}),
        P.RETURNED,
        "participation.returned",
        True,
        follows=(N.APPLICATION_RETURNED,),
    ),
    Transition(
        "shortlist",
        frozenset({P.SUBMITTED}),
        P.FINALIST,
        "participation.shortlisted",
        follows=_DECIDED,
        event="participation.shortlisted",
    ),
    Transition(
        "accept",
        frozenset({P.SUBMITTED, P.FINALIST}),
        P.ACCEPTED,
        "participation.accepted",
        follows=_DECIDED,
        event="participation.accepted",
    ),
    Transition(
        "decline",
        frozenset({P.SUBMITTED, P.FINALIST}),
        P.DECLINED,
        "participation.declined",
        True,
        follows=_DECIDED,
    ),
    Transition(
        "withdraw",
        frozenset({P.DRAFT, P.SUBMITTED, P.RETURNED, P.FINALIST, P.ACCEPTED}),
        P.WITHDRAWN,
        "participation.withdrawn",
    ),
    Transition(
        "complete",
        frozenset({P.ACCEPTED}),
        P.COMPLETED,
        "participation.completed",
        event="participation.completed",
    ),
    Transition(
        "resume", frozenset({P.COMPLETED}), P.ACCEPTED, "participation.resumed", True, event="participation.resumed"
    ),
)

_MEETS: dict[str, str] = {
    C.DRAFT: gettext_noop("This is not possible now: it is still being prepared."),
    C.ANNOUNCED: gettext_noop("This is not possible now: it is announced already."),
    C.CLOSED: gettext_noop("This is not possible any more: it is closed."),
    C.CANCELLED: gettext_noop("This is not possible any more: it was cancelled."),
    P.SUBMITTED: gettext_noop("This is not possible now: it was handed in and waits for a decision."),
    P.RETURNED: gettext_noop("This is not possible now: it was returned for changes."),
    P.FINALIST: gettext_noop("This is not possible now: it is among the finalists."),
    P.ACCEPTED: gettext_noop("This is not possible any more: it was accepted."),
    P.DECLINED: gettext_noop("This is not possible any more: it was declined."),
    P.WITHDRAWN: gettext_noop("This is not possible any more: it was withdrawn."),
    P.COMPLETED: gettext_noop("This is not possible any more: it is completed."),
}


def after(table: dict[str, Transition], state: str, move: str) -> str:
    """The state to which the move leads; raises ``WrongState``, whose words name the state, where it leads nowhere."""
    row = table[move]
    if state not in row.from_states:
        raise WrongState(_MEETS[state])
    return row.to


def allowed(table: dict[str, Transition], state: str) -> tuple[str, ...]:
    """The moves that the state admits, in the order of the table; who may make them is asked elsewhere."""
    return tuple(move for move, row in table.items() if state in row.from_states)
