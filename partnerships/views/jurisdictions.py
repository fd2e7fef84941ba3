"""One community and its partners."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerships.filters.affiliations import AffiliationFilter
from partnerships.selectors import jurisdictions
from partnerships.selectors.browse import BadCursor
from partnerships.views import embeds, worlds
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import as_file, listing, refused


@public_page
def jurisdiction(request: HttpRequest, stamp: Stamp, key: str, slug: str = "") -> HttpResponseBase:
    pk = int(key)
    found = jurisdictions.find(pk, on=stamp.day)
    if found is None:
        raise Http404
    if isinstance(found, jurisdictions.Moved):
        return redirect("jurisdiction", found.id, found.slug, permanent=True)
    if slug != found.party.slug:
        return redirect("jurisdiction", pk, found.party.slug, permanent=True)
    asked = AffiliationFilter(request.GET, fixed={"jurisdiction": [str(pk)]})
    if answer := as_file(request, stamp, asked, f"affiliations-of-{found.party.slug}"):
        return answer
    try:
        partners = listing(request, stamp, asked, community=found.party.name)
    except BadCursor:
        return refused(request, _("The page number in the address is not one of this list."))
    world = worlds.of_ties(worlds.ties_of(partners.rows), main=pk)
    values = context(stamp, profile=found, listing=partners, world=world, embed=embeds.discovery(found.party))
    if not partners.filtered:  # what is not about the list is left to the page as it stands
        values |= {
            "names": jurisdictions.names(pk),
            "organisations": jurisdictions.organisations(pk),
        }
    return render(request, "partnerships/public/jurisdiction.html", values)
