"""Concerts, sessions, visits and other activities of a program or of one cycle: list, counts, files, calendar."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_countries import countries

from partnerships.selectors.keyset import BadCursor
from partnerships.transfer import calendars
from partnerships.views import worlds
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import page_size, refused
from programs.choices import ActivityKind
from programs.filters.activities import HappeningFilter
from programs.filters.panels import HappeningPanel, in_words
from programs.selectors import catalogue, happenings
from programs.selectors.catalogue import CycleRow, ProgramRow
from programs.selectors.happenings import ActivityCriteria, Counts
from programs.transfer import addresses, calendar, shapes, tables
from programs.views import listings


@public_page
def activities(request: HttpRequest, stamp: Stamp, slug: str, cycle: str = "") -> HttpResponseBase:
    program, row = _found(slug, cycle, stamp)
    asked = HappeningFilter(request.GET)
    criteria = replace(asked.criteria, program=slug, cycle=cycle)
    name = "-".join(filter(None, ("activities", slug, cycle)))
    rows = partial(map, shapes.activity, happenings.stream(criteria))
    answer = listings.as_file(request, asked, rows, name=name, columns=tables.ACTIVITIES, feature=shapes.point)
    if answer:
        return answer
    try:
        page = happenings.page(criteria, size=page_size(request), cursor=request.GET.get("cursor", ""))
    except BadCursor:
        return refused(request, _("The page number in the address is not one of this list."))
    counts = happenings.counts(criteria)
    whole = counts if criteria == _whole(slug, cycle) else happenings.counts(_whole(slug, cycle))
    panel = HappeningPanel(request.GET, problems=asked.problems, offered=_offered(program, whole))
    shown = listings.listed(request, asked, page, counts.all, panel, ())
    values = context(
        stamp,
        nav="programs",
        program=program,
        row=row,
        listing=shown,
        counts=counts,
        by_country=_bars([(str(countries.name(code) or code), number) for code, number in counts.by_country]),
        by_year=_bars(list(counts.by_year)),
        world=worlds.of_places((one.venue or one.place.name, one.longitude, one.latitude) for one in page.rows),
    )
    return render(request, "programs/public/activities.html", values)


def _whole(slug: str, cycle: str) -> ActivityCriteria:
    return ActivityCriteria(program=slug, cycle=cycle)


def _found(slug: str, cycle: str, stamp: Stamp) -> tuple[ProgramRow, CycleRow | None]:
    row = catalogue.cycle(slug, cycle, on=stamp.day) if cycle else None
    program = row.program if row else catalogue.program(slug)
    if program is None or (cycle and row is None):
        raise Http404
    return program, row


def _offered(program: ProgramRow, counts: Counts) -> dict[str, list[tuple[str, str]]]:
    return {
        "country": in_words(code for code, _number in counts.by_country),
        "year": [(year, year) for year, _number in reversed(counts.by_year)],
        "kind": [(code, str(ActivityKind(code).label)) for code in program.kind.activity_kinds],
    }


def _bars(counted: list[tuple[str, int]]) -> list[dict[str, object]]:
    """Words, number, and the share of the longest bar in percent."""
    most = max((number for _label, number in counted), default=1)
    return [{"label": label, "number": number, "share": f"{100 * number / most:.1f}%"} for label, number in counted]


@public_page
@listings.knowing()
def calendar_file(request: HttpRequest, stamp: Stamp, slug: str, cycle: str = "") -> HttpResponseBase:
    """What has a day, for people's own calendars; a feed that stays the same address. Of very many the latest."""
    program, row = _found(slug, cycle, stamp)
    calls = [row] if row else catalogue.cycles(program_id=program.id, on=stamp.day)
    rows = happenings.latest(_whole(slug, cycle), most=calendar.MOST_EVENTS)
    written = calendars.calendar(
        [*calendar.of_activities(rows), *calendar.of_calls(calls)],
        name=f"{program.name}, {row.name}" if row else program.name,
        url=addresses.of(row.path if row else program.path),
        on=stamp.day,
    )
    headers = {"Content-Disposition": f'inline; filename="{slug}.ics"'}
    return HttpResponse(written, content_type=calendars.MEDIA_TYPE, headers=headers)
