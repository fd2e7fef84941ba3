"""What search engines are told: where the pages are, and which addresses are none of their business.

A part of the site map is a range of keys, so that writing any of them costs the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from partnerships.selectors import sitemap
from partnerships.selectors.sitemap import PER_PART
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.exports import absolute

ALWAYS = ("home", "countries", "affiliations", "programs", "anniversaries", "seeking", "register", "about")


@public_page
def index(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    parts = [("pages", 1)]
    parts += [(noun, part + 1) for noun, last in sitemap.last_keys().items() for part in range(last // PER_PART + 1)]
    addresses = [absolute(reverse("sitemap-part", args=part)) for part in parts]
    return _xml(request, "index", stamp, addresses)


@public_page
def part(request: HttpRequest, stamp: Stamp, noun: str, which: str) -> HttpResponseBase:
    number = int(which)
    if noun == "pages" and number == 1:
        codes = [reverse("country", args=[code]) for code in sitemap.countries()]
        return _xml(request, "part", stamp, map(absolute, [*map(reverse, ALWAYS), *codes]))
    if noun not in sitemap.nouns() or not 1 <= number < 10_000:
        raise Http404
    keys = sitemap.keys(noun, number)
    return _xml(request, "part", stamp, [absolute(reverse(sitemap.address(noun), args=key)) for key in keys])


def _xml(request: HttpRequest, template: str, stamp: Stamp, addresses: Iterable[str]) -> HttpResponse:
    values = context(stamp, addresses=list(addresses))
    return render(request, f"partnerships/public/sitemap_{template}.xml", values, content_type="application/xml")


@public_page
def robots(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    values = context(stamp, sitemap=absolute(reverse("sitemap")))
    return render(request, "partnerships/public/robots.txt", values, content_type="text/plain; charset=utf-8")
