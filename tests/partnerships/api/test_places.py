"""Countries and their states or provinces through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

Get = Callable[..., Any]


@pytest.mark.usefixtures("sisters", "friends")
def test_countries_have_totals_by_kind(get: Get) -> None:
    body = get("/api/v1/countries/")
    assert [row["code"] for row in body["results"]] == ["JP", "UA", "US"]
    japan, _ukraine, home = body["results"]
    assert (japan["name"], japan["sister"], japan["friendship"], japan["open"], japan["ended"]) == ("Japan", 0, 1, 1, 0)
    assert (home["sister"], home["friendship"], home["open"]) == (1, 1, 2)
    assert home["url"] == f"{settings.SITE_URL}/countries/US/"
    assert get(home["affiliations_url"].removeprefix(settings.SITE_URL))["count"] == home["open"]


@pytest.mark.usefixtures("sisters", "friends")
def test_subdivisions_of_all_countries_or_of_one(get: Get) -> None:
    assert {row["code"] for row in get("/api/v1/subdivisions/")["results"]} == {"US-CA", "US-NY", "JP-27", "UA-53"}
    rows = get("/api/v1/subdivisions/?country=us")["results"]
    assert [(row["code"], row["name"], row["country"]) for row in rows] == [
        ("US-CA", "California", "US"),
        ("US-NY", "New York", "US"),
    ]
    assert get(rows[0]["affiliations_url"].removeprefix(settings.SITE_URL))["count"] == 1


@pytest.mark.usefixtures("sisters", "friends")
def test_short_lists_are_paged_like_long_ones(get: Get) -> None:
    first = get("/api/v1/countries/?page_size=2")
    second = get(first["next"].removeprefix(settings.SITE_URL))
    assert [row["code"] for row in first["results"] + second["results"]] == ["JP", "UA", "US"]
    assert (first["count"], first["previous"], second["next"]) == (3, None, None)
    assert get(second["previous"].removeprefix(settings.SITE_URL))["results"] == first["results"]


@pytest.mark.parametrize("path", ["countries", "subdivisions"])
def test_an_empty_register_has_empty_lists(get: Get, path: str) -> None:
    assert get(f"/api/v1/{path}/") == {"count": 0, "next": None, "previous": None, "results": []}
