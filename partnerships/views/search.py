"""The one search box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerships.filters.search import SearchFilter
from partnerships.selectors import search as selector
from partnerships.selectors.facets import Facet, Facets
from partnerships.selectors.search import Found
from partnerships.transfer import found_lines
from partnerships.views import exports
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import asked_format, refused


@dataclass(frozen=True)
class FacetLink:
    """A value of a facet with the address that chooses it or takes it back."""

    facet: Facet
    url: str


@dataclass(frozen=True)
class FacetGroup:
    label: str
    links: tuple[FacetLink, ...]


@public_page
def search(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    try:
        wanted = asked_format(request, ("csv", "json"))
    except ValueError as error:
        return refused(request, str(error))
    given = request.GET.get("q", "").strip()
    asked = SearchFilter(request.GET)
    problem = _problem(given)
    left_out = [message for name in _FACETS for message in asked.problems.get(name, ())]
    if wanted and (problem or left_out):
        return refused(request, problem or " ".join(left_out))
    found = Found() if problem else selector.search(given, on=stamp.day, chosen=asked.chosen, head=stamp.hash)
    if wanted:
        return exports.table(found_lines.lines(found), tuple(found_lines.COLUMNS), "search", wanted)
    shown = given[: selector.LONGEST].replace("\x00", "")
    values = context(stamp, query=shown, search_query=shown, found=found, problem=problem, left_out=left_out)
    values |= {"groups": _groups(found.facets, request.GET), "narrowed": bool(asked.chosen), "clear": _clear(shown)}
    return render(request, "partnerships/public/search.html", values)


def _problem(text: str) -> str:
    if "\x00" in text:
        return _("The text holds a character that no name has.")
    if len(text) > selector.LONGEST:
        return _("Search for at most %(most)s characters.") % {"most": selector.LONGEST}
    return ""


_FACETS = ("country", "kind", "standing")


def _groups(facets: Facets, query: QueryDict) -> list[FacetGroup]:
    """The facets with something to choose, each value with its address."""
    labels = {"country": _("Country"), "kind": _("Kind"), "standing": _("Standing")}
    groups = []
    for name in _FACETS:
        values: tuple[Facet, ...] = getattr(facets, name)
        if len(values) > 1 or any(facet.chosen for facet in values):
            links = tuple(FacetLink(facet, _turned(query, name, facet, values)) for facet in values)
            groups.append(FacetGroup(labels[name], links))
    return groups


def _turned(query: QueryDict, name: str, facet: Facet, values: Iterable[Facet]) -> str:
    """This search with the value chosen, or taken back where it is."""
    chosen = [one.value for one in values if one.chosen != (one.value == facet.value)]
    changed = query.copy()
    changed.pop("format", None)
    changed.setlist(name, chosen)
    return f"?{changed.urlencode()}"


def _clear(text: str) -> str:
    fresh = QueryDict(mutable=True)
    fresh["q"] = text
    return f"?{fresh.urlencode()}"
