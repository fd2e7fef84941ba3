"""Countries and territories."""

from __future__ import annotations

import pytest

from partnerships.rules.territories import TERRITORIES, is_home, place_of


@pytest.mark.parametrize(
    ("country", "subdivision", "place"),
    [("US", "US-NY", "US"), ("US", "", "US"), ("US", "US-PR", "PR"), ("PR", "", "PR"), ("GU", "US-GU", "GU")],
)
def test_a_community_lies_in_a_country_or_a_territory(country: str, subdivision: str, place: str) -> None:
    assert place_of(country, subdivision) == place


def test_albania_is_not_alabama() -> None:
    assert place_of("US", "US-AL") == "US"
    assert not is_home("AL", "US")


def test_territories_are_at_home_with_their_country_and_not_the_other_way() -> None:
    assert is_home("US", "US")
    assert is_home("GU", "US")
    assert not is_home("US", "GU")
    assert not is_home("GU", "DE")


def test_a_registry_without_home_has_nobody_at_home() -> None:
    assert not is_home("US", "")
    assert not is_home("", "")


@pytest.mark.parametrize(("subdivision", "territory"), TERRITORIES.items())
def test_the_table_holds_codes_of_iso_3166(subdivision: str, territory: str) -> None:
    pycountry = pytest.importorskip("pycountry")
    assert pycountry.countries.get(alpha_2=territory)
    assert pycountry.subdivisions.get(code=subdivision)
