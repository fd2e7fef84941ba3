"""A small real PDF of one page, so that fictional filings have papers to look at."""

from __future__ import annotations

from collections.abc import Sequence

from anyascii import anyascii
from django.core.files.base import ContentFile

_MARK = "Fictional example"
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"


def one_page(title: str, lines: Sequence[str], *, name: str) -> ContentFile[bytes]:
    """A page with a title and lines below it, in the letters that every PDF reader has; the same input, same bytes."""
    shown = [_line(24, 60, 760, title), *(_line(12, 60, 715 - 20 * at, line) for at, line in enumerate(lines))]
    shown.append(_line(40, 60, 120, _MARK))
    content = "\n".join(shown)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        _FONT,
    ]
    return ContentFile(_file(objects).encode("ascii"), name=name)


def _line(size: int, left: int, bottom: int, text: str) -> str:
    plain = anyascii(text).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 {size} Tf {left} {bottom} Td ({plain}) Tj ET"


def _file(objects: Sequence[str]) -> str:
    """Header, numbered objects, the table of where each begins, and the trailer."""
    text, starts = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    return f"{text}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}"
