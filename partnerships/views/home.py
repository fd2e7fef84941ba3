"""The first page, and the page that explains the registry."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnerships.selectors import dossiers, tallies
from partnerships.views.caching import Stamp, context, public_page

NEWEST = 6


@public_page
def home(request: HttpRequest, stamp: Stamp) -> HttpResponse:
    totals, countries = tallies.of_countries()
    newest = dossiers.newest(size=NEWEST, on=stamp.day)
    values = context(stamp, totals=totals, countries=countries, newest=newest)
    return render(request, "partnerships/public/home.html", values)


@public_page
def about(request: HttpRequest, stamp: Stamp) -> HttpResponse:
    return render(request, "partnerships/public/about.html", context(stamp))
