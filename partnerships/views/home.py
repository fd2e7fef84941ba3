"""The first page, and the page that explains the registry."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnerships.selectors import dossiers, tallies
from partnerships.views import worlds
from partnerships.views.caching import Stamp, context, public_page

NEWEST = 5


@public_page
def home(request: HttpRequest, stamp: Stamp) -> HttpResponse:
    totals, countries = tallies.of_countries()
    newest = dossiers.newest(size=NEWEST, on=stamp.day)
    world = worlds.shaded({row.code: row.open for row in countries}, worlds.ties_of(row for _agreement, row in newest))
    values = context(stamp, nav="home", totals=totals, countries=countries, newest=newest, world=world)
    return render(request, "partnerships/public/home.html", values)


@public_page
def about(request: HttpRequest, stamp: Stamp) -> HttpResponse:
    return render(request, "partnerships/public/about.html", context(stamp))
