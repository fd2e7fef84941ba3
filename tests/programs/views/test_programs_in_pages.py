"""However many programs there are, a page holds so many of them, and the following pages hold the others."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs.models import Program
from programs.views import programs as pages

pytestmark = pytest.mark.django_db
MANY = 150


@pytest.fixture
def many() -> None:
    Program.objects.bulk_create(
        Program(
            slug=f"p-{number:03d}", name=f"Program {number // 2:03d}", kind="concert", summary="So.", published=True
        )
        for number in range(MANY)
    )


def test_following_pages_lead_through_all_programs_once(client: Client, many: None) -> None:
    seen: list[Any] = []
    path = "/programs/"
    while path:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        assert len(asked) <= 6
        rows = [one["row"].slug for one in answer.context["programs"]]
        assert len(rows) <= pages.PAGE_SIZE
        seen += rows
        path = f"/programs/{answer.context['next_url']}" if answer.context["next_url"] else ""
    assert len(seen) == len(set(seen)) == MANY
    assert client.get(f"/programs/{answer.context['previous_url']}").status_code == 200


def test_the_api_pages_them_in_the_database(client: Client, many: None) -> None:
    seen: list[str] = []
    address = "/api/v1/programs/?page_size=70"
    while address:
        with CaptureQueriesContext(connection) as asked:
            told = client.get(address).json()
        assert len(asked) <= 6
        assert told["count"] == MANY
        assert len(told["results"]) <= 70
        assert all("LIMIT" in query["sql"] for query in asked if "gathered_backers" in query["sql"])
        seen += [one["slug"] for one in told["results"]]
        address = told["next"]
    assert seen == sorted(seen)
    assert len(seen) == MANY


@pytest.mark.parametrize("query", ["cursor=nonsense", "page=2", "cursor=a&cursor=b"])
def test_an_address_that_is_none_of_the_list_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/programs/?{query}").status_code == 400
