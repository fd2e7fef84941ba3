"""Names of places compared across accents, scripts and spellings."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules.matching import distance_km, fold, likeness, words

LINKS = Path(__file__).parents[4] / "shared" / "data" / "sister-cities-wikidata-2022.csv"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Toledo", "toledo"),
        ("Saint-Étienne", "saint etienne"),
        ("St. Étienne", "saint etienne"),
        ("Mt. Vernon", "mount vernon"),
        ("Ft Lauderdale", "fort lauderdale"),
        ("København", "kobenhavn"),
        ("Gießen", "giessen"),
        ("GIESSEN", "giessen"),
        ("Łódź", "lodz"),
        ("İzmir", "izmir"),
        ("L’Aquila", "laquila"),
        ("Xi'an", "xian"),
        ("Hawaiʻi", "hawaii"),
        ("Ｏｓａｋａ", "osaka"),
        ("Sa\u0303o  Paulo", "sao paulo"),
        ("São\u00a0Paulo", "sao paulo"),
        ("Winston–Salem (N.C.)", "winston salem n c"),
        ("\u200fToledo\u200e", "toledo"),
        ("To\x00ledo", "to ledo"),
        ("", ""),
        (" -- ", ""),
    ],
)
def test_a_name_folds_to_plain_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["大阪", "Полтава", "تهران", "नागपुर", "서울", "Αθήνα", "ירושלים"])
def test_every_script_has_a_spelling(text: str) -> None:
    assert fold(text).replace(" ", "").isascii()
    assert fold(text)


def test_a_name_in_cyrillic_is_found_by_its_latin_spelling() -> None:
    assert fold("Полтава") == fold("Poltava")


def test_words_come_once_and_in_order() -> None:
    assert words("Walla Walla, WA") == ("walla", "wa")
    assert words("New York City") == ("new", "york", "city")


@pytest.mark.parametrize(
    ("one", "other"), [("City of Toledo", "Toledo"), ("São Paulo", "Sao Paulo"), ("St Louis", "Saint Louis")]
)
def test_two_spellings_of_one_name_are_wholly_alike(one: str, other: str) -> None:
    assert likeness(one, other) == 100


def test_the_order_of_the_words_counts_little() -> None:
    assert likeness("Santiago de Cuba", "Cuba, Santiago de") == 100


def test_a_slip_of_the_pen_is_near_and_another_place_is_far() -> None:
    assert likeness("Irondequoit", "Irondequiot") > 85
    assert likeness("Toledo", "Poltava") < 60
    assert likeness("York", "New York") < 85


@pytest.mark.parametrize("text", ["", "Toledo", "—"])
def test_nothing_is_like_nothing(text: str) -> None:
    assert likeness("", text) == 0
    assert likeness("…", text) == 0


def test_a_name_of_ten_thousand_letters_does_no_harm() -> None:
    assert 0 <= likeness("é" * 10_000, "Toledo") < 50


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded.isascii()
    assert folded == " ".join(folded.split())


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_the_same_both_ways_and_within_bounds(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 100


def test_distances_are_those_of_the_globe() -> None:
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015.1, abs=0.1)
    assert distance_km(90, 12, 90, -77) == pytest.approx(0, abs=0.001)
    assert distance_km(0, 179.5, 0, -179.5) == pytest.approx(111.195, abs=0.01)


def test_distances_of_the_links_of_2022_are_those_that_others_computed() -> None:
    """Median by networkx and an independent haversine: 2,022.3 km (README of the data)."""
    if not LINKS.exists():
        pytest.skip(f"{LINKS} is not on this machine")
    with LINKS.open(encoding="utf-8-sig") as rows:
        distances = [
            distance_km(*(float(row[name]) for name in ("a_latitude", "a_longitude", "b_latitude", "b_longitude")))
            for row in csv.DictReader(rows)
        ]
    assert len(distances) == 8182
    assert median(distances) == pytest.approx(2022.3, abs=0.1)


latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_distance_is_the_same_both_ways_and_never_past_the_antipode(a: float, b: float, c: float, d: float) -> None:
    assert distance_km(a, b, c, d) == pytest.approx(distance_km(c, d, a, b))
    assert 0 <= distance_km(a, b, c, d) <= 20015.2
