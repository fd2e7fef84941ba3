"""How PostgreSQL finds the rows of the busy lists: by an index in the order of the page, never by reading a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Jurisdiction
from partnerships.rules.dates import PartialDate
from partnerships.selectors import browse, jurisdictions
from partnerships.selectors.browse import Criteria
from partnerships.selectors.search import search
from tests import crowd

TODAY = date.today()  # noqa: DTZ011
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

BIG = ("partnerships_affiliation", "partnerships_affiliationside", "partnerships_period")
LISTS = {
    "everything": Criteria(),
    "oldest first": Criteria(sort="since"),
    "a country": Criteria(countries=("JP",)),
    "the home country": Criteria(countries=("US",)),
    "the home country, ended ones too": Criteria(countries=("US",), standings=(browse.ANY,)),
    "a country by name": Criteria(countries=("JP",), sort="name"),
    "two countries": Criteria(countries=("JP", "US")),
    "a country and a state": Criteria(countries=("JP",), subdivisions=("US-CA",)),
    "a state": Criteria(subdivisions=("US-CA",)),
    "recognised ones of a country": Criteria(countries=("JP",), recognised=True),
    "as of a day": Criteria(as_of=date(1985, 6, 1)),
    "a country as of a day": Criteria(countries=("JP",), as_of=date(1985, 6, 1), standings=(browse.ANY,)),
    "since a year": Criteria(countries=("JP",), since_after=PartialDate(2020)),
}


@pytest.fixture
def big(db: None) -> None:
    crowd.give_periods(crowd.make(6000))
    with connection.cursor() as cursor:
        # What a random page costs on solid state and in memory. By the default, made for turning disks, reading a
        # table as small as this one is the better plan.
        cursor.execute("SET LOCAL random_page_cost = 1.1")
        for model in (
            *BIG,
            "partnerships_jurisdiction",
            "partnerships_nameword",
            "partnerships_tally",
            "partnerships_period",
        ):
            cursor.execute(f"ANALYZE {model}")  # noqa: S608


def scans(node: dict[str, Any]) -> list[str]:
    """The tables that a plan reads from end to end."""
    own = [node["Relation Name"]] if node["Node Type"] == "Seq Scan" else []
    return own + [name for child in node.get("Plans", ()) for name in scans(child)]


def whole_tables(read: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        read()
    found = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute("EXPLAIN (FORMAT JSON) " + query["sql"])
            found += scans(cursor.fetchone()[0][0]["Plan"])
    return [name for name in found if name in BIG]


def test_no_list_reads_a_whole_table(big: None) -> None:
    for name, criteria in LISTS.items():
        assert whole_tables(lambda criteria=criteria: browse.page(criteria, on=TODAY)) == [], name  # type: ignore[misc]


def test_a_deep_page_is_found_like_the_first(big: None) -> None:
    for name, criteria in LISTS.items():
        cursor = browse.page(criteria, on=TODAY, size=300).next
        if cursor:
            deep = whole_tables(lambda criteria=criteria, cursor=cursor: browse.page(criteria, on=TODAY, cursor=cursor))  # type: ignore[misc]
            assert deep == [], name


def test_totals_of_places_are_not_counted_anew(big: None) -> None:
    for criteria in (Criteria(), Criteria(countries=("US",)), Criteria(countries=("JP",), subdivisions=("US-CA",))):
        assert whole_tables(lambda criteria=criteria: browse.count(criteria, on=TODAY)) == []  # type: ignore[misc]


def test_a_community_and_a_search_read_only_what_they_show(big: None) -> None:
    one = Jurisdiction.objects.order_by("-open_count")[0]
    assert whole_tables(lambda: jurisdictions.find(one.pk, on=TODAY)) == []
    assert whole_tables(lambda: browse.page(Criteria(jurisdictions=(one.pk,)), on=TODAY)) == []
    rare = next(word for word in one.name.split() if any(sign.isdigit() for sign in word))
    assert whole_tables(lambda: search(f"{one.name} {rare}", on=TODAY)) == []
