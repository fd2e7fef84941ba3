"""``/api/v1/statistics/``: numbers with their method, of a stated entry of the register."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.models import Agreement
from partnerships.selectors import register
from partnerships.services import statistics
from tests import cast
from tests.partnerships.api.conftest import Get

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/statistics/"


@pytest.fixture
def counted(sisters: Agreement, friends: Agreement) -> None:
    statistics.compute(timezone.now())


def table(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    (rows,) = [one["rows"] for one in found["tables"] if one["name"] == name]
    return rows  # type: ignore[no-any-return]


def test_before_the_first_count_everything_is_null_and_the_methods_are_told(get: Get) -> None:
    found = get(ADDRESS)
    assert (found["as_of"], found["totals"], found["network"], found["tables"]) == (None, None, None, [])
    assert "not the mean of the local clustering coefficients" in found["methods"]["transitivity"]


def test_they_say_what_they_show(get: Get, counted: None) -> None:
    found = get(ADDRESS)
    assert (found["as_of"]["seq"], found["as_of"]["hash"]) == register.head()
    assert found["totals"]["open"] == 2
    assert set(found["methods"]) == {*found["totals"], *found["network"]}


def test_tables_have_rows_by_the_names_of_their_columns(get: Get, counted: None) -> None:
    found = get(ADDRESS)
    for one in found["tables"]:
        assert all(set(row) == {column["name"] for column in one["columns"]} for row in one["rows"])
    countries = {row["country"]: row["open"] for row in table(found, "countries")}
    assert countries == {"US": 2, "JP": 1, "UA": 1}
    assert {"country_a": "JP", "country_b": "US", "open": 1}.items() <= table(found, "matrix")[0].items()


def test_a_new_count_of_the_same_record_has_another_tag(client: Client, counted: None) -> None:
    cast.entry()
    tag = client.get(ADDRESS)["ETag"]
    statistics.compute(timezone.now())
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200
    tag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304


def test_a_parameter_that_is_not_known_is_named(get: Get) -> None:
    assert "colour" in str(get(f"{ADDRESS}?colour=blue", status=400))


def test_the_index_leads_to_them(get: Get) -> None:
    assert get("/api/v1/")["statistics_url"].endswith(ADDRESS)
