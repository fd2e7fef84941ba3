"""The light of an affiliation."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules.freshness import add_months, light

ORDER = ["green", "yellow", "red"]


@pytest.mark.parametrize(
    ("last", "on", "colour"),
    [
        (None, date(2026, 1, 1), "grey"),
        (date(2025, 11, 24), date(2025, 11, 24), "green"),
        (date(2025, 11, 24), date(2026, 11, 23), "green"),
        (date(2025, 11, 24), date(2026, 11, 24), "yellow"),
        (date(2025, 11, 24), date(2027, 11, 23), "yellow"),
        (date(2025, 11, 24), date(2027, 11, 24), "red"),
        (date(2024, 2, 29), date(2025, 2, 27), "green"),
        (date(2024, 2, 29), date(2025, 2, 28), "yellow"),
        (date(2024, 2, 29), date(2026, 2, 28), "red"),
        (date(2025, 2, 28), date(2026, 2, 28), "yellow"),
    ],
)
def test_the_light_changes_on_the_day(last: date | None, on: date, colour: str) -> None:
    assert light(last, on) == colour


def test_the_months_are_settings() -> None:
    assert light(date(2026, 1, 31), date(2026, 2, 27), green_months=1, yellow_months=2) == "green"
    assert light(date(2026, 1, 31), date(2026, 2, 28), green_months=1, yellow_months=2) == "yellow"
    assert light(date(2026, 1, 31), date(2026, 3, 31), green_months=1, yellow_months=2) == "red"


def test_a_confirmation_dated_ahead_is_fresh() -> None:
    assert light(date(2026, 12, 1), date(2026, 11, 24)) == "green"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 0, date(2026, 11, 30)),
        (date(9998, 5, 4), 12, date(9999, 5, 4)),
        (date(9999, 12, 31), 24, date.max),
    ],
)
def test_months_are_added_by_the_calendar(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@given(st.dates(), st.dates(), st.dates())
def test_a_light_never_gets_better_by_waiting(last: date, one: date, other: date) -> None:
    sooner, later = sorted((one, other))
    assert ORDER.index(light(last, sooner)) <= ORDER.index(light(last, later))
