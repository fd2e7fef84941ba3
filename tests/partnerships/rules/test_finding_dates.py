"""Findings about dates: what they may be, and to each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from partnerships.rules.dates import PartialDate
from tests.partnerships.rules.papers import KUKOBA, LAPPLE, TODAY, filing, found, words


def on(text: str) -> PartialDate:
    return PartialDate.parse(text)


def undated(**changes):  # type: ignore[no-untyped-def]
    """The filing with signatories whose own dates are not known."""
    signatories = (replace(LAPPLE, signed_on=None), replace(KUKOBA, signed_on=None))
    return filing(**{"signatories": signatories, **changes})


@pytest.mark.parametrize("text", ["1931", "1900", "1985-04", "1992-06-29", "2026", "2026-11", "2026-11-24"])
def test_days_months_and_years_up_to_today_are_fine(text: str) -> None:
    assert not found("dates", undated(signed_on=on(text)))


@pytest.mark.parametrize("text", ["2026-11-25", "2026-12", "2027", "2999"])
def test_what_is_certainly_still_to_come_was_not_signed(text: str) -> None:
    assert f"{text}, which is still to come" in words("dates", undated(signed_on=on(text)))


@pytest.mark.parametrize("text", ["1899", "1899-12-31", "0987"])
def test_before_1900_there_is_nothing_to_register(text: str) -> None:
    assert "from 1900 on" in words("dates", undated(signed_on=on(text)))


def test_a_filing_says_when_it_was_signed_and_only_old_records_may_not_know() -> None:
    assert "the year is enough" in words("dates", undated(signed_on=None))
    assert not found("dates", undated(signed_on=None, historical=True))


def test_an_agreement_may_take_effect_later_or_have_been_in_effect_before() -> None:
    assert not found("dates", filing(effective_on=on("1992-09")))
    assert not found("dates", filing(effective_on=on("1992-01-01")))


@pytest.mark.parametrize("text", ["1900", "2036-12-31"])
def test_the_bounds_of_taking_effect_are_included(text: str) -> None:
    assert not found("dates", undated(effective_on=on(text)))


@pytest.mark.parametrize("text", ["1899", "2037", "2999"])
def test_it_takes_effect_within_sight(text: str) -> None:
    assert f"takes effect in {text}" in words("dates", filing(effective_on=on(text)))


def test_a_term_ends_after_it_starts() -> None:
    assert not found("dates", filing(term_end=date(1997, 6, 28), perpetual=False))
    assert "not after its start" in words("dates", filing(term_end=date(1992, 6, 29), perpetual=False))


def test_a_term_starts_when_the_agreement_takes_effect() -> None:
    facts = filing(effective_on=on("1993"), term_end=date(1992, 12, 31), perpetual=False)
    assert "(1993)" in words("dates", facts)


def test_a_term_may_end_in_the_year_in_which_it_starts() -> None:
    assert not found("dates", undated(signed_on=on("2026"), term_end=date(2026, 6, 30), perpetual=False))


def test_a_term_of_centuries_is_a_slip() -> None:
    assert "more than 100 years" in words("dates", filing(term_end=date(2999, 1, 1), perpetual=False))
    assert not found("dates", filing(term_end=date(2092, 6, 29), perpetual=False))


def test_what_never_expires_has_no_end_of_term() -> None:
    assert "never expire" in words("dates", filing(term_end=date(1999, 1, 1), perpetual=True))


def test_a_renewal_says_until_when() -> None:
    assert "until when" in words("dates", filing(act="renew", perpetual=False))
    assert not found("dates", filing(act="renew", perpetual=True))


def test_lapple_and_kukoba_signed_on_the_day_of_the_agreement() -> None:
    assert not found("dates", filing())


def test_a_signatory_may_sign_earlier_and_send_it_by_post() -> None:
    assert not found("dates", filing(signatories=(LAPPLE, replace(KUKOBA, signed_on=on("1990-06-29")))))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1992-06-30", "after the date of the agreement (1992-06-29)"),
        ("1993", "after the date of the agreement"),
        ("1990-06-28", "over two years before"),
        ("1989", "over two years before"),
        ("1899", "from 1900 on"),
        ("2026-11-25", "still to come"),
    ],
)
def test_a_signature_that_cannot_belong_to_the_agreement_is_named(text: str, said: str) -> None:
    facts = filing(signatories=(LAPPLE, replace(KUKOBA, signed_on=on(text))))
    (finding,) = found("dates", facts)
    assert finding.text().startswith("Anatonij Kukoba signed")
    assert said in finding.text()
    assert finding.step == "signatories"


@pytest.mark.parametrize("text", ["1992", "1992-06", "1990"])
def test_a_vague_signature_gets_the_benefit_of_the_doubt(text: str) -> None:
    assert not found("dates", filing(signatories=(LAPPLE, replace(KUKOBA, signed_on=on(text)))))


@pytest.mark.parametrize("text", ["2026", "2026-11-24"])
def test_a_signature_of_this_year_may_be_of_today(text: str) -> None:
    assert not found("dates", filing(signed_on=on("2026"), signatories=(replace(LAPPLE, signed_on=on(text)),)))


def test_a_signature_of_1900_is_early_enough() -> None:
    assert not found("dates", filing(signed_on=on("1900"), signatories=(replace(LAPPLE, signed_on=on("1900")),)))


def test_two_years_are_counted_from_the_first_day_that_the_agreement_may_mean() -> None:
    early, late = (replace(KUKOBA, signed_on=on(text)) for text in ("1989-12-31", "1990-01-01"))
    assert found("dates", filing(signed_on=on("1992"), signatories=(early,)))
    assert not found("dates", filing(signed_on=on("1992"), signatories=(late,)))


def test_an_exact_signature_fits_an_agreement_of_which_only_the_year_is_known() -> None:
    assert not found("dates", filing(signed_on=on("1992")))
    assert found("dates", filing(signed_on=on("1991")))


def test_a_wrong_signature_is_found_even_where_the_agreement_has_no_date() -> None:
    facts = filing(signed_on=None, historical=True, signatories=(replace(LAPPLE, signed_on=on("2999")),))
    assert "2999" in words("dates", facts)


def test_today_is_passed_in() -> None:
    assert found("dates", filing(), today=date(1992, 6, 28))
    assert not found("dates", filing(), today=date(1992, 6, 29))
    assert not found("dates", filing(), today=TODAY)
