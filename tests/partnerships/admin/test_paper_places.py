"""Places of the gazetteer on the page for papers: chosen like communities on record, and proposed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from partnerships.models import Filing, GazetteerEdition, Jurisdiction, Place, PlaceName, User
from partnerships.rules import matching
from tests import cast
from tests.partnerships.admin.desk import at_the_desk
from tests.partnerships.admin.test_paper import NEW, _known, _sheet

pytestmark = pytest.mark.django_db

LOOK_UP = "/admin/partnerships/jurisdiction/places/any/"


@pytest.fixture
def desk(clerk: User) -> Client:
    return at_the_desk(clerk)


@pytest.fixture
def toledo(db: None) -> Jurisdiction:
    return cast.member(cast.jurisdiction("Toledo", "US"))


@pytest.fixture
def bologna(db: None) -> Place:
    GazetteerEdition.objects.create(source="GeoNames by a package 1.0", year=2025, min_population=1, places=1, names=2)
    place = Place.objects.create(
        id=1,
        key="3181928",
        geonames_id=3181928,
        name="Bologna",
        kind="city",
        country="IT",
        subdivision="IT-45",
        subdivision_name="Emilia-Romagna",
        latitude=Decimal("44.49381"),
        longitude=Decimal("11.33875"),
        population=394843,
    )
    for name in ("Bologna", "Болонья"):
        folded = matching.fold(name)
        PlaceName.objects.create(place=place, country="IT", name=name, folded=folded, skeleton=folded)
    return place


def offered(desk: Client, term: str) -> list[tuple[str, str]]:
    return [(row["id"], row["text"]) for row in desk.get(LOOK_UP, {"term": term}).json()["results"]]


def test_the_page_asks_the_look_up_that_knows_the_world(desk: Client) -> None:
    assert f'data-ajax--url="{LOOK_UP}"' in desk.get(NEW).content.decode()


def test_a_place_is_offered_below_what_is_on_record_and_marked(desk: Client, bologna: Place) -> None:
    known = cast.jurisdiction("Bologna", "US", open_count=1)
    first, second = offered(desk, "bologna")
    assert first[0] == str(known.pk)
    assert second[0] == "place:3181928"
    assert "Emilia-Romagna, Italy – not on record yet" in second[1]


def test_a_community_on_record_is_offered_once_by_any_name_of_the_gazetteer(desk: Client, bologna: Place) -> None:
    known = cast.jurisdiction("Bologna", "IT", geonames_id=3181928)
    for term in ("Bologna", "Болонья"):
        assert [value for value, _text in offered(desk, term)] == [str(known.pk)]


@pytest.mark.parametrize("term", ["", " ", "\x00", "%", "x" * 10_000, "\u202e", "a/b/c/d/e", "🙂"])
def test_any_text_is_answered(desk: Client, bologna: Place, term: str) -> None:
    assert offered(desk, term) == []


def test_places_are_offered_to_staff_only(client: Client, representative_of_irondequoit: User) -> None:
    assert client.get(LOOK_UP, {"term": "Bologna"}).status_code == 302
    client.force_login(representative_of_irondequoit)
    assert client.get(LOOK_UP, {"term": "Bologna"}).status_code in (302, 403)


def test_choosing_a_place_proposes_it_with_all_that_the_gazetteer_knows(
    desk: Client, toledo: Jurisdiction, bologna: Place
) -> None:
    desk.post(NEW, _sheet([*_known(toledo), {"jurisdiction": "place:3181928"}]))
    party = Filing.objects.get().parties.get(name="Bologna")
    assert (party.provisional, party.kind, party.country.code) == (True, "city", "IT")
    assert (party.subdivision, party.subdivision_name) == ("IT-45", "Emilia-Romagna")
    assert (party.latitude, party.longitude) == (Decimal("44.49381"), Decimal("11.33875"))
    assert (party.population, party.population_year) == (394843, 2025)
    assert (party.population_source, party.geonames_id) == ("GeoNames by a package 1.0", 3181928)


def test_choosing_it_for_a_second_paper_means_the_same_community(
    desk: Client, toledo: Jurisdiction, bologna: Place
) -> None:
    for _paper in range(2):
        desk.post(NEW, _sheet([*_known(toledo), {"jurisdiction": "place:3181928"}]))
    assert Filing.objects.count() == 2
    assert Jurisdiction.objects.filter(name="Bologna").count() == 1


def test_the_same_place_on_two_lines_is_refused_in_words_and_nothing_is_proposed(desk: Client, bologna: Place) -> None:
    answer = desk.post(NEW, _sheet([{"jurisdiction": "place:3181928"}] * 2))
    assert answer.status_code == 422
    assert "Name each community once" in answer.content.decode()
    assert not Jurisdiction.objects.exists()


def test_a_place_that_was_chosen_is_kept_while_something_else_is_wrong(
    desk: Client, toledo: Jurisdiction, bologna: Place
) -> None:
    sheet = _sheet([*_known(toledo), {"jurisdiction": "place:3181928"}], signed_on="soon")
    answer = desk.post(NEW, sheet)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert '<option value="place:3181928" selected' in text
    assert "Bologna – City · Emilia-Romagna, Italy" in text
    assert not Jurisdiction.objects.filter(provisional=True).exists()


@pytest.mark.parametrize(
    "value",
    ["place:", "place:x\x00", "place:" + "9" * 50, "place:404", "place:../", "x", "-1", "\x00", "9" * 30, "1\x00", "٣"],
)
def test_a_value_that_no_list_offers_is_refused_at_its_line(
    desk: Client, toledo: Jurisdiction, bologna: Place, value: str
) -> None:
    answer = desk.post(NEW, _sheet([*_known(toledo), {"jurisdiction": value}]))
    assert answer.status_code == 422
    sheet: Any = answer.context["sheet"]
    assert "jurisdiction" in sheet.parties.forms[1].errors
    assert not Filing.objects.exists()
