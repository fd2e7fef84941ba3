"""Ages and half-open bands, at their edges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules import ages


@dataclass(frozen=True)
class Band:
    low: int
    high: int | None


def test_the_birthday_counts() -> None:
    birth = date(2013, 4, 1)
    assert ages.age_on(birth, date(2026, 3, 31)) == 12
    assert ages.age_on(birth, date(2026, 4, 1)) == 13
    assert ages.age_on(birth, date(2026, 4, 2)) == 13


def test_who_was_born_on_29_february_is_a_year_older_on_1_march() -> None:
    birth = date(2012, 2, 29)
    assert ages.age_on(birth, date(2026, 2, 28)) == 13
    assert ages.age_on(birth, date(2026, 3, 1)) == 14
    assert ages.age_on(birth, date(2028, 2, 29)) == 16


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before"):
        ages.age_on(date(2026, 1, 2), date(2026, 1, 1))


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.integers(0, 40_000))
def test_ages_never_fall(birth: date, days: int) -> None:
    day = birth + timedelta(days=days)
    assert ages.age_on(birth, day) <= ages.age_on(birth, day + timedelta(days=1)) <= ages.age_on(birth, day) + 1


def test_a_population_on_the_edge_belongs_to_the_band_that_begins_there() -> None:
    small, large = Band(0, 25_000), Band(25_000, None)
    assert ages.band_of(24_999, [small, large]) == small
    assert ages.band_of(25_000, [small, large]) == large
    assert ages.band_of(None, [small, large]) is None
    assert ages.band_of(5, [Band(10, 20)]) is None


def test_bands_that_share_a_value_are_found_and_those_that_touch_are_not() -> None:
    assert ages.overlap([Band(0, 10), Band(10, 20)]) is None
    assert ages.overlap([Band(10, 20), Band(0, 11)]) == (Band(0, 11), Band(10, 20))
    assert ages.overlap([Band(0, None), Band(100, 200)]) is not None
