"""The OpenAPI description, and a page on which it can be read and tried: nothing on it comes from another host, and
it needs no script or style that stands in the page."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api.caching import CACHE_CONTROL
from partnerships.api.views.base import OpenView


@cache
def _description() -> Any:
    """Worked out once: it depends on the code alone."""
    return SchemaGenerator().get_schema(request=None, public=True)


class Schema(OpenView, SpectacularAPIView):
    """YAML, or JSON by ``?format=json`` or ``Accept``."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        suffix = "json" if request.accepted_renderer.format == "json" else "yaml"
        headers = {"Content-Disposition": f'inline; filename="openapi.{suffix}"', "Cache-Control": CACHE_CONTROL}
        return Response(_description(), headers=headers)


class Docs(SpectacularSwaggerSplitView):
    url_name = "api_schema"
    template_name = "partnerships/api_docs.html"
