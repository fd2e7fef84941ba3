"""Files are judged by what is in them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partnerships.forms.fields import DocumentField
from tests import cast


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("agreement.txt", "hello")
    return buffer.getvalue()


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_pictures_are_accepted_whatever_their_name(kind: str) -> None:
    upload = SimpleUploadedFile("scan.txt", picture(kind), content_type="text/plain")
    assert DocumentField().clean(upload).content_type == f"image/{kind.lower()}"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("agreement.pdf", zipped(), "type"),
        ("agreement.pdf", b"", "empty"),
        ("agreement.pdf", b"<html><script>alert(1)</script>", "type"),
        ("agreement.pdf", b"%PDF-1.7\n" + b"\x00" * 200, "damaged"),
        ("scan.png", picture("PNG")[:40], "damaged"),
    ],
)
def test_what_is_no_document_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DocumentField().clean(SimpleUploadedFile(name, content, content_type="application/pdf"))
    assert refused.value.error_list[0].code == code


def test_a_file_beyond_the_limit_is_told_the_limit(settings: Any) -> None:
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024
    upload = cast.pdf()
    upload.size = 1024 * 1024 + 1
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        DocumentField().clean(upload)
