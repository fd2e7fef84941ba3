"""Open data: what there is to download, the dictionary of every column, and the files themselves."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from partnerships.choices import PublicationKind
from partnerships.selectors import publications
from partnerships.transfer.open_data import stored, words
from partnerships.transfer.open_data.spec import tables
from partnerships.views import exports, ranges
from partnerships.views.caching import Stamp, context, published_page

#: Any web page may read the files, and know what it read.
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@published_page(PublicationKind.OPEN_DATA)
def data(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    found = publications.latest(PublicationKind.OPEN_DATA)
    names = {table.file_name for table in tables()}
    files = [{**file, "about": words.about(file["name"])} for file in found.content["files"]] if found else []
    values = context(
        stamp,
        nav="data",
        found=found,
        tables=[file for file in files if file["name"] in names],
        others=[file for file in files if file["name"] not in names],
        dictionary=tables(),
        licence=words.LICENCE,
        package_url=exports.absolute("/data/datapackage.json"),
    )
    return render(request, "partnerships/public/open_data.html", values)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the published edition. Its tag is its hash, so that it holds for as long as the file is the same."""
    found = publications.latest(PublicationKind.OPEN_DATA)
    known = {one["name"]: one for one in found.content["files"]} if found else {}
    if found is None or name not in known:
        raise Http404
    one, tag = known[name], f'"{known[name]["sha256"]}"'
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    response = unchanged or _answer(request, f"{found.content['folder']}/{name}", one, tag)
    for header, value in {**_OPEN, "ETag": tag, "Accept-Ranges": "bytes"}.items():
        response[header] = value
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _answer(request: HttpRequest, place: str, one: dict[str, Any], tag: str) -> HttpResponseBase:
    size = one["size"]
    try:
        part = ranges.asked(request, size, tag)
    except ranges.Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, length = (part.first, part.length) if part else (0, size)
    headers = {"Content-Length": str(length), "Content-Disposition": f'attachment; filename="{one["name"]}"'}
    if part:
        headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    kind = one["media_type"] + ("; charset=utf-8" if one["media_type"].startswith("text/") else "")
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, content_type=kind, headers=headers)
    try:
        body = stored.parts(place, first, length)
    except FileNotFoundError:
        return HttpResponse(status=503, headers={"Retry-After": "600"})
    return StreamingHttpResponse(body, status=status, content_type=kind, headers=headers)
