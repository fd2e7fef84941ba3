"""What an affiliation was when, replayed from its acts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.exceptions import ActDoesNotFit
from partnerships.rules.dates import PartialDate
from partnerships.rules.history import ACTS, Act, History, Span, fits, replay


def story(*lines: str) -> list[Act]:
    """Acts such as ``1992-06-29 establish friendship``, registered in this order; ``-`` is an unknown date."""
    acts = []
    for order, line in enumerate(lines):
        when, act, *rest = line.split()
        on = None if when == "-" else PartialDate.parse(when)
        kind = rest[0] if rest else "sister"
        acts.append(Act(act, kind, on, term_end=None, perpetual=False, order=order))
    return acts


def told(*lines: str) -> History:
    history = replay(story(*lines))
    assert history is not None
    return history


def spans(history: History) -> list[str]:
    return [f"{span.kind} {span.standing} {span.from_date} {span.to_date}" for span in history.spans]


def test_no_acts_leave_no_affiliation() -> None:
    assert replay([]) is None


def test_irondequoit_and_poltava_are_in_force_since_the_day_of_signing() -> None:
    history = told("1992-06-29 establish")
    assert (history.kind, history.standing, str(history.since)) == ("sister", "in_force", "1992-06-29")
    assert history.spans == (Span("sister", "in_force", date(1992, 6, 29), None),)


def test_a_friendship_that_became_a_sister_keeps_its_time_as_a_friendship() -> None:
    history = told("1985-04 establish friendship", "1990 upgrade")
    assert (history.kind, str(history.since)) == ("sister", "1985-04")
    assert spans(history) == ["friendship in_force 1985-04-01 1990-01-01", "sister in_force 1990-01-01 None"]


def test_a_suspension_leaves_a_gap_and_the_end_stays_on_record() -> None:
    history = told("1957 establish", "2014-03-18 suspend", "2016 resume", "2018 end")
    assert (history.standing, str(history.ended)) == ("ended", "2018")
    assert spans(history) == [
        "sister in_force 1957-01-01 2014-03-18",
        "sister suspended 2014-03-18 2016-01-01",
        "sister in_force 2016-01-01 2018-01-01",
        "sister ended 2018-01-01 None",
    ]


def test_staff_make_it_emeritus_and_active_again() -> None:
    history = told("1960 establish", "2001 emeritus", "2010 reactivate")
    assert history.standing == "in_force"
    assert "sister emeritus 2001-01-01 2010-01-01" in spans(history)


def test_an_emeritus_affiliation_can_be_ended() -> None:
    assert told("1960 establish", "2001 emeritus", "2010 end").standing == "ended"


@pytest.mark.parametrize(
    "lines",
    [
        ("1990 upgrade",),
        ("1990 establish", "1991 upgrade"),
        ("1990 establish", "1991 resume"),
        ("1990 establish", "1991 renew"),
        ("1990 establish", "1991 suspend", "1992 amend"),
        ("1990 establish", "1991 suspend", "1992 suspend"),
        ("1990 establish", "1991 end", "1992 resume"),
        ("1990 establish", "1991 end", "1992 end"),
        ("1990 establish", "1991 establish"),
        ("1990 establish", "1980 suspend"),
        ("1990 establish", "1991 reactivate"),
        ("2001 emeritus",),
    ],
)
def test_an_act_that_does_not_fit_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(ActDoesNotFit):
        replay(story(*lines))


def test_the_refusal_says_what_would_be_needed() -> None:
    with pytest.raises(ActDoesNotFit, match="Only a friendship in force can be upgraded"):
        replay(story("1990 establish", "1991 upgrade"))


def test_an_act_entered_late_takes_its_place_in_time() -> None:
    history = told("1957 establish", "2016 resume", "2014 suspend")
    assert spans(history)[1] == "sister suspended 2014-01-01 2016-01-01"


@pytest.mark.parametrize("order", list(permutations(["2018-05-04 establish", "2018 end"])))
def test_an_end_of_which_only_the_year_is_known_comes_after_a_day_of_that_year(order: tuple[str, str]) -> None:
    history = told(*order)
    assert (history.standing, str(history.since)) == ("ended", "2018-05-04")


def test_a_month_that_a_suspension_of_that_year_must_precede() -> None:
    history = told("1957 establish", "1995 suspend", "1995-08 resume")
    assert spans(history)[1] == "sister suspended 1995-01-01 1995-08-01"


def test_of_overlapping_dates_the_vaguer_comes_later() -> None:
    assert told("1957 establish", "1995-03 amend", "1995 emeritus").standing == "emeritus"


def test_an_end_without_a_date_comes_last() -> None:
    history = told("1957 establish", "- end", "1990 amend")
    assert (history.standing, history.ended) == ("ended", None)


def test_nothing_shows_that_it_lasted_until_an_end_without_a_date() -> None:
    assert spans(told("1957 establish", "- end")) == ["sister ended 1957-01-01 None"]


def test_a_beginning_without_a_date_is_open_on_that_side() -> None:
    assert spans(told("- establish", "2018 end")) == ["sister in_force None 2018-01-01", "sister ended 2018-01-01 None"]
    assert spans(told("- establish", "- end")) == ["sister ended None None"]


def test_a_suspension_lifted_on_the_same_day_leaves_no_gap() -> None:
    assert spans(told("1957 establish", "2014 suspend", "2014 resume")) == ["sister in_force 1957-01-01 None"]


def test_the_term_is_that_of_the_last_act_that_states_one() -> None:
    first = Act("establish", "sister", PartialDate(2000), date(2005, 1, 1), perpetual=False, order=1)
    amended = Act("amend", "sister", PartialDate(2001), None, perpetual=False, order=2)
    renewed = Act("renew", "sister", PartialDate(2004), date(2010, 1, 1), perpetual=False, order=3)
    longer = Act("amend", "sister", PartialDate(2005), date(2012, 1, 1), perpetual=False, order=4)
    for_ever = Act("amend", "sister", PartialDate(2006), None, perpetual=True, order=5)
    ends = []
    for count in range(1, 6):
        history = replay([first, amended, renewed, longer, for_ever][:count])
        assert history is not None
        ends.append((history.term_end, history.perpetual))
    assert ends == [(date(2005, 1, 1), False)] * 2 + [
        (date(2010, 1, 1), False),
        (date(2012, 1, 1), False),
        (None, True),
    ]


def test_nothing_ends_by_itself_when_the_term_is_over() -> None:
    history = replay([Act("establish", "sister", PartialDate(1990), date(1995, 1, 1), perpetual=False, order=1)])
    assert history is not None
    assert history.standing == "in_force"
    assert history.spans[-1].to_date is None


def test_without_the_annulled_upgrade_it_is_a_friendship_again() -> None:
    assert told("1985 establish friendship").kind == "friendship"


@pytest.mark.parametrize("standing", [None, "ended", "annulled"])
def test_only_where_nothing_is_open_something_can_be_established(standing: str | None) -> None:
    assert fits("establish", None, standing, has_term=False)
    assert not fits("establish", "sister", "suspended", has_term=False)


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    """Stories that happened: each act fits the one before, dates of any precision in order, entered in any order."""
    kind, standing = draw(st.sampled_from(["sister", "friendship"])), "in_force"
    day = draw(st.dates(date(1900, 1, 1), date(2000, 1, 1)))
    acts = [Act("establish", kind, PartialDate.of(day), date(2050, 1, 1), perpetual=False, order=0)]
    for order in range(1, draw(st.integers(0, 8))):
        possible = [act for act in ACTS if act != "establish" and fits(act, kind, standing, has_term=True)]
        if not possible:
            break
        act = draw(st.sampled_from(possible))
        day = date.fromordinal(day.toordinal() + draw(st.integers(1, 2000)))
        acts.append(Act(act, kind, PartialDate.of(day), date(2050, 1, 1), perpetual=False, order=order))
        kind = "sister" if act == "upgrade" else kind
        standing = ACTS[act].leaves or standing
    return acts


@given(histories(), st.randoms())
def test_spans_follow_each_other_without_gap_or_overlap(acts: list[Act], random) -> None:  # type: ignore[no-untyped-def]
    entered = list(acts)
    random.shuffle(entered)
    history = replay(entered)
    assert history is not None
    assert history.spans[0].from_date == acts[0].on.earliest  # type: ignore[union-attr]
    assert history.spans[-1].to_date is None
    assert (history.spans[-1].kind, history.spans[-1].standing) == (history.kind, history.standing)
    for one, following in pairwise(history.spans):
        assert one.to_date == following.from_date
        assert (one.kind, one.standing) != (following.kind, following.standing)
    for span in history.spans[:-1]:
        assert span.from_date is not None
        assert span.to_date is not None
        assert span.from_date < span.to_date


@given(histories(), st.randoms())
def test_the_order_of_entry_does_not_change_a_story_of_exact_days(acts: list[Act], random) -> None:  # type: ignore[no-untyped-def]
    entered = list(acts)
    random.shuffle(entered)
    assert replay(entered) == replay(acts)


@given(
    st.lists(
        st.builds(
            Act,
            st.sampled_from(list(ACTS)),
            st.sampled_from(["sister", "friendship"]),
            st.one_of(st.none(), st.builds(PartialDate, st.integers(1990, 1993)), st.dates().map(PartialDate.of)),
            st.one_of(st.none(), st.just(date(2050, 1, 1))),
            st.booleans(),
            st.integers(0, 9),
        ),
        max_size=6,
    )
)
def test_any_heap_of_acts_gives_a_sound_history_or_a_refusal(acts: list[Act]) -> None:
    try:
        history = replay(acts)
    except ActDoesNotFit:
        return
    if history is None:
        assert acts == []
        return
    assert history.spans[-1].to_date is None
    for one, following in pairwise(history.spans):
        assert one.to_date == following.from_date
        assert one.from_date is None or one.from_date < one.to_date  # type: ignore[operator]
