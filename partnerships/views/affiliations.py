"""All affiliations, and one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerships.filters.affiliations import AffiliationFilter
from partnerships.rules import numbers
from partnerships.selectors import dossiers
from partnerships.selectors.browse import BadCursor
from partnerships.views import citations, worlds
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import as_file, listing, refused


@public_page
def affiliations(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    asked = AffiliationFilter(request.GET)
    if answer := as_file(request, stamp, asked, "affiliations"):
        return answer
    try:
        found = listing(request, stamp, asked, by_name=asked.criteria.has_place)
    except BadCursor:
        return refused(request, _("The page number in the address is not one of this list."))
    return render(request, "partnerships/public/affiliations.html", context(stamp, listing=found))


@public_page
def affiliation(request: HttpRequest, stamp: Stamp, number: str) -> HttpResponseBase:
    known = numbers.parse(number)
    if known is None or known.is_agreement:
        raise Http404
    if number != str(known):
        return redirect("affiliation", str(known), permanent=True)
    found = dossiers.affiliation(number, on=stamp.day)
    if found is None:
        raise Http404
    if isinstance(found, dossiers.Renumbered):
        return redirect("affiliation", found.number, permanent=True)
    values = context(
        stamp,
        dossier=found,
        row=found.row,
        citation=citations.affiliation(found, stamp.day),
        world=worlds.of_ties(worlds.ties_of([found.row])),
    )
    return render(request, "partnerships/public/affiliation.html", values)
