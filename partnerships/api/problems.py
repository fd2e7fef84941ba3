"""Whatever goes wrong is answered with a problem document (RFC 9457) that names each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions

from partnerships.exceptions import Changed, Finding, Invalid, KeyReused, Missing, NotAllowed, RegistryError, Unmet
from partnerships.filters.fields import clipped
from partnerships.selectors.keyset import BadCursor

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one parameter: a code for programs, a message for people."""

    field: str
    code: str
    message: str
    #: Of a finding of the recognition rules: how much it weighs, and the practice from which its rule follows.
    severity: str = ""
    source: str = ""

    def told(self) -> dict[str, str]:
        of_rules = {"severity": self.severity, "source": self.source} if self.severity else {}
        return {"field": self.field, "code": self.code, "message": self.message, **of_rules}


class BadQuestion(exceptions.APIException):
    """The parameters cannot be used as they are."""

    status_code = 400
    default_detail = gettext_lazy("The question cannot be answered as it is.")

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


class Unusable(exceptions.APIException):
    """What was sent can be read, but not be used as it is."""

    status_code = 422
    default_detail = gettext_lazy("What was sent cannot be used as it is.")

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to an exception of a view; ``None`` for a mistake of our own (``unexpected``)."""
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
    if isinstance(error, RegistryError):
        return _refused(error)
    if isinstance(error, Unusable):
        return 422, str(error.detail), error.faults
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
    if isinstance(error, RequestDataTooBig):
        return 413, _("This is too large."), ()
    if isinstance(error, SuspiciousOperation):
        return 400, _("The request cannot be read."), ()
    if isinstance(error, exceptions.APIException):
        return error.status_code, str(error.detail), ()
    return None


_REFUSALS: dict[type[RegistryError], int] = {
    NotAllowed: 403,
    Missing: 404,
    Changed: 412,
    Invalid: 422,
    Unmet: 422,
    KeyReused: 422,
}


def _refused(error: RegistryError) -> tuple[int, str, tuple[Fault, ...]]:
    """What an operation refuses, in the words of HTTP; whatever is not named is a conflict with what stands."""
    status = next((status for kind, status in _REFUSALS.items() if isinstance(error, kind)), 409)
    if isinstance(error, Unmet):
        return status, _("The rules of recognition still stand in the way."), tuple(map(of_finding, error.findings))
    if isinstance(error, Invalid):
        faults = [Fault(name, error.code, text) for name, texts in error.errors.items() for text in texts]
        return status, str(Unusable.default_detail), tuple(faults)
    return status, error.message, ()


def of_finding(found: Finding) -> Fault:
    """A finding of the recognition rules; its field is the part of the filing where it can be put right."""
    return Fault(found.step, found.code, found.text(_), found.severity, found.source)


def flat(errors: Any, path: str = "") -> Iterator[Fault]:
    """What a serializer found, each by where the value stood: ``signatories.0.name``."""
    if isinstance(errors, Mapping):
        for name, found in errors.items():
            here = path if name == "non_field_errors" else f"{path}.{name}".strip(".")
            yield from flat(found, here)
    elif isinstance(errors, list):
        for place, found in enumerate(errors):
            yield from flat(found, f"{path}.{place}".strip(".") if isinstance(found, Mapping | list) else path)
    elif errors:
        yield Fault(clipped(path), str(getattr(errors, "code", "invalid")).replace("_", "-"), str(errors))


def bad_cursor() -> Fault:
    return Fault("cursor", "bad-cursor", _("This cursor does not belong to this list: begin without one."))


def unexpected(request_id: str) -> HttpResponse:
    """The answer to a mistake of our own, wherever it happened: nothing of it but the id under which it is logged."""
    detail = _("Something went wrong on our side. Please try again in a few minutes.")
    answer = problem(500, detail, request_id=request_id)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def problem(status: int, detail: str, faults: Iterable[Fault] = (), **more: str) -> HttpResponse:
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": [fault.told() for fault in faults],
        **more,
    }
    return HttpResponse(
        orjson.dumps(document), status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"}
    )
