"""Every state against every move: what the table of transitions says is what the operations do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from partnerships.choices import FilingState, Role
from partnerships.exceptions import WrongState
from partnerships.models import Filing
from partnerships.rules import transitions
from partnerships.services import filings, review
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)

#: The moves that lead from a draft to each state.
PATHS: dict[str, tuple[str, ...]] = {
    FilingState.DRAFT: (),
    FilingState.SUBMITTED: ("submit",),
    FilingState.IN_REVIEW: ("submit", "take"),
    FilingState.RETURNED: ("submit", "take", "return"),
    FilingState.REGISTERED: ("submit", "take", "register"),
    FilingState.REJECTED: ("submit", "take", "reject"),
    FilingState.WITHDRAWN: ("submit", "withdraw"),
    FilingState.ANNULLED: ("submit", "take", "register", "annul"),
}


class Desk:
    """A filing with the two people who move it."""

    def __init__(self) -> None:
        town, partner = cast.member(cast.jurisdiction("Irondequoit")), cast.jurisdiction("Poltava", "UA")
        user = cast.representative(town)
        self.pk = cast.draft(user, [town, partner]).pk
        owner, registrar = Actor.of(user), Actor.of(cast.staff(Role.REGISTRAR))
        self.moves: dict[str, Callable[[], object]] = {
            "submit": lambda: filings.submit(filing_id=self.pk, by=owner, on=TODAY),
            "withdraw": lambda: filings.withdraw(filing_id=self.pk, by=owner),
            "take": lambda: review.take(filing_id=self.pk, by=registrar),
            "release": lambda: review.release(filing_id=self.pk, by=registrar),
            "return": lambda: review.return_(filing_id=self.pk, by=registrar, comment="Add the resolution"),
            "register": lambda: review.register(filing_id=self.pk, by=registrar, on=TODAY),
            "reject": lambda: review.reject(filing_id=self.pk, by=registrar, reason="Not an agreement"),
            "annul": lambda: review.annul(filing_id=self.pk, by=registrar, on=TODAY, reason="Entered twice"),
        }

    @property
    def state(self) -> str:
        return Filing.objects.get(pk=self.pk).state


def test_the_operations_cover_the_whole_table() -> None:
    assert set(Desk().moves) == set(transitions.TRANSITIONS)
    assert set(PATHS) == set(FilingState.values)


@pytest.mark.parametrize("move", list(transitions.TRANSITIONS))
@pytest.mark.parametrize("state", list(PATHS))
def test_a_move_is_possible_exactly_where_the_table_says_so(state: str, move: str) -> None:
    desk = Desk()
    for step in PATHS[state]:
        desk.moves[step]()
    assert desk.state == state
    if move in transitions.allowed_moves(state):
        desk.moves[move]()
        assert desk.state == transitions.TRANSITIONS[move].to
    else:
        with pytest.raises(WrongState) as refused:
            desk.moves[move]()
        assert refused.value.message
        assert desk.state == state


@pytest.mark.parametrize("move", ["return", "reject", "annul"])
def test_a_move_that_people_will_read_about_needs_its_words(move: str) -> None:
    desk = Desk()
    for step in PATHS[next(iter(transitions.TRANSITIONS[move].from_states))]:
        desk.moves[step]()
    registrar = Filing.objects.get(pk=desk.pk).taken_by
    assert registrar is not None
    by = Actor.of(registrar)
    calls = {
        "return": lambda: review.return_(filing_id=desk.pk, by=by, comment=" "),
        "reject": lambda: review.reject(filing_id=desk.pk, by=by, reason=""),
        "annul": lambda: review.annul(filing_id=desk.pk, by=by, on=TODAY, reason="\n"),
    }
    with pytest.raises(Exception, match="Write why"):
        calls[move]()


def test_a_returned_filing_is_corrected_and_handed_in_again() -> None:
    desk = Desk()
    for step in ("submit", "take", "return", "submit", "take", "register"):
        desk.moves[step]()
    assert desk.state == FilingState.REGISTERED
