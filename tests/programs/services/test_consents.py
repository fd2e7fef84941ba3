"""Consents: who may give them, and what is public following them and their withdrawal at once."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from partnerships.exceptions import Invalid, Missing, NotAllowed, WrongState
from partnerships.models import LedgerEntry, RegisterEntry, User
from partnerships.services.access import Actor
from programs.choices import ConsentUse
from programs.models import Consent, Entry, Participation, Person
from programs.selectors import dossiers, gallery
from programs.selectors.dossiers import ParticipationDossier
from programs.services import attachments, entries, people
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db

Published = tuple[Participation, Person, Entry, User]


@pytest.fixture
def finalist() -> Published:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    values = {"given_name": "Olena Maria", "family_name": "Tkachenko", "town": "Hiddentown"}
    return *students.published(students.showcase(), town, clerk, **values), clerk


def people_of(made: Participation) -> tuple[gallery.PublicPerson, ...]:
    return dossier(made).people


def dossier(made: Participation) -> ParticipationDossier:
    found = dossiers.participation(made.cycle.program.slug, made.cycle.slug, made.pk)
    assert found
    return found


def the_work(made: Participation) -> gallery.Work:
    (work,) = gallery.works_of(cycle_id=made.cycle_id)
    return work


def test_without_consent_the_public_sees_that_there_is_a_finalist_and_no_more(finalist: Published) -> None:
    made, _pupil, _entry, _clerk = finalist
    work = the_work(made)
    assert (work.community, work.category, work.age_group) == ("Irondequoit", "Art", "12 to 14")
    assert (work.title, work.url, work.first_name, work.town, work.files) == ("", "", "", "", ())
    assert people_of(made) == ()


def test_each_consent_opens_its_own_use_alone(finalist: Published) -> None:
    made, pupil, _entry, clerk = finalist
    students.consent(pupil, clerk, ConsentUse.PUBLISH_FIRST_NAME)
    assert (the_work(made).first_name, the_work(made).title, the_work(made).town) == ("Olena", "", "")
    students.consent(pupil, clerk, ConsentUse.PUBLISH_TOWN)
    assert (the_work(made).town, the_work(made).title) == ("Hiddentown", "")
    students.consent(pupil, clerk, ConsentUse.PUBLISH_WORK)
    assert the_work(made).title == "A bridge"
    (shown,) = people_of(made)
    assert (shown.name, shown.town) == ("Olena", "Hiddentown")


def test_withdrawal_closes_at_once_and_moves_the_head_of_the_register(finalist: Published) -> None:
    made, pupil, entry, clerk = finalist
    file = students.attach_work(entry, clerk)
    consent = students.consent(pupil, clerk)
    assert gallery.file(file.pk) is not None
    before = RegisterEntry.objects.latest("seq").seq
    people.withdraw_consent(consent_id=consent.pk, by=Actor.of(clerk))
    assert gallery.file(file.pk) is None
    assert (the_work(made).title, the_work(made).files) == ("", ())
    last = RegisterEntry.objects.latest("seq")
    assert (last.seq, last.event) == (before + 1, "publication.changed")
    assert set(json.loads(last.payload)) == {"program", "cycle", "participation"}


def test_a_consent_withdrawn_twice_is_told_so(finalist: Published) -> None:
    _made, pupil, _entry, clerk = finalist
    consent = students.consent(pupil, clerk)
    people.withdraw_consent(consent_id=consent.pk, by=Actor.of(clerk))
    with pytest.raises(WrongState, match="withdrawn already"):
        people.withdraw_consent(consent_id=consent.pk, by=Actor.of(clerk))


def test_before_anything_is_public_a_consent_says_nothing_in_the_register() -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    _made, pupil, _entry = students.entered(students.showcase(), town, clerk)
    before = RegisterEntry.objects.count()
    students.consent(pupil, clerk)
    assert RegisterEntry.objects.count() == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"given_by": "self"}, "given_by"),
        ({"giver_name": " "}, "giver_name"),
        ({"given_on": timezone.localdate() + timedelta(days=1)}, "given_on"),
        ({"use": "publish_full_name"}, "use"),
        ({"use": "publish_diary"}, "use"),
        ({"how": ""}, "how"),
    ],
)
def test_what_is_no_consent_is_refused_at_its_field(finalist: Published, values: dict[str, object], field: str) -> None:
    _made, pupil, _entry, clerk = finalist
    with pytest.raises(Invalid) as refused:
        students.consent(pupil, clerk, **values)  # type: ignore[arg-type]
    assert list(refused.value.errors) == [field]
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("day", "refused"), [(date(2022, 2, 27), True), (date(2022, 2, 28), True), (date(2022, 3, 1), False)]
)
def test_who_was_born_on_29_february_consents_alone_from_1_march_of_the_eighteenth_year(
    day: date, refused: bool
) -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(students.showcase(age_to=20), town, clerk)
    pupil = students.student(made, clerk, birth_date=date(2004, 2, 29))
    if refused:
        with pytest.raises(Invalid, match="parent or guardian"):
            students.consent(pupil, clerk, given_by="self", giver_name="", given_on=day)
    else:
        assert students.consent(pupil, clerk, given_by="self", giver_name="", given_on=day).pk


def test_a_corrected_birth_date_ends_the_consent_that_a_minor_gave_alone() -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(students.showcase(), town, clerk)
    pupil = students.student(made, clerk, birth_date=date(2007, 6, 1))
    students.consent(pupil, clerk, given_by="self", giver_name="", given_on=date(2026, 3, 1))
    young = {"birth_date": date(2012, 6, 1)}
    people.save(participation_id=made.pk, person_id=pupil.pk, values=young, by=Actor.of(clerk))
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()


def test_strangers_auditors_and_other_communities_neither_look_nor_consent(finalist: Published) -> None:
    made, pupil, _entry, _clerk = finalist
    others = [cast.person(), cast.representative(cast.jurisdiction("Osaka", "JP"))]
    others += [cast.staff(role) for role in ("registrar", "clerk", "auditor")]
    for somebody in others:
        for act in (
            lambda by: people.look(participation_id=made.pk, by=by),
            lambda by: people.look_at(person_id=pupil.pk, by=by),
            lambda by: students.consent(pupil, by),
        ):
            with pytest.raises(NotAllowed):
                act(Actor.of(somebody))


def test_each_look_of_staff_is_recorded_with_numbers_and_without_names(finalist: Published) -> None:
    made, pupil, _entry, clerk = finalist
    officer = troupe.officer()
    (seen,) = people.look(participation_id=made.pk, by=officer)
    people.look_at(person_id=pupil.pk, by=officer)
    assert seen.given_name == "Olena Maria"
    views = LedgerEntry.objects.filter(act="people.viewed")
    assert [view.detail for view in views] == [{"people": [pupil.pk]}] * 2
    people.look(participation_id=made.pk, by=Actor.of(clerk))
    assert views.count() == 2


def test_a_finalist_withdrawn_by_the_family_disappears(finalist: Published) -> None:
    made, pupil, entry, clerk = finalist
    students.consent(pupil, clerk)
    entries.withdraw(entry_id=entry.pk, by=Actor.of(clerk), comment="The family asked.")
    assert gallery.works_of(cycle_id=made.cycle_id) == []
    assert RegisterEntry.objects.latest("seq").event == "entry.moved"


def test_a_person_of_another_application_is_as_good_as_none(finalist: Published) -> None:
    _made, pupil, _entry, clerk = finalist
    other = troupe.application(students.showcase(), cast.Representation.objects.get(user=clerk).jurisdiction, clerk)
    with pytest.raises(Missing):
        people.save(participation_id=other.pk, person_id=pupil.pk, values={"town": "X"}, by=Actor.of(clerk))


def test_consent_forms_are_never_published(finalist: Published) -> None:
    made, _pupil, _entry, clerk = finalist
    form = students.attach(made, clerk, role="consent_form")
    with pytest.raises(Invalid, match="never public"):
        attachments.publish(attachment_id=form.pk, public=True, by=troupe.officer())
    assert dossier(made).files == ()
