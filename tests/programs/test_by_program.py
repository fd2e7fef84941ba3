"""``program=`` in lists of affiliations: those that take part, for all to see; the register itself knows no program."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs.models import Program
from tests import cast
from tests.programs.conftest import Stage

LIST = "/api/v1/affiliations/"


def numbers(client: Client, query: str) -> list[str]:
    body = client.get(f"{LIST}?{query}").json()
    assert body["count"] == len(body["results"])
    return [row["number"] for row in body["results"]]


def test_affiliations_are_found_by_the_program_that_they_take_part_in(client: Client, concert: Stage) -> None:
    cast.registered([cast.jurisdiction("Toledo"), cast.jurisdiction("Toledo", "ES")])
    slug, own = concert.program.slug, [concert.tie.number]
    assert len(numbers(client, "")) == 2
    assert numbers(client, f"program={slug}") == own
    assert numbers(client, f"program=other&program={slug}&country=US&kind=sister") == own
    assert numbers(client, "program=other") == []


def test_what_is_not_public_of_a_program_finds_nothing(client: Client, concert: Stage) -> None:
    Program.objects.update(published=False)
    assert numbers(client, f"program={concert.program.slug}") == []


@pytest.mark.parametrize("value", ["A Concert", "%00", "a" * 41, "--'"])
def test_what_is_no_name_of_a_program_is_named(client: Client, db: None, value: str) -> None:
    answer = client.get(f"{LIST}?program={value}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "program"


def test_the_pages_follow_the_same_rule_and_say_so(client: Client, concert: Stage) -> None:
    page = client.get(f"/countries/US/?program={concert.program.slug}")
    assert page.status_code == 200
    assert concert.program.slug in page.content.decode()
    assert concert.tie.number in page.content.decode()
    assert concert.tie.number not in client.get("/countries/US/?program=other").content.decode()


def test_it_costs_no_statement(client: Client, concert: Stage) -> None:
    with CaptureQueriesContext(connection) as plain:
        client.get(f"{LIST}?since_after=1900&country=US&page_size=5")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{LIST}?program={concert.program.slug}&country=US&page_size=5")
    assert len(asked) == len(plain)
