"""The moves of a filing: from which state to which, who may, what must hold, what follows (domain section 4).

Operations, buttons, API actions and permissions all read this one table. A new row brings them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from partnerships.choices import FilingState as S
from partnerships.choices import NoticeKind as N
from partnerships.choices import Role
from partnerships.exceptions import WrongState
from partnerships.rules.wording import gettext_noop

#: A representative of the party that owns the filing, or the clerk who entered it from paper.
SUBMITTER = "submitter"

#: What a move may need besides permission and state.
NEEDS = {
    "nothing-blocking": "no blocking finding; waivable ones are the registrar's business",
    "findings-clear": "no blocking finding, and every waivable one waived with a reason",
    "taken-by-caller": "the caller is the one who has the filing in review",
    "four-eyes": "the caller neither entered nor submitted the filing, unless the office has one person only",
    "conflict-of-interest": "the caller speaks for none of the parties",
}


@dataclass(frozen=True)
class Transition:
    """One move. ``follows`` are the kinds of notices owed; ``past`` names it in the ledger."""

    move: str
    from_states: frozenset[str]
    to: str
    who: frozenset[str]
    comment_required: bool
    needs: tuple[str, ...]
    follows: tuple[str, ...]
    past: str


def _row(
    move: str,
    from_states: tuple[str, ...],
    to: str,
    *,
    who: str,
    past: str,
    needs: tuple[str, ...] = (),
    follows: tuple[str, ...] = (),
    comment: bool = False,
) -> Transition:
    return Transition(move, frozenset(from_states), to, frozenset({who}), comment, needs, follows, f"filing.{past}")


_IN_REVIEW = ("taken-by-caller", "conflict-of-interest")

# `release` needs no more than the role: a filing must not be stuck with a registrar who is away.
# `annul` needs no four eyes: it undoes, both entries stay visible, and a one-person slip has to be repairable.
_TABLE = (
    _row(
        "submit",
        (S.DRAFT, S.RETURNED),
        S.SUBMITTED,
        who=SUBMITTER,
        needs=("nothing-blocking",),
        follows=(N.FILING_RECEIVED, N.FILING_WAITS),
        past="submitted",
    ),
    _row(
        "take",
        (S.SUBMITTED,),
        S.IN_REVIEW,
        who=Role.REGISTRAR,
        needs=("conflict-of-interest",),
        follows=(N.FILING_TAKEN,),
        past="taken",
    ),
    _row("release", (S.IN_REVIEW,), S.SUBMITTED, who=Role.REGISTRAR, past="released"),
    _row(
        "return",
        (S.IN_REVIEW,),
        S.RETURNED,
        who=Role.REGISTRAR,
        needs=_IN_REVIEW,
        comment=True,
        follows=(N.FILING_RETURNED,),
        past="returned",
    ),
    _row(
        "register",
        (S.IN_REVIEW,),
        S.REGISTERED,
        who=Role.REGISTRAR,
        needs=(*_IN_REVIEW, "four-eyes", "findings-clear"),
        follows=(N.FILING_REGISTERED,),
        past="registered",
    ),
    _row(
        "reject",
        (S.IN_REVIEW,),
        S.REJECTED,
        who=Role.REGISTRAR,
        needs=_IN_REVIEW,
        comment=True,
        follows=(N.FILING_REJECTED,),
        past="rejected",
    ),
    _row(
        "withdraw",
        (S.DRAFT, S.SUBMITTED, S.RETURNED),
        S.WITHDRAWN,
        who=SUBMITTER,
        follows=(N.FILING_WITHDRAWN,),
        past="withdrawn",
    ),
    _row(
        "annul",
        (S.REGISTERED,),
        S.ANNULLED,
        who=Role.REGISTRAR,
        needs=("conflict-of-interest",),
        comment=True,
        follows=(N.FILING_ANNULLED,),
        past="annulled",
    ),
)

TRANSITIONS: dict[str, Transition] = {row.move: row for row in _TABLE}

#: What is said to those who come too late or too early, by the state that they meet.
_MEETS: dict[str, str] = {
    S.DRAFT: gettext_noop("This is not possible now: the filing is still a draft."),
    S.SUBMITTED: gettext_noop("This is not possible now: the filing was handed in and waits for review."),
    S.IN_REVIEW: gettext_noop("This is not possible now: the filing is in review."),
    S.RETURNED: gettext_noop("This is not possible now: the filing was returned for changes."),
    S.REGISTERED: gettext_noop("This is not possible any more: the filing is already registered."),
    S.REJECTED: gettext_noop("This is not possible any more: the filing was rejected."),
    S.WITHDRAWN: gettext_noop("This is not possible any more: the filing was withdrawn."),
    S.ANNULLED: gettext_noop("This is not possible any more: the registration was annulled."),
}


def after(state: str, move: str) -> str:
    """The state to which the move leads; raises ``WrongState`` (its words name the state) where it leads nowhere."""
    row = TRANSITIONS[move]
    if state not in row.from_states:
        raise WrongState(_MEETS[state])
    return row.to


def allowed_moves(state: str) -> tuple[str, ...]:
    """The moves that the state admits, in the order of the table; who may make them is asked elsewhere."""
    return tuple(row.move for row in _TABLE if state in row.from_states)
