"""Which communities may be one, and why; pairs are looked at within blocks, never all with all."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.rules import likely_duplicates as rule
from partnerships.rules import matching
from partnerships.rules.likely_duplicates import Record


def record(pk: int, *names: str, **more: Any) -> Record:
    values: dict[str, Any] = {"country": "US", "subdivision": "", "kind": "city", "latitude": None, "longitude": None}
    return Record(id=pk, names=tuple(map(matching.fold, names)), **{**values, **more})


def found(one: Record, other: Record) -> rule.Verdict | None:
    """What a search through the whole record would say of the two: blocked together, then judged."""
    both = list(rule.pairs([one, other]))
    assert len(both) <= 1
    return rule.judge(*both[0]) if both else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Muenchen",), ("München",)),
        (("São Paulo",), ("Sao Paulo",)),
        (("St. Paul",), ("Saint Paul",)),
        (("City of Toledo",), ("Toledo",)),
        (("Kyiv", "Киев"), ("Kiev",)),
        (("Osaka", "大阪"), ("大阪",)),
        (("Irondequoit",), ("Irondequiot",)),
        (("Poltava",), ("Poltawa",)),
        (("Frankfurt am Main",), ("Main, Frankfurt am",)),
    ],
)
def test_other_spellings_scripts_and_orders_are_found_both_ways_round(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    verdict = found(record(1, *one), record(2, *other))
    assert verdict is not None
    assert found(record(2, *one), record(1, *other)) is not None


def test_names_of_one_place_in_the_gazetteer_are_found_though_no_letter_is_alike() -> None:
    place = frozenset({"2867714"})
    verdict = found(record(1, "Munich", places=place), record(2, "Minga", places=place))
    assert verdict is not None
    assert verdict.reasons[0] == rule.PLACE


@pytest.mark.parametrize("reverse", [False, True])
def test_a_city_is_held_against_its_county_and_the_level_is_named(reverse: bool) -> None:
    city = record(1, "Arlington", subdivision="US-VA", latitude=38.88, longitude=-77.10)
    county = record(2, "Arlington County", kind="county", subdivision="US-VA", latitude=38.88, longitude=-77.11)
    verdict = found(county, city) if reverse else found(city, county)
    assert verdict is not None
    assert {rule.NAME, rule.LEVEL, "near:1"} <= set(verdict.reasons)


def test_one_name_for_two_places_is_two() -> None:
    georgia = record(1, "Columbus", subdivision="US-GA", latitude=32.46, longitude=-84.99)
    ohio = record(2, "Columbus", subdivision="US-OH", latitude=39.96, longitude=-83.00)
    assert found(georgia, ohio) is None
    assert found(record(1, "Halifax", country="CA"), record(2, "Halifax", country="GB")) is None


def test_a_city_on_a_border_is_shown_with_a_doubt() -> None:
    kansas = record(1, "Kansas City", subdivision="US-KS", latitude=39.11, longitude=-94.63)
    missouri = record(2, "Kansas City", subdivision="US-MO", latitude=39.10, longitude=-94.58)
    verdict = found(kansas, missouri)
    assert verdict is not None
    assert rule.SUBDIVISION in verdict.reasons
    assert verdict.score <= 80


def test_numbered_districts_of_one_city_are_not_alike() -> None:
    assert found(record(1, "Paris 05"), record(2, "Paris 06")) is None


def test_partners_of_each_other_are_two() -> None:
    assert found(record(1, "Toledo", partners=frozenset({2})), record(2, "Toledo", partners=frozenset({1}))) is None


def test_partners_in_common_make_it_likelier() -> None:
    plain = found(record(1, "Poltava"), record(2, "Poltawa"))
    shared = found(record(1, "Poltava", partners=frozenset({7, 8})), record(2, "Poltawa", partners=frozenset({7, 8})))
    assert plain is not None
    assert shared is not None
    assert shared.score > plain.score


def test_a_block_of_thousands_is_never_compared_all_with_all() -> None:
    namesakes = [record(pk, f"San {chr(97 + pk % 26)}{pk}") for pk in range(3000)]
    assert sum(1 for _pair in rule.pairs(namesakes)) < 3000 * rule.MOST_IN_BLOCK
