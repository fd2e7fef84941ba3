"""Countries, and the affiliations of one country or of one state or province."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_countries import countries as iso_countries

from partnerships.filters.affiliations import AffiliationFilter
from partnerships.models import Jurisdiction
from partnerships.selectors import tallies
from partnerships.selectors.browse import BadCursor
from partnerships.views import atlas, exports, sentences
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import address_with, as_file, asked_format, listing, refused

#: Ties that are drawn beside a list; more are shaded by country.
MOST_DRAWN = 60
COLUMNS = ("code", "name", "open", "sister", "friendship", "ended", "url")


@public_page
def countries(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    try:
        wanted = asked_format(request, ("csv", "json"))
    except ValueError as error:
        return refused(request, str(error))
    totals, found = tallies.of_countries()
    if wanted:
        rows = (
            {**asdict(row), "open": row.open, "url": exports.absolute(reverse("country", args=[row.code]))}
            for row in found
        )
        return exports.table(rows, COLUMNS, "countries", wanted)
    values = context(stamp, nav="countries", totals=totals, countries=found)
    return render(request, "partnerships/public/countries.html", values)


@public_page
def country(request: HttpRequest, stamp: Stamp, code: str) -> HttpResponseBase:
    if not iso_countries.alpha2(code.upper()):
        raise Http404
    if code != code.upper():
        return redirect("country", code.upper(), permanent=True)
    asked = AffiliationFilter(request.GET, fixed={"country": [code]})
    if answer := as_file(request, stamp, asked, f"affiliations-{code}"):
        return answer
    there = tallies.around(code)
    try:
        found = listing(
            request,
            stamp,
            asked,
            countries=there.countries,
            subdivisions=_of_partners(there, asked.criteria.countries),
            own=there.own,
            own_label=_("In %(place)s") % {"place": sentences.in_sentence(code)},
        )
    except BadCursor:
        return refused(request, _("The page number in the address is not one of this list."))
    values = context(
        stamp,
        nav="countries",
        code=code,
        name=tallies.country_name(code),
        in_sentence=sentences.in_sentence(code),
        subdivisions=there.own,
        listing=found,
        map_query=_on_the_map(request, code),
        world=atlas.world(asked.criteria, stamp, found.total, MOST_DRAWN),
    )
    return render(request, "partnerships/public/country.html", values)


def _on_the_map(request: HttpRequest, code: str) -> str:
    """The same filters as the map takes them: without an order of rows, and with the country by name."""
    query = request.GET.copy()
    query.pop("sort", None)
    query.setlist("country", [code, *query.getlist("country")])
    return address_with(query)


def _of_partners(there: tallies.Around, countries: tuple[str, ...]) -> list[tallies.PlaceTotal]:
    """The states or provinces of the partners; of one country only, where one was chosen."""
    chosen = countries[1:]
    return [place for place in there.partners if not chosen or place.code[:2] in chosen]


@public_page
def subdivision(request: HttpRequest, stamp: Stamp, code: str) -> HttpResponseBase:
    if code != code.upper():
        return redirect("subdivision", code.upper(), permanent=True)
    known = code in tallies.subdivision_names()
    if not known and not Jurisdiction.objects.filter(subdivision=code, provisional=False).exists():
        raise Http404
    asked = AffiliationFilter(request.GET, fixed={"subdivision": [code]})
    if answer := as_file(request, stamp, asked, f"affiliations-{code}"):
        return answer
    try:
        found = listing(request, stamp, asked, countries=tallies.partner_countries(code[:2], code))
    except BadCursor:
        return refused(request, _("The page number in the address is not one of this list."))
    values = context(
        stamp,
        nav="countries",
        code=code,
        name=tallies.subdivision_name(code),
        country_code=code[:2],
        country=tallies.country_name(code[:2]),
        listing=found,
    )
    return render(request, "partnerships/public/subdivision.html", values)
