"""Whatever goes wrong is answered with a problem document (RFC 9457) that names each field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions

from partnerships.selectors.keyset import BadCursor

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one parameter: a code for programs, a message for people."""

    field: str
    code: str
    message: str


class BadQuestion(exceptions.APIException):
    """The parameters cannot be used as they are."""

    status_code = 400
    default_detail = gettext_lazy("The question cannot be answered as it is.")

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to an exception of a view; ``None`` for a mistake of our own, which is Django's to report."""
    known = _known(error)
    if known is None:
        return None
    status, detail, faults = known
    answer = problem(status, detail, faults)
    if header := getattr(error, "auth_header", None):
        answer["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        answer["Retry-After"] = str(int(wait))
    return answer


def _known(error: Exception) -> tuple[int, str, tuple[Fault, ...]] | None:
    if isinstance(error, BadQuestion):
        return 400, str(error.detail), error.faults
    if isinstance(error, BadCursor):
        return 400, str(BadQuestion.default_detail), (bad_cursor(),)
    if isinstance(error, Http404 | exceptions.NotFound):
        return 404, _("There is nothing at this address."), ()
    if isinstance(error, exceptions.NotAcceptable):
        return 406, _("None of the media types that are accepted can be given."), ()
    if isinstance(error, exceptions.Throttled):
        return (
            429,
            _("Too many requests: wait %(seconds)s seconds.") % {"seconds": int(getattr(error, "wait", None) or 1)},
            (),
        )
    if isinstance(error, PermissionDenied):
        return 403, _("This is not allowed."), ()
    if isinstance(error, SuspiciousOperation):
        return 400, _("The request cannot be read."), ()
    if isinstance(error, exceptions.APIException):
        return error.status_code, str(error.detail), ()
    return None


def bad_cursor() -> Fault:
    return Fault("cursor", "bad-cursor", _("This cursor does not belong to this list: begin without one."))


def problem(status: int, detail: str, faults: Iterable[Fault] = ()) -> HttpResponse:
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": [{"field": fault.field, "code": fault.code, "message": fault.message} for fault in faults],
    }
    return HttpResponse(
        orjson.dumps(document), status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"}
    )
