"""Choosing what an answer holds: ``fields``, ``expand``, linked data, links, compression."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Agreement, Jurisdiction
from tests import cast, crowd
from tests.partnerships.api.conftest import Get

pytestmark = pytest.mark.django_db
LIST = "/api/v1/affiliations/"


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (LIST, ["number", "kind"]),
        ("/api/v1/agreements/", ["number", "signatories"]),
        ("/api/v1/jurisdictions/", ["id", "population"]),
        ("/api/v1/countries/", ["code", "open"]),
        ("/api/v1/subdivisions/", ["code", "ended"]),
    ],
)
def test_an_answer_holds_the_fields_that_are_wanted(
    client: Client, sisters: Agreement, path: str, fields: list[str]
) -> None:
    rows = client.get(f"{path}?fields={','.join(fields)}").json()["results"]
    assert rows
    assert all(set(row) == set(fields) for row in rows)


def test_one_thing_too(client: Client, sisters: Agreement) -> None:
    found = client.get(f"{LIST}SCI-000001/?fields=story,number").json()
    assert found == {"number": "SCI-000001", "story": "Since 1992."}


def test_what_is_left_out_is_not_read(client: Client) -> None:
    crowd.make(20)
    assert statements(client, f"{LIST}?fields=number,parties") < statements(client, LIST) - 2


@pytest.mark.parametrize(
    ("path", "field", "code"),
    [
        (f"{LIST}?fields=number,colour", "fields", "unknown"),
        (f"{LIST}?fields=number&fields=kind", "fields", "repeated"),
        (f"{LIST}?fields=expanded", "fields", "unknown"),
        (f"{LIST}?expand=register", "expand", "unknown"),
        (f"{LIST}?expand=parties&page_size=101", "page_size", "contradiction"),
        (f"{LIST}?expand=parties&format=csv", "expand", "contradiction"),
        (f"{LIST}?fields=number&format=geojson", "fields", "contradiction"),
        ("/api/v1/jurisdictions/?expand=parties", "expand", "unknown-parameter"),
        ("/api/v1/register/?fields=seq", "fields", "unknown-parameter"),
        (f"{LIST}?fields=%FF", "fields", "not-utf-8"),
    ],
)
def test_a_choice_that_there_is_not_is_named(get: Get, path: str, field: str, code: str) -> None:
    assert {fault["field"]: fault["code"] for fault in get(path, status=400)["errors"]}[field] == code


def test_what_an_affiliation_refers_to_comes_in_full_when_asked_for(get: Get, sisters: Agreement) -> None:
    (row,) = get(f"{LIST}?expand=parties,agreements,documents")["results"]
    assert [party["id"] for party in row["expanded"]["parties"]] == [party["id"] for party in row["parties"]]
    assert row["expanded"]["parties"][1]["native_name"] == "Полтава"
    assert row["expanded"]["agreements"] == [get(f"/api/v1/agreements/{sisters.number}/")]
    assert {proof["agreement"] for proof in row["expanded"]["documents"]} == {sisters.number}
    assert "expanded" not in get(LIST)["results"][0]
    assert get(f"{LIST}SCI-000001/?expand=parties")["expanded"]["parties"] == row["expanded"]["parties"]


def test_the_parties_of_an_agreement_come_in_full(get: Get, sisters: Agreement, irondequoit: Jurisdiction) -> None:
    (row,) = get("/api/v1/agreements/?expand=parties")["results"]
    assert get(f"/api/v1/jurisdictions/{irondequoit.pk}/") in row["expanded"]["parties"]


def test_a_long_expanded_page_takes_as_many_statements_as_a_short_one(
    client: Client, irondequoit: Jurisdiction
) -> None:
    for number in range(4):
        cast.registered([irondequoit, cast.jurisdiction(f"Port {number}", "DE")])
    path = f"{LIST}?expand=parties,agreements,documents&page_size="
    assert statements(client, f"{path}4") == statements(client, f"{path}1") <= 16
    agreements = "/api/v1/agreements/?expand=parties&page_size="
    assert statements(client, f"{agreements}3") == statements(client, f"{agreements}1") <= 8


def test_a_list_as_linked_data(client: Client, sisters: Agreement, friends: Agreement) -> None:
    answer = client.get(LIST, headers={"Accept": "application/ld+json"})
    assert answer["Content-Type"] == "application/ld+json"
    found = json.loads(b"".join(answer.streaming_content))
    assert found["@context"] == "https://schema.org"
    assert {one["identifier"] for one in found["@graph"]} == {"SCI-000001", "SCI-000002"}
    places = json.loads(b"".join(client.get("/api/v1/jurisdictions/?format=jsonld").streaming_content))
    assert {one["name"] for one in places["@graph"]} >= {"Osaka", "Poltava"}


def test_one_thing_as_linked_data(client: Client, sisters: Agreement, poltava: Jurisdiction) -> None:
    found = client.get(f"{LIST}SCI-000001/?format=jsonld").json()
    assert (found["@context"], found["@type"], found["identifier"]) == (
        "https://schema.org",
        "CreativeWork",
        "SCI-000001",
    )
    place = client.get(f"/api/v1/jurisdictions/{poltava.pk}/?format=jsonld").json()
    assert place["alternateName"] == ["Полтава"]


def test_answers_link_to_what_follows_and_to_what_they_are(client: Client) -> None:
    crowd.make(30)
    first = client.get(f"{LIST}?page_size=3")
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    second = client.get(first.json()["next"])
    assert 'rel="next"' in second["Link"]
    assert 'rel="prev"' in second["Link"]
    number = first.json()["results"][0]["number"]
    one = client.get(f"{LIST}{number}/")
    assert f'<{settings.SITE_URL}/affiliations/{number}/>; rel="alternate"; type="text/html"' in one["Link"]
    assert 'rel="service-desc"' in client.get("/api/v1/")["Link"]
    assert "Link" in one["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("path", [LIST, f"{LIST}?format=csv", f"{LIST}?format=jsonld"])
def test_answers_are_compressed_for_whoever_can_read_that(client: Client, path: str) -> None:
    crowd.make(20)

    def body(answer: Any) -> bytes:
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]
    assert packed["ETag"] == plain["ETag"]
    whole, small = body(plain), body(packed)
    assert gzip.decompress(small) == whole
    assert len(small) < len(whole) / 2
