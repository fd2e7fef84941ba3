"""The documents step: one file after the other, each judged by its content; private until registered."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partnerships.choices import Act
from partnerships.models import Document, Filing, Jurisdiction, User
from partnerships.services import filings
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.views.paths import signed_in, step, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(representative_of_irondequoit: User, irondequoit: Jurisdiction) -> Filing:
    return filings.start(by=Actor.of(representative_of_irondequoit), act=Act.ESTABLISH, jurisdiction_id=irondequoit.pk)


def attach(user: User, filing: Filing, upload: Any, **more: str) -> Any:
    said = {"file": upload, "role": "signed_agreement", "language": "en", "public": "on", "do": "attach", **more}
    return signed_in(user).post(step(filing, "documents"), said)


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("agreement.txt", "hello")
    return buffer.getvalue()


def test_a_document_is_listed_with_size_pages_and_hash(draft: Filing, representative_of_irondequoit: User) -> None:
    assert attach(representative_of_irondequoit, draft, cast.pdf()).url == step(draft, "documents")
    document = draft.documents.get()
    shown = signed_in(representative_of_irondequoit).get(step(draft, "documents"))
    assert document.sha256 in shown.content.decode()
    assert "1 page" in text(shown)
    assert shown.context["form"]["role"].value() == "resolution"


def test_continue_attaches_what_was_chosen_and_goes_on(draft: Filing, representative_of_irondequoit: User) -> None:
    answer = attach(representative_of_irondequoit, draft, cast.pdf(), do="", then="next")
    assert answer.url == step(draft, "reasons")
    assert draft.documents.count() == 1


def test_continue_without_a_file_goes_on(draft: Filing, representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    assert client.post(step(draft, "documents"), {"then": "next"}).url == step(draft, "reasons")
    assert "This field is required" in text(client.post(step(draft, "documents"), {"do": "attach"}))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped(), "not a PDF, JPEG, PNG or TIFF"),
        (b"", "empty"),
        (b"%PDF-1.7\nbroken", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "damaged"),
        (b"\x00" * 64, "not a PDF"),
    ],
)
def test_a_file_that_is_no_document_is_told_at_the_field_and_the_rest_stays(
    draft: Filing, representative_of_irondequoit: User, content: bytes, said: str
) -> None:
    upload = SimpleUploadedFile("agreement.pdf", content, content_type="application/pdf")
    answer = attach(representative_of_irondequoit, draft, upload, role="resolution", language="uk")
    form = answer.context["form"]
    assert said in str(form.errors["file"])
    assert (form["role"].value(), form["language"].value()) == ("resolution", "uk")
    assert not Document.everything.exists()


def test_a_giant_file_is_told_the_limit(draft: Filing, representative_of_irondequoit: User, settings: Any) -> None:
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024
    upload = SimpleUploadedFile("agreement.pdf", b"%PDF-1.7\n" + b"\x00" * 1024 * 1024)
    answer = attach(representative_of_irondequoit, draft, upload)
    assert "larger than 1 MB" in str(answer.context["form"].errors["file"])


@pytest.mark.parametrize(("field", "value"), [("role", "tax return"), ("language", "x\x00"), ("language", "klingon")])
def test_wrong_words_about_a_file_are_told_at_their_field(
    draft: Filing, representative_of_irondequoit: User, field: str, value: str
) -> None:
    answer = attach(representative_of_irondequoit, draft, cast.pdf(), **{field: value})
    assert field in answer.context["form"].errors
    assert not Document.everything.exists()


def test_the_same_file_twice_is_told_so(draft: Filing, representative_of_irondequoit: User) -> None:
    attach(representative_of_irondequoit, draft, cast.pdf("one"))
    answer = attach(representative_of_irondequoit, draft, cast.pdf("one"))
    assert "already attached" in str(answer.context["form"].errors["file"])
    assert draft.documents.count() == 1


def test_a_name_full_of_tricks_is_shown_as_plain_words(draft: Filing, representative_of_irondequoit: User) -> None:
    attach(representative_of_irondequoit, draft, cast.pdf(name="\u202efdp.<script>alert(1)</script>exe.pdf"))
    shown = signed_in(representative_of_irondequoit).get(step(draft, "documents")).content.decode()
    assert "<script>alert" not in shown
    assert "\u202e" not in shown


def test_a_document_can_be_removed_once_and_a_second_click_does_no_harm(
    draft: Filing, representative_of_irondequoit: User
) -> None:
    attach(representative_of_irondequoit, draft, cast.pdf())
    client, document = signed_in(representative_of_irondequoit), draft.documents.get()
    for _click in range(2):
        assert client.post(step(draft, "documents"), {"do": f"remove-{document.pk}"}).url == step(draft, "documents")
    assert not draft.documents.exists()


def test_a_document_of_another_filing_cannot_be_removed_from_here(
    draft: Filing, representative_of_irondequoit: User, san_francisco: Jurisdiction, osaka: Jurisdiction
) -> None:
    other = cast.draft(cast.representative(san_francisco), [san_francisco, osaka])
    document = other.documents.first()
    assert document is not None
    client = signed_in(representative_of_irondequoit)
    client.post(step(draft, "documents"), {"do": f"remove-{document.pk}"})
    document.refresh_from_db()
    assert document.removed_at is None


def test_a_private_document_is_saved_by_its_people_and_found_by_nobody_else(
    draft: Filing, representative_of_irondequoit: User, stranger: User, registrar: User, client: Any
) -> None:
    attach(representative_of_irondequoit, draft, cast.pdf())
    address = f"/filings/{draft.pk}/documents/{draft.documents.get().pk}/"
    answer = signed_in(representative_of_irondequoit).get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert signed_in(registrar).get(address).status_code == 200
    assert signed_in(stranger).get(address).status_code == 404
    assert client.get(address).status_code == 302
