"""Atom feeds: what the register said last, about everything or about one thing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_countries import countries as iso_countries

from partnerships.models import RegisterEntry
from partnerships.selectors import feeds, tallies
from partnerships.selectors import register as selector
from partnerships.selectors.feeds import Feed
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.register import shown


@public_page
def everything(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    found = selector.latest(before=stamp.seq + 1, limit=feeds.SIZE)
    return _atom(request, stamp, "", "/register/", "/register.atom", found)


@public_page
def country(request: HttpRequest, stamp: Stamp, code: str) -> HttpResponseBase:
    if not iso_countries.alpha2(code):
        raise Http404
    return _of(request, stamp, feeds.of_country(code, tallies.country_name(code)), f"/countries/{code}.atom")


@public_page
def jurisdiction(request: HttpRequest, stamp: Stamp, key: str) -> HttpResponseBase:
    return _of(request, stamp, feeds.of_jurisdiction(int(key)), f"/jurisdictions/{int(key)}.atom")


@public_page
def affiliation(request: HttpRequest, stamp: Stamp, number: str) -> HttpResponseBase:
    return _of(request, stamp, feeds.of_affiliation(number), f"/affiliations/{number}.atom")


def _of(request: HttpRequest, stamp: Stamp, feed: Feed | None, own: str) -> HttpResponseBase:
    if feed is None:
        raise Http404(_("There is nothing here."))
    return _atom(request, stamp, feed.name, feed.path, own, feed.entries)


def _atom(
    request: HttpRequest, stamp: Stamp, name: str, page: str, own: str, found: Iterable[RegisterEntry]
) -> HttpResponseBase:
    entries = [shown(entry) for entry in found]
    updated = entries[0]["entry"].recorded_at.astimezone(UTC) if entries else None
    values = context(stamp, entries=entries, updated=updated, name=name, page=page, own=own)
    return render(request, "partnerships/public/feed.atom", values, content_type="application/atom+xml")
