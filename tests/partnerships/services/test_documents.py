"""Files that prove an act: known by their content, kept for good, never half-kept."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import Document, Filing, Jurisdiction, RegisterEntry, User
from partnerships.services import documents, filings, uploads
from partnerships.services.access import Actor
from tests import cast


@pytest.fixture
def filing(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    return cast.draft(representative_of_irondequoit, [irondequoit, poltava], documents_on_file=False)


def attach(filing: Filing, upload: SimpleUploadedFile, user: User | None = None, role: str = "other") -> Document:
    by = Actor.of(user or filing.started_by)  # type: ignore[arg-type]
    return documents.attach(filing_id=filing.pk, by=by, upload=upload, role=role, language="en")


def image(kind: str, size: tuple[int, int] = (20, 20)) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, kind)
    return SimpleUploadedFile(f"photo.{kind.lower()}", buffer.getvalue())


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("agreement.txt", "signed")
    return buffer.getvalue()


def test_a_pdf_is_kept_with_its_hash_size_and_pages(filing: Filing) -> None:
    upload = cast.pdf("The agreement")
    content = upload.read()
    document = attach(filing, upload)
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert (document.size, document.pages, document.media_type) == (len(content), 1, "application/pdf")
    with document.file.open() as kept:
        assert kept.read() == content


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("TIFF", "image/tiff")])
def test_images_are_welcome(filing: Filing, kind: str, media_type: str) -> None:
    assert attach(filing, image(kind)).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "empty"),
        ("archive.pdf", zipped(), "not a PDF"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "not a PDF"),
        ("half.pdf", b"%PDF-1.7\n%%EOF", "damaged"),
        ("cut.pdf", cast.pdf("cut").read()[:200], "damaged"),
        ("cut.png", image("PNG", (300, 300)).read()[:60], "damaged"),
        ("binary.pdf", b"MZ\x90\x00" + b"\x00" * 500, "not a PDF"),
        ("svg.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PDF"),
    ],
)
def test_what_is_not_a_document_is_refused_at_the_file_whatever_its_name(
    filing: Filing, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        attach(filing, SimpleUploadedFile(name, content, content_type="application/pdf"))
    assert set(refused.value.errors) == {"file"}
    assert not Document.everything.exists()


def test_a_file_beyond_the_limit_is_refused(filing: Filing, settings: LazySettings) -> None:
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024
    with pytest.raises(Invalid, match="larger than 1 MB"):
        attach(filing, SimpleUploadedFile("big.pdf", b"%PDF-" + b"0" * 1024 * 1024))


def test_a_decompression_bomb_is_refused(filing: Filing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnerships.rules.files.MOST_PIXELS", 10_000)
    with pytest.raises(Invalid, match="too many pixels"):
        attach(filing, image("PNG", (200, 200)))


def test_the_same_file_twice_is_refused_and_leaves_no_stray_file(filing: Filing) -> None:
    first = attach(filing, cast.pdf("same"))
    with pytest.raises(Invalid, match="already attached"):
        attach(filing, cast.pdf("same"))
    folder = first.file.name.rpartition("/")[0]
    assert len(default_storage.listdir(folder)[1]) == 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\rita\\scan.pdf", "scan.pdf"),
        ("Vereinbarung \u202efdp.exe", "Vereinbarung fdp.exe"),
        ("姉妹都市.pdf", "姉妹都市.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
    ],
)
def test_names_of_files_are_shown_without_folders_or_hidden_signs(typed: str, shown: str) -> None:
    assert uploads.shown_name(typed) == shown


def test_a_document_taken_off_is_not_shown_and_not_erased(filing: Filing) -> None:
    document = attach(filing, cast.pdf())
    documents.remove(document_id=document.pk, by=Actor.of(filing.started_by))  # type: ignore[arg-type]
    assert not filing.documents.exists()
    assert default_storage.exists(Document.everything.get().file.name)


def test_a_stranger_can_neither_attach_nor_remove(filing: Filing, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        attach(filing, cast.pdf(), stranger)
    document = attach(filing, cast.pdf())
    with pytest.raises(NotAllowed):
        documents.remove(document_id=document.pk, by=Actor.of(stranger))


def test_documents_are_fixed_once_the_filing_is_handed_in(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    filing = cast.submitted(representative_of_irondequoit, [irondequoit, poltava])
    with pytest.raises(WrongState):
        attach(filing, cast.pdf())
    with pytest.raises(WrongState):
        documents.remove(document_id=filing.documents.first().pk, by=Actor.of(representative_of_irondequoit))


def test_a_filing_cannot_be_flooded(filing: Filing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_DOCUMENTS", 2)
    attach(filing, cast.pdf())
    attach(filing, cast.pdf())
    with pytest.raises(Invalid, match="at most 2"):
        attach(filing, cast.pdf())


def test_only_a_known_role_is_taken(filing: Filing) -> None:
    with pytest.raises(Invalid) as refused:
        attach(filing, cast.pdf(), role="love-letter")
    assert set(refused.value.errors) == {"role"}


def test_attaching_moves_the_revision_of_the_filing(filing: Filing) -> None:
    before = Filing.objects.get().revision
    attach(filing, cast.pdf())
    assert Filing.objects.get().revision == before + 1


def test_showing_or_hiding_a_registered_document_is_told_by_the_register(
    irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    document = cast.registered([irondequoit, poltava]).filing.documents.first()
    for public in (False, False, True):
        documents.publish(document_id=document.pk, by=Actor.of(registrar), public=public)
    told = RegisterEntry.objects.filter(event__startswith="document.").values_list("event", flat=True)
    assert list(told) == ["document.withheld", "document.published"]


def test_the_same_file_elsewhere_is_told_without_naming_a_filing_that_is_not_public(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction, osaka: Jurisdiction
) -> None:
    user = representative_of_irondequoit
    other = cast.draft(cast.representative(poltava), [poltava, cast.member(cast.jurisdiction("Elsewhere"))])
    attach(other, cast.pdf("the same"))
    filings.submit(filing_id=other.pk, by=Actor.of(other.started_by), on=timezone.localdate())  # type: ignore[arg-type]
    mine = cast.draft(user, [irondequoit, osaka])
    attach(mine, cast.pdf("the same"))
    said = [found.text() for found in filings.check(mine, on=timezone.localdate()) if found.code == "duplicate"]
    assert said == ["The same file is already attached to another filing."]
