"""Whatever is sent, the answer says what is wrong with it; it is never a failure and never a silent default."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Get = Callable[..., Any]
PAGED = ("countries", "subdivisions", "jurisdictions", "affiliations", "agreements")
LISTS = (*PAGED, "register")


def faults(body: Any) -> dict[str, str]:
    return {error["field"]: error["code"] for error in body["errors"]}


def test_a_problem_names_field_code_and_words(get: Get, client: Client) -> None:
    body = get("/api/v1/affiliations/?colour=blue&kind=brother", status=400)
    assert body == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "The question cannot be answered as it is.",
        "errors": [
            {"field": "kind", "code": "unknown", "message": "“brother” is not known."},
            {"field": "colour", "code": "unknown-parameter", "message": "This parameter is not known."},
        ],
    }
    answer = client.get("/api/v1/affiliations/?colour=blue")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("colour=blue", "colour", "unknown-parameter"),
        ("a%00b=1", "a?b", "unknown-parameter"),
        ("page_size=0", "page_size", "invalid"),
        ("page_size=-1", "page_size", "invalid"),
        ("page_size=501", "page_size", "invalid"),
        ("page_size=1000000000", "page_size", "invalid"),
        ("page_size=", "page_size", "invalid"),
        ("page_size=ten", "page_size", "invalid"),
        ("page_size=%C2%B2", "page_size", "invalid"),
        ("page_size=1.5", "page_size", "invalid"),
        ("page_size=10&page_size=10", "page_size", "repeated"),
        ("page_size=%FF", "page_size", "not-utf-8"),
        ("colour=%FF%FE", "colour", "not-utf-8"),
        ("%FF=1", "\N{REPLACEMENT CHARACTER}", "not-utf-8"),
        ("format=xml", "format", "unknown"),
        ("format=", "format", "unknown"),
        ("format=%00", "format", "unknown"),
    ],
)
def test_every_list_names_what_it_cannot_use(get: Get, path: str, query: str, field: str, code: str) -> None:
    assert faults(get(f"/api/v1/{path}/?{query}", status=400))[field] == code


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize("cursor", ["x", "a.b", "%00", "é", "..", "W10:AAAA", "9" * 5000])
def test_a_cursor_that_is_not_ours_is_named(get: Get, path: str, cursor: str) -> None:
    assert faults(get(f"/api/v1/{path}/?cursor={cursor}", status=400)) == {"cursor": "bad-cursor"}


def test_a_cursor_that_was_changed_is_refused(get: Get) -> None:
    from tests import crowd

    crowd.make(20)
    address = get("/api/v1/affiliations/?page_size=5")["next"]
    cursor = address.rpartition("cursor=")[2]
    for changed in (cursor[:-1], cursor[1:], cursor.swapcase(), cursor + "0"):
        assert faults(get(f"/api/v1/affiliations/?cursor={changed}", status=400)) == {"cursor": "bad-cursor"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("country=ZZ", "country"),
        ("country=%00", "country"),
        ("subdivision=California", "subdivision"),
        ("jurisdiction=seven", "jurisdiction"),
        ("jurisdiction=99999999999999999999", "jurisdiction"),
        ("kind=brother", "kind"),
        ("standing=annulled", "standing"),
        ("theme=cheese", "theme"),
        ("recognised=maybe", "recognised"),
        ("recognised=true&recognised=false", "recognised"),
        ("since_after=99999", "since_after"),
        ("since_after=2999-13-45", "since_after"),
        ("since_before=1950&since_before=1951", "since_before"),
        ("q=a%00b", "q"),
        ("q=%E2%28%A1", "q"),
        ("q=" + "a" * 10_000, "q"),
        ("q=a&q=b", "q"),
        ("sort=xyz", "sort"),
        ("sort=since&sort=-since", "sort"),
        ("sort=name", "sort"),
        ("format=csv&page_size=5", "page_size"),
        ("format=geojson&cursor=x", "cursor"),
        ("format=csv&format=json", "format"),
        ("&".join(f"theme=t{number}" for number in range(50)), "theme"),
    ],
)
def test_a_filter_that_cannot_be_used_is_named(get: Get, query: str, field: str) -> None:
    body = get(f"/api/v1/affiliations/?{query}", status=400)
    assert list(faults(body)) == [field]
    assert all(len(error["message"]) < 300 for error in body["errors"])


@pytest.mark.parametrize(
    "path",
    [
        "jurisdictions/?member=yes",
        "jurisdictions/?kind=planet",
        "jurisdictions/?sort=since",
        "agreements/?affiliation=7",
        "agreements/?affiliation=SCI-2026-000001",
        "agreements/?act=marry",
        "agreements/?signed_after=x",
        "subdivisions/?country=JP&country=US",
        "subdivisions/?country=XX",
        "countries/?country=JP",
        "affiliations/SCI-000001/?colour=blue",
        "?page=2",
    ],
)
def test_other_lists_name_it_too(get: Get, path: str) -> None:
    assert get(f"/api/v1/{path}", status=400)["errors"]


def test_values_that_fold_to_odd_letters_are_only_text(get: Get) -> None:
    for text in ("%E2%80%AE%D9%85%D8%B5%D8%B1", "e%CC%81%CC%81%CC%81", "%F0%9F%8F%99", "'; DROP TABLE", "%25%5F"):
        assert get(f"/api/v1/jurisdictions/?q={text}")["count"] == 0


@pytest.mark.parametrize(
    "path", ["nowhere/", "affiliations/%FF/", "affiliations/%00/", "affiliations/a/b/", "../../etc/", "../"]
)
def test_an_unknown_address_is_a_problem_too(get: Get, client: Client, path: str) -> None:
    body = get(f"/api/v1/{path}", status=404)
    assert (body["status"], body["title"]) == (404, "Not Found")


def test_without_the_slash_django_leads_to_the_address(client: Client) -> None:
    assert client.get("/api/v1/affiliations")["Location"] == "/api/v1/affiliations/"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", [*LISTS, "affiliations/SCI-000001", "jurisdictions/1", "register/1", "search"])
def test_nothing_is_written(client: Client, path: str, method: str) -> None:
    answer = getattr(client, method)(f"/api/v1/{path}/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 405


@pytest.mark.parametrize(
    "accept", ["text/html", "application/xml", "image/*", "text/csv", "nonsense", ",", "a" * 20_000]
)
def test_what_cannot_be_given_is_406(get: Get, accept: str) -> None:
    assert get("/api/v1/agreements/", status=406, accept=accept)["status"] == 406


@pytest.mark.django_db
def test_thousands_of_parameters_are_refused(client: Client) -> None:
    query = "&".join(f"a{number}=1" for number in range(3000))
    answer = client.get(f"/api/v1/affiliations/?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
