"""The charter sister city among the home partners of one foreign community."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules.charter import charters
from partnerships.rules.dates import PartialDate


def among(**dates: str) -> dict[str, str]:
    return charters([(city, PartialDate.parse(text) if text else None) for city, text in dates.items()])


def test_the_earliest_is_the_charter_sister_city() -> None:
    assert among(toledo="1931", chicago="1960-05", atlanta="1972-01-02") == {"toledo": "charter"}


def test_a_single_partner_is_the_charter() -> None:
    assert among(toledo="1931") == {"toledo": "charter"}


@pytest.mark.parametrize("other", ["1960", "1960-05", "1960-12-31"])
def test_a_year_ties_with_every_day_that_it_may_mean(other: str) -> None:
    assert among(denver="1960", houston=other) == {"denver": "tie", "houston": "tie"}


def test_two_of_the_same_day_tie() -> None:
    assert among(denver="1960-05-01", houston="1960-05-01") == {"denver": "tie", "houston": "tie"}


def test_who_is_certainly_later_than_one_does_not_tie_by_way_of_another() -> None:
    assert among(denver="1960", houston="1960-05", chicago="1960-08") == {"denver": "tie", "houston": "tie"}


def test_a_year_that_is_certainly_earlier_wins_against_an_exact_day() -> None:
    assert among(denver="1959", houston="1960-01-01") == {"denver": "charter"}


def test_an_unknown_date_neither_wins_nor_ties() -> None:
    assert among(denver="1960", houston="") == {"denver": "charter"}


def test_where_no_date_is_known_there_is_no_charter() -> None:
    assert among(denver="", houston="") == {}
    assert charters([]) == {}


dates = st.one_of(
    st.none(),
    st.builds(PartialDate, st.integers(1950, 1953)),
    st.builds(PartialDate, st.integers(1950, 1953), st.integers(1, 12)),
)


@given(st.lists(dates, max_size=6))
def test_those_named_are_all_who_may_be_the_earliest(candidates: list[PartialDate | None]) -> None:
    named = charters(list(enumerate(candidates)))
    known = [one for one in candidates if one]
    may_be = {
        key
        for key, since in enumerate(candidates)
        if since and not any(other.latest < since.earliest for other in known)
    }
    assert set(named) == may_be
    assert set(named.values()) == ({"charter"} if len(may_be) == 1 else {"tie"} if may_be else set())
