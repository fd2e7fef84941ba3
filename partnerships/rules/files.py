"""What a document may be: decided by its content, never by its name (issue: PDF, JPEG, PNG, TIFF)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import BinaryIO

import pypdf
from PIL import Image
from pypdf.errors import PyPdfError

from partnerships.rules.wording import gettext_noop

#: Pixels of the largest image that is opened: an A0 sheet at 400 dpi is 245 million; more is a decompression bomb.
MOST_PIXELS = 250_000_000
MOST_PAGES = 2_000

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif"}
#: What every browser shows in place.
PICTURES = ("image/jpeg", "image/png")


class Unacceptable(ValueError):
    """The file cannot be kept as a document; ``str()`` says why, ``code`` names the reason."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Content:
    media_type: str
    pages: int | None


def _media_type(start: bytes) -> str:
    for signature, media_type in _SIGNATURES:
        if start.startswith(signature):
            return media_type
    raise Unacceptable("type", gettext_noop("This is not a PDF, JPEG, PNG or TIFF file, whatever its name says."))


def _pdf_pages(file: BinaryIO) -> int:
    try:
        reader = pypdf.PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise Unacceptable("encrypted", gettext_noop("This PDF is protected by a password. Save it without one."))
        pages = len(reader.pages)
    except Unacceptable:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise Unacceptable(
            "damaged", gettext_noop("This PDF cannot be opened: it is damaged or incomplete.")
        ) from error
    if not 1 <= pages <= MOST_PAGES:
        raise Unacceptable("pages", gettext_noop("This PDF has no pages, or too many."))
    return pages


def _image_pages(file: BinaryIO) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG", "TIFF")) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Unacceptable("pixels", gettext_noop("This image has too many pixels."))
                pages = getattr(image, "n_frames", 1)
                image.verify()
    except Unacceptable:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unacceptable("pixels", gettext_noop("This image has too many pixels.")) from error
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError) as error:
        raise Unacceptable(
            "damaged", gettext_noop("This image cannot be opened: it is damaged or incomplete.")
        ) from error
    return pages


def inspect(file: BinaryIO) -> Content:
    """Media type and page count of a readable, seekable file; raises ``Unacceptable``. Leaves it at its start."""
    file.seek(0)
    start = file.read(16)
    if not start:
        raise Unacceptable("empty", gettext_noop("This file is empty."))
    media_type = _media_type(start)
    file.seek(0)
    pages = _pdf_pages(file) if media_type == "application/pdf" else _image_pages(file)
    file.seek(0)
    return Content(media_type, pages)
