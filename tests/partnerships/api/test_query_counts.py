"""A list costs the same few statements however long it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Affiliation, Jurisdiction
from tests import cast, crowd

pytestmark = pytest.mark.django_db

#: The most statements that an address may take. The first is always the head of the register.
MOST = {
    "/api/v1/": 1,
    "/api/v1/countries/": 2,
    "/api/v1/subdivisions/": 2,
    "/api/v1/jurisdictions/?page_size=50": 5,
    "/api/v1/affiliations/?page_size=50": 10,
    "/api/v1/affiliations/?page_size=500": 10,
    "/api/v1/affiliations/?page_size=50&country=US": 8,
    "/api/v1/affiliations/?page_size=50&standing=any": 11,
    "/api/v1/affiliations/SCI-000001/": 6,
    "/api/v1/agreements/?page_size=50": 5,
    "/api/v1/register/?page_size=50": 2,
    "/api/v1/search/?q=port": 9,
}


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(asked)


@pytest.fixture
def some(irondequoit: Jurisdiction) -> list[Affiliation]:
    made = crowd.make(120)
    for number in range(2):
        cast.registered([irondequoit, cast.jurisdiction(f"Port {number}", "DE")])
    return made


@pytest.mark.parametrize("path", MOST)
def test_an_answer_takes_few_statements(client: Client, some: list[Any], path: str) -> None:
    assert statements(client, path) <= MOST[path]


@pytest.mark.parametrize("path", ["/api/v1/affiliations/?page_size=", "/api/v1/jurisdictions/?page_size="])
def test_a_longer_page_takes_as_many_as_a_short_one(client: Client, some: list[Any], path: str) -> None:
    assert statements(client, f"{path}2") == statements(client, f"{path}100")


def test_agreements_take_as_many_whether_two_or_four(client: Client, some: list[Any], irondequoit: Any) -> None:
    before = statements(client, "/api/v1/agreements/")
    for number in range(2):
        cast.registered([irondequoit, cast.jurisdiction(f"Haven {number}", "FR")])
    assert statements(client, "/api/v1/agreements/") == before


def test_a_deep_page_takes_as_many_as_the_second(client: Client, some: list[Any]) -> None:
    second = address = client.get("/api/v1/affiliations/?page_size=10").json()["next"]
    while following := client.get(address).json()["next"]:
        address = following
    assert statements(client, address) <= statements(client, second)
