"""The map shows what the list shows: as shades, as lines, as a table, and as data for the script."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.filters.affiliations import AffiliationFilter
from partnerships.models import Agreement, Jurisdiction
from partnerships.selectors import atlas, browse
from partnerships.selectors.browse import Criteria
from partnerships.views import worlds
from tests import crowd
from tests.partnerships.views.paths import text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)
ANSWERS = (
    "",
    "?country=JP",
    "?country=JP&country=US",
    "?subdivision=US-CA",
    "?subdivision=US-CA&country=JP",
    "?kind=friendship&standing=any",
    "?theme=arts",
    "?recognised=false&since_after=1990",
    "?as_of=2010-12-31&country=DE",
)


def criteria(query: str) -> Criteria:
    return AffiliationFilter(QueryDict(query.lstrip("?"))).criteria


def by_hand(asked: Criteria) -> dict[str, int]:
    """Counted from the rows of the list."""
    found: dict[str, int] = {}
    for row in browse.stream(asked, on=TODAY):
        for code in {party.country for party in row.parties}:
            found[code] = found.get(code, 0) + 1
    return found


@pytest.mark.parametrize("query", ANSWERS)
def test_each_country_has_as_many_as_its_rows_of_the_list(query: str) -> None:
    crowd.give_periods(crowd.make(120))
    asked = criteria(query)
    rows = by_hand(asked)
    assert rows
    assert atlas.by_country(asked, on=TODAY) == rows
    assert atlas.ties(asked, on=TODAY).countries == rows


def test_a_few_ties_are_drawn_as_lines_without_any_script(client: Client, sisters: Agreement) -> None:
    _placed("Irondequoit", 43.21, -77.57)
    _placed("Poltava", 49.59, 34.55)
    page = client.get("/map/").content.decode()
    assert page.count('class="world__tie world__tie--sister"') == 1
    assert page.count('class="world__dot"') == 2
    assert "<title>Ukraine: 1</title>" in page


def test_what_has_no_place_on_the_map_is_said_and_stands_in_the_table(client: Client, sisters: Agreement) -> None:
    Jurisdiction.objects.update(latitude=None, longitude=None)
    answer = client.get("/map/")
    assert "1 affiliation is not drawn" in text(answer)
    assert re.search(r"Ukraine\s+1", text(answer))


def test_many_ties_are_left_to_the_shades_and_the_table(client: Client) -> None:
    crowd.make(310)
    answer = client.get("/map/?standing=any")
    assert "world__tie" not in answer.content.decode()
    assert "too many to draw as lines" in text(answer)


def test_the_filters_are_those_of_the_list_and_lead_to_it(client: Client, sisters: Agreement) -> None:
    answer = client.get("/map/?country=UA&country=US&kind=sister")
    assert "1 sister affiliation between Ukraine and the United States of America" in text(answer)
    assert 'href="/affiliations/?country=UA&amp;country=US&amp;kind=sister"' in answer.content.decode()
    chosen = re.findall(r'<option value="(\w\w)" selected>', answer.content.decode())
    assert chosen[:2] == ["UA", "US"]


@pytest.mark.parametrize("query", ["?country=XX", "?colour=blue", "?since_after=soon", "?sort=name"])
def test_a_filter_that_cannot_be_read_is_said_and_left_out(client: Client, sisters: Agreement, query: str) -> None:
    assert client.get(f"/map/{query}").status_code == 200
    refused = client.get(f"/map/data.json{query}")
    assert refused.status_code == 400
    assert refused.json()["problems"]


def test_the_data_of_the_map_are_the_ties_of_the_list(client: Client, sisters: Agreement) -> None:
    _placed("Irondequoit", 43.21, -77.57)
    _placed("Poltava", 49.59, 34.55)
    answer = client.get("/map/data.json")
    told: dict[str, Any] = answer.json()
    assert told["total"] == told["shown"] == 1
    assert told["ties"] == [0, 1, 0]
    assert dict(zip(told["places"]["name"], told["places"]["x"], strict=True)) == {
        "Irondequoit": -7757,
        "Poltava": 3455,
    }
    assert set(told["levels"]) == {"US", "UA"}
    assert client.get("/map/data.json", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_map_and_data_ask_a_bounded_number_of_questions(client: Client) -> None:
    crowd.make(400)
    for path in ("/map/?standing=any&theme=arts", "/map/?recognised=false", "/map/data.json?q=saint&standing=any"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= 6


def test_more_ties_than_a_browser_bears_are_cut_and_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd.make(30)
    monkeypatch.setattr(atlas, "MOST_TIES", 10)
    found = atlas.ties(Criteria(), on=TODAY, most=10)
    assert len(found.ties) + found.unplaced == 10


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, []),
        (1, [(1, 1)]),
        (3, [(1, 1), (2, 2), (3, 3)]),
        (1000, [(1, 3), (4, 15), (16, 63), (64, 251), (252, 1000)]),
    ],
)
def test_shades_reach_from_one_to_the_most_without_a_gap(most: int, steps: list[tuple[int, int]]) -> None:
    world = worlds.shaded({"JP": most})
    assert [(step.first, step.last) for step in world.legend] == steps
    if most:
        assert world.shapes[0].level == worlds.LEVELS


def test_a_community_and_an_affiliation_show_where_their_ties_lead(client: Client, sisters: Agreement) -> None:
    page = client.get(f"/jurisdictions/{_placed('Irondequoit', 43.21, -77.57).pk}/", follow=True).content.decode()
    assert "world__tie" not in page  # nobody knows yet where the partner lies
    poltava = _placed("Poltava", 49.59, 34.55)
    page = client.get(f"/jurisdictions/{poltava.pk}/", follow=True).content.decode()
    assert page.count('class="world__tie world__tie--sister"') == 1
    assert page.count("world__dot--main") == 1
    assert client.get("/affiliations/SCI-000001/").content.decode().count('class="world__tie ') == 1


def _placed(name: str, latitude: float, longitude: float) -> Jurisdiction:
    place = Jurisdiction.objects.get(name=name)
    Jurisdiction.objects.filter(pk=place.pk).update(latitude=latitude, longitude=longitude)
    return place


def test_places_are_dots_where_they_are_known() -> None:
    world = worlds.of_places([("Osaka", 135.5, 34.69), ("Nowhere", None, None)])
    assert [dot.name for dot in world.dots] == ["Osaka"]
