"""Forgetting people on schedule: personal data and files go, statistics stay, a second run finds nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage

from partnerships.exceptions import Invalid, NotAllowed
from partnerships.models import LedgerEntry, RegisterEntry
from partnerships.services.access import Actor
from programs.choices import AttachmentRole
from programs.models import Attachment, Consent, Entry, Person
from programs.selectors import gallery
from programs.services import attachments, people, retention
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db

#: The cast keeps data until 31 December 2027; in New York that day ends at 05:00 UTC.
LAST_MOMENT = datetime(2028, 1, 1, 4, 59, tzinfo=UTC)
OVER = datetime(2028, 1, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def finalist() -> Entry:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made, pupil, entry = students.published(students.showcase(), town, clerk, given_name="Secretia")
    students.consent(pupil, clerk)
    students.attach_work(entry, clerk)
    students.attach(made, clerk, students.photograph(colour="blue"), role="consent_form")
    return entry


def test_nothing_is_erased_before_the_last_day_is_over_where_the_cycle_is(finalist: Entry) -> None:
    assert retention.erase_due(LAST_MOMENT)["people"] == 0
    assert retention.erase_due(OVER) == {"people": 1, "files": 2}


def test_what_is_personal_is_gone_and_what_counts_stays(finalist: Entry) -> None:
    names = [
        *Attachment.objects.values_list("file", flat=True),
        Attachment.objects.exclude(public_copy="").get().public_copy.name,
    ]
    retention.erase_due(OVER)
    pupil = Person.objects.get()
    assert all(not getattr(pupil, name) for name in Person.PERSONAL)
    assert (pupil.role, pupil.age) == ("student", 13)
    assert not any(default_storage.exists(name) for name in names)
    entry = Entry.objects.get()
    assert (entry.title, entry.statement, entry.url, entry.identity) == ("–", "", "", "")
    assert (entry.state, entry.category.code, entry.age_group.name) == ("finalist", "art", "12 to 14")  # type: ignore[union-attr]
    consent = Consent.objects.get()
    assert (consent.giver_name, consent.how, consent.withdrawn_at is None) == ("", "", False)


def test_the_public_sees_no_more_than_that_there_was_a_finalist(finalist: Entry) -> None:
    retention.erase_due(OVER)
    (work,) = gallery.works_of(cycle_id=finalist.cycle_id)
    assert (work.title, work.first_name, work.files) == ("", "", ())
    assert RegisterEntry.objects.latest("seq").event == "publication.changed"


def test_the_ledger_keeps_how_many_were_forgotten_and_a_second_run_finds_nothing(finalist: Entry) -> None:
    retention.erase_due(OVER)
    entry = LedgerEntry.objects.get(act="people.erased")
    assert (entry.actor_name, entry.detail) == ("system: retention", {"people": 1, "files": 2})
    assert retention.erase_due(OVER) == {"people": 0, "files": 0}
    assert LedgerEntry.objects.filter(act="people.erased").count() == 1


def test_many_people_are_forgotten_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(students.showcase(), town, clerk)
    for _ in range(5):
        students.student(made, clerk)
    monkeypatch.setattr(retention, "BATCH", 2)
    assert retention.erase_due(OVER)["people"] == 5
    assert not Person.objects.filter(erased_at__isnull=True).exists()


def test_who_was_forgotten_is_not_looked_at_changed_or_consented_for_any_more(finalist: Entry) -> None:
    retention.erase_due(OVER)
    officer = troupe.officer()
    assert people.look(participation_id=finalist.participation_id, by=officer) == []
    with pytest.raises(Exception, match="no such person"):
        students.consent(Person.objects.get(), officer)


def test_one_person_is_forgotten_on_request_for_a_reason_and_by_the_programs_office_alone(finalist: Entry) -> None:
    pupil = Person.objects.get()
    with pytest.raises(NotAllowed):
        retention.erase_person(person_id=pupil.pk, by=Actor.of(cast.staff("registrar")), reason="Asked.")
    with pytest.raises(Invalid):
        retention.erase_person(person_id=pupil.pk, by=troupe.officer(), reason=" ")
    retention.erase_person(person_id=pupil.pk, by=troupe.officer(), reason="The parents asked.")
    pupil.refresh_from_db()
    assert (pupil.given_name, pupil.identity) == ("", "")
    assert not Attachment.objects.filter(entry=finalist).exists()


def test_consent_forms_go_with_the_person_and_those_of_others_stay(finalist: Entry) -> None:
    """A form of the whole application may hold the names of this person's guardians: it goes too."""
    made, clerk, officer = finalist.participation, Actor.of(finalist.participation.started_by), troupe.officer()
    pupil = Person.objects.get()
    mentor = people.save(participation_id=made.pk, values={"role": "teacher", "given_name": "Tim"}, by=clerk)
    keep = {"participation_id": made.pk, "role": AttachmentRole.CONSENT_FORM, "by": clerk}
    own = attachments.attach(upload=students.photograph("own.jpg", "white"), person_id=pupil.pk, **keep)
    other = attachments.attach(upload=students.photograph("other.jpg", "green"), person_id=mentor.pk, **keep)
    of_all = attachments.attach(upload=students.photograph("all.jpg", "black"), **keep)
    names = [str(one.file.name) for one in (own, of_all)]
    retention.erase_person(person_id=pupil.pk, by=officer, reason="The parents asked.")
    assert not [name for name in names if default_storage.exists(name)]
    assert list(Attachment.objects.values_list("original_name", flat=True)) == ["other.jpg"]
    assert default_storage.exists(str(other.file.name))
    pupil.refresh_from_db()
    assert (pupil.age, pupil.role) == (13, "student")
    assert {own.pk, of_all.pk} <= set(LedgerEntry.objects.get(act="person.erased").detail["files"])


def test_the_duty_forgets_every_consent_form_of_a_cycle_whose_time_is_over(finalist: Entry) -> None:
    made, clerk = finalist.participation, Actor.of(finalist.participation.started_by)
    keep = {"participation_id": made.pk, "role": AttachmentRole.CONSENT_FORM, "by": clerk}
    pupil = Person.objects.get()
    forms = [
        attachments.attach(upload=students.photograph("own.jpg", "white"), person_id=pupil.pk, **keep),
        attachments.attach(upload=students.photograph("all.jpg", "black"), **keep),
    ]
    retention.erase_due(OVER)
    assert not [one for one in forms if default_storage.exists(str(one.file.name))]
    assert not Attachment.objects.exists()


def test_details_that_were_never_public_are_forgotten_too() -> None:
    town, _partner, tie = troupe.pair()
    clerk = cast.representative(town)
    cycle = troupe.cycle(kind="student_exchange", rules={"lengths": ["year"]}, age_from=14, age_to=18)
    made = troupe.application(
        cycle,
        town,
        clerk,
        affiliation=tie.number,
        detail={"length": "year", "sponsorship": "A fund.", "school_place": "Hidden High School"},
    )
    students.student(made, clerk)
    retention.erase_due(OVER)
    made.refresh_from_db()
    assert made.detail == {"length": "year", "sponsorship": "A fund."}


def test_a_cycle_without_a_date_keeps_what_it_has() -> None:
    """Only one entered from the record may be without, and only officers enter there."""
    town, officer = cast.jurisdiction("Irondequoit"), cast.staff("programs")
    made = troupe.application(students.showcase(historical=True, retention_until=None), town, officer)
    students.student(made, officer)
    assert retention.due(datetime(2999, 1, 1, tzinfo=UTC)) == []
