"""What a page shows where sources disagree: the record, else the best evidenced claim; the others are named."""

from __future__ import annotations

import pytest

from partnerships.choices import Act, EvidenceGrade, Standing
from partnerships.rules import claims, history
from partnerships.rules.claims import Said, Settled
from partnerships.rules.dates import PartialDate

SIGNED, IMPORTED, DECLARED = EvidenceGrade.SIGNED_COPY, EvidenceGrade.IMPORTED, EvidenceGrade.DECLARED


def _act(act: str, on: str, order: int = 0, *, kind: str = "sister", imported: bool = True) -> history.Act:
    return history.Act(act, kind, PartialDate.parse(on), None, perpetual=False, order=order, imported=imported)


def test_what_is_on_record_stands_however_many_say_otherwise() -> None:
    shown = claims.shown("since", "1957", [Said("1960", SIGNED, "a", 1), Said("1960", SIGNED, "b", 2)])
    assert (shown.value, shown.on_record) == ("1957", True)
    assert [other.source for other in shown.others] == ["a", "b"]


def test_where_nothing_is_on_record_the_best_evidenced_claim_is_shown_as_a_claim() -> None:
    shown = claims.shown("since", "", [Said("1960", IMPORTED, "a", 1), Said("1957", DECLARED, "b", 2)])
    assert (shown.value, shown.on_record) == ("1957", False)
    assert [other.value for other in shown.others] == ["1960"]


def test_of_claims_of_one_grade_the_one_with_more_sources_is_shown() -> None:
    said = [Said("1960", IMPORTED, "a", 1), Said("1957", IMPORTED, "b", 2), Said("1957", IMPORTED, "c", 3)]
    assert claims.shown("since", "", said).value == "1957"


def test_one_source_that_says_it_twice_counts_once() -> None:
    said = [Said("1960", IMPORTED, "a", 1), Said("1957", IMPORTED, "b", 2), Said("1957", IMPORTED, "b", 3)]
    assert claims.shown("since", "", said).value == "1960"


def test_the_more_exact_of_two_dates_that_agree_is_shown() -> None:
    shown = claims.shown("since", "", [Said("1957", IMPORTED, "a", 1), Said("1957-10-07", IMPORTED, "b", 2)])
    assert (shown.value, shown.others) == ("1957-10-07", ())


@pytest.mark.parametrize(
    ("fact", "one", "other", "both"),
    [
        ("since", "1957", "1957-10", True),
        ("since", "1957-10-07", "1957-10-08", False),
        ("standing", "in_force", "suspended", True),
        ("standing", "in_force", "ended", False),
        ("kind", "sister", "friendship", False),
        ("partner", "7", "8", False),
    ],
)
def test_whether_two_statements_may_both_be_true(fact: str, one: str, other: str, both: bool) -> None:
    assert claims.agree(fact, one, other) is both
    assert claims.agree(fact, other, one) is both


@pytest.mark.parametrize(
    ("fact", "value"), [("since", "about 1957"), ("kind", "twin"), ("standing", "annulled"), ("partner", "Halifax")]
)
def test_what_no_fact_can_be_is_refused(fact: str, value: str) -> None:
    with pytest.raises(ValueError, match="."):
        claims.readable(fact, value)


def test_claims_that_differ_among_each_other_are_a_conflict_without_a_record() -> None:
    assert claims.differ("since", "", ["1957", "1958"])
    assert not claims.differ("since", "", ["1957", "1957-10-07"])
    assert not claims.differ("since", "1957", [])


def test_a_settled_date_begins_the_history() -> None:
    acts = claims.with_settlements([_act(Act.ESTABLISH, "1957")], [Settled("since", "1958-05")])
    state = history.replay(acts)
    assert state is not None
    assert str(state.since) == "1958-05"


def test_an_end_is_settled_and_unsettled() -> None:
    one = [_act(Act.ESTABLISH, "1957")]
    ended = history.replay(claims.with_settlements(one, [Settled("standing", "ended", PartialDate(2018))]))
    assert ended is not None
    assert (ended.standing, str(ended.ended)) == (Standing.ENDED, "2018")
    both = [*one, _act(Act.END, "2018", 1)]
    again = history.replay(claims.with_settlements(both, [Settled("standing", "in_force")]))
    assert again is not None
    assert (again.standing, again.ended) == (Standing.IN_FORCE, None)


def test_an_end_on_paper_is_not_settled_away() -> None:
    acts = [_act(Act.ESTABLISH, "1957"), _act(Act.END, "2018", 1, imported=False)]
    state = history.replay(claims.with_settlements(acts, [Settled("standing", "in_force")]))
    assert state is not None
    assert state.standing == Standing.ENDED


def test_a_settled_kind_takes_an_imported_upgrade_away() -> None:
    acts = [_act(Act.ESTABLISH, "1957", kind="friendship"), _act(Act.UPGRADE, "1960", 1)]
    state = history.replay(claims.with_settlements(acts, [Settled("kind", "sister")]))
    assert state is not None
    assert (state.kind, len(state.spans)) == ("sister", 1)
