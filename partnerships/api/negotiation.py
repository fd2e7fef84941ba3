"""In which form an answer is given: ``?format=`` before ``Accept``, JSON where neither says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from partnerships.api.problems import BadQuestion, Fault
from partnerships.filters.fields import clipped


class Json(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return orjson.dumps(data)


class Csv(Json):
    """Lists only, written by ``views.files``."""

    media_type = "text/csv"
    format = "csv"


class GeoJson(Json):
    """Lists only, written by ``views.files``."""

    media_type = "application/geo+json"
    format = "geojson"


class JsonLd(Json):
    """In words of schema.org; lists written by ``views.files``, one thing by ``views.files.one``."""

    media_type = "application/ld+json"
    format = "jsonld"


class FormatBeforeAccept(DefaultContentNegotiation):
    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """A form that the address names is given whatever ``Accept`` says: links and browsers cannot change that."""
        renderers = list(renderers)
        wanted = request.query_params.get("format")
        if wanted is None:
            return super().select_renderer(request, renderers, format_suffix)
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        offered = ", ".join(dict.fromkeys(str(renderer.format) for renderer in renderers))
        message = _("“%(wanted)s” is not offered here; there is %(offered)s.")
        raise BadQuestion([Fault("format", "unknown", message % {"wanted": clipped(wanted), "offered": offered})])
