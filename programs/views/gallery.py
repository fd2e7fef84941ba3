"""The gallery of a cycle: finalists and winners, as far as consents allow."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import refused
from programs.selectors import gallery as works
from programs.views import listings
from programs.views.cycles import found

PAGE_SIZE = 60


@public_page
@listings.knowing("page")
def gallery(request: HttpRequest, stamp: Stamp, slug: str, cycle: str) -> HttpResponseBase:
    row = found(slug, cycle, stamp)
    if not row.program.kind.entries:
        raise Http404
    total = works.count_of(cycle_id=row.id)
    page = _page(request.GET.get("page", "1"), last=max(1, -(-total // PAGE_SIZE)))
    if page is None:
        return refused(request, _("The page number in the address is not one of this list."))
    values = context(
        stamp,
        nav="programs",
        row=row,
        works=works.works_of(cycle_id=row.id, start=(page - 1) * PAGE_SIZE, most=PAGE_SIZE),
        total=total,
        next_url=f"?page={page + 1}" if page * PAGE_SIZE < total else "",
        previous_url=f"?page={page - 1}" if page > 1 else "",
    )
    return render(request, "programs/public/gallery.html", values)


def _page(typed: str, *, last: int) -> int | None:
    """The page that is asked for; ``None`` for what is none of the gallery."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(last))):
        return None
    return int(typed) if 1 <= int(typed) <= last else None
