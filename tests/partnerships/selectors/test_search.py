"""One box: any script, any order, unfinished and misspelt words, numbers, and people who signed."""

from __future__ import annotations

from datetime import date

import pytest

from partnerships.models import Agreement, Jurisdiction, JurisdictionName
from partnerships.selectors.search import search
from partnerships.services.jurisdictions import index_names
from tests import cast

TODAY = date.today()  # noqa: DTZ011
pytestmark = pytest.mark.django_db


def communities(text: str) -> list[str]:
    return [hit.party.name for hit in search(text, on=TODAY).communities]


def ties(text: str) -> list[set[str]]:
    return [{party.name for party in row.parties} for row in search(text, on=TODAY).affiliations]


@pytest.fixture
def record(
    irondequoit: Jurisdiction, poltava: Jurisdiction, san_francisco: Jurisdiction, osaka: Jurisdiction
) -> Agreement:
    cast.registered([san_francisco, osaka], signed_on="1957")
    return cast.registered([irondequoit, poltava])


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("text", ["Poltava", "POLTAVA", "pol", "Полтава", "полт", "Póltava", "  poltava ", "“Poltava”"])
def test_a_community_is_found_however_its_name_is_written(text: str) -> None:
    assert communities(text) == ["Poltava"]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("text", ["san francisco", "francisco san", "fran san", "san fransisco", "fransisco"])
def test_the_order_of_words_and_small_slips_do_not_matter(text: str) -> None:
    assert communities(text) == ["San Francisco"]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("text", ["Irondequoit Poltava", "poltava irondequoit", "ironde полт", "Irondekwoit Poltawa"])
def test_an_affiliation_is_found_by_both_names(text: str) -> None:
    assert ties(text) == [{"Irondequoit", "Poltava"}]


def test_an_ended_affiliation_is_found_too(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    cast.registered([irondequoit, poltava])
    cast.registered([irondequoit, poltava], act="end", signed_on="2020")
    assert ties("Irondequoit Poltava") == [{"Irondequoit", "Poltava"}]


def test_numbers_lead_to_what_they_name(record: Agreement) -> None:
    (number,) = record.affiliations.values_list("number", flat=True)
    assert [row.number for row in search(f" {number.lower()} ", on=TODAY).affiliations] == [number]
    assert search(record.number, on=TODAY).agreement == record.number
    assert not search("SCI-2026-999999", on=TODAY)


def test_people_who_signed_are_found_only_once_it_is_registered(
    irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    cast.submitted(cast.representative(irondequoit), [irondequoit, poltava])
    assert search("mayor", on=TODAY).people == ()


def test_people_are_found_by_any_of_their_names(record: Agreement) -> None:
    assert [hit.agreement for hit in search("mayor irondequoit", on=TODAY).people] == [record.number]


def test_exact_names_come_before_longer_ones_and_busy_places_before_quiet_ones(osaka: Jurisdiction) -> None:
    paris = cast.jurisdiction("Paris", "FR")
    cast.jurisdiction("Paris Crossing", "US", open_count=9)
    cast.jurisdiction("Parisot", "FR", open_count=3)
    cast.jurisdiction("Le Touquet-Paris-Plage", "FR", open_count=5)
    assert communities("paris") == ["Paris", "Paris Crossing", "Parisot", "Le Touquet-Paris-Plage"]
    JurisdictionName.objects.create(jurisdiction=paris, name="Lutetia")
    index_names(paris)
    assert communities("lutetia") == ["Paris"]


def test_what_is_not_public_is_not_found(osaka: Jurisdiction) -> None:
    cast.jurisdiction("Hidden Harbour", "FR", provisional=True)
    cast.jurisdiction("Merged Harbour", "JP", successor=osaka)
    assert communities("harbour") == []
    assert communities("hidden harbor") == []


@pytest.mark.parametrize(
    "text", ["", " ", "!!!", "x" * 10_000, "a b c d e f g h i j k", "zzzzzz qqqqqq", "\u202e", "💩"]
)
def test_what_means_nothing_finds_nothing(record: Agreement, text: str) -> None:
    assert not search(text, on=TODAY)
