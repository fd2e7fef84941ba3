"""The programs, and one of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from partnerships.selectors.keyset import BadCursor
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import refused
from programs.choices import BackerRole
from programs.selectors import catalogue, happenings, outcomes
from programs.selectors.catalogue import CycleRow, ProgramRow
from programs.selectors.happenings import ActivityCriteria
from programs.selectors.outcomes import ResultCriteria
from programs.views import listings, words

PAGE_SIZE = 60
Backers = list[tuple[str, list[catalogue.BackerRow]]]


@public_page
@listings.knowing("cursor")
def programs(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    """The programs by their names, so many on a page."""
    try:
        page = catalogue.program_page(size=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    except BadCursor:
        return refused(request, str(listings.BAD_PAGE))
    values = context(
        stamp,
        nav="programs",
        programs=[{"row": row, "backers": backers(row.backers)} for row in page.rows],
        next_url=_turned(page.next),
        previous_url=_turned(page.previous),
    )
    return render(request, "programs/public/programs.html", values)


def _turned(cursor: str) -> str:
    return f"?{urlencode({'cursor': cursor})}" if cursor else ""


@public_page
@listings.knowing()
def program(request: HttpRequest, stamp: Stamp, slug: str) -> HttpResponseBase:
    found = catalogue.program(slug)
    if found is None:
        raise Http404
    values = context(
        stamp,
        nav="programs",
        row=found,
        backers=backers(found.backers),
        cycles=[cycle_line(row) for row in catalogue.cycles(program_id=found.id, on=stamp.day)],
        sums=outcomes.sums(ResultCriteria(program=slug)),
        counts=happenings.counts(ActivityCriteria(program=slug)) if found.kind.activity_kinds else None,
    )
    return render(request, "programs/public/program.html", values)


def backers(rows: tuple[catalogue.BackerRow, ...]) -> Backers:
    """Who stands behind it, by role in the order of the roles."""
    grouped = [(str(role.label), [row for row in rows if row.role == role]) for role in BackerRole]
    return [(label, of) for label, of in grouped if of]


def cycle_line(row: CycleRow) -> dict[str, object]:
    return {
        "row": row,
        "stage": words.stage(row.stage),
        "closes": words.moment(row.closes_at, row.time_zone) if row.closes_at else "",
        "opens": words.moment(row.opens_at, row.time_zone) if row.opens_at else "",
    }


def crumbs(program: ProgramRow, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The way here: words and addresses; the last one is the page itself and has no address."""
    return [(program.name, f"/{program.path}/"), *further]
