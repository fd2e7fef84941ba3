"""The map: the countries shaded by what is asked for, the ties as lines, the same facts as a table.

The filters are those of the list. ``map_data`` is the same for the script that lets the map move.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from partnerships.choices import AffiliationKind
from partnerships.filters.affiliations import AffiliationFilter
from partnerships.filters.panels import MapPanel
from partnerships.selectors import atlas, tallies
from partnerships.selectors.browse import Criteria
from partnerships.selectors.tallies import country_name
from partnerships.views import exports, sentences, worlds
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import address_with, chips_of, counted, notes_on

#: Ties that a drawing which does not move can hold without turning into a knot.
MOST_DRAWN = 300
#: Two decimals of a degree are a kilometre: nobody sees less on a map of the world.
_DECIMALS = 2
_ONE_DAY = 24 * 60 * 60


@public_page
def atlas_page(request: HttpRequest, stamp: Stamp) -> HttpResponse:
    asked = AffiliationFilter(request.GET)
    criteria = asked.criteria
    counts = counted(criteria, stamp)
    total = sum(counts.values())
    drawn = world(criteria, stamp, total, MOST_DRAWN)
    panel = MapPanel(request.GET, problems=asked.problems, countries=tallies.of_countries()[1])
    values = context(
        stamp,
        nav="map",
        world=drawn,
        rows=sorted(drawn.shapes, key=lambda shape: (-shape.count, shape.name.casefold())),
        total=total,
        most=atlas.MOST_TIES,
        summary=sentences.summary(criteria, counts),
        chips=list(chips_of(request.GET, criteria)),
        panel=panel,
        notes=list(notes_on(asked, panel)),
        query=address_with(request.GET),
        kept=[(name, value) for name in ("subdivision", "jurisdiction") for value in request.GET.getlist(name)],
    )
    return render(request, "partnerships/public/map.html", values)


def world(criteria: Criteria, stamp: Stamp, total: int, most: int) -> worlds.World:
    """The drawing of a list: its ties where they are at most so many, else how many each country has."""
    if total > most:
        return worlds.shaded(_by_country(criteria, stamp), crowded=True)
    ties = atlas.ties(criteria, on=stamp.day, most=most)
    return worlds.shaded(ties.countries, ties)


@public_page
def map_data(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    """Places and ties in columns: ``{total, shown, levels, places: {id, name, country, x, y}, ties: [first, second,
    kind, …]}`` with longitude and latitude in hundredths of a degree and kind 0 for sister, 1 for friendship."""
    asked = AffiliationFilter(request.GET)
    if asked.problems:
        return JsonResponse({"problems": asked.problems}, status=400)
    key = _key("map", stamp, asked.criteria)
    body = cache.get(key)
    if body is None:
        body = exports.encoded(_columns(asked.criteria, stamp))
        cache.set(key, body, _ONE_DAY)
    return HttpResponse(body, content_type="application/json")


def _columns(criteria: Criteria, stamp: Stamp) -> dict[str, Any]:
    found = atlas.ties(criteria, on=stamp.day)
    total = sum(counted(criteria, stamp).values())
    by_country = found.countries if total <= atlas.MOST_TIES else _by_country(criteria, stamp)
    scale = 10**_DECIMALS
    return {
        "total": total,
        "shown": len(found.ties),
        "levels": {shape.code: shape.level for shape in worlds.shaded(by_country).shapes},
        "countries": {place.country: country_name(place.country) for place in found.places},
        "places": {
            "id": [place.id for place in found.places],
            "name": [place.name for place in found.places],
            "country": [place.country for place in found.places],
            "x": [round(place.longitude * scale) for place in found.places],
            "y": [round(place.latitude * scale) for place in found.places],
        },
        "ties": [
            value
            for tie in found.ties
            for value in (tie.first, tie.second, int(tie.kind == AffiliationKind.FRIENDSHIP))
        ],
    }


def _by_country(criteria: Criteria, stamp: Stamp) -> dict[str, int]:
    key = _key("countries", stamp, criteria)
    counts: dict[str, int] | None = cache.get(key)
    if counts is None:
        counts = atlas.by_country(criteria, on=stamp.day)
        cache.set(key, counts, _ONE_DAY)
    return counts


def _key(of: str, stamp: Stamp, criteria: Criteria) -> str:
    asked = f"{stamp.hash} {stamp.day} {get_language()} {replace(criteria, sort='-since')!r}"
    return f"atlas:{of}:" + hashlib.sha256(asked.encode()).hexdigest()
