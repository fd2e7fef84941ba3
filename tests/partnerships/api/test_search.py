"""The search through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from partnerships.models import Agreement

Get = Callable[..., Any]


@pytest.mark.usefixtures("sisters", "friends")
@pytest.mark.parametrize("text", ["poltava", "ПОЛТАВА", "Полтав", "poltva"])
def test_a_community_is_found_in_any_script_and_with_slips(get: Get, text: str) -> None:
    body = get(f"/api/v1/search/?q={text}")
    (hit,) = body["jurisdictions"]
    assert (hit["community"]["name"], hit["open_affiliations"]) == ("Poltava", 1)
    assert hit["similar"] is (text == "poltva")


def test_both_names_find_the_affiliation_in_its_full_shape(get: Get, sisters: Agreement) -> None:
    (found,) = get("/api/v1/search/?q=poltava irondequoit")["affiliations"]
    assert found == get("/api/v1/affiliations/")["results"][0] | {"parties": found["parties"]}


def test_numbers_and_people_are_found(get: Get, sisters: Agreement) -> None:
    assert [hit["number"] for hit in get(f"/api/v1/search/?q={sisters.number}")["agreements"]] == [sisters.number]
    assert [hit["number"] for hit in get("/api/v1/search/?q=sci-000001")["affiliations"]] == ["SCI-000001"]
    assert {hit["name"] for hit in get("/api/v1/search/?q=mayor")["people"]} == {
        "Mayor of Irondequoit",
        "Mayor of Poltava",
    }


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=a&q=b", "?q=a%00b", "?q=" + "a" * 201, "?q=a&page_size=3"])
def test_what_cannot_be_asked(get: Get, query: str) -> None:
    assert get(f"/api/v1/search/{query}", status=400)["errors"]


def test_nothing_found_is_an_answer(get: Get) -> None:
    body = get("/api/v1/search/?q=zzzzzz")
    assert not any(body[noun] for noun in ("jurisdictions", "affiliations", "agreements", "people"))
