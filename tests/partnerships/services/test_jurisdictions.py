"""Communities: proposed, accepted, matched, corrected in the open."""

from __future__ import annotations

import json

import pytest

from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import AffiliationSide, Jurisdiction, LedgerEntry, RegisterEntry, Tally, User
from partnerships.services import jurisdictions
from partnerships.services.access import Actor
from tests import cast


def propose(user: User, **values: object) -> Jurisdiction:
    return jurisdictions.propose(by=Actor.of(user), values={"name": "Novo Selo", "country": "BG", **values})


def correct(jurisdiction: Jurisdiction, user: User, **values: object) -> Jurisdiction:
    return jurisdictions.correct(
        jurisdiction_id=jurisdiction.pk, by=Actor.of(user), values=values, reason="The atlas says so"
    )


def test_a_proposed_community_is_provisional_and_not_yet_in_the_register(stranger: User) -> None:
    assert propose(stranger).provisional
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 10_000),
        ("name", "Novo\x00Selo"),
        ("country", "ZZ"),
        ("kind", "galaxy"),
        ("latitude", 91),
        ("population", -1),
        ("website", "javascript:alert(1)"),
        ("provisional", False),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_kept(stranger: User, field: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        propose(stranger, **{field: value})
    assert {field} >= set(refused.value.errors) - {"__all__"}
    assert not Jurisdiction.objects.exists()


def test_nobody_without_an_account_proposes(db: None) -> None:
    with pytest.raises(NotAllowed):
        jurisdictions.propose(by=Actor.anonymous("Somebody"), values={"name": "X", "country": "BG"})


def test_it_is_found_by_every_word_of_every_name_in_any_script(poltava: Jurisdiction) -> None:
    words = set(poltava.words.values_list("word", flat=True))
    assert "poltava" in words
    assert poltava.names.filter(name="Полтава").exists()


def test_a_correction_tells_what_was_and_what_is(poltava: Jurisdiction, registrar: User) -> None:
    correct(poltava, registrar, population=279_593, population_year=2022)
    told = json.loads(RegisterEntry.objects.get(event="jurisdiction.corrected").payload)
    assert told["changed"]["population"] == {"was": "", "now": "279593"}
    assert LedgerEntry.objects.get(act="jurisdiction.corrected").note == "The atlas says so"


def test_a_correction_that_changes_nothing_leaves_no_trace(poltava: Jurisdiction, registrar: User) -> None:
    correct(poltava, registrar, name="Poltava")
    assert not RegisterEntry.objects.exists()


def test_a_clerk_cannot_correct_the_record(poltava: Jurisdiction, clerk: User) -> None:
    with pytest.raises(NotAllowed):
        correct(poltava, clerk, name="Poltawa")


def test_a_corrected_place_moves_lists_and_totals(
    irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    cast.registered([irondequoit, poltava])
    correct(irondequoit, registrar, subdivision="US-VT", subdivision_name="Vermont", name="New Irondequoit")
    side = AffiliationSide.objects.get(jurisdiction=irondequoit)
    assert side.subdivision == "US-VT"
    assert AffiliationSide.objects.get(jurisdiction=poltava).partner_folded == "new irondequoit"
    totals = {row.subdivision: row.count for row in Tally.objects.filter(country="US")}
    assert totals == {"": 1, "US-NY": 0, "US-VT": 1}


def test_only_a_provisional_community_is_matched_to_an_accepted_one(
    irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User, stranger: User
) -> None:
    by = Actor.of(registrar)
    with pytest.raises(WrongState):
        jurisdictions.match(provisional_id=irondequoit.pk, existing_id=poltava.pk, by=by)
    with pytest.raises(WrongState):
        jurisdictions.match(provisional_id=propose(stranger).pk, existing_id=propose(stranger, name="Other").pk, by=by)


def test_a_match_that_would_pair_a_community_with_itself_is_refused(
    irondequoit: Jurisdiction, representative_of_irondequoit: User, registrar: User
) -> None:
    twin = propose(representative_of_irondequoit, name="Irondequoit", country="US")
    cast.draft(representative_of_irondequoit, [irondequoit, twin])
    with pytest.raises(WrongState, match="already a party"):
        jurisdictions.match(provisional_id=twin.pk, existing_id=irondequoit.pk, by=Actor.of(registrar))


def test_a_further_name_finds_it_too(poltava: Jurisdiction, registrar: User) -> None:
    jurisdictions.add_name(
        jurisdiction_id=poltava.pk, name="Pultowa", language="pl", kind="former", by=Actor.of(registrar)
    )
    assert poltava.words.filter(word="pultowa").exists()
    assert RegisterEntry.objects.filter(event="jurisdiction.named").count() == 1


def test_an_identifier_of_another_community_is_refused_with_its_name(stranger: User, poltava: Jurisdiction) -> None:
    Jurisdiction.objects.filter(pk=poltava.pk).update(geonames_id=696643)
    with pytest.raises(Invalid, match="This is Poltava") as refused:
        propose(stranger, geonames_id=696643)
    assert set(refused.value.errors) == {"geonames_id"}
