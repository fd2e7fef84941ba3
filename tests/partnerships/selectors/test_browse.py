"""Lists of affiliations: who is in them, in which order, how they are paged and counted."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from partnerships.choices import Standing
from partnerships.models import Affiliation, Jurisdiction
from partnerships.rules.dates import PartialDate
from partnerships.selectors import browse
from partnerships.selectors.browse import Criteria
from tests import cast, crowd

TODAY = date.today()  # noqa: DTZ011
pytestmark = pytest.mark.django_db


def numbers(criteria: Criteria) -> list[str]:
    return [row.number for row in browse.stream(criteria, on=TODAY)]


def parties(criteria: Criteria) -> list[tuple[str, str]]:
    return [(row.parties[0].name, row.parties[1].name) for row in browse.stream(criteria, on=TODAY)]


def walked(criteria: Criteria, size: int) -> list[str]:
    found, cursor = [], ""
    while True:
        page = browse.page(criteria, on=TODAY, size=size, cursor=cursor)
        found += [row.number for row in page.rows]
        if not (cursor := page.next):
            return found


@pytest.fixture
def two_ties(
    irondequoit: Jurisdiction, poltava: Jurisdiction, san_francisco: Jurisdiction, osaka: Jurisdiction
) -> None:
    cast.registered([irondequoit, poltava], signed_on="1992-06-29", themes=["humanitarian"])
    cast.registered([san_francisco, osaka], signed_on="1957", kind="friendship")


@pytest.mark.usefixtures("two_ties")
def test_a_country_shows_its_own_community_first() -> None:
    assert parties(Criteria(countries=("JP",))) == [("Osaka", "San Francisco")]
    assert parties(Criteria(countries=("US",))) == [("Irondequoit", "Poltava"), ("San Francisco", "Osaka")]


@pytest.mark.usefixtures("two_ties")
def test_without_a_place_the_home_community_comes_first() -> None:
    assert parties(Criteria()) == [("Irondequoit", "Poltava"), ("San Francisco", "Osaka")]
    assert parties(Criteria(sort="since")) == [("San Francisco", "Osaka"), ("Irondequoit", "Poltava")]


@pytest.mark.usefixtures("two_ties")
@pytest.mark.parametrize(
    ("criteria", "first"),
    [
        (Criteria(countries=("JP", "US")), ["Osaka"]),
        (Criteria(countries=("JP", "UA")), []),
        (Criteria(countries=("US", "JP", "UA")), []),
        (Criteria(countries=("US",), subdivisions=("US-CA",)), ["San Francisco"]),
        (Criteria(countries=("JP",), subdivisions=("US-CA",)), ["Osaka"]),
        (Criteria(countries=("UA",), subdivisions=("US-CA",)), []),
        (Criteria(subdivisions=("JP-27", "US-CA")), ["Osaka"]),
        (Criteria(subdivisions=("US-NY",)), ["Irondequoit"]),
        (Criteria(kinds=("friendship",)), ["San Francisco"]),
        (Criteria(themes=("humanitarian", "sport")), ["Irondequoit"]),
        (Criteria(recognised=False), []),
        (Criteria(since_after=PartialDate(1992, 6, 29)), ["Irondequoit"]),
        (Criteria(since_before=PartialDate(1957)), ["San Francisco"]),
        (Criteria(q="oSÀka san"), ["Osaka"]),
        (Criteria(q="ironde"), ["Irondequoit"]),
        (Criteria(q="полтава"), ["Poltava"]),
        (Criteria(q="irondequoit osaka"), []),
        (Criteria(q="!!!"), []),
        (Criteria(countries=("US",), q="osaka"), ["San Francisco"]),
        (Criteria(countries=("US",), sort="name"), ["San Francisco", "Irondequoit"]),
        (Criteria(countries=("US",), sort="-name"), ["Irondequoit", "San Francisco"]),
    ],
)
def test_every_filter_narrows_the_list(criteria: Criteria, first: list[str]) -> None:
    assert [own for own, _partner in parties(criteria)] == first
    assert browse.count(criteria, on=TODAY) == len(first)


@pytest.mark.usefixtures("two_ties")
def test_communities_are_found_whichever_is_named_first(osaka: Jurisdiction, san_francisco: Jurisdiction) -> None:
    assert parties(Criteria(jurisdictions=(osaka.pk,))) == [("Osaka", "San Francisco")]
    assert parties(Criteria(jurisdictions=(san_francisco.pk, osaka.pk))) == [("San Francisco", "Osaka")]
    assert parties(Criteria(jurisdictions=(osaka.pk,), countries=("US", "JP"))) == [("Osaka", "San Francisco")]
    assert parties(Criteria(jurisdictions=(osaka.pk,), countries=("UA",))) == []
    assert parties(Criteria(jurisdictions=(osaka.pk,), subdivisions=("US-CA",))) == [("Osaka", "San Francisco")]


def test_two_communities_of_one_country_are_listed_once(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    rochester = cast.jurisdiction("Rochester", "US", subdivision="US-NY")
    cast.registered([irondequoit, rochester, poltava])
    within = {("Irondequoit", "Rochester"), ("Irondequoit", "Poltava"), ("Rochester", "Poltava")}
    for criteria in (Criteria(countries=("US",)), Criteria(subdivisions=("US-NY",)), Criteria(q="ro po ir")):
        found = parties(criteria)
        assert len(found) == browse.count(criteria, on=TODAY) == len(set(found))
    assert set(parties(Criteria(countries=("US",)))) == within
    assert browse.count(Criteria(), on=TODAY) == 3


def test_ended_ones_are_left_out_until_asked_for(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    cast.registered([irondequoit, poltava])
    cast.registered([irondequoit, poltava], act="end", signed_on="2020")
    for place in ({}, {"countries": ("UA",)}):
        assert numbers(Criteria(**place)) == []
        assert len(numbers(Criteria(**place, standings=("ended",)))) == 1
        assert len(numbers(Criteria(**place, standings=(browse.ANY,)))) == 1
        assert browse.count(Criteria(**place, standings=(browse.ANY,)), on=TODAY) == 1


def test_what_was_entered_in_error_is_in_no_list(two_ties: None) -> None:
    from partnerships.models import AffiliationSide

    Affiliation.objects.update(standing=Standing.ANNULLED)
    AffiliationSide.objects.update(standing=Standing.ANNULLED, is_open=False)
    assert numbers(Criteria(standings=(browse.ANY,))) == []
    assert numbers(Criteria(countries=("US",), standings=(browse.ANY,))) == []


def test_a_full_row_gives_the_reason_and_the_agreements(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    agreement = cast.registered([irondequoit, poltava])
    irondequoit.membership_terms.update(paid_through=date(2019, 12, 31))
    (row,) = browse.page(Criteria(), on=TODAY, full=True).rows
    assert [ref.number for ref in row.agreements] == [agreement.number]
    assert (row.recognised.value, row.recognised.reason) == (False, "lapsed")
    assert "paid through" in row.recognised.text


@pytest.fixture
def many(db: None) -> list[Affiliation]:
    return crowd.make(260)


SORTED = [
    Criteria(countries=countries, standings=standings, sort=sort, recognised=recognised)
    for countries, standings, sort, recognised in product(
        ((), ("US",), ("JP",)), ((), (browse.ANY,), ("ended", "in_force")), browse.SORTS, (None, True)
    )
    if countries or not sort.endswith("name")
]


@pytest.mark.parametrize("size", [7, 100])
def test_pages_follow_each_other_without_gap_or_double(many: list[Affiliation], size: int) -> None:
    for criteria in SORTED:
        whole = numbers(criteria)
        assert walked(criteria, size) == whole
        assert len(whole) == len(set(whole)) == browse.count(criteria, on=TODAY)


def test_the_page_before_is_the_one_that_was_left(many: list[Affiliation]) -> None:
    for criteria in SORTED[:12]:
        first = browse.page(criteria, on=TODAY, size=10)
        if not first.next:
            continue
        second = browse.page(criteria, on=TODAY, size=10, cursor=first.next)
        assert browse.page(criteria, on=TODAY, size=10, cursor=second.previous) == first
        assert first.previous == ""


def test_kept_totals_equal_a_recount(many: list[Affiliation]) -> None:
    for place in ({}, {"countries": ("US",)}, {"countries": ("US", "JP")}, {"subdivisions": ("US-CA",)}):
        for more in ({}, {"kinds": ("sister",)}, {"standings": ("ended",)}, {"standings": (browse.ANY,)}):
            criteria = Criteria(**place, **more)
            assert browse.count(criteria, on=TODAY) == len(numbers(criteria))
    both = Criteria(countries=("JP",), subdivisions=("US-CA",))
    assert browse.count(both, on=TODAY) == len(numbers(both))


def test_recognised_and_not_recognised_make_up_the_whole(many: list[Affiliation]) -> None:
    for place in ({}, {"countries": ("JP",)}):
        yes = numbers(Criteria(**place, recognised=True))
        no = numbers(Criteria(**place, recognised=False))
        assert sorted(yes + no) == sorted(numbers(Criteria(**place)))
        assert yes
        assert no


def test_a_new_affiliation_does_not_shift_the_pages(many: list[Affiliation]) -> None:
    criteria = Criteria(countries=("US",))
    before = numbers(criteria)
    page = browse.page(criteria, on=TODAY, size=20)
    cast.registered([cast.jurisdiction("Aachen Falls", "US"), cast.jurisdiction("Aachen", "DE")], signed_on="2025-12")
    following = browse.page(criteria, on=TODAY, size=20, cursor=page.next)
    assert [row.number for row in following.rows] == before[20:40]


@pytest.mark.parametrize("cursor", ["x", "a:b", "é", "W10:AAAA", "\x00", "9" * 5000])
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(browse.BadCursor):
        browse.page(Criteria(), on=TODAY, cursor=cursor)


def test_a_cursor_belongs_to_one_order(many: list[Affiliation]) -> None:
    cursor = browse.page(Criteria(), on=TODAY, size=5).next
    with pytest.raises(browse.BadCursor):
        browse.page(Criteria(sort="since"), on=TODAY, size=5, cursor=cursor)
