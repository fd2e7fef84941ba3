"""The page of one participation: people, works, photographs as far as consent allows, and not a moment longer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import Jurisdiction, User
from partnerships.services.access import Actor
from programs.choices import AttachmentRole, ConsentUse
from programs.models import Attachment, Consent, Deliverable, Entry, Participation, Person
from programs.selectors import gallery
from programs.services import attachments, entries, people
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db

Published = tuple[Participation, Person, Entry]


@pytest.fixture
def published(irondequoit: Jurisdiction, clerk: User) -> Published:
    names = {"given_name": "Olena Maria", "family_name": "Tkachenko", "town": "Seaport"}
    return students.published(students.showcase(), irondequoit, clerk, **names)


def path(made: Participation) -> str:
    return reverse("participation", args=[made.cycle.program.slug, made.cycle.slug, made.pk])


def photograph(made: Participation, clerk: User) -> Attachment:
    kept = students.attach(made, clerk, students.photograph("prize-day.jpg", "green"), role=AttachmentRole.PHOTOGRAPH)
    return attachments.publish(attachment_id=kept.pk, public=True, by=troupe.officer())


def address(of: Attachment) -> str:
    return reverse("program_file", args=[of.pk, gallery.shown(of).name])


def test_without_consent_the_page_names_nobody_and_shows_no_work(client: Client, published: Published) -> None:
    page = client.get(path(published[0])).text
    assert "A work in the category Art" in page
    for word in ("Olena", "Tkachenko", "Seaport", "A bridge"):
        assert word not in page


def test_each_consent_shows_its_own_use_and_withdrawal_takes_it_away_at_once(
    client: Client, published: Published, clerk: User
) -> None:
    made, pupil, _entry = published
    for use, word in (
        (ConsentUse.PUBLISH_FIRST_NAME, "Olena"),
        (ConsentUse.PUBLISH_WORK, "A bridge"),
    ):
        before = client.get(path(made))
        students.consent(pupil, clerk, use)
        assert word not in before.text
        assert word in client.get(path(made), headers={"If-None-Match": before["ETag"]}).text
        people.withdraw_consent(consent_id=Consent.objects.latest("pk").pk, by=Actor.of(clerk))
        assert word not in client.get(path(made)).text


def test_a_town_is_named_beside_a_name_alone(client: Client, published: Published, clerk: User) -> None:
    made, pupil, _entry = published
    students.consent(pupil, clerk, ConsentUse.PUBLISH_TOWN)
    students.consent(pupil, clerk, ConsentUse.PUBLISH_FIRST_NAME)
    page = client.get(path(made)).text
    assert "<bdi>Olena</bdi>, <bdi>Seaport</bdi>" in page
    assert "Maria" not in page
    assert "Tkachenko" not in page


def test_a_published_photograph_is_shown_and_leaves_when_it_is_not_published_any_more(
    client: Client, published: Published, clerk: User
) -> None:
    made = published[0]
    picture = photograph(made, clerk)
    page = client.get(path(made)).text
    assert f'<img src="{address(picture)}"' in page
    assert "prize-day" not in page
    attachments.publish(attachment_id=picture.pk, public=False, by=troupe.officer())
    assert address(picture) not in client.get(path(made)).text


def test_a_published_work_is_shown_with_consent_alone(client: Client, published: Published, clerk: User) -> None:
    made, pupil, entry = published
    students.consent(pupil, clerk)
    work = students.attach_work(entry, clerk)
    assert f'<img src="{address(work)}"' in client.get(path(made)).text
    people.withdraw_consent(consent_id=Consent.objects.get().pk, by=Actor.of(clerk))
    assert address(work) not in client.get(path(made)).text


def test_a_work_that_the_family_takes_back_takes_the_name_with_it(
    client: Client, published: Published, clerk: User
) -> None:
    made, pupil, entry = published
    students.consent(pupil, clerk, ConsentUse.PUBLISH_FIRST_NAME)
    assert "Olena" in client.get(path(made)).text
    entries.withdraw(entry_id=entry.pk, by=Actor.of(clerk), comment="The family asked.")
    assert "Olena" not in client.get(path(made)).text


def test_the_page_stays_within_six_statements_with_everything_on_it(
    client: Client, published: Published, clerk: User
) -> None:
    made, pupil, entry = published
    for use in (ConsentUse.PUBLISH_FIRST_NAME, ConsentUse.PUBLISH_WORK, ConsentUse.PUBLISH_TOWN):
        students.consent(pupil, clerk, use)
    students.attach_work(entry, clerk)
    photograph(made, clerk)
    Deliverable.objects.create(participation=made, title="A catalogue", due_on="2026-09-01")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path(made)).text
    assert "A catalogue" in page
    assert "due 1 September 2026" in page
    assert len(asked) <= 6


@pytest.mark.parametrize("page", ["0", "2", "-1", "abc", "1" * 30, "٣"])
def test_a_page_of_the_gallery_that_is_none_is_refused(client: Client, published: Published, page: str) -> None:
    made = published[0]
    gallery_path = reverse("cycle_gallery", args=[made.cycle.program.slug, made.cycle.slug])
    assert client.get(gallery_path).status_code == 200
    answer = client.get(gallery_path, {"page": page})
    assert answer.status_code == 400
    assert "not one of this list" in answer.text


def test_pages_without_filters_refuse_what_they_do_not_know(client: Client, published: Published) -> None:
    made = published[0]
    program, cycle = made.cycle.program.slug, made.cycle.slug
    plain: list[Any] = [
        reverse("programs"),
        reverse("program", args=[program]),
        reverse("cycle", args=[program, cycle]),
        reverse("cycle_gallery", args=[program, cycle]),
        reverse("program_calendar", args=[program]),
        reverse("cycle_calendar", args=[program, cycle]),
        path(made),
    ]
    for one in plain:
        assert client.get(one).status_code == 200
        answer = client.get(one, {"colour": "blue"})
        assert (one, answer.status_code) == (one, 400)
        assert "colour: This parameter is not known." in answer.text
