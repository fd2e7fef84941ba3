"""Deeds of staff: each has its page, asks for what it needs, keeps what was typed, and calls one operation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from partnerships.choices import Capacity, NoticeState, RequestState, Role, Standing
from partnerships.models import (
    AccessRequest,
    Affiliation,
    ComplianceRule,
    Exclusion,
    Invitation,
    Jurisdiction,
    LedgerEntry,
    MembershipTerm,
    Notice,
    Organisation,
    RegisterEntry,
    Representation,
    User,
)
from partnerships.services import members
from tests import cast
from tests.partnerships.admin.desk import address, at_the_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(registrar: User) -> Client:
    return at_the_desk(registrar)


@pytest.fixture
def affiliation(irondequoit: Jurisdiction, poltava: Jurisdiction) -> Affiliation:
    return cast.registered([irondequoit, poltava]).affiliations.get()


def _ledger(act: str) -> LedgerEntry:
    return LedgerEntry.objects.filter(act=act).latest("pk")


def test_an_affiliation_becomes_emeritus_and_active_again(desk: Client, affiliation: Affiliation) -> None:
    emeritus = address("affiliation_emeritus", affiliation.pk)
    refused = desk.post(emeritus, {"effective": "June 2020", "reason": " "})
    assert refused.status_code == 200
    assert 'value="June 2020"' in refused.content.decode()
    desk.post(emeritus, {"effective": "June 2020", "reason": "No program for years"})
    affiliation.refresh_from_db()
    assert affiliation.standing == Standing.EMERITUS
    page = desk.get(address("affiliation_change", affiliation.pk)).content.decode()
    assert "/reactivate/" in page
    assert "/emeritus/" not in page
    desk.post(address("affiliation_reactivate", affiliation.pk), {"reason": "A new committee"})
    affiliation.refresh_from_db()
    assert affiliation.standing == Standing.IN_FORCE


def test_an_exclusion_is_made_and_ended(desk: Client, affiliation: Affiliation) -> None:
    exclude = address("affiliation_exclude", affiliation.pk)
    wrong = desk.post(exclude, {"from_date": "1 May 2026", "to_date": "1 April 2026", "reason": "Dues in dispute"})
    assert "The last day must not be before the first." in wrong.content.decode()
    assert not Exclusion.objects.exists()
    desk.post(exclude, {"from_date": "1 May 2026", "to_date": "", "reason": "Dues in dispute"})
    exclusion = Exclusion.objects.get()
    desk.post(address("exclusion_end", exclusion.pk), {"to_date": "1 June 2026"})
    exclusion.refresh_from_db()
    assert exclusion.to_date == date(2026, 6, 1)


def test_a_milestone_is_recorded(desk: Client, affiliation: Affiliation) -> None:
    milestone = address("affiliation_milestone", affiliation.pk)
    typed = {"kind": "conference", "on": "14 July 2022", "text": "A virtual conference", "sources": "a\n\nb"}
    assert desk.post(milestone, {**typed, "on": "14 July 2999"}).status_code == 200
    desk.post(milestone, typed)
    assert affiliation.milestones.get().sources == ["a", "b"]


def test_an_affiliation_is_confirmed(desk: Client, affiliation: Affiliation) -> None:
    desk.post(address("affiliation_confirm", affiliation.pk))
    affiliation.refresh_from_db()
    assert affiliation.last_confirmed_on == timezone.localdate()


DEEDS = [
    ("affiliation_exclude", {Role.REGISTRAR}),
    ("affiliation_emeritus", {Role.REGISTRAR}),
    ("affiliation_confirm", {Role.REGISTRAR, Role.CLERK}),
    ("affiliation_milestone", {Role.REGISTRAR, Role.CLERK, Role.PROGRAMS}),
]


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(("name", "allowed"), DEEDS)
def test_a_deed_is_open_to_the_roles_of_its_verb(
    name: str, allowed: set[str], role: str, affiliation: Affiliation
) -> None:
    answer = at_the_desk(cast.staff(role)).get(address(name, affiliation.pk))
    assert answer.status_code == (200 if role in allowed else 403)


def test_a_term_of_membership_is_entered_and_changed(desk: Client, osaka: Jurisdiction) -> None:
    enter = address("membershipterm_enter")
    typed = {
        "jurisdiction": osaka.pk,
        "membership_class": "city",
        "from_date": "1 January 2026",
        "paid_through": "31 December 2025",
    }
    wrong = desk.post(enter, typed)
    assert "The term must end after it begins." in wrong.content.decode()
    assert "Osaka" in wrong.content.decode()
    desk.post(enter, {**typed, "paid_through": "31 December 2026"})
    term = MembershipTerm.objects.get()
    change = {"membership_class": "city", "paid_through": "31 December 2027"}
    desk.post(address("membershipterm_extend", term.pk), change)
    term.refresh_from_db()
    assert term.paid_through == date(2027, 12, 31)
    assert RegisterEntry.objects.filter(event="membership.term").count() == 2


def test_the_stock_address_for_adding_leads_to_the_deed(desk: Client, auditor: User) -> None:
    assert desk.get(address("membershipterm_add")).url == address("membershipterm_enter")
    assert at_the_desk(auditor).get(address("membershipterm_add")).status_code == 403


def test_representatives_and_staff_are_invited(desk: Client, osaka: Jurisdiction, clerk: User) -> None:
    wanted = {"email": "new@osaka.example", "jurisdiction": osaka.pk, "capacity": "employee", "name": "", "proof": ""}
    assert desk.post(address("invitation_representative"), {**wanted, "email": "new@"}).status_code == 200
    desk.post(address("invitation_representative"), wanted)
    desk.post(address("invitation_staff"), {"email": "c@example.org", "role": "clerk", "name": "Cleo"})
    assert set(Invitation.objects.values_list("email", "role")) == {
        ("new@osaka.example", ""),
        ("c@example.org", "clerk"),
    }
    assert at_the_desk(clerk).get(address("invitation_staff")).status_code == 403
    letter = Notice.objects.get(email="new@osaka.example")
    Notice.objects.filter(pk=letter.pk).update(state=NoticeState.DELIVERED, delivered_at=timezone.now())
    desk.post(address("invitation_resend", Invitation.objects.get(email="new@osaka.example").pk))
    letter.refresh_from_db()
    assert letter.state == NoticeState.OWED


def test_a_representation_is_ended(desk: Client, representative_of_irondequoit: User) -> None:
    row = Representation.objects.get()
    wrong = desk.post(address("representation_end", row.pk), {"to_date": "1 January 1990"})
    assert "The last day must not be before the first." in wrong.content.decode()
    desk.post(address("representation_end", row.pk), {"to_date": "1 January 2026"})
    row.refresh_from_db()
    assert row.to_date == date(2026, 1, 1)


def _asked() -> AccessRequest:
    return members.request_access(
        email="ann@example.org",
        name="Ann",
        community="Osaka",
        capacity=Capacity.EMPLOYEE,
        statement="Call the city",
        proof=SimpleUploadedFile("letter.html", b"<script>alert(1)</script>"),
    )


def test_a_request_for_access_is_granted_once(desk: Client, osaka: Jurisdiction) -> None:
    asked = _asked()
    desk.post(address("accessrequest_grant", asked.pk), {"jurisdiction": osaka.pk})
    asked.refresh_from_db()
    assert asked.state == RequestState.GRANTED
    again = desk.post(address("accessrequest_refuse", asked.pk), {"reason": "No"})
    assert "Already decided by Ruth Registrar." in again.content.decode()


def test_a_request_for_access_is_refused_with_a_reason(desk: Client) -> None:
    asked = _asked()
    desk.post(address("accessrequest_refuse", asked.pk), {"reason": ""})
    asked.refresh_from_db()
    assert asked.state == RequestState.WAITING
    desk.post(address("accessrequest_refuse", asked.pk), {"reason": "Nobody there knows you"})
    asked.refresh_from_db()
    assert asked.decision == "Nobody there knows you"


def test_a_strangers_proof_is_downloaded_and_never_shown(desk: Client) -> None:
    answer = desk.get(address("accessrequest_proof", _asked().pk))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_notices_are_sent_again_and_each_refusal_is_told(desk: Client, registrar: User) -> None:
    owed, sending = (
        Notice.objects.create(kind="invitation", unique_key=key, email=f"{key}@example.org", language="en")
        for key in ("a", "b")
    )
    soon = timezone.now() + timedelta(minutes=5)
    Notice.objects.filter(pk=sending.pk).update(
        state=NoticeState.SENDING, claim="x", claimed_at=timezone.now(), next_attempt_at=soon
    )
    action = {"action": "send_again", "_selected_action": [owed.pk, sending.pk]}
    text = desk.post(address("notice_changelist"), action, follow=True).content.decode()
    assert "1 message is sent again." in text
    assert "b@example.org: This message is being sent at this moment." in text
    assert _ledger("notice.resent").actor == registrar


def test_the_auditor_is_not_offered_to_send_again(auditor: User) -> None:
    Notice.objects.create(kind="invitation", unique_key="a", email="a@example.org", language="en")
    assert "send_again" not in at_the_desk(auditor).get(address("notice_changelist")).content.decode()


def test_an_entry_is_redacted_with_a_reason_and_the_register_says_so(desk: Client, affiliation: Affiliation) -> None:
    entry = RegisterEntry.objects.earliest("seq")
    redact = address("registerentry_redact", entry.pk)
    desk.post(redact, {"reason": ""})
    entry.refresh_from_db()
    assert not entry.redacted
    desk.post(redact, {"reason": "Erasure of a name, by request of 3 May 2026"})
    entry.refresh_from_db()
    assert entry.redacted
    assert entry.payload == ""
    assert RegisterEntry.objects.latest("seq").subject == f"register/{entry.pk}"
    again = desk.post(redact, {"reason": "Once more"}).content.decode()
    assert f"There is no entry {entry.pk} to redact." in again


def test_a_clerk_does_not_redact(clerk: User, affiliation: Affiliation) -> None:
    redact = address("registerentry_redact", 1)
    assert at_the_desk(clerk).post(redact, {"reason": "Please"}).status_code == 403
    assert not RegisterEntry.objects.filter(redacted=True).exists()


def test_a_community_is_corrected_in_the_open(desk: Client, osaka: Jurisdiction) -> None:
    typed = {"name": "Ōsaka", "native_name": "大阪", "kind": "city", "country": "JP", "subdivision": "JP-27"}
    correct = address("jurisdiction_correct", osaka.pk)
    assert "This field is required" in desk.post(correct, typed).content.decode()
    answer = desk.post(correct, {**typed, "subdivision": "osaka", "reason": "Spelling"})
    assert 'value="Ōsaka"' in answer.content.decode()
    desk.post(correct, {**typed, "reason": "Its own spelling"})
    osaka.refresh_from_db()
    assert osaka.name == "Ōsaka"
    assert _ledger("jurisdiction.corrected").note == "Its own spelling"


def test_a_further_name_is_found_from_then_on(desk: Client, osaka: Jurisdiction) -> None:
    desk.post(address("jurisdiction_name", osaka.pk), {"name": "Naniwa", "language": "ja", "kind": "former"})
    found = desk.get(address("jurisdiction_places"), {"term": "naniw"}).json()
    assert [row["id"] for row in found["results"]] == [str(osaka.pk)]
    assert found["results"][0]["text"].startswith("Osaka, Japan")


def test_the_look_up_is_for_staff_with_a_role(stranger: User) -> None:
    assert at_the_desk(stranger).get(address("jurisdiction_places")).status_code == 302
    assert at_the_desk(cast.person(is_staff=True)).get(address("jurisdiction_places")).status_code == 403


def test_plain_rows_leave_a_trace_in_the_ledger(desk: Client, registrar: User, osaka: Jurisdiction) -> None:
    contacts = {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0", "contacts-0-name": "Ann"}
    typed = {"name": "Committee", "kind": "nonprofit", "jurisdiction": osaka.pk, **contacts}
    desk.post(address("organisation_add"), typed)
    organisation = Organisation.objects.get()
    assert _ledger("organisation.added").subject_id == str(organisation.pk)
    assert _ledger("contact.added").actor == registrar
    rule = {"subdivision": "us-tx", "countries": ["CN", "RU"], "citation": "ch. 795", "summary": "Restricts"}
    desk.post(address("compliancerule_add"), rule)
    assert ComplianceRule.objects.get().subdivision == "US-TX"
    change = address("compliancerule_change", ComplianceRule.objects.get().pk)
    desk.post(change, {**rule, "citation": "ch. 796"})
    assert _ledger("compliancerule.changed").detail["citation"] == {"was": "ch. 795", "now": "ch. 796"}


def test_a_clerk_does_not_change_the_table_of_laws(clerk: User) -> None:
    assert at_the_desk(clerk).get(address("compliancerule_add")).status_code == 403


def test_only_the_operator_changes_what_an_account_may_do(desk: Client, registrar: User, clerk: User) -> None:
    typed = {"email": clerk.email, "name": "Clara", "language": "en", "is_active": "on", "is_staff": "on"}
    change = address("user_change", clerk.pk)
    assert desk.post(change, {**typed, "groups": []}).status_code == 403
    operator = User.objects.create_superuser("root@example.org", cast.PASSWORD)
    auditors = Role.AUDITOR
    group = clerk.groups.model.objects.get(name=auditors)
    assert at_the_desk(operator).post(change, {**typed, "groups": [group.pk]}).status_code == 302
    assert list(clerk.groups.values_list("name", flat=True)) == [auditors]
    assert _ledger("user.changed").actor == operator
    assert _ledger("user.changed").detail["groups"] == {"was": "clerk", "now": "auditor"}
