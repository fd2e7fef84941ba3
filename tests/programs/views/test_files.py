"""Files that everybody may have: copies without hidden details, while there is consent, and not a moment longer."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import Jurisdiction, User
from partnerships.services.access import Actor
from programs.choices import AttachmentRole
from programs.models import Attachment, Consent, Cycle
from programs.selectors import gallery
from programs.services import attachments, people
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db


@pytest.fixture
def showcase() -> Cycle:
    return students.showcase()


@pytest.fixture
def work(showcase: Cycle, irondequoit: Jurisdiction, clerk: User) -> Attachment:
    """A photograph of the work of a finalist, published with consent."""
    _made, pupil, entry = students.published(showcase, irondequoit, clerk)
    students.consent(pupil, clerk)
    return students.attach_work(entry, clerk)


def address(of: Attachment) -> str:
    return reverse("program_file", args=[of.pk, gallery.shown(of).name])


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_gallery_shows_the_work_and_the_address_answers(client: Client, showcase: Cycle, work: Attachment) -> None:
    page = client.get(f"/programs/{showcase.program.slug}/{showcase.slug}/gallery/")
    assert f'<img src="{address(work)}"' in page.text
    answer = client.get(address(work))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_the_public_gets_the_copy_and_never_the_file_that_was_handed_in(client: Client, work: Attachment) -> None:
    handed_out = content(client.get(address(work)))
    with work.public_copy.open() as copied, work.file.open() as original:
        assert handed_out == copied.read() != original.read()
    assert b"Hidden Photographer" not in handed_out


def test_what_others_made_runs_nowhere_and_is_kept_by_nobody(client: Client, work: Attachment) -> None:
    answer = client.get(address(work))
    assert answer["Content-Disposition"] == f'attachment; filename="work-{work.pk}.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"


def test_a_withdrawn_consent_takes_the_file_away_at_once(client: Client, work: Attachment, clerk: User) -> None:
    path = address(work)
    assert client.get(path).status_code == 200
    people.withdraw_consent(consent_id=Consent.objects.get().pk, by=Actor.of(clerk))
    assert client.get(path).status_code == 404


def test_a_file_that_is_published_no_more_is_nowhere(client: Client, work: Attachment) -> None:
    path = address(work)
    attachments.publish(attachment_id=work.pk, public=False, by=troupe.officer())
    assert client.get(path).status_code == 404


def test_neither_private_files_nor_unknown_ones_say_that_they_exist(
    client: Client, showcase: Cycle, irondequoit: Jurisdiction, clerk: User
) -> None:
    made, _pupil, _entry = students.entered(showcase, irondequoit, clerk)
    kept = students.attach(made, clerk, students.photograph("form.jpg"), role=AttachmentRole.CONSENT_FORM)
    for key in (kept.pk, 10**17):
        answer = client.get(f"/programs/files/{key}/consent-form-{key}.jpg")
        assert answer.status_code == 404
        assert "form.jpg" not in answer.text.replace(f"consent-form-{key}.jpg", "")


def test_another_name_leads_to_the_registrys_own_and_is_not_remembered(client: Client, work: Attachment) -> None:
    answer = client.get(f"/programs/files/{work.pk}/olena.jpg")
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, address(work), "no-store")


def test_a_copy_that_cannot_be_read_now_is_asked_for_again_later(client: Client, work: Attachment) -> None:
    default_storage.delete(str(work.public_copy.name))
    answer = client.get(address(work))
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")


def test_a_file_costs_one_statement_and_nobody_sends_one_here(client: Client, work: Attachment) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(address(work))
    assert len(asked) == 1
    assert client.post(address(work)).status_code == 405
