"""Entering a filed agreement in the register."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.conf import LazySettings

from partnerships.choices import FilingState, NoticeKind, Standing
from partnerships.exceptions import NotAllowed, Unmet, WrongState
from partnerships.models import (
    Affiliation,
    Agreement,
    Filing,
    Jurisdiction,
    LedgerEntry,
    Notice,
    RegisterEntry,
    Representation,
    Tally,
    User,
)
from partnerships.services import filings, jurisdictions, review
from partnerships.services.access import Actor
from tests import cast

TODAY = date(2026, 11, 24)


@pytest.fixture
def filing(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    return cast.submitted(representative_of_irondequoit, [irondequoit, poltava], perpetual=True)


def register(filing: Filing, user: User, on: date = TODAY) -> Agreement:
    review.take(filing_id=filing.pk, by=Actor.of(user))
    return review.register(filing_id=filing.pk, by=Actor.of(user), on=on)


def test_the_agreement_and_the_affiliation_get_their_numbers(filing: Filing, registrar: User) -> None:
    agreement = register(filing, registrar)
    assert agreement.number == "SCI-2026-000001"
    assert Affiliation.objects.get().number == "SCI-000001"


def test_the_affiliation_is_in_force_since_the_day_of_the_agreement(filing: Filing, registrar: User) -> None:
    register(filing, registrar)
    affiliation = Affiliation.objects.get()
    assert (affiliation.standing, str(affiliation.since), affiliation.perpetual) == ("in_force", "1992-06-29", True)
    assert [(p.kind, p.standing, p.from_date, p.to_date) for p in affiliation.periods.all()] == [
        ("sister", "in_force", date(1992, 6, 29), None)
    ]


def test_a_member_in_good_standing_makes_it_recognised(filing: Filing, registrar: User) -> None:
    register(filing, registrar)
    assert Affiliation.objects.recognised(TODAY).exists()


def test_the_register_tells_the_public_facts(filing: Filing, registrar: User) -> None:
    register(filing, registrar)
    entry = RegisterEntry.objects.get(event="agreement.registered")
    told = json.loads(entry.payload)
    assert entry.subject == "agreements/SCI-2026-000001"
    assert [party["name"] for party in told["parties"]] == ["Irondequoit", "Poltava"]
    assert {person["name"] for person in told["signatories"]} == {"Mayor of Irondequoit", "Mayor of Poltava"}
    assert all(len(document["sha256"]) == 64 for document in told["documents"])


def test_no_member_of_staff_and_no_private_document_is_named_in_the_register(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    filing = cast.draft(representative_of_irondequoit, [irondequoit, poltava])
    filing.documents.update(public=False)
    filings.submit(filing_id=filing.pk, by=Actor.of(representative_of_irondequoit), on=TODAY)
    register(filing, registrar)
    told = RegisterEntry.objects.get(event="agreement.registered").payload
    assert "Ruth" not in told
    assert "Rita" not in told
    assert json.loads(told)["documents"] == []


def test_whoever_submitted_cannot_register(irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User) -> None:
    filing = cast.submitted(registrar, [irondequoit, poltava], historical=True, shelfmark="Box 7, folder 12")
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    with pytest.raises(NotAllowed, match="second person"):
        review.register(filing_id=filing.pk, by=Actor.of(registrar), on=TODAY)


def test_an_office_of_one_person_may_and_the_register_says_so(
    irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User, settings: LazySettings
) -> None:
    settings.REGISTRY_ONE_PERSON_OFFICE = True
    filing = cast.submitted(registrar, [irondequoit, poltava], historical=True, shelfmark="Box 7, folder 12")
    register(filing, registrar)
    assert json.loads(RegisterEntry.objects.get(event="agreement.registered").payload)["one_person_office"] is True


def test_a_registrar_who_represents_a_party_may_not_decide(
    filing: Filing, registrar: User, poltava: Jurisdiction
) -> None:
    Representation.objects.create(user=registrar, jurisdiction=poltava, capacity="employee", from_date=date(2020, 1, 1))
    with pytest.raises(NotAllowed, match="represent one of the parties"):
        review.take(filing_id=filing.pk, by=Actor.of(registrar))


def test_only_the_registrar_who_took_it_decides(filing: Filing, registrar: User, second_registrar: User) -> None:
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    with pytest.raises(WrongState, match="Ruth Registrar has this filing"):
        review.register(filing_id=filing.pk, by=Actor.of(second_registrar), on=TODAY)


def test_a_late_second_decision_is_told_who_decided(filing: Filing, registrar: User, second_registrar: User) -> None:
    register(filing, registrar)
    with pytest.raises(WrongState, match="Already decided by Ruth Registrar"):
        review.reject(filing_id=filing.pk, by=Actor.of(second_registrar), reason="Too late")


def test_a_waivable_finding_blocks_until_it_is_waived_with_a_reason(poltava: Jurisdiction, registrar: User) -> None:
    lapsed = cast.jurisdiction("Lapsedtown", "US")
    filing = cast.submitted(cast.representative(lapsed), [lapsed, poltava])
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    with pytest.raises(Unmet) as refused:
        review.register(filing_id=filing.pk, by=Actor.of(registrar), on=TODAY)
    assert [found.code for found in refused.value.findings] == ["standing"]
    review.waive(filing_id=filing.pk, code="standing", by=Actor.of(registrar), on=TODAY, reason="Dues are on the way")
    review.register(filing_id=filing.pk, by=Actor.of(registrar), on=TODAY)
    assert not Affiliation.objects.recognised(TODAY).exists()
    assert Affiliation.objects.get().standing == Standing.IN_FORCE


def test_a_joint_agreement_of_three_covers_three_affiliations(
    irondequoit: Jurisdiction, poltava: Jurisdiction, osaka: Jurisdiction
) -> None:
    agreement = cast.registered([irondequoit, poltava, osaka])
    assert (agreement.party_count, agreement.affiliations.count()) == (3, 3)
    pairs = {frozenset(affiliation.party_ids) for affiliation in agreement.affiliations.all()}
    assert pairs == {
        frozenset({irondequoit.pk, poltava.pk}),
        frozenset({irondequoit.pk, osaka.pk}),
        frozenset({poltava.pk, osaka.pk}),
    }


def test_a_provisional_party_becomes_part_of_the_record(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, registrar: User
) -> None:
    newcomer = jurisdictions.propose(
        by=Actor.of(representative_of_irondequoit), values={"name": "Novo Selo", "country": "BG", "kind": "village"}
    )
    register(cast.submitted(representative_of_irondequoit, [irondequoit, newcomer]), registrar)
    newcomer.refresh_from_db()
    assert not newcomer.provisional
    assert RegisterEntry.objects.filter(event="jurisdiction.accepted", subject=f"jurisdictions/{newcomer.pk}").exists()


def test_a_provisional_party_that_is_known_already_is_matched(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    typed = jurisdictions.propose(
        by=Actor.of(representative_of_irondequoit), values={"name": "Poltawa", "country": "UA", "kind": "city"}
    )
    filing = cast.submitted(representative_of_irondequoit, [irondequoit, typed])
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    review.match_party(filing_id=filing.pk, provisional_id=typed.pk, existing_id=poltava.pk, by=Actor.of(registrar))
    agreement = review.register(filing_id=filing.pk, by=Actor.of(registrar), on=TODAY)
    assert set(agreement.affiliations.get().party_ids) == {irondequoit.pk, poltava.pk}
    assert poltava.names.filter(name="Poltawa").exists()


def test_the_totals_count_it_for_both_countries(filing: Filing, registrar: User) -> None:
    register(filing, registrar)
    told = {(row.country, row.subdivision, row.partner_country): row.count for row in Tally.objects.all()}
    assert told == {
        ("US", "", "UA"): 1,
        ("US", "US-NY", "UA"): 1,
        ("UA", "", "US"): 1,
        ("UA", "UA-53", "US"): 1,
    }


def test_the_submitter_is_owed_the_news(filing: Filing, registrar: User, representative_of_irondequoit: User) -> None:
    register(filing, registrar)
    notice = Notice.objects.get(kind=NoticeKind.FILING_REGISTERED)
    assert notice.user == representative_of_irondequoit
    assert notice.context["number"] == "SCI-2026-000001"


def test_an_annulled_agreement_stays_visible_and_its_affiliation_is_marked(filing: Filing, registrar: User) -> None:
    register(filing, registrar)
    review.annul(filing_id=filing.pk, by=Actor.of(registrar), on=TODAY, reason="Entered twice")
    agreement, affiliation = Agreement.objects.get(), Affiliation.objects.get()
    assert (agreement.annulled_on, agreement.annulled_because) == (TODAY, "Entered twice")
    assert affiliation.standing == Standing.ANNULLED
    assert not affiliation.periods.exists()
    assert Filing.objects.get().state == FilingState.ANNULLED
    assert list(RegisterEntry.objects.values_list("event", flat=True)) == ["agreement.registered", "agreement.annulled"]


def test_after_an_annulment_the_pair_can_be_established_anew(
    filing: Filing, registrar: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    register(filing, registrar)
    review.annul(filing_id=filing.pk, by=Actor.of(registrar), on=TODAY, reason="Entered twice")
    again = cast.registered([irondequoit, poltava])
    assert again.affiliations.get().number == "SCI-000002"


def test_an_agreement_on_which_a_later_one_builds_cannot_be_annulled(
    irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    first = cast.registered([irondequoit, poltava], kind="friendship", signed_on="1990")
    cast.registered([irondequoit, poltava], act="upgrade", signed_on="1992")
    with pytest.raises(Exception, match=".") as refused:
        review.annul(filing_id=first.filing.pk, by=Actor.of(registrar), on=TODAY, reason="Wrong")
    assert refused.value.code == "act"
    assert Agreement.objects.get(pk=first.pk).annulled_on is None


def test_every_step_is_in_the_ledger(filing: Filing, registrar: User) -> None:
    register(filing, registrar)
    acts = list(
        LedgerEntry.objects.filter(subject_type="filing", subject_id=str(filing.pk)).values_list("act", flat=True)
    )
    assert [act for act in acts if act != "document.attached"] == [
        "filing.started",
        "filing.submitted",
        "filing.taken",
        "filing.registered",
    ]


def test_what_a_fictional_community_does_is_marked_fictional(poltava: Jurisdiction) -> None:
    made_up = cast.member(cast.jurisdiction("Example Falls", "US", fictional=True))
    agreement = cast.registered([made_up, poltava])
    assert agreement.fictional
    assert agreement.affiliations.get().fictional
