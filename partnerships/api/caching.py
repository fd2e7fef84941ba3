"""A public answer depends on the register's head, the calendar day, the language, the address and the form it has."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.http import quote_etag
from rest_framework.request import Request

from partnerships.selectors import register
from partnerships.selectors.edition import edition

CACHE_CONTROL = "public, max-age=0, must-revalidate"


@dataclass(frozen=True)
class Stamp:
    """The state of the record that an answer shows: the last entry of the register, and the day."""

    seq: int
    hash: str
    day: date

    @classmethod
    def now(cls) -> Stamp:
        """Read before anything else, in one statement: an answer may be newer than its stamp, never older."""
        return cls(*register.head(), day=timezone.localdate())

    def entity_tag(self, request: Request, version: str = "") -> str:
        parts = (
            f"{self.seq} {self.hash} {self.day} {version}",
            translation.get_language() or "",
            request.get_full_path(),
            request.accepted_renderer.format,
            edition(),
        )
        return "W/" + quote_etag(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32])


def speak_as_asked(request: Request) -> None:
    """Answer in the language of ``Accept-Language`` alone: a cookie would make answers differ that caches share."""
    asking = HttpRequest()
    asking.META["HTTP_ACCEPT_LANGUAGE"] = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    translation.activate(translation.get_language_from_request(asking))
