"""The past by hand: what a page and a file say of a day, one case each."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.choices import Standing
from partnerships.models import Affiliation, Jurisdiction
from partnerships.selectors import as_of, browse
from partnerships.selectors.browse import Criteria
from tests import cast, crowd
from tests.partnerships.services.test_statistics import enter, places, tie

pytestmark = pytest.mark.django_db


@pytest.fixture
def upgraded(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    both = [irondequoit, poltava]
    cast.registered(both, kind="friendship", signed_on="1992-06-29")
    cast.registered(both, act="upgrade", signed_on="2001", term_end=date(2031, 1, 1))
    cast.registered(both, act="end", signed_on="2020-03", declared_by_id=poltava.pk)


def states(day: date) -> list[tuple[str, str]]:
    return [(row.kind, row.standing) for row in as_of.stream(day=day)]


@pytest.mark.usefixtures("upgraded")
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1992, 6, 28), []),
        (date(1992, 6, 29), [("friendship", "in_force")]),
        (date(2000, 12, 31), [("friendship", "in_force")]),
        (date(2001, 1, 1), [("sister", "in_force")]),
        (date(2020, 2, 29), [("sister", "in_force")]),
        (date(2020, 3, 1), [("sister", "ended")]),
    ],
)
def test_kind_and_standing_are_those_of_the_day(day: date, expected: list[tuple[str, str]]) -> None:
    assert states(day) == expected


@pytest.mark.usefixtures("upgraded")
def test_what_came_later_is_not_told_of_an_earlier_day() -> None:
    (before,) = as_of.stream(day=date(1999, 1, 1), full=True)
    assert (before.ended, before.term_end, len(before.agreements)) == (None, None, 1)
    (after,) = as_of.stream(day=date(2021, 1, 1), full=True)
    assert (str(after.ended), after.term_end, len(after.agreements)) == ("2020-03", date(2031, 1, 1), 3)
    assert not after.recognised.value
    assert after.recognised.reason == "not-in-force"


def test_recognition_follows_the_membership_of_that_time(poltava: Jurisdiction, settings: object) -> None:
    town = cast.member(cast.jurisdiction("Lapsed", "US"), date(1990, 1, 1), date(2999, 1, 1))
    cast.registered([town, poltava], signed_on="1985-01-01")
    town.membership_terms.update(paid_through=date(2000, 1, 1))
    for day, held in ((date(1989, 12, 31), False), (date(1990, 1, 1), True), (date(2000, 1, 1), True)):
        assert [row.recognised.value for row in as_of.stream(day=day)] == [held], day
    for full in (True, False):
        assert [row.recognised.value for row in as_of.stream(day=date(2010, 1, 1), full=full)] == [False]
    assert as_of.page(day=date(1995, 1, 1), criteria=Criteria(recognised=True)).rows
    assert not as_of.page(day=date(2010, 1, 1), criteria=Criteria(recognised=True)).rows


def test_one_without_a_date_is_counted_on_every_day_and_said_to_be_so(
    irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    cast.registered([irondequoit, poltava], signed_on="1992-06-29")
    one = Affiliation.objects.get()
    one.periods.update(from_date=None)
    Affiliation.objects.update(since=None)
    one.sides.update(since=None)
    totals = as_of.totals(date(1950, 1, 1))
    assert (totals.open, totals.undated) == (1, 1)
    assert [(row.code, row.undated) for row in totals.countries] == [("UA", 1), ("US", 1)]


def test_pages_follow_each_other_without_gaps_and_the_number_of_statements_stays() -> None:
    made = crowd.make(120)
    crowd.give_periods(made)
    day = date(1999, 12, 31)
    whole = [row.number for row in as_of.stream(day=day)]
    paged: list[str] = []
    cursor = ""
    while True:
        with CaptureQueriesContext(connection) as queries:
            page = as_of.page(day=day, size=7, cursor=cursor)
        assert len(queries) == 1
        paged += [row.number for row in page.rows]
        if not (cursor := page.next):
            break
    assert paged == whole
    assert len(set(whole)) == len(whole) == as_of.totals(day).open + as_of.totals(day).ended > 20


def test_a_list_and_its_count_agree_whatever_is_asked() -> None:
    crowd.give_periods(crowd.make(150))
    day = date(1999, 12, 31)
    for criteria in (
        Criteria(as_of=day),
        Criteria(as_of=day, standings=(Standing.ENDED,)),
        Criteria(as_of=day, countries=("JP",), standings=(browse.ANY,)),
        Criteria(as_of=day, countries=("US",), kinds=("sister",)),
        Criteria(as_of=day, recognised=False),
        Criteria(as_of=day, q="port", standings=(browse.ANY,)),
    ):
        assert len(list(browse.stream(criteria, on=day))) == browse.count(criteria, on=day), criteria


def test_a_country_that_holds_both_parties_counts_an_affiliation_once() -> None:
    ids = places("JP", "JP", "US")
    enter(tie(ids[0], ids[1], "1990"), tie(ids[0], ids[2], "1991", kind="friendship"))
    totals = as_of.totals(date(2000, 1, 1))
    assert (totals.sister, totals.friendship) == (1, 1)
    assert [(row.code, row.sister, row.friendship) for row in totals.countries] == [("JP", 1, 1), ("US", 0, 1)]


def test_the_totals_take_two_statements() -> None:
    crowd.give_periods(crowd.make(50))
    with CaptureQueriesContext(connection) as queries:
        as_of.totals(date(2000, 1, 1))
    assert len(queries) == 2
