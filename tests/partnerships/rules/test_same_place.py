"""Which place a source means: ids first, then name and place, then nearness; never a name alone across countries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from partnerships.rules import matching
from partnerships.rules.import_rows import PlaceRow, Problem
from partnerships.rules.same_place import Directory, Known


def known(pk: int, name: str, country: str, **facts: Any) -> Known:
    values = {"subdivision": "", "kind": "city", "latitude": None, "longitude": None, "geonames_id": None}
    return Known(pk, name, frozenset({matching.fold(name)}), country, **{**values, "wikidata_id": "", **facts})


def told(name: str, country: str, at: tuple[float, float] | None = None, **facts: Any) -> PlaceRow:
    latitude, longitude = (Decimal(str(number)) for number in at) if at else (None, None)
    values = {"kind": "city", "subdivision": "", "population": None, "geonames_id": None, "wikidata_id": ""}
    return PlaceRow(
        name, matching.fold(name), country=country, latitude=latitude, longitude=longitude, **{**values, **facts}
    )


def found(place: PlaceRow, *communities: Known) -> int | str | None:
    directory = Directory()
    for community in communities:
        directory.add(community)
    answer = directory.find(place, "a_name")
    return answer.code if isinstance(answer, Problem) else answer and answer.id


def test_an_id_finds_a_place_whatever_it_is_called() -> None:
    munich = known(1, "Munich", "DE", wikidata_id="Q1726", geonames_id=2867714)
    assert found(told("Minga", "DE", wikidata_id="Q1726"), munich) == 1
    assert found(told("Minga", "DE", geonames_id=2867714), munich) == 1


def test_an_id_of_another_country_is_a_mistake() -> None:
    assert (
        found(told("Toledo", "ES", wikidata_id="Q49239"), known(1, "Toledo", "US", wikidata_id="Q49239"))
        == "id-elsewhere"
    )


def test_guam_is_one_place_under_either_code() -> None:
    hagatna = known(1, "Hagåtña", "US", subdivision="US-GU", wikidata_id="Q30988")
    assert found(told("Hagåtña", "GU", wikidata_id="Q30988"), hagatna) == 1


def test_two_ids_of_one_city_are_one_place_and_of_a_city_and_its_province_two() -> None:
    amsterdam = known(1, "Amsterdam", "NL", wikidata_id="Q9899", latitude=52.3667, longitude=4.8833)
    assert found(told("Amsterdam", "NL", (52.3833, 4.9), wikidata_id="Q727"), amsterdam) == 1
    puebla = known(2, "Puebla City", "MX", wikidata_id="Q125293", geonames_id=3521081, latitude=19.05, longitude=-98.22)
    state = told("Puebla", "MX", (19.0036, -97.8883), wikidata_id="Q79923", geonames_id=3521081)
    assert found(state, puebla) is None


def test_one_name_in_two_states_is_two_places_however_near() -> None:
    missouri = known(1, "Kansas City", "US", subdivision="US-MO", latitude=39.0997, longitude=-94.5786)
    assert found(told("Kansas City", "US", (39.1142, -94.6275), subdivision="US-KS"), missouri) is None


def test_one_name_far_apart_is_two_places() -> None:
    south = known(1, "Kirovsk", "RU", latitude=59.8753, longitude=30.9814)
    assert found(told("Kirovsk", "RU", (67.6142, 33.6717)), south) is None


def test_a_name_alone_joins_nothing_across_countries() -> None:
    assert found(told("Toledo", "ES"), known(1, "Toledo", "US")) is None


def test_a_name_alone_that_several_have_is_ambiguous() -> None:
    ohio, oregon = (known(pk, "Portland", "US", subdivision=f"US-{state}") for pk, state in ((1, "ME"), (2, "OR")))
    assert found(told("Portland", "US"), ohio, oregon) == "ambiguous"
    assert found(told("Portland", "US", subdivision="US-OR"), ohio, oregon) == 2


def test_a_city_is_not_its_county() -> None:
    assert found(told("Los Angeles", "US", kind="county"), known(1, "Los Angeles", "US")) is None


def test_names_that_are_alike_join_places_that_lie_close_to_each_other() -> None:
    hannover = known(1, "Hannover", "DE", latitude=52.3705, longitude=9.7332)
    assert found(told("Hanover", "DE", (52.38, 9.74)), hannover) == 1
    assert found(told("Hanover", "DE", (52.9, 9.74)), hannover) is None
    assert found(told("Langenhagen", "DE", (52.38, 9.74)), hannover) is None
