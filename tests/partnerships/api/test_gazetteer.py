"""The look-up of places of the world through the API."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import GazetteerEdition, Place, PlaceName
from partnerships.rules import matching, spelling
from tests import cast

Get = Callable[..., Any]
LOOK_UP = "/api/v1/places/"


def place(rank: int, name: str, country: str, *names: str, **facts: Any) -> Place:
    made = Place.objects.create(
        id=rank, key=str(rank * 1000), geonames_id=rank * 1000, name=name, kind="city", country=country, **facts
    )
    for one in (name, *names):
        folded = matching.fold(one)
        PlaceName.objects.create(
            place=made, country=country, name=one, folded=folded, skeleton=spelling.skeleton(folded)
        )
    return made


@pytest.fixture(autouse=True)
def gazetteer(db: None) -> list[Place]:
    GazetteerEdition.objects.create(source="GeoNames by a package 1.0", year=2025, min_population=1, places=3, names=5)
    where = {"latitude": Decimal("48.13743"), "longitude": Decimal("11.57549"), "timezone": "Europe/Berlin"}
    bavaria = {"subdivision": "DE-BY", "subdivision_name": "Bayern"}
    return [
        place(1, "Munich", "DE", "München", "Мюнхен", population=1_260_391, **where, **bavaria),
        place(2, "Toledo", "US", subdivision="US-OH", subdivision_name="Ohio", population=270_000),
        place(3, "Toledo", "ES", population=83_000),
    ]


def faults(body: Any) -> dict[str, str]:
    return {error["field"]: error["code"] for error in body["errors"]}


@pytest.mark.parametrize(
    ("text", "match"),
    [("Munchen", "exact"), ("мюнхен", "exact"), ("MUNICH", "exact"), ("Mun", "prefix"), ("Munhic", "fuzzy")],
)
def test_a_place_is_found_by_any_of_its_names(get: Get, text: str, match: str) -> None:
    (found,) = get(f"{LOOK_UP}?q={text}")["results"]
    assert (found["name"], found["match"]) == ("Munich", match)


def test_an_answer_has_all_that_a_form_asks_for_with_source_and_year(get: Get) -> None:
    body = get(f"{LOOK_UP}?q=Мюнхен")
    assert (body["q"], body["source"]) == ("Мюнхен", "GeoNames by a package 1.0")
    assert body["results"] == [
        {
            "key": "1000",
            "geonames_id": 1000,
            "name": "Munich",
            "matched": "Мюнхен",
            "match": "exact",
            "kind": "city",
            "country": "DE",
            "subdivision": "DE-BY",
            "subdivision_name": "Bayern",
            "latitude": 48.13743,
            "longitude": 11.57549,
            "population": {"value": 1_260_391, "year": 2025, "source": "GeoNames by a package 1.0"},
            "timezone": "Europe/Berlin",
            "jurisdiction": None,
            "jurisdiction_url": None,
        }
    ]


def test_those_who_made_the_places_are_named_with_their_licence(get: Get) -> None:
    for text in ("Munich", "Nowhere"):
        said = get(f"{LOOK_UP}?q={text}")["attribution"]
        assert "GeoNames" in said
        assert "CC BY 4.0" in said


def test_the_country_asked_for_and_the_one_after_the_comma_come_first(get: Get) -> None:
    def countries(query: str) -> list[str]:
        return [row["country"] for row in get(f"{LOOK_UP}?q={query}")["results"]]

    assert countries("Toledo") == ["US", "ES"]
    assert countries("Toledo&country=es") == ["ES", "US"]
    assert countries("Toledo, Spain") == ["ES", "US"]


def test_a_place_on_record_leads_to_its_community_and_a_proposed_one_is_not_told(get: Get) -> None:
    proposed = cast.jurisdiction("Toledo", "ES", geonames_id=3000, provisional=True)
    known = cast.jurisdiction("Munich", "DE", geonames_id=1000)
    (munich,) = get(f"{LOOK_UP}?q=Munich")["results"]
    assert munich["jurisdiction"] == known.pk
    assert get(munich["jurisdiction_url"].removeprefix(settings.SITE_URL))["id"] == known.pk
    assert proposed.pk not in [row["jurisdiction"] for row in get(f"{LOOK_UP}?q=Toledo")["results"]]


def test_not_more_than_twenty_places_are_listed(get: Get) -> None:
    for rank in range(10, 40):
        place(rank, f"Springfield {rank}", "US")
    assert len(get(f"{LOOK_UP}?q=Springfield")["results"]) == 20


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("", "q", "required"),
        ("q=", "q", "required"),
        ("q=%20", "q", "required"),
        ("q=a%00b", "q", "null_characters_not_allowed"),
        ("q=" + "a" * 10_000, "q", "max_length"),
        ("q=%FF", "q", "not-utf-8"),
        ("q=a&q=b", "q", "repeated"),
        ("q=a&country=ZZ", "country", "unknown"),
        ("q=a&country=DE&country=ES", "country", "repeated"),
        ("q=a&colour=blue", "colour", "unknown-parameter"),
        ("q=a&page_size=3", "page_size", "unknown-parameter"),
        ("q=a&cursor=x", "cursor", "unknown-parameter"),
        ("q=a&format=csv", "format", "unknown"),
    ],
)
def test_what_cannot_be_asked_is_named(get: Get, query: str, field: str, code: str) -> None:
    assert faults(get(f"{LOOK_UP}?{query}", status=400)) == {field: code}


@pytest.mark.parametrize("text", ["?!", "%F0%9F%99%82", "%E2%80%AE", "%25_", "'; DROP TABLE", "a/b/c/d/e", ",,"])
def test_odd_text_finds_nothing(get: Get, text: str) -> None:
    assert get(f"{LOOK_UP}?q={text}")["results"] == []


def test_before_the_first_load_nothing_is_found(get: Get) -> None:
    Place.objects.all().delete()
    GazetteerEdition.objects.all().delete()
    body = get(f"{LOOK_UP}?q=Munich")
    assert (body["source"], body["results"]) == ("", [])


def test_a_kept_answer_holds_until_another_edition_is_loaded_or_the_register_moves(client: Client) -> None:
    address = f"{LOOK_UP}?q=Munich"
    tag = client.get(address)["ETag"]
    with CaptureQueriesContext(connection) as asked:
        same = client.get(address, headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)
    assert len(asked) == 2
    edition = GazetteerEdition.objects.get()
    edition.source = "GeoNames by a package 2.0"
    edition.save()
    renewed = client.get(address, headers={"If-None-Match": tag})
    assert renewed.status_code == 200
    cast.entry()
    assert client.get(address, headers={"If-None-Match": renewed["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("query", "most"), [("q=Munich", 8), ("q=Toledo&country=ES", 10), ("q=Munhic&country=DE", 14), ("q=a/b/c/d", 8)]
)
def test_a_look_up_takes_a_handful_of_statements(client: Client, query: str, most: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{LOOK_UP}?{query}").status_code == 200
    assert len(asked) <= most


def test_every_web_page_may_read_it_and_nobody_writes(client: Client) -> None:
    answer = client.get(f"{LOOK_UP}?q=Munich", headers={"Origin": "https://city.example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not answer.cookies
    assert client.post(LOOK_UP).status_code == 405
