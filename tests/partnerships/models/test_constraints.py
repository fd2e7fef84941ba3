"""The database is the last guard: each invariant is attacked around the operations, and refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from partnerships.exceptions import Immutable
from partnerships.models import (
    Affiliation,
    Agreement,
    AgreementAffiliation,
    ClaimedPair,
    ComplianceRule,
    Document,
    Exclusion,
    Filing,
    FilingParty,
    Invitation,
    Jurisdiction,
    LedgerEntry,
    MembershipTerm,
    Milestone,
    Notice,
    Period,
    RegisterEntry,
    RegisterHead,
    Representation,
    Signatory,
    StaffDecision,
    User,
    Waiver,
)
from tests import cast

pytestmark = pytest.mark.django_db


def refused(make: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def raw(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def pair() -> tuple[Jurisdiction, Jurisdiction]:
    return cast.jurisdiction("One"), cast.jurisdiction("Other", "DE")


def affiliation(pair: tuple[Jurisdiction, Jurisdiction], serial: int = 1, **values: Any) -> Affiliation:
    return Affiliation.objects.create(
        **{
            "number": f"SCI-{serial:06d}",
            "serial": serial,
            "first": pair[0],
            "second": pair[1],
            "kind": "sister",
            **values,
        }
    )


def agreement(serial: int = 1, **values: Any) -> Agreement:
    return Agreement.objects.create(
        **{
            "number": f"SCI-2026-{serial:06d}",
            "year": 2026,
            "serial": serial,
            "registered_on": date(2026, 1, 1),
            "party_count": 2,
            "affiliation_count": 1,
            "evidence": "declared",
            **values,
        }
    )


def filing(**values: Any) -> Filing:
    return Filing.objects.create(act="establish", kind="sister", **values)


def test_parties_are_stored_in_one_order_only(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    refused(lambda: affiliation(pair[::-1]))


def test_a_community_is_not_its_own_partner(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    refused(lambda: affiliation((pair[0], pair[0])))


@pytest.mark.parametrize("standing", ["in_force", "suspended", "emeritus"])
def test_a_pair_has_one_open_affiliation(pair: tuple[Jurisdiction, Jurisdiction], standing: str) -> None:
    affiliation(pair)
    refused(lambda: affiliation(pair, 2, standing=standing))


@pytest.mark.parametrize("standing", ["ended", "annulled"])
def test_a_pair_may_have_any_number_of_closed_ones(pair: tuple[Jurisdiction, Jurisdiction], standing: str) -> None:
    affiliation(pair)
    affiliation(pair, 2, standing=standing)
    affiliation(pair, 3, standing=standing)


@pytest.mark.parametrize(
    "values",
    [
        {"number": ""},
        {"kind": "twin"},
        {"standing": "asleep"},
        {"ended": "2018"},
        {"since": "31.12.1999"},
        {"since": "1999-13"},
        {"recognised_until": date(2026, 1, 1)},
    ],
)
def test_an_affiliation_refuses_what_cannot_be(pair: tuple[Jurisdiction, Jurisdiction], values: dict[str, Any]) -> None:
    refused(lambda: affiliation(pair, **values))


@pytest.mark.parametrize(
    "values",
    [
        {"number": ""},
        {"serial": 0},
        {"party_count": 1, "affiliation_count": 0},
        {"party_count": 3, "affiliation_count": 2},
        {"party_count": 3, "affiliation_count": 4},
        {"annulled_on": date(2026, 1, 2)},
        {"annulled_because": "No date"},
        {"signed_on": "yesterday"},
    ],
)
def test_an_agreement_refuses_what_cannot_be(values: dict[str, Any]) -> None:
    refused(lambda: agreement(**values))


def test_three_communities_make_three_affiliations() -> None:
    assert agreement(party_count=3, affiliation_count=3).affiliation_count == 3


def test_a_number_is_given_once() -> None:
    agreement()
    refused(lambda: agreement(2, number="SCI-2026-000001"))
    refused(lambda: agreement(1, number="SCI-2026-000002"))


def test_no_registered_filing_without_an_agreement_and_its_number() -> None:
    decided = {"submitted_at": timezone.now(), "decided_at": timezone.now(), "decided_by_name": "Ruth"}
    refused(lambda: filing(state="registered", **decided))
    refused(lambda: filing(state="draft", agreement=agreement()))


@pytest.mark.parametrize(
    "values",
    [
        {"state": "in_review", "submitted_at": timezone.now()},
        {"state": "submitted"},
        {"state": "rejected", "submitted_at": timezone.now()},
        {"state": "lost"},
        {"term_end": date(2030, 1, 1), "perpetual": True},
        {"effective_on": "soon"},
    ],
)
def test_a_filing_refuses_what_cannot_be(values: dict[str, Any]) -> None:
    refused(lambda: filing(**values))


def test_a_party_stands_once_in_a_filing(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    made = filing()
    FilingParty.objects.create(filing=made, position=0, jurisdiction=pair[0])
    refused(lambda: FilingParty.objects.create(filing=made, position=1, jurisdiction=pair[0]))
    refused(lambda: FilingParty.objects.create(filing=made, position=0, jurisdiction=pair[1]))


def test_a_pair_is_claimed_once_and_in_one_order(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    ClaimedPair.objects.create(filing=filing(), first=pair[0], second=pair[1])
    refused(lambda: ClaimedPair.objects.create(filing=filing(), first=pair[0], second=pair[1]))
    refused(lambda: ClaimedPair.objects.create(filing=filing(), first=pair[1], second=pair[0]))


def test_periods_are_not_empty_and_one_is_current(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    made = affiliation(pair)
    day = date(2000, 1, 1)
    row = {"affiliation": made, "kind": "sister", "standing": "in_force"}
    refused(lambda: Period.objects.create(**row, from_date=day, to_date=day))
    Period.objects.create(**row, from_date=day)
    refused(lambda: Period.objects.create(**row, from_date=day + timedelta(days=1)))
    refused(lambda: Period.objects.create(**row, from_date=day, to_date=day + timedelta(days=1)))


def test_reasons_are_never_empty(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    made = affiliation(pair)
    refused(lambda: Exclusion.objects.create(affiliation=made, from_date=date(2026, 1, 1), reason=""))
    refused(lambda: StaffDecision.objects.create(affiliation=made, act="emeritus", reason="", by_name="Ruth"))
    refused(lambda: Waiver.objects.create(filing=filing(), code="standing", reason="", by_name="Ruth"))
    refused(lambda: ComplianceRule.objects.create(subdivision="US-TX", citation="", summary="x"))


def test_a_milestone_has_a_date(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    refused(lambda: Milestone.objects.create(affiliation=affiliation(pair), kind="visit", text="A visit"))


def test_terms_of_membership_end_after_they_begin(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    refused(
        lambda: MembershipTerm.objects.create(
            jurisdiction=pair[0], from_date=date(2026, 2, 1), paid_through=date(2026, 1, 1)
        )
    )


def test_a_person_represents_a_community_once_at_a_time(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    user = cast.representative(pair[0])
    refused(
        lambda: Representation.objects.create(
            user=user, jurisdiction=pair[0], capacity="employee", from_date=date(2026, 1, 1)
        )
    )


def test_an_address_has_one_account_whatever_its_letters() -> None:
    cast.person("rita@example.org")
    refused(lambda: User.objects.create(email="rita@example.org"))
    refused(lambda: User.objects.create(email="Rita@Example.org"))


def test_an_invitation_is_for_a_community_or_for_a_role(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    row = {"email": "x@example.org", "invited_by_name": "Ruth", "expires_at": timezone.now()}
    refused(lambda: Invitation.objects.create(**row))
    refused(lambda: Invitation.objects.create(**row, role="clerk", jurisdiction=pair[0], capacity="employee"))
    refused(lambda: Invitation.objects.create(**row, jurisdiction=pair[0]))


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"latitude": 50, "longitude": None},
        {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": -181},
        {"subdivision": "ny-us"},
    ],
)
def test_a_community_refuses_what_cannot_be(values: dict[str, Any]) -> None:
    refused(lambda: Jurisdiction.objects.create(**{"name": "Somewhere", "country": "US", **values}))


def test_a_document_has_content_and_a_hash() -> None:
    made = filing()
    row = {"filing": made, "role": "other", "file": "x", "original_name": "x", "media_type": "image/png"}
    refused(lambda: Document.objects.create(**row, sha256="", size=1))
    refused(lambda: Document.objects.create(**row, sha256="0" * 64, size=0))
    Document.objects.create(**row, sha256="0" * 64, size=1)
    refused(lambda: Document.objects.create(**row, sha256="0" * 64, size=1))


def test_there_is_one_head_of_the_register() -> None:
    refused(lambda: RegisterHead.objects.create(pk=2))


def test_the_register_does_not_fork() -> None:
    first = cast.entry()
    row = {"recorded_at": timezone.now(), "event": "x", "subject": "x", "payload": "{}", "payload_hash": "0" * 64}
    refused(lambda: RegisterEntry(seq=2, previous_hash=first.previous_hash, hash="1" * 64, **row).save())
    refused(lambda: RegisterEntry(seq=0, previous_hash="2" * 64, hash="1" * 64, **row).save())


def test_a_notice_is_owed_once_for_a_key() -> None:
    row = {"kind": "filing_received", "unique_key": "k", "email": "x@example.org", "language": "en"}
    Notice.objects.create(**row)
    refused(lambda: Notice.objects.create(**row))
    refused(lambda: Notice.objects.create(**{**row, "unique_key": "l"}, state="delivered"))
    refused(lambda: Notice.objects.create(**{**row, "unique_key": "m"}, state="sending"))


# --- What is written once


@pytest.fixture
def record(irondequoit: Jurisdiction, poltava: Jurisdiction) -> Agreement:
    return cast.registered([irondequoit, poltava])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE partnerships_agreement SET title = 'Another'",
        "UPDATE partnerships_agreement SET number = 'SCI-2026-000002'",
        "UPDATE partnerships_agreement SET signed_on = '1991'",
        "UPDATE partnerships_signatory SET name = 'Somebody Else'",
        "UPDATE partnerships_document SET sha256 = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'",
        "UPDATE partnerships_filingparty SET position = position + 10",
        "UPDATE partnerships_ledgerentry SET actor_name = 'Nobody'",
        "UPDATE partnerships_registerentry SET event = 'other'",
        "UPDATE partnerships_agreementaffiliation SET agreement_id = agreement_id + 1",
    ],
)
def test_raw_sql_cannot_change_the_record(record: Agreement, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"never changed|FOREIGN KEY"), transaction.atomic():
        raw(statement)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "table",
    ["agreementaffiliation", "ledgerentry", "registerentry", "signatory", "document", "filingparty", "agreement"],
)
def test_raw_sql_cannot_remove_the_record(record: Agreement, table: str) -> None:
    with pytest.raises(IntegrityError, match=r"kept for good"), transaction.atomic():
        raw(f"DELETE FROM partnerships_{table}")


def test_the_models_refuse_to_change_or_remove_the_record(record: Agreement) -> None:
    record.title = "Another"
    for attempt in (
        record.save,
        record.delete,
        lambda: Agreement.objects.update(title="Another"),
        lambda: Agreement.objects.all().delete(),
        LedgerEntry.objects.first().save,
        LedgerEntry.objects.all().delete,
        RegisterEntry.objects.first().save,
        RegisterEntry.objects.all().delete,
        lambda: AgreementAffiliation.objects.update(agreement=None),
    ):
        with pytest.raises(Immutable):
            attempt()


def test_a_signatory_of_an_open_filing_can_still_be_corrected(pair: tuple[Jurisdiction, Jurisdiction]) -> None:
    made = cast.draft(cast.representative(cast.member(pair[0])), pair)
    assert Signatory.objects.filter(filing=made).update(office="Lord Mayor") == 2
