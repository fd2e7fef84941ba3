"""Identity without names, and what is counted together; properties that hold for whatever is typed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from programs.choices import QuotaPer
from programs.rules import identity, quotas
from programs.rules.quotas import Counted, Limit

NAMES = st.text(min_size=1, max_size=40)
DAYS = st.dates(date(1990, 1, 1), date(2020, 1, 1))
ENTRIES = st.lists(st.builds(Counted, *[st.integers(0, 3)] * 4), max_size=12)
LIMITS = st.lists(
    st.builds(Limit, st.integers(1, 9), st.sets(st.sampled_from(QuotaPer.values)).map(tuple), st.just(5)),
    max_size=4,
    unique_by=lambda limit: limit.id,
)


def digest(given_name: str, family_name: str, born: date = date(2012, 6, 1), key: bytes = b"k", of: int = 1) -> str:
    return identity.digest(key=key, competition=of, given_name=given_name, family_name=family_name, birth_date=born)


def test_accents_case_script_punctuation_and_order_make_nobody_another_person() -> None:
    assert digest("Zoë", "O'Neil") == digest("ZOE", "ONeil") == digest("oneil", "zoé")
    assert digest("Олена", "Ткаченко") == digest("Olena", "Tkachenko")


@given(NAMES, NAMES, DAYS)
def test_a_digest_is_the_same_each_time_and_tells_no_name(given_name: str, family_name: str, born: date) -> None:
    found = digest(given_name, family_name, born)
    assert re.fullmatch("[0-9a-f]{64}", found)
    assert found == digest(f" {given_name} ", family_name.strip(), born)


@given(NAMES, NAMES, DAYS, DAYS)
def test_two_birth_dates_are_two_people(given_name: str, family_name: str, one: date, other: date) -> None:
    assert (digest(given_name, family_name, one) == digest(given_name, family_name, other)) == (one == other)


def test_another_key_or_competition_gives_another_digest() -> None:
    assert len({digest("Ann", "Lee"), digest("Ann", "Lee", key=b"other"), digest("Ann", "Lee", of=2)}) == 3


@given(LIMITS, ENTRIES, ENTRIES)
def test_what_is_counted_after_a_change_is_what_there_is(
    limits: list[Limit], before: list[Counted], after: list[Counted]
) -> None:
    changes = quotas.changes(limits, before, after)
    for limit in limits:
        counted = Counter(quotas.key(limit.per, entry) for entry in before)
        for _limit, key, by in (one for one in changes if one[0] == limit):
            counted[key] += by
        assert +counted == Counter(quotas.key(limit.per, entry) for entry in after)


@given(LIMITS, ENTRIES, ENTRIES)
def test_everybody_takes_the_rows_in_one_order(
    limits: list[Limit], before: list[Counted], after: list[Counted]
) -> None:
    rows = [(limit.id, key) for limit, key, _by in quotas.changes(limits, before, after)]
    assert rows == sorted(rows)
    assert len(rows) == len(set(rows))


@given(LIMITS, ENTRIES)
def test_nothing_changes_where_nothing_changed(limits: list[Limit], entries: list[Counted]) -> None:
    assert quotas.changes(limits, entries, entries) == []
