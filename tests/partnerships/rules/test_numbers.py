"""Numbers of agreements and affiliations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules.numbers import Number, affiliation_number, agreement_number, parse


def test_numbers_look_as_they_are_cited() -> None:
    assert agreement_number("SCI", 2026, 123) == "SCI-2026-000123"
    assert affiliation_number("SCI", 45) == "SCI-000045"


def test_a_number_is_read_as_people_type_it() -> None:
    assert parse(" sci-2026-000123 ") == Number("SCI", 2026, 123)
    assert parse("SCI-000045") == Number("SCI", None, 45)


def test_an_agreement_is_told_from_an_affiliation() -> None:
    assert Number("SCI", 2026, 123).is_agreement
    assert not Number("SCI", None, 45).is_agreement


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SCI",
        "SCI-45",
        "SCI-2026",
        "SCI-000000",
        "SCI-2026-000000",
        "SCI-0000045",
        "SCI-26-000123",
        "SCI-2026-00012٣",
        "000045",
        "SCI-000045; drop",
        "SCI-000045\x00",
        "SCI-" + "9" * 5000,
    ],
)
def test_what_is_no_number_is_not_taken_for_one(text: str) -> None:
    assert parse(text) is None


@given(st.sampled_from(["SCI", "RGRE", "JP2"]), st.integers(1, 10**9), st.one_of(st.none(), st.integers(1000, 9999)))
def test_reading_what_was_printed_gives_the_same_number(prefix: str, serial: int, year: int | None) -> None:
    number = Number(prefix, year, serial)
    assert parse(str(number)) == number
