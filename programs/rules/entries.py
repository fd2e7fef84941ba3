"""The moves of an entry in a competition: from which state to which, and what follows."""

from __future__ import annotations

from dataclasses import dataclass

from partnerships.exceptions import WrongState
from partnerships.rules.wording import gettext_noop
from programs.choices import EntryState as E

#: Entries that the public may know of, each as far as consent allows.
PUBLIC = (E.FINALIST, E.WINNER)


@dataclass(frozen=True)
class Move:
    """``past`` names it in the ledger; ``by_staff``: decided by the staff of programs, never by who entered it."""

    move: str
    from_states: frozenset[str]
    to: str
    past: str
    by_staff: bool = True
    comment_required: bool = False


MOVES: dict[str, Move] = {
    row.move: row
    for row in (
        Move("forward", frozenset({E.ENTERED}), E.FORWARDED, "entry.forwarded"),
        Move("shortlist", frozenset({E.ENTERED, E.FORWARDED}), E.FINALIST, "entry.shortlisted"),
        Move("not_selected", frozenset({E.ENTERED, E.FORWARDED, E.FINALIST}), E.NOT_SELECTED, "entry.not_selected"),
        # A slip of the hand can be put right; why is written down.
        Move(
            "reconsider",
            frozenset({E.FORWARDED, E.FINALIST, E.NOT_SELECTED}),
            E.ENTERED,
            "entry.reconsidered",
            comment_required=True,
        ),
        Move(
            "withdraw",
            frozenset({E.ENTERED, E.FORWARDED, E.FINALIST, E.NOT_SELECTED}),
            E.WITHDRAWN,
            "entry.withdrawn",
            by_staff=False,
        ),
    )
}

_MEETS: dict[str, str] = {
    E.ENTERED: gettext_noop("This is not possible now: the work was entered and not chosen yet."),
    E.FORWARDED: gettext_noop("This is not possible now: the work was chosen in the local round already."),
    E.FINALIST: gettext_noop("This is not possible now: the work is among the finalists."),
    E.NOT_SELECTED: gettext_noop("This is not possible now: the work was not selected."),
    E.WINNER: gettext_noop("This is not possible now: the work has won a prize, which has to be taken back first."),
    E.WITHDRAWN: gettext_noop("This is not possible any more: the work was withdrawn."),
}


def after(state: str, move: str) -> str:
    """The state to which the move leads; raises ``WrongState``, whose words name the state."""
    row = MOVES[move]
    if state not in row.from_states:
        raise WrongState(_MEETS[state])
    return row.to


def allowed(state: str) -> tuple[str, ...]:
    """The moves that the state admits, in the order of the table."""
    return tuple(move for move, row in MOVES.items() if state in row.from_states)
