"""The register: its entries for people, for feed readers and for mirrors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerships.models import RegisterEntry
from partnerships.selectors import register as selector
from partnerships.views import exports
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import asked_format, refused

PAGE_SIZE = 50
#: Longer texts are no sequence numbers of any register.
_LONGEST_SEQ = 15
#: How canonical JSON (RFC 8785) says it, of the subject or of one of its parties.
_FICTIONAL = '"fictional":true'


@public_page
def register(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    try:
        wanted = asked_format(request, ("json", "csv"))
        before = _sequence(request, "before", stamp.seq + 1)
    except ValueError as error:
        return refused(request, str(error))
    found = selector.latest(before=before, limit=PAGE_SIZE)
    if wanted:
        return exports.table(map(_line, found), COLUMNS, "register", wanted)
    lowest, highest = (found[-1].seq, found[0].seq) if found else (0, 0)
    values = context(
        stamp,
        nav="register",
        entries=list(map(shown, found)),
        next_url=f"?before={lowest}" if lowest > 1 else "",
        previous_url=f"?before={highest + PAGE_SIZE + 1}" if 0 < highest < stamp.seq else "",
    )
    return render(request, "partnerships/public/register.html", values)


COLUMNS = ("seq", "recorded_at", "event", "subject", "payload_hash", "previous_hash", "hash")


def _line(entry: RegisterEntry) -> dict[str, Any]:
    published = selector.public(selector.sealed(entry))
    return {name: published[name] for name in COLUMNS}


def _sequence(request: HttpRequest, name: str, otherwise: int) -> int:
    given = request.GET.get(name, "")
    if not given:
        return otherwise
    if not (given.isascii() and given.isdigit() and len(given) <= _LONGEST_SEQ):
        raise ValueError(_("“%(name)s” has to be the number of an entry.") % {"name": name})
    return int(given)


def shown(entry: RegisterEntry) -> dict[str, Any]:
    """An entry, the page of what it is about, the names that it gives, and whether they are made up."""
    return {
        "entry": entry,
        "url": selector.page_of(entry),
        "names": selector.names_in(entry),
        "fictional": _FICTIONAL in entry.payload,
    }


@public_page
def register_lines(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    """Every entry after a sequence number, one JSON object a line: what a mirror reads and verifies."""
    try:
        after = _sequence(request, "after", 0)
    except ValueError as error:
        return refused(request, str(error))
    return StreamingHttpResponse(
        _published(after),
        content_type="application/x-ndjson",
        headers={"Content-Disposition": 'attachment; filename="register.jsonl"'},
    )


def _published(after: int) -> Iterator[bytes]:
    for entry in selector.stream(after=after):
        yield exports.encoded(selector.public(entry)) + b"\n"
