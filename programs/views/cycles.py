"""One cycle of a program: what it is about, who took part, who won, what is shown and what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from partnerships.selectors.keyset import BadCursor
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import page_size, refused
from programs.filters.panels import ParticipantPanel, in_words
from programs.filters.participations import ParticipantFilter
from programs.filters.results import OutcomeFilter
from programs.selectors import catalogue, happenings, outcomes, participants, winners
from programs.selectors.catalogue import CycleRow
from programs.selectors.happenings import ActivityCriteria
from programs.selectors.outcomes import ResultCriteria
from programs.selectors.participants import ParticipantCriteria
from programs.transfer import shapes, tables
from programs.views import listings, words
from programs.views.programs import backers

PREVIEW = 12


def found(slug: str, cycle: str, stamp: Stamp) -> CycleRow:
    """The public cycle; 404 where there is none."""
    row = catalogue.cycle(slug, cycle, on=stamp.day)
    if row is None:
        raise Http404
    return row


@public_page
@listings.knowing()
def cycle(request: HttpRequest, stamp: Stamp, slug: str, cycle: str) -> HttpResponseBase:
    row = found(slug, cycle, stamp)
    kind = row.program.kind
    happening = ActivityCriteria(program=slug, cycle=cycle)
    values = context(
        stamp,
        nav="programs",
        row=row,
        stage=words.stage(row.stage),
        facts=list(words.facts(row)),
        eligibility=list(words.eligibility(row.eligibility)),
        bands=[{"name": band.name, "words": words.band(band)} for band in row.bands],
        quotas=[words.quota(quota) for quota in row.quotas],
        backers=backers((*row.backers, *row.program.backers)),
        participants=participants.page(ParticipantCriteria(program=slug, cycle=cycle, sort="name"), size=PREVIEW).rows,
        activities=happenings.page(happening, size=PREVIEW).rows if row.activities else (),
        prizes=winners.of_cycle(row.id) if kind.prizes else [],
        sums=outcomes.sums(ResultCriteria(program=slug, cycle=cycle)),
    )
    return render(request, "programs/public/cycle.html", values)


@public_page
def participations(request: HttpRequest, stamp: Stamp, slug: str, cycle: str) -> HttpResponseBase:
    row = found(slug, cycle, stamp)
    asked = ParticipantFilter(request.GET)
    criteria = replace(asked.criteria, program=slug, cycle=cycle)
    if not request.GET.get("sort"):
        criteria = replace(criteria, sort="name")
    rows = partial(map, shapes.participation, participants.stream(criteria))
    name = f"participants-{slug}-{cycle}"
    answer = listings.as_file(request, asked, rows, name=name, columns=tables.PARTICIPATIONS, feature=shapes.point)
    if answer:
        return answer
    try:
        page = participants.page(criteria, size=page_size(request), cursor=request.GET.get("cursor", ""))
    except BadCursor:
        return refused(request, str(listings.BAD_PAGE))
    offered = {"country": in_words(participants.countries_of(row.id)), "category": row.categories}
    panel = ParticipantPanel(request.GET, problems=asked.problems, offered=offered)
    shown = listings.listed(request, asked, page, participants.count(criteria), panel, ())
    values = context(stamp, nav="programs", row=row, listing=shown)
    return render(request, "programs/public/participants.html", values)


@public_page
def results(request: HttpRequest, stamp: Stamp, slug: str, cycle: str) -> HttpResponseBase:
    row = found(slug, cycle, stamp)
    asked = OutcomeFilter(request.GET)
    criteria = replace(asked.criteria, program=slug, cycle=cycle)
    rows = partial(map, shapes.result, outcomes.stream(criteria))
    name = f"results-{slug}-{cycle}"
    answer = listings.as_file(request, asked, rows, name=name, columns=tables.RESULTS, feature=shapes.of_community)
    if answer:
        return answer
    try:
        page = outcomes.page(criteria, size=page_size(request), cursor=request.GET.get("cursor", ""))
    except BadCursor:
        return refused(request, str(listings.BAD_PAGE))
    shown = listings.listed(request, asked, page, outcomes.count(criteria), None, ())
    values = context(stamp, nav="programs", row=row, listing=shown, sums=outcomes.sums(criteria))
    return render(request, "programs/public/results.html", values)
