"""Who may fit whom, and why: each reason from its own facts."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.rules import matching_partners as rule
from partnerships.rules.matching_partners import Profile


def place(pk: int = 1, country: str = "US", **values: Any) -> Profile:
    usual: dict[str, Any] = {"name": f"Place {pk}", **values}
    frozen: dict[str, Any] = {n: frozenset(value) if isinstance(value, set) else value for n, value in usual.items()}
    return Profile(id=pk, country=country, **frozen)


def said(me: Profile, other: Profile, shared: tuple[str, ...] = ()) -> dict[str, tuple[str | int, ...]]:
    return {reason.code: reason.facts for reason in rule.reasons(me, other, shared)}


CASES = [
    (rule.WANTS_YOU, {}, {"wants": {"US"}}, ("US",)),
    (rule.WANTED, {"wants": {"JP"}}, {}, ("JP",)),
    (rule.SIZE, {"population": 50_000}, {"population": 90_000}, (50_000, 90_000)),
    (rule.THEMES, {"themes": {"arts", "sport"}}, {"themes": {"arts", "health"}}, ("arts",)),
    (rule.GEOGRAPHY, {"traits": {"coast", "river"}}, {"traits": {"river", "coast"}}, ("coast", "river")),
    (rule.DIASPORA, {"diaspora": {"JP"}}, {}, ("JP",)),
    (rule.DIASPORA, {}, {"diaspora": {"US"}}, ("US",)),
    (rule.LANGUAGE, {"languages": {"en", "es"}}, {"languages": {"es"}}, ("es",)),
]


@pytest.mark.parametrize(("code", "mine", "theirs", "facts"), CASES)
def test_each_reason_names_the_facts_that_it_rests_on(code: str, mine: Any, theirs: Any, facts: Any) -> None:
    me, other = place(1, "US", **mine), place(2, "JP", **theirs)
    assert said(me, other) == {code: facts, rule.NEW_COUNTRY: ("JP",)}


def test_partners_in_common_are_named() -> None:
    assert said(place(), place(2, "JP"), ("Rome", "Bonn"))[rule.SHARED_PARTNERS] == ("Bonn", "Rome")


def test_a_country_with_a_partner_is_not_new() -> None:
    me = place(themes={"arts"}, partner_countries={"JP"})
    assert rule.NEW_COUNTRY not in said(me, place(2, "JP", themes={"arts"}))


def test_a_new_country_alone_is_no_reason() -> None:
    assert said(place(), place(2, "JP")) == {}


@pytest.mark.parametrize(("other", "fits"), [(100_000, True), (100_001, False), (25_000, True), (24_999, False)])
def test_sizes_are_alike_up_to_twice_as_many_people(other: int, fits: bool) -> None:
    assert (rule.SIZE in said(place(population=50_000), place(2, "JP", population=other))) is fits


@pytest.mark.parametrize("unknown", [None, 0])
def test_nothing_is_said_of_a_size_that_is_not_known(unknown: int | None) -> None:
    assert said(place(population=unknown), place(2, "JP", population=1)) == {}


def test_communities_of_one_country_are_not_suggested_to_each_other() -> None:
    me = place(1, "US", themes={"arts"})
    assert rule.ranked(me, [place(2, "US", themes={"arts"}), me]) == []


def test_the_best_come_first_and_equals_by_name() -> None:
    me = place(1, "US", themes={"arts", "sport"})
    others = [
        place(2, "JP", name="Zama", themes={"arts"}),
        place(3, "JP", name="Anjo", themes={"arts"}),
        place(4, "JP", name="Osaka", themes={"arts", "sport"}),
        place(5, "JP", name="Kobe"),
    ]
    assert [match.profile.name for match in rule.ranked(me, others)] == ["Osaka", "Anjo", "Zama"]
    assert [match.profile.name for match in rule.ranked(me, others, most=1)] == ["Osaka"]


@pytest.mark.parametrize(
    ("population", "size"),
    [(None, ""), (0, "village"), (9_999, "village"), (10_000, "town"), (249_999, "city"), (1_000_000, "metropolis")],
)
def test_sizes_begin_and_end_where_they_say(population: int | None, size: str) -> None:
    assert rule.size_of(population) == size
