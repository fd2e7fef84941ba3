"""Files of applications: private, published as copies without hidden details, gone when they are taken off."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from django.core.files.storage import default_storage
from PIL import Image

from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import LedgerEntry, User
from partnerships.services.access import Actor
from programs.models import Attachment, Entry, Juror, Participation, Person
from programs.rules import copies
from programs.selectors import gallery
from programs.services import attachments, participations
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> tuple[Participation, Entry, User]:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made, _pupil, entry = students.entered(students.showcase(), town, clerk)
    return made, entry, clerk


def test_a_work_is_private_until_it_is_published_consented_to_and_a_finalist(
    draft: tuple[Participation, Entry, User],
) -> None:
    made, entry, clerk = draft
    kept = students.attach(made, clerk, entry=entry)
    attachments.publish(attachment_id=kept.pk, public=True, by=troupe.officer())
    assert gallery.file(kept.pk) is None
    Participation.objects.filter(pk=made.pk).update(
        state="accepted", submitted_at=troupe.DURING, decided_at=troupe.DURING
    )
    assert gallery.file(kept.pk) is None
    students.consent(Person.objects.get(), clerk)
    assert gallery.file(kept.pk) is None
    Entry.objects.update(state="finalist")
    assert gallery.file(kept.pk) == kept


def test_the_public_copy_of_a_photograph_says_neither_where_nor_by_whom_it_was_taken(
    draft: tuple[Participation, Entry, User],
) -> None:
    made, entry, clerk = draft
    kept = students.attach(made, clerk, students.photograph("olena-tkachenko.jpg"), entry=entry)
    with kept.file.open() as original:
        assert b"Hidden Photographer" in original.read()
    published = attachments.publish(attachment_id=kept.pk, public=True, by=troupe.officer())
    with published.public_copy.open() as copied:
        content = copied.read()
    assert b"Hidden Photographer" not in content
    picture = Image.open(io.BytesIO(content))
    assert (picture.size, dict(picture.getexif())) == ((60, 30), {})
    assert "olena" not in gallery.shown(published).name + published.public_copy.name


def test_the_public_copy_of_a_pdf_names_no_author() -> None:
    writer, buffer = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=200, height=200)
    writer.add_metadata({"/Author": "Hidden Author", "/Title": "Olena"})
    writer.write(buffer)
    copy = copies.of(buffer, "application/pdf")
    assert b"Hidden Author" not in copy.content
    reader = pypdf.PdfReader(io.BytesIO(copy.content))
    assert (len(reader.pages), reader.metadata) == (1, None)


@pytest.mark.parametrize(("mode", "kind", "media_type"), [("RGBA", "PNG", "image/png"), ("L", "TIFF", "image/jpeg")])
def test_a_large_picture_is_published_no_larger_than_a_page_shows(mode: str, kind: str, media_type: str) -> None:
    buffer = io.BytesIO()
    Image.new(mode, (3000, 1000)).save(buffer, kind)
    copy = copies.of(buffer, f"image/{kind.lower()}")
    assert copy.media_type == media_type
    assert Image.open(io.BytesIO(copy.content)).size == (1600, 533)


def test_a_file_taken_off_is_gone_with_its_name(
    draft: tuple[Participation, Entry, User], django_capture_on_commit_callbacks: Any
) -> None:
    made, entry, clerk = draft
    kept = students.attach(made, clerk, entry=entry)
    name = kept.file.name
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove(attachment_id=kept.pk, by=Actor.of(clerk))
    assert not default_storage.exists(name)
    row = Attachment.everything.get()
    assert (row.original_name, row.file.name, row.sha256) == ("", "", kept.sha256)
    assert students.attach(made, clerk, entry=entry).pk != kept.pk


def test_a_copy_published_no_more_is_erased_and_the_original_stays(
    draft: tuple[Participation, Entry, User], django_capture_on_commit_callbacks: Any
) -> None:
    made, entry, clerk = draft
    kept = students.attach(made, clerk, entry=entry)
    published = attachments.publish(attachment_id=kept.pk, public=True, by=troupe.officer())
    name = published.public_copy.name
    with django_capture_on_commit_callbacks(execute=True):
        attachments.publish(attachment_id=kept.pk, public=False, by=troupe.officer())
    assert not default_storage.exists(name)
    assert default_storage.exists(kept.file.name)


def test_what_was_handed_in_stays(draft: tuple[Participation, Entry, User]) -> None:
    made, entry, clerk = draft
    kept = students.attach(made, clerk, entry=entry)
    participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)
    with pytest.raises(WrongState):
        attachments.remove(attachment_id=kept.pk, by=Actor.of(clerk))
    with pytest.raises(Invalid, match="what this file is"):
        students.attach(made, clerk, students.photograph(colour="blue"), entry=entry)
    assert students.attach(made, clerk, students.photograph(colour="blue"), role="consent_form").pk


def test_the_same_file_twice_is_refused_and_leaves_no_stray_file(draft: tuple[Participation, Entry, User]) -> None:
    made, entry, clerk = draft
    kept = students.attach(made, clerk, entry=entry)
    with pytest.raises(Invalid, match="already attached"):
        students.attach(made, clerk, entry=entry)
    assert len(default_storage.listdir(kept.file.name.rpartition("/")[0])[1]) == 1


def test_a_juror_sees_works_and_no_consent_form_and_staff_leave_a_trace(
    draft: tuple[Participation, Entry, User],
) -> None:
    made, entry, clerk = draft
    work = students.attach(made, clerk, entry=entry)
    form = students.attach(made, clerk, students.photograph(colour="blue"), role="consent_form")
    juror = cast.person()
    Juror.objects.create(cycle=made.cycle, user=juror, appointed_by_name="Olga")
    assert attachments.look(attachment_id=work.pk, by=Actor.of(juror)) == work
    with pytest.raises(NotAllowed):
        attachments.look(attachment_id=form.pk, by=Actor.of(juror))
    with pytest.raises(NotAllowed):
        attachments.look(attachment_id=work.pk, by=Actor.of(cast.staff("auditor")))
    attachments.look(attachment_id=form.pk, by=troupe.officer())
    assert LedgerEntry.objects.filter(act="attachment.viewed").count() == 1
