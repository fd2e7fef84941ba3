"""Public pages depend on the register's head, the calendar day, the language and the address, and on nothing else.

``public_page`` makes these four the entity tag, answers 304 before any other work, and gives the view its ``Stamp``:
a public view reads the day from there and never looks at the session or at who asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language

from partnerships.choices import PublicationKind
from partnerships.selectors import publications, register
from partnerships.selectors.edition import edition

Kwargs = ParamSpec("Kwargs")


@dataclass(frozen=True)
class Stamp:
    """The state of the record that a page shows: last entry of the register, and the day."""

    seq: int
    hash: str
    day: date


PublicView = Callable[Concatenate[HttpRequest, Stamp, Kwargs], HttpResponseBase]
Page = Callable[Concatenate[HttpRequest, Kwargs], HttpResponseBase]


def public_page(view: PublicView[Kwargs]) -> Page[Kwargs]:
    """A page that is the same for everybody and may be kept by anybody, as long as they ask whether it still holds."""
    return _answering(view, lambda: "")


def published_page(kind: PublicationKind) -> Callable[[PublicView[Kwargs]], Page[Kwargs]]:
    """The same for a page that shows what was worked out in the background: it also changes when that is renewed."""

    def decorate(view: PublicView[Kwargs]) -> Page[Kwargs]:
        return _answering(view, lambda: publications.version(kind))

    return decorate


def _answering(view: PublicView[Kwargs], version: Callable[[], str]) -> Page[Kwargs]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Kwargs.args, **kwargs: Kwargs.kwargs) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        seq, head = register.head()
        stamp = Stamp(seq, head, timezone.localdate())
        tag = entity_tag(stamp, request, version())
        known = get_conditional_response(request, etag=tag)
        unchanged = known is not None and known.status_code == 304
        response = known if known is not None and unchanged else view(request, stamp, *args, **kwargs)
        if response.status_code in (200, 304):
            response["ETag"] = tag
        if response.status_code in (200, 301, 304):
            response["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response

    return answer


def entity_tag(stamp: Stamp, request: HttpRequest, version: str = "") -> str:
    state = (str(stamp.seq), stamp.hash, str(stamp.day), version)
    parts = (*state, get_language() or "", request.get_full_path(), edition())
    return "W/" + quote_etag(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32])


def context(stamp: Stamp, **values: Any) -> dict[str, Any]:
    """What a template of a public page gets: its own values, and the head for the foot of the page."""
    return {"register_head": {"seq": stamp.seq, "hash": stamp.hash}, "today": stamp.day, **values}
