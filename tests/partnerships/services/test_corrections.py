"""A wrong namesake is corrected, and one partnership under two numbers becomes one; nothing that was said is lost."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from partnerships.choices import Standing
from partnerships.exceptions import Invalid, WrongState
from partnerships.models import Affiliation, Claim, Conflict, Jurisdiction, RegisterEntry, User
from partnerships.rules.dates import PartialDate
from partnerships.selectors import corrections as selector
from partnerships.services import affiliation_merges, bulk, corrections
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
WHY = "The twin town is Halifax in West Yorkshire; the source names the one in Nova Scotia."


@pytest.fixture
def by(registrar: User) -> Actor:
    return Actor.of(registrar)


@pytest.fixture
def aachen(db: None) -> Jurisdiction:
    return cast.jurisdiction("Aachen", "DE", subdivision="DE-NW")


@pytest.fixture
def nova_scotia(db: None) -> Jurisdiction:
    return cast.jurisdiction("Halifax", "CA", subdivision="CA-NS", subdivision_name="Nova Scotia")


@pytest.fixture
def yorkshire(db: None) -> Jurisdiction:
    return cast.jurisdiction("Halifax", "GB", subdivision="GB-ENG", subdivision_name="England")


def imported(one: Jurisdiction, other: Jurisdiction, year: int = 1949) -> Affiliation:
    row = bulk.NewAffiliation((one.pk, other.pk), "sister", (bulk.Deed("establish", PartialDate(year)),))
    source = bulk.Provenance("Wikidata P190")
    (made,) = bulk.enter(rows=[row], provenance=source, by=Actor.system("import"), on=TODAY)
    return Affiliation.objects.get(pk=made)


def correct(number: str, wrong: Jurisdiction, right: Jurisdiction, by: Actor) -> Affiliation:
    return corrections.correct_partner(number=number, wrong_id=wrong.pk, right_id=right.pk, by=by, on=TODAY, reason=WHY)


def check() -> None:
    call_command("check_readmodels", stdout=StringIO())


def test_a_wrong_namesake_is_corrected_in_the_open(
    client: Client, aachen: Jurisdiction, nova_scotia: Jurisdiction, yorkshire: Jurisdiction, by: Actor
) -> None:
    made = imported(aachen, nova_scotia)
    correct(made.number, nova_scotia, yorkshire, by)
    made.refresh_from_db()
    assert set(made.party_ids) == {aachen.pk, yorkshire.pk}
    nova_scotia.refresh_from_db()
    assert nova_scotia.open_count == 0
    entry = RegisterEntry.objects.latest("seq")
    assert (entry.event, entry.subject) == ("affiliation.partner-corrected", f"affiliations/{made.number}")
    page = client.get(f"/affiliations/{made.number}/").content.decode()
    assert "Halifax, Nova Scotia, Canada" in page
    assert WHY in page
    check()


def test_what_the_source_said_stays_as_a_claim_found_wrong(
    aachen: Jurisdiction, nova_scotia: Jurisdiction, yorkshire: Jurisdiction, by: Actor
) -> None:
    made = imported(aachen, nova_scotia)
    correct(made.number, nova_scotia, yorkshire, by)
    claim = Claim.objects.get()
    assert (claim.fact, claim.value, claim.source) == ("partner", str(nova_scotia.pk), "Wikidata P190")
    assert claim.disputed_because == WHY


def test_an_importer_is_led_to_the_corrected_affiliation(
    aachen: Jurisdiction, nova_scotia: Jurisdiction, yorkshire: Jurisdiction, by: Actor
) -> None:
    made = imported(aachen, nova_scotia)
    correct(made.number, nova_scotia, yorkshire, by)
    pairs = [(nova_scotia.pk, aachen.pk), (aachen.pk, yorkshire.pk)]
    (found,) = selector.corrected_pairs([*pairs, (nova_scotia.pk, yorkshire.pk)]).items()
    assert found[0] == (nova_scotia.pk, aachen.pk)
    assert (found[1].wrong_id, found[1].number, found[1].reason) == (nova_scotia.pk, made.number, WHY)


def test_where_the_right_two_are_partners_already_it_is_merged_into_that(
    client: Client, aachen: Jurisdiction, nova_scotia: Jurisdiction, yorkshire: Jurisdiction, by: Actor
) -> None:
    right, wrong = imported(aachen, yorkshire, 1949), imported(aachen, nova_scotia, 1950)
    correct(wrong.number, nova_scotia, yorkshire, by)
    wrong.refresh_from_db()
    assert (wrong.standing, wrong.successor_id) == (Standing.ANNULLED, right.pk)
    answer = client.get(f"/affiliations/{wrong.number}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/affiliations/{right.number}/")
    assert client.get(f"/api/v1/affiliations/{wrong.number}/").status_code == 301
    pairs = [(nova_scotia.pk, aachen.pk)]
    assert selector.corrected_pairs(pairs)[pairs[0]].number == right.number
    check()


def test_what_stands_on_papers_is_annulled_and_not_corrected(
    irondequoit: Jurisdiction, poltava: Jurisdiction, yorkshire: Jurisdiction, by: Actor
) -> None:
    made = cast.registered([irondequoit, poltava]).affiliations.get()
    with pytest.raises(WrongState, match="annul it"):
        correct(made.number, poltava, yorkshire, by)


def test_only_a_party_is_corrected_and_only_to_another_community(
    aachen: Jurisdiction, nova_scotia: Jurisdiction, yorkshire: Jurisdiction, by: Actor
) -> None:
    made = imported(aachen, nova_scotia)
    for wrong, right in ((yorkshire, nova_scotia), (nova_scotia, aachen)):
        with pytest.raises(Invalid):
            correct(made.number, wrong, right, by)


def test_one_partnership_of_a_city_and_of_its_county_becomes_one_and_is_parted_again(
    client: Client, aachen: Jurisdiction, by: Actor
) -> None:
    city = cast.member(cast.jurisdiction("Arlington", "US", subdivision="US-VA"))
    county = cast.jurisdiction("Arlington County", "US", kind="county", subdivision="US-VA")
    kept, gone = imported(city, aachen, 1993), imported(county, aachen, 1990)
    made = affiliation_merges.merge(
        gone=gone.number, kept=kept.number, by=by, on=TODAY, reason="One agreement of the county"
    )
    kept.refresh_from_db()
    assert str(kept.since) == "1990"
    assert Conflict.objects.get().values == ["1990", "1993"]
    assert client.get(f"/affiliations/{gone.number}/").status_code == 301
    assert RegisterEntry.objects.latest("seq").event == "affiliation.merged"
    check()
    affiliation_merges.undo(merge_id=made.pk, by=by, on=TODAY, reason="Two agreements after all")
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (str(kept.since), str(gone.since), gone.successor, kept.joined) == ("1993", "1990", None, False)
    assert not Claim.objects.exists()
    assert not Conflict.objects.exists()
    assert client.get(f"/affiliations/{gone.number}/").status_code == 200
    check()


def test_affiliations_without_a_community_in_common_are_not_one(
    aachen: Jurisdiction, nova_scotia: Jurisdiction, irondequoit: Jurisdiction, poltava: Jurisdiction, by: Actor
) -> None:
    one, other = imported(aachen, nova_scotia), imported(irondequoit, poltava)
    with pytest.raises(WrongState, match="no community in common"):
        affiliation_merges.merge(gone=one.number, kept=other.number, by=by, on=TODAY, reason="Twins")
