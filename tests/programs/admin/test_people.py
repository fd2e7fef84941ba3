"""Who takes part: shown to programs officers on a page of its own, and each look is recorded."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.choices import Role
from partnerships.models import LedgerEntry, User
from programs.choices import EntryState
from programs.models import Attachment, Entry, Participation
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return cast.representative(cast.jurisdiction("Irondequoit"))


@pytest.fixture
def handed_in(clerk: User) -> Participation:
    """A showcase application of one student with one work, waiting for the jury."""
    town = clerk.representations.get().jurisdiction
    made = troupe.application(students.showcase(), town, clerk)
    person = students.student(made, clerk, given_name="Zinnia", family_name="Quillfeather")
    students.work(made, person, clerk, title="A bridge of paper")
    Participation.objects.filter(pk=made.pk).update(state="submitted", submitted_at=troupe.DURING)
    return made


def page(of: Participation) -> str:
    return reverse("admin:programs_participation_people", args=[of.pk])


def test_an_officer_erases_one_person_for_a_reason(client: Client, handed_in: Participation) -> None:
    client.force_login(troupe.officer().user)
    pupil = handed_in.people.get()
    address = reverse("admin:programs_participation_erase_person", args=[handed_in.pk, pupil.pk])
    assert address in client.get(page(handed_in)).text
    assert "stay for statistics" in client.get(address).text
    assert "This field is required" in client.post(address, {"reason": ""}).text
    assert "Erased" in client.post(address, {"reason": "The parents asked."}, follow=True).text
    pupil.refresh_from_db()
    assert (pupil.given_name, pupil.age) == ("", 13)
    assert client.get(address).status_code == 404


def test_nobody_else_erases_anybody(client: Client, handed_in: Participation, clerk: User) -> None:
    address = reverse("admin:programs_participation_erase_person", args=[handed_in.pk, handed_in.people.get().pk])
    for somebody in (cast.staff(Role.REGISTRAR), cast.staff(Role.AUDITOR), clerk):
        client.force_login(somebody)
        assert client.post(address, {"reason": "x"}).status_code in (302, 403)
    assert handed_in.people.get().given_name == "Zinnia"


def test_an_officer_sees_who_takes_part_and_the_look_is_recorded(client: Client, handed_in: Participation) -> None:
    officer = cast.staff(Role.PROGRAMS)
    client.force_login(officer)
    shown = client.get(page(handed_in)).content.decode()
    assert "Zinnia" in shown
    assert "A bridge of paper" in shown
    look = LedgerEntry.objects.get(act="people.viewed")
    assert look.actor == officer
    assert "Zinnia" not in f"{look.note}{look.was}{look.now}{look.detail}"


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CLERK, Role.AUDITOR])
def test_nobody_else_of_the_staff_sees_a_name(client: Client, handed_in: Participation, role: str) -> None:
    client.force_login(cast.staff(role))
    assert client.get(page(handed_in)).status_code == 403
    change = reverse("admin:programs_participation_change", args=[handed_in.pk])
    seen = client.get(change).content.decode()
    seen += client.get(reverse("admin:programs_participation_changelist") + "?state=all").content.decode()
    for word in ("Zinnia", "Quillfeather", "A bridge of paper"):
        assert word not in seen
    entry = reverse("admin:programs_entry_change", args=[Entry.objects.get().pk])
    assert client.get(entry).status_code == 403


def test_an_officer_withdraws_a_consent_for_a_family_that_asked(
    client: Client, handed_in: Participation, clerk: User
) -> None:
    consent = students.consent(handed_in.people.get(), clerk)
    client.force_login(cast.staff(Role.PROGRAMS))
    address = reverse("admin:programs_participation_withdraw_consent", args=[handed_in.pk, consent.pk])
    assert client.get(address).status_code == 405
    assert "closed at once" in client.post(address, follow=True).content.decode()
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert "already" in client.post(address, follow=True).content.decode()


def test_an_officer_names_a_finalist_and_takes_a_slip_back_with_a_reason(
    client: Client, handed_in: Participation
) -> None:
    client.force_login(cast.staff(Role.PROGRAMS))
    entry = Entry.objects.get()
    client.post(reverse("admin:programs_entry_shortlist", args=[entry.pk]), {"comment": ""})
    entry.refresh_from_db()
    assert entry.state == EntryState.FINALIST
    again = reverse("admin:programs_entry_reconsider", args=[entry.pk])
    assert client.post(again, {"comment": ""}).status_code == 200
    client.post(again, {"comment": "The wrong row."})
    entry.refresh_from_db()
    assert entry.state == EntryState.ENTERED


def test_a_file_is_opened_in_a_sandbox_and_the_look_is_recorded(
    client: Client, handed_in: Participation, clerk: User
) -> None:
    Participation.objects.filter(pk=handed_in.pk).update(state="draft", submitted_at=None)
    made = students.attach(handed_in, clerk)
    client.force_login(cast.staff(Role.PROGRAMS))
    address = reverse("admin:programs_attachment_file", args=[made.pk])
    answer = client.get(address)
    assert answer.status_code == 200
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert LedgerEntry.objects.filter(act="attachment.viewed", subject_id=str(made.pk)).count() == 1
    client.force_login(cast.staff(Role.REGISTRAR))
    assert client.get(address).status_code == 403
    assert Attachment.objects.count() == 1


def test_an_officer_sees_what_its_kind_asks_of_a_person(client: Client) -> None:
    town, _partner, _tie = troupe.pair()
    cycle = troupe.cycle(kind="student_exchange", rules={"lengths": ["year"]})
    host = cast.representative(town, "Hal Host", "hal@example.org")
    made = troupe.application(cycle, town, host)
    students.student(made, host, detail={"placement": "family", "languages": ["Ukrainian", "English"]})
    client.force_login(cast.staff(Role.PROGRAMS))
    shown = client.get(page(made)).content.decode()
    assert "A host family is found" in shown
    assert "Ukrainian<br>English" in shown


def test_an_application_shows_what_its_kind_has_a_use_for(client: Client, handed_in: Participation) -> None:
    """Works compete by themselves, and the showcase gives no money."""
    client.force_login(cast.staff(Role.PROGRAMS))
    shown = client.get(reverse("admin:programs_participation_change", args=[handed_in.pk])).content.decode()
    assert "What the rules say" in shown
    assert "Money paid" not in shown
    assert "Competes in" not in shown
