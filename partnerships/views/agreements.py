"""A registered agreement, and its public documents."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from partnerships.rules import numbers
from partnerships.selectors import documents as document_selector
from partnerships.selectors import dossiers
from partnerships.views import citations
from partnerships.views.caching import Stamp, context, public_page


@public_page
def agreement(request: HttpRequest, stamp: Stamp, number: str) -> HttpResponseBase:
    known = numbers.parse(number)
    if known is None or not known.is_agreement:
        raise Http404
    if number != str(known):
        return redirect("agreement", str(known), permanent=True)
    found = dossiers.agreement(number, on=stamp.day)
    if found is None:
        raise Http404
    values = context(stamp, dossier=found, row=found.row, citation=citations.agreement(found, stamp.day))
    return render(request, "partnerships/public/agreement.html", values)


@require_safe
def document(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A public document of a registered agreement: saved, never shown, because others wrote it."""
    found = document_selector.public(int(key))
    if found is None:
        raise Http404
    known_as = document_selector.file_name(found.filing.agreement.number, found.role, found.pk, found.media_type)
    if name != known_as:
        return redirect("document", found.pk, known_as, permanent=True)
    tag = f'"{found.sha256}"'
    unchanged = get_conditional_response(request, etag=tag)
    response: HttpResponseBase
    if unchanged is not None and unchanged.status_code == 304:
        response = unchanged
    else:
        try:
            opened = found.file.open("rb")
        except FileNotFoundError:
            return HttpResponse(status=503, headers={"Retry-After": "600"})
        response = FileResponse(opened, as_attachment=True, filename=known_as, content_type=found.media_type)
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
