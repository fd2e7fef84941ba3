"""Whole lists as files, written while they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from partnerships.transfer import geojson, tables
from partnerships.transfer.open_data import linked

#: What a list that can be a file offers, by the name of the form.
FORMATS = {"csv": "text/csv; charset=utf-8", "geojson": "application/geo+json", "jsonld": "application/ld+json"}


def whole(
    request: Request,
    rows: Callable[[], Iterable[Any]],
    *,
    name: str,
    columns: Mapping[str, tables.Reader],
    feature: Callable[[Any], dict[str, Any]],
    thing: Callable[[Any], bytes] | None = None,
) -> HttpResponseBase:
    """The list in the form that was agreed on: ``thing`` is a row as linked data. HEAD reads no row."""
    kind = str(request.accepted_renderer.format)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    if request.method == "HEAD":
        return HttpResponse(content_type=FORMATS[kind], headers=headers)
    parts: Iterable[Any]
    if kind == "csv":
        parts = tables.csv_lines(rows(), columns)
    elif kind == "jsonld" and thing is not None:
        parts = linked.graph(map(thing, rows()))
    else:
        parts = geojson.collection(map(feature, rows()))
    return StreamingHttpResponse(parts, content_type=FORMATS[kind], headers=headers)


def one(thing: bytes) -> HttpResponse:
    """One thing as linked data."""
    return HttpResponse(linked.alone(thing), content_type=FORMATS["jsonld"])
