"""Labels of countries in sources: what they mean, and what nobody can know from them alone."""

from __future__ import annotations

import pytest

from partnerships.rules import countries


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("JP", "JP"),
        ("jp", "JP"),
        ("Japan", "JP"),
        ("United States of America", "US"),
        ("Republic of Ireland", "IE"),
        ("People's Republic of China", "CN"),
        ("Côte d'Ivoire", "CI"),
        ("South Korea", "KR"),
        ("The Gambia", "GM"),
        ("Kosovo", "XK"),
        ("XK", "XK"),
        ("Taiwan", "TW"),
        ("State of Palestine", "PS"),
        ("Gaza Strip", "PS"),
        ("Kingdom of Romania", "RO"),
        ("Sahrawi Arab Democratic Republic", "EH"),
        ("israel\U0001f1ee\U0001f1f1\U0001f1ee\U0001f1f1", "IL"),
        (" Czech Republic ", "CZ"),
        ("UK", "GB"),
        ("DEU", "DE"),
    ],
)
def test_codes_and_names_in_english_are_understood(label: str, code: str) -> None:
    assert countries.read(label).code == code


@pytest.mark.parametrize(
    ("label", "some"),
    [("USSR", "UA"), ("Yugoslavia", "HR"), ("Czechoslovakia", "SK"), ("Mandatory Palestine", "IL"), ("Korea", "KP")],
)
def test_a_label_that_may_mean_several_countries_names_them_and_chooses_none(label: str, some: str) -> None:
    found = countries.read(label)
    assert found.code == ""
    assert some in found.codes
    assert len(found.codes) > 1


@pytest.mark.parametrize(("label", "under"), [("Somaliland", "SO"), ("Turkish Republic of Northern Cyprus", "CY")])
def test_a_territory_without_a_code_is_placed_by_nobody_but_a_person(label: str, under: str) -> None:
    found = countries.read(label)
    assert (found.code, found.unlisted, found.codes) == ("", True, (under,))


@pytest.mark.parametrize("label", ["", "Atlantis", "ZZ", "🇯🇵", "?"])
def test_nobody_knows_what_is_no_country(label: str) -> None:
    assert countries.read(label).codes == ()
