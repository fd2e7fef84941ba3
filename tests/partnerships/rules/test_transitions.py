"""The moves of a filing: every state with every move."""

from __future__ import annotations

import pytest

from partnerships.choices import FilingState, NoticeKind, Role
from partnerships.exceptions import WrongState
from partnerships.rules import transitions

#: The diagram of a filing's life, written down a second time on purpose.
DIAGRAM = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "take"): "in_review",
    ("in_review", "release"): "submitted",
    ("in_review", "return"): "returned",
    ("in_review", "register"): "registered",
    ("in_review", "reject"): "rejected",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
    ("registered", "annul"): "annulled",
}
EVERY = [(state, move) for state in FilingState.values for move in transitions.TRANSITIONS]


@pytest.mark.parametrize(("state", "move"), EVERY)
def test_a_move_leads_where_the_diagram_says_or_nowhere(state: str, move: str) -> None:
    if to := DIAGRAM.get((state, move)):
        assert transitions.after(state, move) == to
    else:
        with pytest.raises(WrongState, match="not possible"):
            transitions.after(state, move)


@pytest.mark.parametrize("state", FilingState.values)
def test_the_allowed_moves_are_those_that_lead_somewhere(state: str) -> None:
    assert set(transitions.allowed_moves(state)) == {move for at, move in DIAGRAM if at == state}


@pytest.mark.parametrize(
    ("state", "words"),
    [("registered", "already registered"), ("rejected", "rejected"), ("withdrawn", "withdrawn"), ("draft", "draft")],
)
def test_who_comes_too_late_reads_what_happened(state: str, words: str) -> None:
    with pytest.raises(WrongState) as refused:
        transitions.after(state, "register")
    assert words in refused.value.message


@pytest.mark.parametrize("state", ["rejected", "withdrawn", "annulled"])
def test_nothing_leads_out_of_a_final_state(state: str) -> None:
    assert transitions.allowed_moves(state) == ()


@pytest.mark.parametrize("move", ["return", "reject", "annul"])
def test_what_people_have_to_live_with_needs_words(move: str) -> None:
    assert transitions.TRANSITIONS[move].comment_required


def test_registering_needs_a_second_person_and_clear_findings() -> None:
    assert {"four-eyes", "findings-clear", "taken-by-caller", "conflict-of-interest"} == set(
        transitions.TRANSITIONS["register"].needs
    )


@pytest.mark.parametrize("move", transitions.TRANSITIONS)
def test_each_row_uses_known_needs_notices_and_people(move: str) -> None:
    row = transitions.TRANSITIONS[move]
    assert row.move == move
    assert set(row.needs) <= set(transitions.NEEDS)
    assert set(row.follows) <= set(NoticeKind.values)
    assert row.who <= {transitions.SUBMITTER, *Role.values}
    assert row.past.startswith("filing.")


def test_no_two_moves_share_a_name_in_the_ledger() -> None:
    rows = transitions.TRANSITIONS.values()
    assert len({row.past for row in rows}) == len(rows)


def test_an_unknown_move_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        transitions.after("draft", "publish")
