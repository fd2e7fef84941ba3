"""One participation as everybody may read it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from partnerships.views.caching import Stamp, context, public_page
from programs.selectors import dossiers
from programs.templatetags.programs import money
from programs.views import listings, words


@public_page
@listings.knowing()
def participation(request: HttpRequest, stamp: Stamp, slug: str, cycle: str, key: str) -> HttpResponseBase:
    found = dossiers.participation(slug, cycle, int(key))
    if found is None:
        raise Http404
    row = found.row
    values = context(
        stamp,
        nav="programs",
        dossier=found,
        row=row,
        details=words.details(row.detail),
        awarded=money(row.awarded, row.cycle.currency),
        paid=money(row.paid or None, row.cycle.currency),
        activities=[{"row": one, "details": words.details(one.detail)} for one in found.activities],
    )
    return render(request, "programs/public/participation.html", values)
