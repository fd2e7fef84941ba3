"""What is answered after a mistake of our own: a page for people, a problem document for programs."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse
from django.views import defaults

from partnerships.api import problems


def server_error(request: HttpRequest) -> HttpResponse:
    """Django has logged and reported the error, under the same id, before it asks for the answer."""
    if request.path_info.startswith("/api/"):
        return problems.unexpected(structlog.contextvars.get_contextvars().get("request_id", ""))
    return defaults.server_error(request)
