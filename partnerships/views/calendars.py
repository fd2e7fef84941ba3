"""Calendars of a country, a community or an affiliation: its anniversaries, and what other apps have dates of."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django_countries import countries as iso_countries

from partnerships.filters.anniversaries import CalendarFilter
from partnerships.rules.freshness import add_months
from partnerships.selectors import agenda, tallies
from partnerships.selectors import anniversaries as selector
from partnerships.selectors.agenda import Place
from partnerships.transfer import calendars
from partnerships.views import anniversaries
from partnerships.views.caching import Stamp, public_page
from partnerships.views.exports import absolute
from partnerships.views.listing import refused

#: Years between two anniversaries that a calendar names where nobody asks for others: of one pair every year.
OF_COUNTRY, OF_COMMUNITY, OF_AFFILIATION = 25, 5, 1


@public_page
def country(request: HttpRequest, stamp: Stamp, code: str) -> HttpResponseBase:
    if not iso_countries.alpha2(code):
        raise Http404
    return _calendar(request, stamp, agenda.of_country(code, tallies.country_name(code)), OF_COUNTRY)


@public_page
def jurisdiction(request: HttpRequest, stamp: Stamp, key: str) -> HttpResponseBase:
    return _calendar(request, stamp, agenda.of_jurisdiction(int(key)), OF_COMMUNITY)


@public_page
def affiliation(request: HttpRequest, stamp: Stamp, number: str) -> HttpResponseBase:
    return _calendar(request, stamp, agenda.of_affiliation(number), OF_AFFILIATION)


def _calendar(request: HttpRequest, stamp: Stamp, place: Place | None, every: int) -> HttpResponseBase:
    if place is None:
        raise Http404(_("There is nothing here."))
    asked = CalendarFilter(request.GET)
    if asked.problems:
        told = [f"{name}: {message}" for name, messages in asked.problems.items() for message in messages]
        return refused(request, " ".join(told))
    turns = place.anniversaries(asked.years or every)
    found = selector.between(stamp.day, add_months(stamp.day, 12), turns, on=stamp.day)
    events = [*anniversaries.events(found), *calendars.offered(place, stamp.day)]
    written = calendars.calendar(
        events,
        name=_("%(place)s: dates of sister cities") % {"place": place.name},
        url=absolute(place.path),
        on=stamp.day,
    )
    headers = {"Content-Disposition": 'inline; filename="calendar.ics"'}
    return HttpResponse(written, content_type=calendars.MEDIA_TYPE, headers=headers)
