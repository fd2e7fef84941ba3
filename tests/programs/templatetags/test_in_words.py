"""Amounts, details and ranges as people read them, the same on every page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from programs.rules.details import Detail
from programs.rules.findings import Finding
from programs.rules.money import Sum
from programs.selectors.catalogue import BandRow, Eligibility
from programs.templatetags.programs import finding_text, in_words, money
from programs.views import words

CHOICES = (("well", "A well"), ("school", "A school"))


@pytest.mark.parametrize(
    ("amount", "said"),
    [("20000", "20,000 USD"), ("800.00", "800 USD"), ("1234567.5", "1,234,567.50 USD"), ("0", "0 USD")],
)
def test_an_amount_has_its_currency_and_is_grouped(amount: str, said: str) -> None:
    assert money(Decimal(amount), "USD") == str(Sum(Decimal(amount), "USD")) == said


def test_no_amount_is_nothing() -> None:
    assert money(None, "USD") == ""


def test_an_amount_in_a_finding_is_grouped_as_the_language_of_the_page_does() -> None:
    finding = Finding(
        "cap", "At most %(most)s may be asked for by one pair.", "about", {"most": Sum(Decimal(20000), "EUR")}
    )
    assert finding_text(finding) == finding.text() == "At most 20,000 EUR may be asked for by one pair."
    with translation.override("de"):
        assert "20.000 EUR" in finding_text(finding)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("integer", 12000, "12,000"),
        ("boolean", False, "No"),
        ("date", "2026-09-11", "11 September 2026"),
        ("month_day", "09-11", "September 11"),
        ("choice", "well", "A well"),
        ("choices", ["school", "well"], "A school, A well"),
        ("country", "KE", "Kenya"),
        ("lines", ["City choir", "Brass band"], "City choir\nBrass band"),
    ],
)
def test_a_detail_is_told_by_its_type(kind: str, value: Any, said: str) -> None:
    assert in_words(Detail("name", "Label", kind, choices=CHOICES), value) == said


def test_public_facts_put_lines_beside_each_other() -> None:
    (fact,) = words.details(((Detail("performers", "Performers", "lines"), ["City choir", "Brass band"]),))
    assert fact == {"label": "Performers", "value": "City choir, Brass band", "url": ""}


@pytest.mark.parametrize(
    ("measure", "low", "high", "said"),
    [
        ("age", 13, 19, "13 to 18 years"),
        ("age", 0, 2, "0 to 1 year"),
        ("age", 1, None, "1 year and older"),
        ("age", 18, None, "18 years and older"),
        ("population", 0, 50_000, "fewer than 50,000 people"),
        ("population", 50_000, 100_000, "50,000 to fewer than 100,000 people"),
        ("population", 100_000, None, "100,000 people and more"),
        ("population", 1, None, "1 person and more"),
    ],
)
def test_a_band_is_told_in_the_form_of_its_number(measure: str, low: int, high: int | None, said: str) -> None:
    assert words.band(BandRow("Band", measure, low, high)) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (13, 18, "Students are 13 to 18 years old on the day on which the call closes."),
        (14, None, "Students are at least 14 years old on the day on which the call closes."),
        (None, 1, "Students are at most 1 year old on the day on which the call closes."),
    ],
)
def test_ages_are_told_in_the_form_of_their_number(low: int | None, high: int | None, said: str) -> None:
    rules = Eligibility(False, False, "", (), low, high, None)
    assert list(words.eligibility(rules)) == [said]
