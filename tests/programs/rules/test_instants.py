"""Instants of calls, across the hours at which clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules import instants

NEW_YORK = "America/New_York"


def wall(*parts: int) -> datetime:
    """What clocks on a wall show, wherever they hang."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def test_a_call_that_closes_at_noon_in_new_york_closes_an_hour_earlier_by_utc_in_summer() -> None:
    assert instants.instant(wall(2026, 3, 7, 12), NEW_YORK) == datetime(2026, 3, 7, 17, tzinfo=UTC)
    assert instants.instant(wall(2026, 3, 8, 12), NEW_YORK) == datetime(2026, 3, 8, 16, tzinfo=UTC)


def test_a_time_that_never_was_is_refused() -> None:
    with pytest.raises(ValueError, match="put forward"):
        instants.instant(wall(2026, 3, 8, 2, 30), NEW_YORK)


def test_a_time_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="put back"):
        instants.instant(wall(2026, 11, 1, 1, 30), NEW_YORK)


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        instants.instant(wall(2026, 1, 1), "Mars/Olympus")


@given(st.datetimes(wall(1990, 1, 1), wall(2050, 1, 1)), st.sampled_from([NEW_YORK, "Europe/Kyiv", "Asia/Tokyo"]))
def test_what_the_clocks_show_at_an_instant_is_what_was_asked_for(shown: datetime, zone: str) -> None:
    try:
        moment = instants.instant(shown, zone)
    except ValueError:
        return
    assert moment.astimezone(instants.zone(zone)).replace(tzinfo=None) == shown


def test_the_opening_belongs_to_the_call_and_the_closing_does_not() -> None:
    opens, closes = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    assert instants.is_open(opens, opens, closes)
    assert not instants.is_open(opens - timedelta(microseconds=1), opens, closes)
    assert instants.is_open(closes - timedelta(microseconds=1), opens, closes)
    assert not instants.is_open(closes, opens, closes)
