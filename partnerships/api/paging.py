"""One page of a list, with absolute addresses of the next and the one before: ``SITE_URL``, never the Host header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from rest_framework.request import Request

from partnerships.selectors.keyset import BadCursor, Cursor

USUAL_SIZE = 50
_APART = ("cursor", "page_size", "format")
_DIGEST_LENGTH = 16


@dataclass(frozen=True)
class Page:
    """``next`` and ``previous`` are cursors of a selector, empty where there is nothing further."""

    rows: Sequence[Any]
    next: str
    previous: str


def envelope(request: Request, results: Any, count: int, *, following: str, before: str) -> dict[str, Any]:
    """``following`` and ``before`` are cursors of the selector."""
    return {
        "count": count,
        "next": _turned(request, following),
        "previous": _turned(request, before),
        "results": results,
    }


def _turned(request: Request, cursor: str) -> str | None:
    return address(request, cursor=_bound(request, cursor)) if cursor else None


def address(request: Request, **changed: str) -> str:
    """This address with other values of some parameters."""
    kept = [(name, value) for name, value in _pairs(request) if name not in changed]
    query = urlencode([*kept, *changed.items()])
    return f"{settings.SITE_URL}{request.path}" + (f"?{query}" if query else "")


def _pairs(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.query_params.lists() for value in values]


def cursor_of(request: Request, text: str) -> str:
    """The selector's cursor inside one of ours. Raises ``BadCursor`` for one that was given for another question."""
    cursor, _dot, digest = text.rpartition(".")
    if text and not constant_time_compare(digest, _digest(request, cursor)):
        raise BadCursor(text[:40])
    return cursor


def _bound(request: Request, cursor: str) -> str:
    return f"{cursor}.{_digest(request, cursor)}"


def _digest(request: Request, cursor: str) -> str:
    question = urlencode(sorted(pair for pair in _pairs(request) if pair[0] not in _APART))
    return salted_hmac("partnerships.api.cursor", "\n".join((request.path, question, cursor))).hexdigest()[
        :_DIGEST_LENGTH
    ]


def sliced(rows: Sequence[Any], key: Callable[[Any], str], *, size: int, cursor: str) -> Page:
    """One page of a short list that is read as a whole, in the order of its keys."""
    at = Cursor.parse(cursor, sort="short") if cursor else None
    listed = sorted(rows, key=key)
    if at is None:
        found = listed[:size]
    elif at.backward:
        found = [row for row in listed if key(row) < at.key][-size:]
    else:
        found = [row for row in listed if key(row) > at.key][:size]
    if not found:
        return Page((), "", "")
    first, last = key(found[0]), key(found[-1])
    return Page(
        found,
        next=str(Cursor("short", last, 0)) if last != key(listed[-1]) else "",
        previous=str(Cursor("short", first, 0, backward=True)) if first != key(listed[0]) else "",
    )
