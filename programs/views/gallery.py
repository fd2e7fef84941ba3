"""The gallery of a cycle: finalists and winners, as far as consents allow."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from partnerships.views.caching import Stamp, context, public_page
from programs.selectors import gallery as works
from programs.views.cycles import found

PAGE_SIZE = 60
_LONGEST = 5


@public_page
def gallery(request: HttpRequest, stamp: Stamp, slug: str, cycle: str) -> HttpResponseBase:
    row = found(slug, cycle, stamp)
    if not row.program.kind.entries:
        raise Http404
    typed = request.GET.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST else 1
    start = (max(page, 1) - 1) * PAGE_SIZE
    shown = works.works_of(cycle_id=row.id, start=start, most=PAGE_SIZE + 1)
    values = context(
        stamp,
        nav="programs",
        row=row,
        works=shown[:PAGE_SIZE],
        next_url=f"?page={page + 1}" if len(shown) > PAGE_SIZE else "",
        previous_url=f"?page={page - 1}" if page > 1 else "",
    )
    return render(request, "programs/public/gallery.html", values)
