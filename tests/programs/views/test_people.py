"""People and consents as the entering community writes them down: theirs alone, checked, and kept nowhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Jurisdiction, User
from programs.models import Attachment, Consent, Cycle, Participation, Person
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db

ZINNIA = {
    "role": "student",
    "given_name": "Zinnia",
    "family_name": "Quillfeather",
    "birth_date": "1 June 2012",
    "country": "US",
    "guardian_name": "Pat Quillfeather",
    "guardian_email": "pat@example.org",
}
CONSENT = {
    "use": "publish_work",
    "given_by": "guardian",
    "giver_name": "Pat Quillfeather",
    "given_on": "2 March 2026",
    "how": "On paper",
}


@pytest.fixture
def showcase() -> Cycle:
    now = timezone.now()
    return students.showcase(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30))


@pytest.fixture
def made(showcase: Cycle, irondequoit: Jurisdiction, clerk: User) -> Participation:
    return troupe.application(showcase, irondequoit, clerk, at=timezone.now())


@pytest.fixture
def pupil(made: Participation, clerk: User) -> Person:
    return students.student(made, clerk, given_name="Zinnia", family_name="Quillfeather")


def people(of: Participation) -> str:
    return reverse("application_people", args=[of.pk])


def consents(of: Person) -> str:
    return reverse("application_consents", args=[of.participation_id, of.pk])


def test_a_student_is_entered_changed_and_taken_off(desk: Client, made: Participation) -> None:
    assert desk.get(people(made)).status_code == 200
    assert desk.post(people(made), {**ZINNIA, "do": "add"}).headers["Location"] == people(made)
    pupil = Person.objects.get()
    assert "Quillfeather" in desk.get(people(made)).text
    one = reverse("application_person", args=[made.pk, pupil.pk])
    assert 'value="Zinnia"' in desk.get(one).text
    assert desk.post(one, {**ZINNIA, "town": "Irondequoit"}).headers["Location"].endswith("/entries/")
    pupil.refresh_from_db()
    assert pupil.town == "Irondequoit"
    desk.post(people(made), {"do": f"remove-{pupil.pk}"})
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_name", ""),
        ("given_name", "a\x00b"),
        ("given_name", "x" * 10_000),
        ("birth_date", "2012"),
        ("birth_date", "31 December 1899"),
        ("birth_date", "1 January 2999"),
        ("role", "delegate"),
        ("country", "XX"),
        ("guardian_email", "not an address"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays(
    desk: Client, made: Participation, field: str, value: str
) -> None:
    answer = desk.post(people(made), {**ZINNIA, field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "Pat Quillfeather" in answer.text
    assert not Person.objects.exists()


def test_a_consent_is_recorded_with_its_form_once_for_several_uses_and_withdrawn(desk: Client, pupil: Person) -> None:
    for use in ("publish_work", "publish_first_name"):
        answer = desk.post(consents(pupil), {**CONSENT, "use": use, "file": students.photograph("signed.jpg")})
        assert answer.headers["Location"] == consents(pupil)
    form = Attachment.objects.get()
    assert (form.role, form.person, form.public) == ("consent_form", pupil, False)
    page = desk.get(consents(pupil)).text
    assert reverse("application_file", args=[pupil.participation_id, form.pk]) in page
    for consent in Consent.objects.all():
        answer = desk.post(consents(pupil), {"do": f"withdraw-{consent.pk}"}, follow=True)
        assert "what it had opened is closed" in answer.text
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("use", {"use": "publish_everything"}),
        ("use", {"use": "publish_full_name"}),
        ("given_by", {"given_by": "self"}),
        ("giver_name", {"giver_name": ""}),
        ("given_on", {"given_on": "1 January 2999"}),
        ("given_on", {"given_on": "soon"}),
        ("how", {"how": ""}),
        ("file", {"file": SimpleUploadedFile("form.pdf", b"PK\x03\x04 a ZIP")}),
    ],
)
def test_a_consent_says_at_its_field_what_is_wrong_and_nothing_is_half_kept(
    desk: Client, pupil: Person, field: str, typed: dict[str, Any]
) -> None:
    answer = desk.post(consents(pupil), {**CONSENT, "file": students.photograph(), **typed})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    if field != "how":
        assert "On paper" in answer.text
    assert not Consent.objects.exists()
    assert not Attachment.everything.exists()


def test_a_person_with_a_consent_form_can_still_be_taken_off(desk: Client, pupil: Person) -> None:
    desk.post(consents(pupil), {**CONSENT, "file": students.photograph("signed.jpg")})
    desk.post(people(pupil.participation), {"do": f"remove-{pupil.pk}"})
    pupil.refresh_from_db()
    assert (pupil.given_name, pupil.guardian_name, pupil.age) == ("", "", None)
    assert not Attachment.objects.exists()
    assert "Nobody" not in desk.get(people(pupil.participation)).text


def test_nobody_else_sees_or_changes_people_and_consents(pupil: Person) -> None:
    pages = [
        people(pupil.participation),
        reverse("application_person", args=[pupil.participation_id, pupil.pk]),
        consents(pupil),
    ]
    for other in (cast.representative(cast.jurisdiction("Osaka", "JP")), cast.staff("programs")):
        stranger = Client()
        stranger.force_login(other)
        for page in pages:
            assert stranger.get(page).status_code == 404
            assert stranger.post(page, {**ZINNIA, **CONSENT}).status_code == 404
    for page in pages:
        assert Client().get(page).headers["Location"].startswith("/account/login/")
    assert Person.objects.get().given_name == "Zinnia"
    assert not Consent.objects.exists()


def test_a_person_of_another_application_is_not_reached_through_ones_own(
    desk: Client, pupil: Person, showcase: Cycle
) -> None:
    town = cast.jurisdiction("Osaka", "JP")
    theirs = students.student(
        troupe.application(showcase, town, (rep := cast.representative(town)), at=timezone.now()), rep
    )
    for name in ("application_person", "application_consents"):
        assert desk.get(reverse(name, args=[pupil.participation_id, theirs.pk])).status_code == 404
    desk.post(people(pupil.participation), {"do": f"remove-{theirs.pk}"})
    assert Person.objects.filter(pk=theirs.pk, erased_at__isnull=True).exists()


@pytest.mark.parametrize("page", [people, consents])
def test_what_is_typed_about_people_after_the_session_ended_is_kept_in_none(page: Any, pupil: Person) -> None:
    """Children's and guardians' names are nowhere but with the application, and who typed them is told so."""
    stranger = Client()
    typed = {**ZINNIA, **CONSENT, "given_name": "Untoldname", "giver_name": "Untoldname", "how": "Untoldname"}
    address = page(pupil if page is consents else pupil.participation)
    sent = stranger.post(address, typed)
    assert sent.headers["Location"].startswith("/account/login/")
    assert "Untoldname" not in str([one.get_decoded() for one in Session.objects.all()])
    assert "What you typed about people was not kept" in stranger.get(sent.headers["Location"]).text
    assert "Untoldname" not in stranger.get(sent.headers["Location"]).text


def test_an_old_token_loses_what_was_typed_about_people_and_says_so(pupil: Person, clerk: User) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    strict.force_login(clerk)
    address = people(pupil.participation)
    answer = strict.post(address, {**ZINNIA, "given_name": "Untoldname"})
    assert answer.headers["Location"] == address
    assert "Untoldname" not in str([one.get_decoded() for one in Session.objects.all()])
    assert "was not kept" in strict.get(address).text


def test_other_steps_still_keep_what_was_typed(made: Participation) -> None:
    Client().post(reverse("application_about", args=[made.pk]), {"title": "Keptwords"})
    assert "Keptwords" in str([one.get_decoded() for one in Session.objects.all()])
