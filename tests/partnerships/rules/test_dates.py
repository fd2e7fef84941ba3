"""Partial dates: read, printed, ordered and compared as what is known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules.dates import PartialDate

years = st.integers(1, 9999)
partial_dates = st.one_of(
    st.builds(PartialDate, years),
    st.builds(PartialDate, years, st.integers(1, 12)),
    st.dates().map(PartialDate.of),
)


@pytest.mark.parametrize(
    ("text", "precision"), [("1931", "year"), ("1985-04", "month"), ("1992-06-29", "day"), ("0987", "year")]
)
def test_a_date_prints_as_it_was_written(text: str, precision: str) -> None:
    read = PartialDate.parse(text)
    assert (str(read), read.precision) == (text, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31",
        "1931-4",
        "1931-13",
        "1931-00",
        "1931-00-00",
        "1931-05-00",
        "1993-02-29",
        "29.06.1992",
        "1992-06-29T00:00",
        "19920629",
        "-1931",
        "0000",
        "12026",
        "١٩٣١",
        "1931\x00",
        "1931 or 1932",
    ],
)
def test_what_is_not_a_partial_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words differ, the kind is the contract
        PartialDate.parse(text)


def test_a_day_without_its_month_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a month"):
        PartialDate(1931, None, 5)


def test_spaces_around_a_date_do_not_matter() -> None:
    assert PartialDate.parse(" 1992-06-29\n") == PartialDate(1992, 6, 29)


def test_a_year_spans_the_year_and_a_month_the_month() -> None:
    assert (PartialDate(1931).earliest, PartialDate(1931).latest) == (date(1931, 1, 1), date(1931, 12, 31))
    assert (PartialDate(2024, 2).earliest, PartialDate(2024, 2).latest) == (date(2024, 2, 1), date(2024, 2, 29))
    assert PartialDate(1992, 6, 29).earliest == PartialDate(1992, 6, 29).latest == date(1992, 6, 29)


def test_a_year_may_be_the_same_as_a_month_of_it_and_not_of_another() -> None:
    assert PartialDate(1960).may_equal(PartialDate(1960, 5))
    assert PartialDate(1960, 5).may_equal(PartialDate(1960))
    assert not PartialDate(1960).may_equal(PartialDate(1961, 1))


def test_a_vaguer_date_sorts_before_the_days_that_it_may_mean() -> None:
    texts = ["1931-06-02", "1930-12-31", "1931", "1931-06", "1932"]
    assert [str(one) for one in sorted(map(PartialDate.parse, texts))] == [
        "1930-12-31",
        "1931",
        "1931-06",
        "1931-06-02",
        "1932",
    ]


def test_a_date_is_not_before_itself() -> None:
    assert not PartialDate(1931) < PartialDate(1931)
    assert PartialDate(1931) <= PartialDate(1931)


def test_a_date_does_not_compare_with_other_things() -> None:
    with pytest.raises(TypeError):
        assert PartialDate(1931) < "1931"  # type: ignore[operator]


@given(partial_dates)
def test_reading_what_was_printed_gives_the_same_date(one: PartialDate) -> None:
    assert PartialDate.parse(str(one)) == one


@given(partial_dates, partial_dates)
def test_texts_sort_like_the_first_days_that_they_name(one: PartialDate, other: PartialDate) -> None:
    if one.earliest != other.earliest:
        assert (str(one) < str(other)) == (one.earliest < other.earliest) == (one < other)


@given(partial_dates, partial_dates)
def test_two_dates_may_be_equal_exactly_when_neither_is_certainly_earlier(one: PartialDate, other: PartialDate) -> None:
    assert one.may_equal(other) == (not (one.latest < other.earliest or other.latest < one.earliest))
    assert one.may_equal(other) == other.may_equal(one)
