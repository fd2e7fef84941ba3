"""Looking places up: by any of their names, in any script, with small errors, in the right order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pycountry
import pytest
from django.db import transaction

from partnerships.models import Place
from partnerships.selectors import gazetteer
from partnerships.selectors.gazetteer import Match, PlaceRow, find
from partnerships.transfer import gazetteer_loader

SMALLEST = 250_000


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The large cities of the package, loaded once for all tests of this file and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        gazetteer_loader.load(min_population=SMALLEST)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _places(loaded: None, db: None) -> None:
    """Each test in a savepoint of its own."""


def first(text: str, country: str = "") -> PlaceRow:
    return find(text, country)[0]


@pytest.mark.parametrize(
    ("text", "geonames_id"),
    [
        ("Muenchen", 2867714),
        ("München", 2867714),
        ("Munich", 2867714),
        ("MUNICH", 2867714),
        ("Мюнхен", 2867714),
        ("Киев", 703448),
        ("Київ", 703448),
        ("Kyiv", 703448),
        ("Kiev", 703448),
        ("Киев/Kyiv", 703448),
        ("大阪", 1853909),
        ("Ōsaka", 1853909),
        ("Sao Paulo", 3448439),
        ("São Paulo", 3448439),
        ("St. Paul", 5045360),
        ("Saint Paul", 5045360),
        ("st paul", 5045360),
        ("Полтава", 696643),
        ("  Toledo ", 5174035),
    ],
)
def test_a_place_is_found_by_any_of_its_names(text: str, geonames_id: int) -> None:
    found = first(text)
    assert (found.geonames_id, found.match) == (geonames_id, Match.EXACT)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Poltva", "Poltava"), ("Pultawa", "Poltava"), ("Chicgao", "Chicago"), ("San Fransisco", "San Francisco")],
)
def test_a_small_typing_error_does_not_matter(text: str, name: str) -> None:
    assert name in [row.name for row in find(text)]


def test_exact_comes_before_what_begins_with_it_and_that_before_what_is_similar() -> None:
    for text in ("Paris", "Pariz", "Port", "San Jos"):
        matches = [row.match for row in find(text, limit=30)]
        assert matches == sorted(matches)
    assert {row.match for row in find("Porto", limit=30)} == {Match.EXACT, Match.PREFIX}


def test_the_chosen_country_comes_before_size() -> None:
    assert first("Hyderabad").country == "IN"
    assert first("Hyderabad", "PK").country == "PK"


def test_the_match_comes_before_the_chosen_country() -> None:
    assert first("Munich", "US").country == "DE"


def test_among_equal_matches_the_larger_comes_first() -> None:
    sizes = [row.population for row in find("San", limit=8) if row.match == Match.PREFIX and row.population]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("text", "subdivision"),
    [("Portland, Oregon", "US-OR"), ("Portland, OR", "US-OR"), ("Portland, or", "US-OR"), ("Toledo, Ohio", "US-OH")],
)
def test_what_stands_after_a_comma_chooses_among_namesakes(text: str, subdivision: str) -> None:
    assert first(text).subdivision == subdivision


def test_a_country_after_the_comma_chooses_too() -> None:
    assert first("Bristol, United Kingdom").country == "GB"


def test_a_row_fills_what_a_form_asks_for() -> None:
    munich = first("Munich")
    assert (munich.country, munich.subdivision, munich.subdivision_name) == ("DE", "DE-BY", "Bayern")
    assert (munich.latitude, munich.longitude) == (Decimal("48.13743"), Decimal("11.57549"))
    assert munich.population
    assert "GeoNames" in munich.population_source
    assert gazetteer.get(munich.key) == munich


def test_subdivisions_and_counties_are_places_too() -> None:
    assert first("Bayern").subdivision == "DE-BY"
    assert first("Monroe County, New York").key == "US-FIPS-36055"
    assert (first("California").kind, first("Osaka", "JP").kind) == ("state", "city")


def test_all_states_and_counties_of_the_united_states_are_there() -> None:
    states = {code for code, _name in gazetteer.subdivisions("US")}
    assert len(states) == 50 + 1 + 6  # with the District of Columbia, and the outlying areas that ISO 3166-2 lists
    counties = Place.objects.filter(key__startswith="US-FIPS-")
    assert counties.count() > 3_000
    assert counties.exclude(subdivision__in=states).count() == 0
    assert Place.objects.get(key="US-FIPS-36055").kind == "county"


def test_the_subdivisions_of_every_country_bear_the_names_of_iso_3166_2() -> None:
    assert [gazetteer.subdivision_name(code) for code in ("JP-27", "MX-JAL")] == ["Osaka", "Jalisco"]
    named = dict(Place.objects.exclude(subdivision="").values_list("subdivision", "subdivision_name").distinct())
    known = {row.code: row.name for row in pycountry.subdivisions}  # with other spellings in brackets behind
    assert len(named) > 500
    assert [code for code, name in named.items() if not name or not known[code].startswith(name)] == []


def test_the_key_of_nothing_is_nothing() -> None:
    assert gazetteer.get("no such key") is None


@pytest.mark.parametrize("text", ["", "   ", "\x00", "?!", "\ud800", "\u202e", "x" * 100_000, "?/" * 50_000, "," * 999])
def test_any_text_is_answered(text: str) -> None:
    assert find(text) == []


def test_a_text_of_many_names_is_cut_short(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        find("san/" * 50_000)


def test_not_more_rows_than_asked_for() -> None:
    assert [len(find("san", limit=limit)) for limit in (1, 3, 25)] == [1, 3, 25]
    keys = [row.key for row in find("san", limit=25)]
    assert len(set(keys)) == 25


def test_a_look_up_takes_a_handful_of_statements(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        find("Poltva", "UA")


def test_subdivisions_of_a_country_come_in_the_order_of_their_names() -> None:
    assert gazetteer.subdivisions("us")[0] == ("US-AL", "Alabama")
    assert gazetteer.subdivision_name("UA-53") == "Poltavska oblast"
    assert (gazetteer.subdivisions("XX"), gazetteer.subdivision_name("XX-1")) == ((), "")


def test_loading_the_same_edition_again_changes_nothing() -> None:
    again = gazetteer_loader.load(min_population=SMALLEST)
    assert not again.changed
    assert gazetteer_loader.load(min_population=SMALLEST, dry_run=True).places == again.places
