"""A list asked for a community that was merged into another answers as if the other had been asked for."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.filters.fields import IdsFilter
from partnerships.filters.questions import QuestionFilter
from partnerships.models import Jurisdiction, User
from partnerships.selectors import successors
from partnerships.services import merges
from partnerships.services.access import Actor
from tests import cast

TODAY = date.today()  # noqa: DTZ011
pytestmark = pytest.mark.django_db
LISTS = (
    "/api/v1/affiliations/?jurisdiction={}",
    "/api/v1/affiliations/?jurisdiction={}&standing=any&as_of=2010-12-31",
    "/api/v1/affiliations/?jurisdiction={}&sort=name",
    "/api/v1/agreements/?jurisdiction={}",
    "/affiliations/?jurisdiction={}&format=json",
    "/countries/US/?jurisdiction={}&standing=any&format=json",
    "/as-of/2010-12-31/?jurisdiction={}&format=json",
)
PAGES = (
    "/affiliations/?jurisdiction={}",
    "/countries/US/?jurisdiction={}&standing=any",
    "/subdivisions/US-CA/?jurisdiction={}",
    "/as-of/2010-12-31/?jurisdiction={}",
    "/anniversaries/?jurisdiction={}&month=" + f"{TODAY:%Y}-10",
)


@pytest.fixture
def gone(osaka: Jurisdiction, san_francisco: Jurisdiction, registrar: User) -> Jurisdiction:
    """Merged into one that was merged into Osaka in its turn."""
    cast.registered([san_francisco, osaka], signed_on=f"{TODAY.year - 50}-10-07")
    by, first = Actor.of(registrar), cast.jurisdiction("Ōsaka-shi", "JP")
    second = cast.jurisdiction("Oosaka", "JP")
    merges.merge(gone_id=first.pk, kept_id=second.pk, by=by, on=TODAY, reason="One city")
    merges.merge(gone_id=second.pk, kept_id=osaka.pk, by=by, on=TODAY, reason="One city")
    return first


def body(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_follows_the_merge(client: Client, gone: Jurisdiction, osaka: Jurisdiction, path: str) -> None:
    answer = body(client, path.format(gone.pk))
    assert answer == body(client, path.format(osaka.pk))
    assert b"San Francisco" in answer


@pytest.mark.parametrize("path", PAGES)
def test_a_page_follows_the_merge(client: Client, gone: Jurisdiction, path: str) -> None:
    assert b"San Francisco" in body(client, path.format(gone.pk))
    assert len(queries(client, path.format(gone.pk))) <= 8  # two more for the chain of two merges


@pytest.mark.parametrize("path", PAGES)
def test_a_community_that_was_not_merged_costs_one_statement(client: Client, osaka: Jurisdiction, path: str) -> None:
    assert len(queries(client, path.format(osaka.pk))) <= 6


def queries(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        body(client, path)
    return [query["sql"] for query in found.captured_queries]


def test_both_names_of_one_community_are_one_party(client: Client, gone: Jurisdiction, osaka: Jurisdiction) -> None:
    asked = client.get(f"/api/v1/affiliations/?jurisdiction={gone.pk}&jurisdiction={osaka.pk}").json()
    assert asked["count"] == 1


def test_the_family_of_a_community_is_all_that_was_merged(gone: Jurisdiction, osaka: Jurisdiction) -> None:
    alone = cast.jurisdiction("Kyōto", "JP")
    assert len(successors.family([osaka.pk])) == 3
    assert successors.family([gone.pk]) == successors.family([osaka.pk])
    assert successors.family([alone.pk, 999_999]) == (alone.pk, 999_999)
    assert successors.last([gone.pk, alone.pk]) == {gone.pk: osaka.pk, alone.pk: alone.pk}


def test_every_question_about_communities_follows_merges() -> None:
    """A new list that asks for communities by their ids otherwise fails here."""

    def kinds(of: type[QuestionFilter]) -> list[type[QuestionFilter]]:
        return [of, *(one for below in of.__subclasses__() for one in kinds(below))]

    asked = [one.base_filters["jurisdiction"] for one in kinds(QuestionFilter) if "jurisdiction" in one.base_filters]
    assert len(asked) >= 6
    assert [one for one in asked if not isinstance(one, IdsFilter)] == []
