"""The one search box."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.selectors import search as selector
from partnerships.selectors.search import Found
from partnerships.views import exports
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import asked_format, refused

COLUMNS = ("type", "name", "place", "country", "url")


@public_page
def search(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    try:
        wanted = asked_format(request, ("csv", "json"))
    except ValueError as error:
        return refused(request, str(error))
    given = request.GET.get("q", "").strip()
    problem = _problem(given)
    found = Found() if problem else selector.search(given, on=stamp.day)
    if wanted and problem:
        return refused(request, problem)
    if wanted:
        return exports.table(lines(found), COLUMNS, "search", wanted)
    shown = given[: selector.LONGEST].replace("\x00", "")
    values = context(stamp, query=shown, search_query=shown, found=found, problem=problem)
    return render(request, "partnerships/public/search.html", values)


def _problem(text: str) -> str:
    if "\x00" in text:
        return _("The text holds a character that no name has.")
    if len(text) > selector.LONGEST:
        return _("Search for at most %(most)s characters.") % {"most": selector.LONGEST}
    return ""


def lines(found: Found) -> list[dict[str, Any]]:
    """What was found, one line each."""
    communities = [
        _line(
            "community",
            hit.party.name,
            hit.party.subdivision_name,
            hit.party.country,
            "jurisdiction",
            hit.party.id,
            hit.party.slug,
        )
        for hit in found.communities
    ]
    affiliations = [
        _line("affiliation", " – ".join(one.name for one in row.parties), row.number, "", "affiliation", row.number)
        for row in found.affiliations
    ]
    people = [_line("signatory", hit.name, hit.party, "", "agreement", hit.agreement) for hit in found.people]
    agreements = [_line("agreement", found.agreement, "", "", "agreement", found.agreement)] if found.agreement else []
    return [*agreements, *communities, *affiliations, *people]


def _line(what: str, name: str, place: str, country: str, address: str, *args: Any) -> dict[str, Any]:
    url = exports.absolute(reverse(address, args=args))
    return {"type": what, "name": name, "place": place, "country": country, "url": url}
