"""Reading what is sent: JSON that is JSON, and no more of it than a filing can be."""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.parsers import BaseParser, MultiPartParser

MOST_JSON = 1024 * 1024
#: What a form says beside its file.
_BESIDE_FILE = 64 * 1024


class TooLarge(exceptions.APIException):
    status_code = 413

    def __init__(self, most: int) -> None:
        super().__init__(_("This is larger than %(most)s bytes.") % {"most": most})


def _refuse_large(context: Any, most: int) -> None:
    """By what the request says of itself: nothing of it is read before."""
    given = context["request"].META.get("CONTENT_LENGTH") or "0"
    if not given.isdigit() or int(given) > most:
        raise TooLarge(most)


class Json(BaseParser):
    """UTF-8 alone, no NaN, and no deeper than a thousand levels."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        _refuse_large(parser_context, MOST_JSON)
        try:
            return orjson.loads(stream.read())
        except (orjson.JSONDecodeError, RecursionError) as error:
            raise exceptions.ParseError(_("This is no JSON: %(why)s.") % {"why": str(error)[:200]}) from error


class FormWithFile(MultiPartParser):
    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        _refuse_large(parser_context, settings.DOCUMENT_MAX_BYTES + _BESIDE_FILE)
        return super().parse(stream, media_type, parser_context)
