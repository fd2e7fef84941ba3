"""Lists as files: tables for spreadsheets, features for maps."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Agreement, Jurisdiction
from partnerships.transfer import geojson, tables
from tests import cast, crowd

pytestmark = pytest.mark.django_db
LIST = "/api/v1/affiliations/"


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(answer), newline="")))


@pytest.mark.parametrize("how", ["?format=csv", "accept"])
def test_affiliations_as_a_table(client: Client, sisters: Agreement, how: str) -> None:
    answer = client.get(LIST, headers={"Accept": "text/csv"}) if how == "accept" else client.get(LIST + how)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="affiliations.csv"'
    (line,) = lines(answer)
    assert (line["number"], line["kind"], line["since"], line["recognised"]) == (
        "SCI-000001",
        "sister",
        "1992-06-29",
        "true",
    )
    assert (line["a_name"], line["a_subdivision"], line["b_name"], line["b_country"]) == (
        "Irondequoit",
        "US-NY",
        "Poltava",
        "UA",
    )
    assert line["url"] == f"{settings.SITE_URL}/affiliations/SCI-000001/"


def test_a_file_follows_the_same_filters(client: Client, sisters: Agreement, friends: Agreement) -> None:
    assert [line["b_name"] for line in lines(client.get(f"{LIST}?format=csv&kind=friendship"))] == ["Osaka"]


def test_a_file_holds_the_whole_list(client: Client) -> None:
    crowd.make(620)
    count = client.get(LIST).json()["count"]
    assert count > 500
    assert len(lines(client.get(f"{LIST}?format=csv"))) == count
    assert len(json.loads(text(client.get(f"{LIST}?format=geojson")))["features"]) == count


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_is_a_formula(client: Client, sign: str) -> None:
    cast.jurisdiction(f"{sign}HYPERLINK(1)", "DE", longitude="-1.5", latitude="50")
    (line,) = lines(client.get("/api/v1/jurisdictions/?format=csv"))
    assert line["name"] == f"'{sign}HYPERLINK(1)"
    assert line["longitude"] == "-1.5"


def test_a_name_with_quotes_and_lines_stays_one_cell(client: Client) -> None:
    cast.jurisdiction('Saint "Q",\nX', "DE")
    (line,) = lines(client.get("/api/v1/jurisdictions/?format=csv"))
    assert line["name"] == 'Saint "Q",\nX'


def test_communities_as_points(client: Client) -> None:
    cast.jurisdiction("Rennes", "FR", latitude="48.11", longitude="-1.68")
    cast.jurisdiction("Somewhere", "FR")
    answer = client.get("/api/v1/jurisdictions/?format=geojson")
    assert answer["Content-Type"] == "application/geo+json"
    rennes, somewhere = json.loads(text(answer))["features"]
    assert rennes["geometry"] == {"type": "Point", "coordinates": [-1.68, 48.11]}
    assert (rennes["properties"]["name"], rennes["properties"]["country"]) == ("Rennes", "FR")
    assert somewhere["geometry"] is None


def test_affiliations_as_lines(
    client: Client, sisters: Agreement, friends: Agreement, san_francisco: Jurisdiction, osaka: Jurisdiction
) -> None:
    Jurisdiction.objects.filter(pk=san_francisco.pk).update(latitude="37.77", longitude="-122.42")
    Jurisdiction.objects.filter(pk=osaka.pk).update(latitude="34.69", longitude="135.50")
    without, across = json.loads(text(client.get(f"{LIST}?format=geojson")))["features"]
    assert without["geometry"] is None
    assert across["geometry"]["type"] == "MultiLineString"
    assert across["properties"]["number"] == "SCI-000002"
    assert [party["name"] for party in across["properties"]["parties"]] == ["San Francisco", "Osaka"]


@pytest.mark.parametrize(
    ("start", "end", "lines"),
    [
        ((0, 0), (10, 10), [[(0, 0), (10, 10)]]),
        ((-90, 0), (90, 0), [[(-90, 0), (90, 0)]]),
        ((170, 0), (-170, 10), [[(170, 0), (180, 5)], [(-180, 5), (-170, 10)]]),
        ((-170, 10), (170, 0), [[(-170, 10), (-180, 5)], [(180, 5), (170, 0)]]),
        ((-122, 30), (130, 10), [[(-122, 30), (-180, 19.25926)], [(180, 19.25926), (130, 10)]]),
        ((180, 0), (-170, 10), [[(-180, 0), (-170, 10)]]),
        ((170, 0), (-180, 10), [[(170, 0), (180, 10)]]),
        ((180, 0), (-180, 10), [[(-180, 0), (-180, 10)]]),
    ],
)
def test_lines_take_the_shorter_way_and_are_cut_at_the_antimeridian(
    start: Any, end: Any, lines: list[list[Any]]
) -> None:
    found = geojson.between(start, end)
    drawn = [found["coordinates"]] if found["type"] == "LineString" else found["coordinates"]
    assert drawn == lines
    assert found["type"] == ("LineString" if len(lines) == 1 else "MultiLineString")


def test_a_head_of_a_file_reads_no_row(client: Client) -> None:
    crowd.make(30)
    with CaptureQueriesContext(connection) as asked:
        client.head(f"{LIST}?format=csv")
    assert len(asked) == 1


def test_empty_lists_are_good_files(client: Client) -> None:
    assert text(client.get(f"{LIST}?format=csv")).strip().split(",")[0] == "number"
    assert json.loads(text(client.get(f"{LIST}?format=geojson"))) == {"type": "FeatureCollection", "features": []}


def test_every_column_begins_as_in_the_files_that_are_imported() -> None:
    assert {"a_name", "a_country", "b_name", "b_country", "kind", "standing", "since"} <= set(tables.AFFILIATIONS)
