"""Published files of programs, such as works of finalists: for everybody, for as long as consent allows."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from programs.selectors import gallery


@require_safe
def file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """The copy without hidden details. Nobody in between keeps it: once a consent is withdrawn, it is nowhere."""
    found = gallery.file(int(key))
    if found is None:
        raise Http404
    known_as = gallery.shown(found).name
    if name != known_as:
        return _guarded(redirect("program_file", found.pk, known_as))
    try:
        opened = found.public_copy.open("rb")
    except FileNotFoundError:
        return _guarded(HttpResponse(status=503, headers={"Retry-After": "600"}))
    return _guarded(FileResponse(opened, as_attachment=True, filename=known_as, content_type=found.public_type))


def _guarded(answer: HttpResponseBase) -> HttpResponseBase:
    """Saved, never shown as a page of its own origin, because others made it; pages may show it as a picture."""
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Robots-Tag"] = "noindex"
    return answer
