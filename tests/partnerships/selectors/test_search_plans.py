"""How PostgreSQL finds the words of a search: by the indexes of beginnings and of trigrams, never by reading a table of
words, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Jurisdiction
from partnerships.selectors import successors
from partnerships.selectors.hits import Chosen
from partnerships.selectors.search import search
from tests import cast, crowd

TODAY = date.today()  # noqa: DTZ011
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

WORDS = ("partnerships_nameword", "partnerships_signatoryword")
NAMES_BEGIN, NAMES_HOLD = "word_once_per_jurisdiction", "partnerships_nameword_trigrams"
PEOPLE_BEGIN, PEOPLE_HOLD = "word_once_per_signatory", "partnerships_signatoryword_trigrams"
#: What is asked for -> the indexes that it needs.
SEARCHES = {
    "as one types": ("zor", {NAMES_BEGIN, PEOPLE_BEGIN}),
    "a whole word": ("zorbamur", {NAMES_BEGIN, PEOPLE_BEGIN}),
    "two words": ("zorbamur port", {NAMES_BEGIN, PEOPLE_BEGIN}),
    "three words, one unfinished": ("port zorbamur vol", {NAMES_BEGIN, PEOPLE_BEGIN}),
    "a slip within": ("zorbmaur", {NAMES_BEGIN, NAMES_HOLD}),
    "a slip at the beginning": ("ozrbamur", {NAMES_BEGIN, NAMES_HOLD}),
    "nothing like it": ("qqqqqqqq", {NAMES_BEGIN, NAMES_HOLD, PEOPLE_BEGIN, PEOPLE_HOLD}),
    "two slips": ("qzrbamur xoldanti", {NAMES_BEGIN, NAMES_HOLD}),
}


@pytest.fixture
def many_words(db: None) -> None:
    """Forty thousand words of names of communities, and as many of people who signed."""
    crowd.make(2000)
    town, partner = cast.jurisdiction("Zorbamur", "US"), cast.jurisdiction("Voldanti", "UA")
    cast.registered([town, partner])
    with connection.cursor() as cursor:
        # What a random page costs on solid state and in memory, as in test_plans.
        cursor.execute("SET LOCAL random_page_cost = 1.1")
        for table, holder, holders in zip(
            WORDS, ("jurisdiction_id", "signatory_id"), ("jurisdiction", "signatory"), strict=True
        ):
            cursor.execute(
                f"INSERT INTO {table} (word, {holder}) SELECT substr(md5(i::text), 1, 9), id"  # noqa: S608
                f" FROM generate_series(1, 40000) i, LATERAL (SELECT min(id) AS id FROM partnerships_{holders}) one"
            )
            cursor.execute(f"ANALYZE {table}")
        cursor.execute("ANALYZE partnerships_jurisdiction, partnerships_affiliationside, partnerships_affiliation")


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def plans(text: str, chosen: Chosen = Chosen()) -> list[dict[str, Any]]:  # noqa: B008 - it is frozen
    """The nodes of the plans of all statements of a search."""
    with CaptureQueriesContext(connection) as queries:
        search(text, on=TODAY, chosen=chosen)
    found = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute("EXPLAIN (FORMAT JSON) " + query["sql"])
            found += nodes(cursor.fetchone()[0][0]["Plan"])
    return found


def read_whole(found: list[dict[str, Any]]) -> set[str]:
    return {node["Relation Name"] for node in found if node["Node Type"] == "Seq Scan"} & set(WORDS)


def used(found: list[dict[str, Any]]) -> set[str]:
    return {node["Index Name"] for node in found if "Index Name" in node}


@pytest.mark.usefixtures("many_words")
def test_every_search_finds_its_words_by_an_index() -> None:
    for name, (text, indexes) in SEARCHES.items():
        found = plans(text)
        assert read_whole(found) == set(), name
        assert indexes <= used(found), name


@pytest.mark.usefixtures("many_words")
def test_so_does_a_search_that_is_narrowed_down() -> None:
    for chosen in (
        Chosen(country=("US",)),
        Chosen(kind=("sister",)),
        Chosen(country=("US", "JP"), standing=("ended",)),
    ):
        assert read_whole(plans("zorbamur vol", chosen)) == set()


@pytest.mark.usefixtures("many_words")
@pytest.mark.parametrize(
    ("gone", "text"),
    [(f"INDEX {NAMES_HOLD}", "ozrbamur"), (f"CONSTRAINT {NAMES_BEGIN}", "zorbamur")],
)
def test_without_the_index_the_table_is_read_and_seen_to_be(gone: str, text: str) -> None:
    """What the tests above rely on: they would fail."""
    what, name = gone.split()
    with connection.cursor() as cursor:
        alter = f"ALTER TABLE {WORDS[0]} DROP CONSTRAINT {name}" if what == "CONSTRAINT" else f"DROP INDEX {name}"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(alter)
    assert read_whole(plans(text)) == {WORDS[0]}


@pytest.mark.usefixtures("many_words")
def test_to_follow_merges_reads_no_whole_table() -> None:
    ids = list(Jurisdiction.objects.order_by("pk").values_list("pk", flat=True)[:3])
    with CaptureQueriesContext(connection) as queries:
        successors.last(ids)
        successors.family(ids)
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute("EXPLAIN (FORMAT JSON) " + query["sql"])
            plan = cursor.fetchone()[0][0]["Plan"]
            assert [node for node in nodes(plan) if node["Node Type"] == "Seq Scan"] == []
