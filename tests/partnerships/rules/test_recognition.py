"""Whether SCI recognises an affiliation on a day, since when, and if not, why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules.history import Span
from partnerships.rules.recognition import Recognition, RecognitionFacts, intervals, recognise

TODAY = date(2026, 11, 24)

#: In force since 1992; Irondequoit a member of every year from 2000 to 2026, with 30 days of grace.
FACTS = RecognitionFacts(
    spans=(Span("sister", "in_force", date(1992, 6, 29), None),),
    has_registered_agreement=True,
    home_terms=(tuple((date(year, 1, 1), date(year, 12, 31)) for year in range(2000, 2027)),),
    exclusions=(),
    grace_days=30,
)


def test_a_member_in_good_standing_is_recognised_since_it_joined() -> None:
    answer = recognise(FACTS, TODAY)
    assert (answer.value, answer.since, answer.reason) == (True, date(2000, 1, 1), "recognised")
    assert answer.text() == "Recognised since 2000-01-01."


def test_terms_that_follow_each_other_are_one_time_of_recognition() -> None:
    assert intervals(FACTS) == ((date(2000, 1, 1), date(2027, 1, 30)),)


def test_recognition_begins_with_the_agreement_where_the_member_was_first() -> None:
    facts = replace(FACTS, spans=(Span("sister", "in_force", date(2010, 5, 4), None),))
    assert recognise(facts, TODAY).since == date(2010, 5, 4)


def test_an_upgrade_does_not_begin_recognition_anew() -> None:
    spans = (
        Span("friendship", "in_force", date(2005, 1, 1), date(2010, 1, 1)),
        Span("sister", "in_force", date(2010, 1, 1), None),
    )
    assert recognise(replace(FACTS, spans=spans), TODAY).since == date(2005, 1, 1)


@pytest.mark.parametrize(
    ("on", "recognised"), [(date(2026, 12, 31), True), (date(2027, 1, 30), True), (date(2027, 1, 31), False)]
)
def test_grace_lasts_for_its_days_and_no_longer(on: date, recognised: bool) -> None:
    assert recognise(FACTS, on).value is recognised


def test_dues_paid_within_the_grace_keep_recognition_unbroken() -> None:
    terms = ((date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 1, 20), date(2026, 12, 31)))
    assert recognise(replace(FACTS, home_terms=(terms,)), TODAY).since == date(2024, 1, 1)


def test_dues_paid_too_late_begin_it_anew() -> None:
    terms = ((date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 3, 1), date(2026, 12, 31)))
    assert recognise(replace(FACTS, home_terms=(terms,)), TODAY).since == date(2025, 3, 1)


def test_without_grace_the_last_paid_day_is_the_last() -> None:
    facts = replace(FACTS, grace_days=0)
    assert intervals(facts)[-1][1] == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("standing", "words"), [("suspended", "suspended"), ("emeritus", "emeritus"), ("ended", "has ended")]
)
def test_what_is_not_in_force_is_not_currently_recognised(standing: str, words: str) -> None:
    spans = (*(replace(span, to_date=date(2020, 1, 1)) for span in FACTS.spans),)
    facts = replace(FACTS, spans=(*spans, Span("sister", standing, date(2020, 1, 1), None)))
    answer = recognise(facts, TODAY)
    assert (answer.value, answer.since, answer.reason) == (False, None, "not-in-force")
    assert words in answer.text()
    assert recognise(facts, date(2019, 12, 31)).value


def test_before_its_first_day_it_is_not_yet_in_force() -> None:
    answer = recognise(FACTS, date(1992, 6, 28))
    assert (answer.reason, "not yet in force" in answer.text()) == ("not-in-force", True)


def test_without_a_registered_agreement_nothing_is_recognised() -> None:
    facts = replace(FACTS, has_registered_agreement=False)
    assert intervals(facts) == ()
    assert recognise(facts, TODAY).reason == "no-agreement"


@pytest.mark.parametrize("terms", [(), ((),), ((), ())], ids=["Bristol and Hanover", "no member", "two no members"])
def test_without_a_home_member_it_is_on_record_only(terms) -> None:  # type: ignore[no-untyped-def]
    answer = recognise(replace(FACTS, home_terms=terms), TODAY)
    assert (answer.value, answer.reason) == (False, "no-member")


def test_a_member_to_be_is_no_member_yet() -> None:
    facts = replace(FACTS, home_terms=(((date(2027, 1, 1), None),),))
    assert recognise(facts, TODAY).reason == "no-member"


def test_a_lapsed_member_reads_until_when_it_had_paid() -> None:
    answer = recognise(FACTS, date(2028, 1, 1))
    assert (answer.reason, answer.params["paid_through"]) == ("lapsed", date(2026, 12, 31))


def test_one_member_of_two_home_parties_is_enough() -> None:
    facts = replace(FACTS, home_terms=((), ((date(2020, 1, 1), None),)))
    assert recognise(facts, TODAY).since == date(2020, 1, 1)
    assert intervals(facts) == ((date(2020, 1, 1), None),)


def test_an_exclusion_gives_the_reason_that_staff_wrote() -> None:
    facts = replace(FACTS, exclusions=((date(2025, 1, 1), None, "Under review by the board."),))
    answer = recognise(facts, TODAY)
    assert (answer.reason, answer.text()) == ("excluded", "Not currently recognised: Under review by the board.")


def test_an_exclusion_holds_from_its_first_day_even_if_all_else_begins_then() -> None:
    first = date(2025, 1, 1)
    facts = replace(FACTS, home_terms=(((first, None),),), exclusions=((first, None, "Under review."),))
    facts = replace(facts, spans=(Span("sister", "in_force", first, None),))
    assert recognise(facts, first).reason == "excluded"


def test_after_the_last_day_of_an_exclusion_recognition_begins_anew() -> None:
    facts = replace(FACTS, exclusions=((date(2025, 1, 1), date(2025, 6, 30), "Under review."),))
    assert not recognise(facts, date(2025, 6, 30)).value
    assert recognise(facts, date(2025, 7, 1)).since == date(2025, 7, 1)
    assert intervals(facts)[0] == (date(2000, 1, 1), date(2024, 12, 31))


def test_where_membership_is_no_condition_recognition_begins_with_the_agreement() -> None:
    facts = replace(FACTS, home_terms=(), needs_membership=False)
    assert recognise(facts, TODAY).since == date(1992, 6, 29)


def test_a_beginning_that_nobody_knows_is_not_given_a_date() -> None:
    facts = replace(FACTS, spans=(Span("sister", "in_force", None, None),), needs_membership=False)
    answer = recognise(facts, TODAY)
    assert (answer.value, answer.since, answer.text()) == (True, None, "Recognised.")


@pytest.mark.parametrize("on", [date(1980, 1, 1), date(1995, 1, 1), date(2028, 1, 1)])
def test_nothing_is_ever_called_invalid(on: date) -> None:
    text = recognise(FACTS, on).text()
    assert text.startswith("Not currently recognised: ")
    assert "invalid" not in text.lower()


days = st.dates(date(1990, 1, 1), date(1994, 1, 1))


@st.composite
def times(draw: st.DrawFn) -> tuple[date, date | None]:
    start = draw(days)
    length = draw(st.one_of(st.none(), st.integers(0, 400)))
    return (start, None if length is None else start + timedelta(days=length))


@st.composite
def some_facts(draw: st.DrawFn) -> RecognitionFacts:
    turns = sorted(draw(st.sets(days, max_size=5)))
    standings = draw(st.lists(st.sampled_from(["in_force", "suspended", "ended"]), min_size=6, max_size=6))
    edges = [draw(st.sampled_from([None, date(1990, 1, 1)])), *turns[1:], None]
    spans = [
        Span("sister", standing, start, end)
        for standing, start, end in zip(standings, edges, edges[1:], strict=False)
        if start is None or end is None or start < end
    ]
    return RecognitionFacts(
        spans=tuple(spans),
        has_registered_agreement=draw(st.booleans()) or draw(st.booleans()),
        home_terms=tuple(draw(st.lists(st.lists(times(), max_size=3).map(tuple), max_size=2))),
        exclusions=tuple((start, end, "why") for start, end in draw(st.lists(times(), max_size=2))),
        grace_days=draw(st.integers(0, 60)),
        needs_membership=draw(st.booleans()),
    )


@given(some_facts(), st.dates(date(1989, 1, 1), date(1996, 1, 1)))
def test_the_answer_for_a_day_agrees_with_the_intervals(facts: RecognitionFacts, on: date) -> None:
    answer = recognise(facts, on)
    holding = [(start, end) for start, end in intervals(facts) if start <= on and (end is None or on <= end)]
    assert answer.value == bool(holding)
    if holding:
        assert len(holding) == 1
        assert answer.since == (None if holding[0][0] == date.min else holding[0][0])


@given(some_facts(), st.dates(date(1989, 1, 1), date(1996, 1, 1)))
def test_the_answer_follows_the_definition_word_by_word(facts: RecognitionFacts, on: date) -> None:
    in_force = any(
        span.standing == "in_force" and (span.from_date or date.min) <= on and (not span.to_date or on < span.to_date)
        for span in facts.spans
    )
    member = not facts.needs_membership or any(
        start <= on and (end is None or on <= end + timedelta(days=facts.grace_days))
        for terms in facts.home_terms
        for start, end in terms
    )
    excluded = any(start <= on and (end is None or on <= end) for start, end, _why in facts.exclusions)
    assert recognise(facts, on).value == (in_force and facts.has_registered_agreement and member and not excluded)


@given(some_facts())
def test_intervals_are_in_order_and_never_touch(facts: RecognitionFacts) -> None:
    found = intervals(facts)
    for start, end in found:
        assert end is None or start <= end
    for (_start, end), (following, _end) in zip(found, found[1:], strict=False):
        assert end is not None
        assert following > end + timedelta(days=1)


def test_the_door_says_how_dates_are_written() -> None:
    answer = Recognition(True, date(2000, 1, 1), "recognised", "Since %(since)s.", {"since": date(2000, 1, 1)})
    assert answer.text(day=lambda day: f"{day:%d/%m/%Y}") == "Since 01/01/2000."
