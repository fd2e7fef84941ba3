"""Codes of certificates: nobody guesses one, everybody can type one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules import certificates
from partnerships.rules.chain import GENESIS

KEY = "k" * 50
SEALS = ["a" * 64, "b" * 64, "c" * 64]
NUMBERS = st.one_of(
    st.builds("SCI-{:04d}-{:06d}".format, st.integers(1900, 2399), st.integers(1, 10**9)),
    st.builds("SCI-{:06d}".format, st.integers(1, 10**9)),
)


@given(NUMBERS)
def test_a_code_leads_back_to_its_number(number: str) -> None:
    text = certificates.code(number, SEALS[0], key=KEY)
    found = certificates.read(text, prefix="SCI")
    assert found is not None
    assert (found.number, found.text) == (number, text)


def test_a_code_is_four_groups_of_four() -> None:
    text = certificates.code("SCI-2026-000123", SEALS[0], key=KEY)
    assert [len(group) for group in text.split("-")] == [4, 4, 4, 4]


def test_it_is_read_as_people_type_it() -> None:
    text = certificates.code("SCI-2026-000123", SEALS[0], key=KEY)
    for typed in (text.lower(), text.replace("-", ""), text.replace("-", " "), text.replace("0", "o"), f" {text}\n"):
        assert certificates.read(typed, prefix="SCI") == certificates.read(text, prefix="SCI")


@pytest.mark.parametrize(
    "text", ["", "-", "U" * 16, "A" * 15, "0" * 16, "A" * 40, "\x00" * 16, "٣" * 16, "A" * 100_000]
)
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert certificates.read(text, prefix="SCI") is None


def test_a_code_tells_at_which_entry_it_was_made() -> None:
    for place, seal in enumerate((GENESIS, *SEALS), start=-1):
        found = certificates.read(certificates.code("SCI-000007", seal, key=KEY), prefix="SCI")
        assert found is not None
        assert certificates.made_at(found, SEALS, keys=[KEY]) == place


def test_a_code_of_another_key_was_never_made_and_an_old_key_still_counts() -> None:
    found = certificates.read(certificates.code("SCI-000007", SEALS[1], key="old"), prefix="SCI")
    assert found is not None
    assert certificates.made_at(found, SEALS, keys=["new"]) is None
    assert certificates.made_at(found, SEALS, keys=["new", "old"]) == 1


def test_a_code_says_nothing_about_another_number() -> None:
    one, other = (certificates.code(number, SEALS[0], key=KEY) for number in ("SCI-000007", "SCI-000008"))
    moved = certificates.read(other[:7] + one[7:], prefix="SCI")
    assert moved is not None
    assert certificates.made_at(moved, SEALS, keys=[KEY]) is None


def test_every_letter_counts() -> None:
    text = certificates.code("SCI-000007", SEALS[0], key=KEY).replace("-", "")
    for place in range(len(text)):
        other = "1" if text[place] == "0" else "0"
        found = certificates.read(text[:place] + other + text[place + 1 :], prefix="SCI")
        assert found is None or certificates.made_at(found, SEALS, keys=[KEY]) is None


def test_the_state_of_a_certificate() -> None:
    state = certificates.state
    assert state(None, 2, annulled=True, moved=True) == "unknown"
    assert state(2, 2, annulled=True, moved=False) == "annulled"
    assert state(2, 2, annulled=False, moved=False) == "valid"
    assert state(2, 2, annulled=False, moved=True) == "superseded"
    assert state(1, 2, annulled=False, moved=False) == "superseded"
    assert state(-1, -1, annulled=False, moved=False) == "valid"


@pytest.mark.parametrize("number", ["", "SCI", "SCI-1899-000001", "SCI-2411-000001"])
def test_what_is_no_number_has_no_code(number: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        certificates.code(number, SEALS[0], key=KEY)
