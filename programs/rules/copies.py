"""A copy of a file for the public: what people see, without what the file says beside it.

Photographs carry the place and the time at which they were taken, and the owner of the camera; documents carry their
author. An image is drawn anew from its pixels, a PDF written anew from its pages.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from partnerships.rules.wording import gettext_noop

#: The longer side of a published image, in pixels.
LONGEST = 1600
QUALITY = 85
#: Entries of a page that say who made it, or lead somewhere, or run.
_BESIDE = ("/Metadata", "/PieceInfo", "/LastModified", "/Annots", "/AA", "/Thumb")
_BROKEN = (PyPdfError, OSError, SyntaxError, ValueError, TypeError, KeyError, AttributeError, IndexError)


class Uncopied(ValueError):
    """No copy can be made; ``str()`` says so in words that can be shown."""


@dataclass(frozen=True)
class Copy:
    content: bytes
    media_type: str


def of(file: BinaryIO, media_type: str) -> Copy:
    """The copy of a file that passed ``partnerships.rules.files``. Raises ``Uncopied``."""
    try:
        if media_type == "application/pdf":
            return Copy(_pages(file), media_type)
        return Copy(*_pixels(file))
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise Uncopied(gettext_noop("No copy without hidden details can be made of this file.")) from error


def _pixels(file: BinaryIO) -> tuple[bytes, str]:
    """The first picture, upright, no larger than a page shows; with transparency as PNG, else as JPEG."""
    with Image.open(file, formats=("JPEG", "PNG", "TIFF")) as opened:
        picture = ImageOps.exif_transpose(opened)
        clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
        drawn = picture.convert("RGBA" if clear else "RGB")
    drawn.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    fresh = Image.new(drawn.mode, drawn.size)
    fresh.paste(drawn)
    buffer = io.BytesIO()
    if clear:
        fresh.save(buffer, "PNG", optimize=True)
        return buffer.getvalue(), "image/png"
    fresh.save(buffer, "JPEG", quality=QUALITY, progressive=True)
    return buffer.getvalue(), "image/jpeg"


def _pages(file: BinaryIO) -> bytes:
    writer = PdfWriter()
    for page in PdfReader(file, strict=False).pages:
        kept = writer.add_page(page)
        for name in _BESIDE:
            kept.pop(name, None)
    writer.metadata = None
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
