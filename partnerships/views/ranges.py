"""Parts of a file by ``Range`` (RFC 9110, section 14): a download that broke off goes on where it stopped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Unsatisfiable(ValueError):
    """The range begins beyond the end of the file."""


@dataclass(frozen=True)
class Part:
    """From the first to the last byte, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def asked(request: HttpRequest, size: int, tag: str) -> Part | None:
    """The part that is asked for; ``None`` for the whole file, which is also the answer to several ranges at once, to
    one that cannot be read, and to ``If-Range`` with the tag of another edition. Raises ``Unsatisfiable``."""
    found = _ONE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or found[1] == found[2] == "" or request.headers.get("If-Range", tag) != tag:
        return None
    if found[1] == "":
        length = min(int(found[2]), size)
        if not length:
            raise Unsatisfiable
        return Part(size - length, size - 1)
    first, last = int(found[1]), int(found[2] or size)
    if last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return Part(first, min(last, size - 1))
