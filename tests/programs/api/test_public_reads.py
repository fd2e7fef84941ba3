"""The API of programs: public facts in the shape that is described, one statement for what did not change."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs.services import participations, results
from tests.partnerships.api import contract
from tests.partnerships.api.test_description import validator
from tests.programs import cast as programs_cast
from tests.programs.conftest import Stage

LISTS = {
    "programs": "Program",
    "cycles": "Cycle",
    "participations": "Participation",
    "activities": "Activity",
    "results": "Result",
}


def read(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize(("noun", "schema"), LISTS.items())
def test_each_list_has_the_described_shape(client: Client, concert: Stage, noun: str, schema: str) -> None:
    assert schema in contract.description()["components"]["schemas"]
    found = read(client, f"{noun}/")
    assert found["count"] == 1
    validator({"$ref": f"#/components/schemas/{schema}"}).validate(found["results"][0])


@pytest.mark.parametrize("noun", LISTS)
def test_unknown_parameters_are_named(client: Client, db: None, noun: str) -> None:
    answer = client.get(f"/api/v1/{noun}/?colour=blue")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "colour" in answer.text


@pytest.mark.parametrize("noun", LISTS)
def test_an_answer_that_did_not_change_costs_one_statement(client: Client, concert: Stage, noun: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        tag = client.get(f"/api/v1/{noun}/")["ETag"]
    assert len(asked) <= 6
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/api/v1/{noun}/", headers={"If-None-Match": tag}).status_code == 304
    assert len(asked) == 1


@pytest.mark.parametrize("noun", ["participations", "activities", "results"])
def test_lists_come_as_files(client: Client, concert: Stage, noun: str) -> None:
    lines = client.get(f"/api/v1/{noun}/?format=csv").getvalue().decode().splitlines()
    assert len(lines) == 2
    collection = json.loads(client.get(f"/api/v1/{noun}/?format=geojson").getvalue())
    assert len(collection["features"]) == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [("country=UA", 1), ("country=JP", 0), ("kind=concert", 1), ("kind=awards", 0), ("year=2026", 1), ("year=2025", 0)],
)
def test_participations_are_narrowed_down(client: Client, concert: Stage, query: str, count: int) -> None:
    assert read(client, f"participations/?{query}")["count"] == count


def test_pages_follow_each_other_without_gap(client: Client, concert: Stage) -> None:
    for _number in range(4):
        values = {"measure": f"Concerts {_number}", "unit": "concerts", "value": "1", "on": "2026"}
        said = {"claimed_by": "Town", "source": "Report"}
        results.claim(
            cycle_id=concert.cycle.pk, values=values | said, by=programs_cast.officer(), at=programs_cast.DURING
        )
    seen: list[str] = []
    following = "/api/v1/results/?page_size=2"
    while following:
        page = client.get(following).json()
        seen += [row["measure"] for row in page["results"]]
        following = (page["next"] or "").partition("/api/")[2] and "/api/" + page["next"].partition("/api/")[2]
    assert seen == sorted(seen)
    assert len(seen) == 5


def test_verified_and_claimed_can_be_told_apart(client: Client, concert: Stage) -> None:
    one = read(client, "results/?verified=false")["results"][0]
    assert (one["verified"], one["verified_on"], one["source"]) == (False, None, "Report of the town")
    results.verify(result_id=one["id"], how="Counted", by=programs_cast.officer(), at=programs_cast.DURING)
    assert read(client, "results/?verified=true")["count"] == 1


def test_what_is_not_public_is_not_there(client: Client, concert: Stage) -> None:
    pk = concert.participation.pk
    assert read(client, f"participations/{pk}/")["title"] == "Music by the lake"
    participations.withdraw(participation_id=pk, by=programs_cast.officer())
    assert client.get(f"/api/v1/participations/{pk}/").status_code == 404
    for noun in ("participations", "activities", "results"):
        assert read(client, f"{noun}/")["count"] == 0
