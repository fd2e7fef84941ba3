"""Anniversaries of affiliations, month by month, and as a calendar to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.filters.anniversaries import AnniversaryFilter
from partnerships.rules.freshness import add_months
from partnerships.selectors import anniversaries as selector
from partnerships.selectors import tallies
from partnerships.selectors.anniversaries import Anniversary
from partnerships.transfer import addresses, calendars
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.exports import absolute
from partnerships.views.listing import refused

#: Rows of a month that the page shows.
SHOWN = 200


class Panel(forms.Form):
    """What can be chosen; what was sent is judged by the filter."""

    use_required_attribute = False
    month = forms.CharField(label=gettext_lazy("Month"), widget=forms.TextInput(attrs={"type": "month"}))
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    every = forms.ChoiceField(
        label=gettext_lazy("Years"),
        choices=[
            ("", gettext_lazy("Every 25 years")),
            ("10", gettext_lazy("Every 10 years")),
            ("5", gettext_lazy("Every 5 years")),
            ("1", gettext_lazy("Every year")),
        ],
    )


@public_page
def anniversaries(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    asked = AnniversaryFilter(request.GET)
    if asked.problems:
        return refused(request, " ".join(message for messages in asked.problems.values() for message in messages))
    month = asked.month_asked or stamp.day.replace(day=1)
    found = selector.between(month, add_months(month, 1), asked.criteria, on=stamp.day, size=SHOWN + 1)
    values = context(
        stamp,
        month=date_format(month, "YEAR_MONTH_FORMAT"),
        found=found[:SHOWN],
        more=len(found) > SHOWN,
        panel=_panel(request.GET, month),
        previous_url=_with(request.GET, month=f"{add_months(month, -1):%Y-%m}"),
        next_url=_with(request.GET, month=f"{add_months(month, 1):%Y-%m}"),
        calendar_url=reverse("anniversaries-calendar") + _with(request.GET, month=""),
    )
    return render(request, "partnerships/public/anniversaries.html", values)


def _panel(query: QueryDict, month: date) -> Panel:
    panel = Panel({**query.dict(), "month": f"{month:%Y-%m}"}, auto_id="filter-%s")
    places = [(place.code, place.name) for place in tallies.of_countries()[1] if place.open]
    panel.fields["country"].choices = [("", _("All countries")), *places]  # type: ignore[attr-defined]
    return panel


def _with(query: QueryDict, **values: str) -> str:
    changed = query.copy()
    for name, value in values.items():
        changed[name] = value
    for name in [name for name, sent in changed.lists() if not any(sent)]:
        del changed[name]
    return f"?{changed.urlencode()}" if changed else ""


@public_page
def calendar(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    """The anniversaries of the next twelve months whose day is known, in a form that calendars subscribe to."""
    asked = AnniversaryFilter(request.GET)
    if asked.problems or asked.month_asked:
        messages = [message for messages in asked.problems.values() for message in messages]
        return refused(request, " ".join(messages) or _("The calendar always holds the next twelve months."))
    found = selector.between(stamp.day, add_months(stamp.day, 12), asked.criteria, on=stamp.day)
    written = calendars.calendar(
        events(found),
        name=_("Anniversaries of sister cities"),
        url=absolute(reverse("anniversaries")),
        on=stamp.day,
    )
    headers = {"Content-Disposition": 'inline; filename="anniversaries.ics"'}
    return HttpResponse(written, content_type=calendars.MEDIA_TYPE, headers=headers)


def events(found: Iterable[Anniversary]) -> Iterable[calendars.Event]:
    """Those whose day is known, as calendars name them."""
    host = urlsplit(settings.SITE_URL).hostname or "registry"
    for one in found:
        if one.on is None:
            continue
        names = " – ".join(party.name for party in one.row.parties)
        years = ngettext("%(years)s year", "%(years)s years", one.years) % {"years": one.years}
        yield calendars.Event(
            uid=f"{one.row.number}-{one.years}@{host}",
            summary=f"{names}: {years}" + (f" ({_('fictional example')})" if one.row.fictional else ""),
            start=one.on,
            url=addresses.affiliation(one.row.number),
            text=_("Since %(since)s, %(number)s.") % {"since": one.row.since, "number": one.row.number},
        )
