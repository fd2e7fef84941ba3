"""Communities through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from partnerships.models import Agreement, Jurisdiction, JurisdictionName
from tests import cast

Get = Callable[..., Any]
LIST = "/api/v1/jurisdictions/"


def names(body: Any) -> list[str]:
    return [row["name"] for row in body["results"]]


def test_a_community_tells_what_is_known_of_it(get: Get, sisters: Agreement, poltava: Jurisdiction) -> None:
    Jurisdiction.objects.filter(pk=poltava.pk).update(
        latitude="49.58925", longitude="34.55367", population=279593, population_year=2022, population_source="Census"
    )
    JurisdictionName.objects.create(jurisdiction=poltava, name="Pułtawa", language="pl")
    body = get(f"{LIST}{poltava.pk}/")
    assert (body["id"], body["name"], body["native_name"]) == (poltava.pk, "Poltava", "Полтава")
    assert (body["latitude"], body["longitude"]) == (49.58925, 34.55367)
    assert body["population"] == {"value": 279593, "year": 2022, "source": "Census"}
    assert {"name": "Pułtawa", "language": "pl", "kind": "alternative"} in body["names"]
    assert (body["in_good_standing"], body["open_affiliations"]) == (None, 1)
    assert body["url"] == f"{settings.SITE_URL}/jurisdictions/{poltava.pk}-poltava/"
    assert get(body["affiliations_url"].removeprefix(settings.SITE_URL))["count"] == 1


def test_what_is_not_known_is_empty(get: Get, osaka: Jurisdiction) -> None:
    body = get(f"{LIST}{osaka.pk}/")
    assert (body["population"], body["latitude"], body["geonames_id"], body["wikidata_id"]) == (None, None, None, "")


def test_the_page_of_a_community_is_where_it_says(client: Client, get: Get, osaka: Jurisdiction) -> None:
    page = get(f"{LIST}{osaka.pk}/")["url"].removeprefix(settings.SITE_URL)
    assert client.get(page).status_code == 200


@pytest.mark.usefixtures("sisters", "osaka")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Irondequoit", "Osaka", "Poltava"]),
        ("sort=-name", ["Poltava", "Osaka", "Irondequoit"]),
        ("country=JP&country=ua", ["Osaka", "Poltava"]),
        ("subdivision=us-ny", ["Irondequoit"]),
        ("kind=town", ["Irondequoit"]),
        ("member=true", ["Irondequoit"]),
        ("member=false", ["Osaka", "Poltava"]),
        ("partnered=true", ["Irondequoit", "Poltava"]),
        ("partnered=false", ["Osaka"]),
        ("q=полта", ["Poltava"]),
        ("q=osa", ["Osaka"]),
        ("q=!!!", []),
    ],
)
def test_every_filter_narrows_the_list(get: Get, query: str, found: list[str]) -> None:
    body = get(f"{LIST}?{query}")
    assert names(body) == found
    assert body["count"] == len(found)


def test_membership_that_ran_out_is_not_good_standing(get: Get, irondequoit: Jurisdiction) -> None:
    irondequoit.membership_terms.update(paid_through="2019-12-31")
    assert get(f"{LIST}{irondequoit.pk}/")["in_good_standing"] is False
    assert names(get(f"{LIST}?member=true")) == []


@pytest.mark.django_db
def test_a_merged_community_leads_to_the_other(client: Client, get: Get, osaka: Jurisdiction) -> None:
    old = cast.jurisdiction("Ōsaka-shi", "JP", successor=osaka)
    answer = client.get(f"{LIST}{old.pk}/")
    assert answer.status_code == 301
    assert answer["Location"] == f"{settings.SITE_URL}{LIST}{osaka.pk}/"
    assert names(get(LIST)) == ["Osaka"]


def test_pages_follow_each_other_and_lead_back(get: Get) -> None:
    for letter in "ÇaBéd":
        cast.jurisdiction(letter, "DE")
    cast.jurisdiction("a", "FR")
    first = get(f"{LIST}?page_size=3")
    second = get(first["next"].removeprefix(settings.SITE_URL))
    assert names(first) + names(second) == ["a", "a", "B", "Ç", "d", "é"]
    assert (first["count"], second["next"]) == (6, None)
    assert names(get(second["previous"].removeprefix(settings.SITE_URL))) == names(first)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["0", "999999", "999999999999999999", "9999999999999999999", "osaka", "-1", "%00"])
def test_an_unknown_community_is_404(get: Get, path: str) -> None:
    assert get(f"{LIST}{path}/", status=404)["title"] == "Not Found"
