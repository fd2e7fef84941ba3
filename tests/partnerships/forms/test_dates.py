"""Dates as people write them: what is understood, what is asked back, and that nothing else ever happens."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from partnerships.forms import dates
from partnerships.forms.fields import DayField, PartialDateField
from partnerships.rules.dates import PartialDate

days = st.dates(min_value=date(1000, 1, 1))
languages = st.sampled_from(["en", "de", "es", "fr", "uk", "ja", "ar"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1931", "1931"),
        ("June 1992", "1992-06"),
        ("1992-06", "1992-06"),
        ("06/1992", "1992-06"),
        ("29 June 1992", "1992-06-29"),
        ("29 june, 1992", "1992-06-29"),
        ("June 29, 1992", "1992-06-29"),
        ("Jun. 29th 1992", "1992-06-29"),
        ("the 29th of June 1992", "1992-06-29"),
        ("6/29/1992", "1992-06-29"),
        ("29.6.1992", "1992-06-29"),
        ("5/5/1992", "1992-05-05"),
        ("1992/06/29", "1992-06-29"),
        ("  1992-06-29  ", "1992-06-29"),
        ("Sept 1992", "1992-09"),
        ("１９９２年６月２９日", "1992-06-29"),
        ("٢٩/٦/١٩٩٢", "1992-06-29"),
        ("\u200f29 June 1992\u200e", "1992-06-29"),
    ],
)
def test_usual_spellings_are_understood(typed: str, meant: str) -> None:
    assert str(dates.read(typed)) == meant


@pytest.mark.parametrize("typed", ["6/7/1992", "06.07.1992", "1-2-2003"])
def test_what_could_be_two_days_is_asked_back(typed: str) -> None:
    with pytest.raises(ValueError, match="two different days"):
        dates.read(typed)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("29/6/92", "four digits"),
        ("29 June 92", "four digits"),
        ("31 February 1992", "no such day"),
        ("1992-13", "no such day"),
        ("1992-02-30", "no such day"),
        ("0000", "no such day"),
        ("", "such as"),
        ("in summer", "such as"),
        ("c. 1931", "such as"),
        ("1931-1932", "such as"),
        ("June or July 1992", "such as"),
        ("19 92", "such as"),
        ("1992\x0006", "such as"),
        ("1" * 10_000, "such as"),
    ],
)
def test_anything_else_says_what_to_write_instead(typed: str, asked: str) -> None:
    with pytest.raises(ValueError, match=asked):
        dates.read(typed)


@given(day=days, language=languages)
def test_what_the_form_prints_it_understands(day: date, language: str) -> None:
    with translation.override(language):
        for value in (PartialDate.of(day), PartialDate(day.year, day.month), PartialDate(day.year)):
            assert dates.read(dates.written(value)) == value


@given(day=days)
def test_a_day_in_figures_is_understood_or_asked_back_never_guessed(day: date) -> None:
    try:
        found = dates.read(f"{day.month}/{day.day}/{day.year}")
    except ValueError:
        assert day.day <= 12
        assert day.day != day.month
    else:
        assert found == PartialDate.of(day)


@given(st.text(max_size=80))
def test_no_text_does_more_than_raise_a_sentence(text: str) -> None:
    try:
        found = dates.read(text)
    except ValueError:
        return
    assert PartialDate.parse(str(found)) == found


def test_a_date_of_the_past_is_neither_to_come_nor_older_than_the_record() -> None:
    field = PartialDateField(past=True)
    for typed, said in (("2999", "still to come"), ("1 January 2999", "still to come"), ("1776", "from 1900 on")):
        with pytest.raises(Exception, match=said):
            field.clean(typed)


def test_this_year_may_be_meant_though_the_year_is_not_over() -> None:
    this_year = str(date.today().year)  # noqa: DTZ011 - any time zone will do
    assert str(PartialDateField(past=True).clean(this_year)) == this_year


def test_a_day_has_to_be_whole() -> None:
    assert DayField().clean("31 December 2030") == date(2030, 12, 31)
    with pytest.raises(Exception, match="whole date"):
        DayField().clean("December 2030")
