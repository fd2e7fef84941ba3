"""Lists as files: the same rows as the page, safe to open."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from partnerships.models import Affiliation, Agreement, Jurisdiction
from tests import cast

pytestmark = pytest.mark.django_db


def body(client: Client, path: str) -> str:
    answer: Any = client.get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def table(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, path))))


@pytest.mark.parametrize(
    "path", ["/affiliations/", "/countries/US/", "/subdivisions/US-CA/", "/countries/JP/?kind=sister"]
)
def test_a_file_holds_what_the_page_shows(client: Client, joint: Agreement, friends: Agreement, path: str) -> None:
    shown = [row.number for row in client.get(path).context["listing"].rows]
    more = "&" if "?" in path else "?"
    assert [row["number"] for row in table(client, f"{path}{more}format=csv")] == shown
    assert [row["number"] for row in json.loads(body(client, f"{path}{more}format=json"))["results"]] == shown
    features = json.loads(body(client, f"{path}{more}format=geojson"))["features"]
    assert [feature["properties"]["number"] for feature in features] == shown


def test_a_file_of_one_community_follows_its_page(client: Client, sisters: Agreement, poltava: Jurisdiction) -> None:
    (row,) = table(client, f"/jurisdictions/{poltava.pk}-poltava/?format=csv")
    assert (row["a_name"], row["b_name"], row["since"]) == ("Poltava", "Irondequoit", "1992-06-29")


def test_a_file_is_in_the_published_shape(client: Client, sisters: Agreement) -> None:
    (row,) = json.loads(body(client, "/affiliations/?format=json"))["results"]
    assert row["recognised"]["value"] is True
    assert row["since"] == "1992-06-29"
    assert row["agreements"] == [
        {
            "number": sisters.number,
            "act": "establish",
            "signed_on": "1992-06-29",
            "url": f"http://127.0.0.1:8000/agreements/{sisters.number}/",
        }
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_name_cannot_be_a_formula(client: Client, poltava: Jurisdiction, start: str) -> None:
    evil = cast.jurisdiction(f"{start}HYPERLINK(1)", "US", subdivision="US-OH")
    cast.registered([evil, poltava])
    (row,) = table(client, "/affiliations/?format=csv")
    assert row["a_name"].startswith("'")


def test_countries_and_findings_are_files_too(client: Client, sisters: Agreement) -> None:
    assert [row["code"] for row in table(client, "/countries/?format=csv")] == ["UA", "US"]
    assert {row["type"] for row in table(client, "/search/?q=poltava+irondequoit&format=csv")} == {"affiliation"}
    assert json.loads(body(client, "/countries/?format=json"))["results"][0]["open"] == 1
    assert Affiliation.objects.count() == 1
