"""The page of the statistics shows what was worked out before, says of when it is, and gives each table as a file."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.choices import PublicationKind
from partnerships.models import Agreement, Publication
from partnerships.selectors import network
from partnerships.selectors import statistics as selector
from partnerships.services import statistics
from partnerships.transfer import figures, measures
from partnerships.views import charts
from tests import cast, crowd
from tests.partnerships.views.paths import text

pytestmark = pytest.mark.django_db

ADDRESS = "/statistics/"


def whole(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


@pytest.fixture
def counted(sisters: Agreement, friends: Agreement, joint: Agreement) -> None:
    statistics.compute(timezone.now())


def test_before_the_first_count_the_page_says_when_there_will_be_one(client: Client) -> None:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert "Nothing has been counted yet" in text(answer)
    assert whole(client.get(f"{ADDRESS}?table=countries&format=csv")).count("\n") == 1
    assert client.get(f"{ADDRESS}?format=json").json()["as_of"] is None


def test_it_says_of_which_entry_and_day_it_is(client: Client, counted: None) -> None:
    kept = Publication.objects.get(kind=PublicationKind.STATISTICS)
    shown = text(client.get(ADDRESS))
    assert f"up to entry {kept.register_seq} of the register" in shown
    assert "has moved on since then" not in shown
    cast.entry()
    assert "has moved on since then" in text(client.get(ADDRESS))


def test_a_visitor_never_waits_for_counting(client: Client, counted: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for room, name in ((selector, "collect"), (network, "measure")):
        monkeypatch.setattr(room, name, lambda **_asked: pytest.fail("counted in a request"))
    cast.entry()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(ADDRESS).status_code == 200
    assert len(asked) <= 3


def test_it_asks_as_often_for_a_large_record_as_for_a_small_one(client: Client, counted: None) -> None:
    with CaptureQueriesContext(connection) as before:
        client.get(ADDRESS)
    crowd.make(300, first_serial=50)
    Publication.objects.all().delete()
    statistics.compute(timezone.now())
    with CaptureQueriesContext(connection) as after:
        client.get(ADDRESS)
    assert len(after) == len(before)


def test_a_new_count_of_the_same_record_is_not_mistaken_for_the_old_one(client: Client, counted: None) -> None:
    cast.entry()
    tag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304
    statistics.compute(timezone.now())
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


def test_totals_and_network_are_shown_with_their_method(client: Client, counted: None) -> None:
    shown = text(client.get(ADDRESS))
    for measure in (*measures.TOTALS, *measures.NETWORK):
        assert str(measure.title) in shown
        assert str(measure.method) in shown
    for table in figures.TABLES:
        assert str(table.title) in shown
        assert str(table.method) in shown


def test_numbers_are_rounded_and_not_cut(client: Client, counted: None) -> None:
    kept = Publication.objects.get()
    kept.content["network"]["assortativity"] = -0.04387
    kept.save()
    assert "-0.0439" in text(client.get(ADDRESS))


@pytest.mark.parametrize("name", figures.BY_NAME)
def test_every_table_is_a_file(client: Client, counted: None, name: str) -> None:
    lines = list(csv.reader(io.StringIO(whole(client.get(f"{ADDRESS}?table={name}&format=csv")))))
    assert lines[0] == list(figures.BY_NAME[name].columns)
    found = json.loads(whole(client.get(f"{ADDRESS}?table={name}&format=json")))
    assert len(found["results"]) == len(lines) - 1 > 0


def test_all_measures_are_one_file(client: Client, counted: None) -> None:
    lines = list(csv.DictReader(io.StringIO(whole(client.get(f"{ADDRESS}?format=csv")))))
    found = {line["measure"]: line["value"] for line in lines}
    assert (found["open"], found["nodes"], found["triangles"]) == ("5", "5", "1")


@pytest.mark.parametrize("query", ["table=gossip", "table=gossip&format=csv", "format=pdf", "table=%00"])
def test_what_is_not_there_is_refused_by_name(client: Client, counted: None, query: str) -> None:
    assert client.get(f"{ADDRESS}?{query}").status_code == 400


def test_the_page_needs_no_style_or_script_of_its_own(client: Client, counted: None) -> None:
    shown = client.get(ADDRESS).content.decode()
    assert "style=" not in shown
    assert '<rect width="100.0%"' in shown


def test_a_drawing_has_a_column_for_each_year_with_any() -> None:
    chart = charts.by_year([(1956, 1), (1957, 0), (1958, 4)], ["one", "none", "four"])
    assert chart is not None
    assert [bar.label for bar in chart.bars] == ["one", "four"]
    assert float(chart.bars[1].height) == pytest.approx(4 * float(chart.bars[0].height), abs=0.2)
    assert charts.by_year([], []) is None
