"""The registry as it was on a day of the past."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerships.filters.affiliations import AffiliationFilter
from partnerships.filters.fields import clipped
from partnerships.selectors import as_of as selector
from partnerships.selectors.browse import BadCursor
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import as_file, listing, refused

_ONE_DAY = 24 * 60 * 60
_COUNTING = "as-of:counting"
#: Seconds.
_AT_MOST, _LOOK_EVERY = 30, 0.05


@public_page
def choose(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    """Leads from the form to the page of the day that was written in it."""
    return _shown(request, stamp, request.GET.get("date", "").strip() or str(stamp.day), moved=True)


@public_page
def as_of(request: HttpRequest, stamp: Stamp, text: str) -> HttpResponseBase:
    return _shown(request, stamp, request.GET.get("as_of", text), moved="as_of" in request.GET)


def _shown(request: HttpRequest, stamp: Stamp, text: str, *, moved: bool) -> HttpResponseBase:
    asked = AffiliationFilter(request.GET, fixed={"as_of": [text]}, also=("date",))
    day = asked.criteria.as_of
    if day is None:
        return _which_day(request, stamp, text, asked.problems.get("as_of", []))
    if moved:
        return redirect("as-of", str(day))
    if answer := as_file(request, stamp, asked, f"affiliations-as-of-{day}"):
        return answer
    try:
        found = listing(request, stamp, asked)
    except BadCursor:
        return refused(request, _("The page number in the address is not one of this list."))
    del found.panel.fields["as_of"]
    values = context(stamp, nav="register", day=day, listing=found)
    if not found.filtered:
        values["totals"] = _totals(stamp, day)
    return render(request, "partnerships/public/as_of.html", values)


def _which_day(request: HttpRequest, stamp: Stamp, text: str, problems: list[str]) -> HttpResponseBase:
    values = context(stamp, nav="register", given=clipped(text), problem=" ".join(problems))
    return render(request, "partnerships/public/as_of_which.html", values, status=400)


def _totals(stamp: Stamp, day: date) -> selector.Totals:
    """Every affiliation of the time is read for them: once, until the record moves, and by one reader at a time."""
    key = f"as-of:{stamp.hash}:{day}"
    kept: selector.Totals | None = cache.get(key)
    if kept is None:
        with _turn():
            if (kept := cache.get(key)) is None:
                kept = selector.totals(day)
                cache.set(key, kept, _ONE_DAY)
    return kept


@contextmanager
def _turn() -> Iterator[None]:
    """Wait while another reader counts, of whichever day: many who ask at once cost what one does. Nobody waits for
    good, so that a server that was killed while counting holds nobody up."""
    waited = 0.0
    while not (mine := cache.add(_COUNTING, 1, _AT_MOST)) and waited < _AT_MOST:
        time.sleep(_LOOK_EVERY)
        waited += _LOOK_EVERY
    try:
        yield
    finally:
        if mine:
            cache.delete(_COUNTING)
