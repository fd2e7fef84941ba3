"""The page of a day of the past: totals are counted once until the record moves, however many ask."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from partnerships.models import Agreement
from partnerships.selectors import as_of as selector
from partnerships.views import as_of
from partnerships.views.caching import Stamp
from tests import cast
from tests.partnerships.views.paths import text

DAY = date(2000, 1, 1)
NONE = selector.Totals(0, 0, 0, 0, 0, ())


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days that were counted, each of which takes a while."""
    cache.clear()
    days: list[date] = []

    def slowly(day: date) -> selector.Totals:
        days.append(day)
        time.sleep(0.2)
        return NONE

    monkeypatch.setattr(as_of.selector, "totals", slowly)
    return days


def stamp(digest: str) -> Any:
    return Stamp(seq=1, hash=digest, day=date(2026, 11, 25))


def test_many_who_ask_at_once_wait_for_one_count(counted: list[date]) -> None:
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda _at: as_of._totals(stamp("a"), DAY), range(8)))
    assert found == [NONE] * 8
    assert counted == [DAY]


def test_another_head_or_another_day_is_counted_anew(counted: list[date]) -> None:
    for digest, day in (("a", DAY), ("b", DAY), ("b", date(2001, 1, 1)), ("b", DAY)):
        as_of._totals(stamp(digest), day)
    assert counted == [DAY, DAY, date(2001, 1, 1)]


def test_who_was_killed_while_counting_holds_nobody_up(counted: list[date], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_of, "_AT_MOST", 0.1)
    cache.set(as_of._COUNTING, 1, None)
    assert as_of._totals(stamp("a"), DAY) == NONE


def test_a_count_that_fails_leaves_the_way_free(counted: list[date], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_of.selector, "totals", lambda _day: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        as_of._totals(stamp("a"), DAY)
    assert cache.get(as_of._COUNTING) is None


@pytest.mark.django_db
def test_a_registration_shows_at_once(client: Client, sisters: Agreement) -> None:
    before = text(client.get("/as-of/2020-01-01/"))
    cast.registered([cast.jurisdiction("Toledo", "US"), cast.jurisdiction("Toledo", "ES")], signed_on="1931")
    after = text(client.get("/as-of/2020-01-01/"))
    assert "Toledo" not in before
    assert "Toledo" in after
    assert before != after
