"""Participations, activities and results: public facts, never a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, ClassVar

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.response import Response

from partnerships.api import documentation, paging
from partnerships.api.negotiation import Csv, GeoJson, Json
from partnerships.api.parameters import Asked
from partnerships.api.views import files
from partnerships.api.views.base import PublicRead
from partnerships.filters.nothing import NothingFilter
from partnerships.filters.questions import PAGING
from programs.api.serializers.participations import ActivitySerializer, ParticipationSerializer, ResultSerializer
from programs.filters.activities import ActivityFilter
from programs.filters.participations import ParticipationFilter
from programs.filters.results import ResultFilter
from programs.selectors import happenings, outcomes, participants
from programs.transfer import shapes, tables

_ID = documentation.in_path("id", {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}, "Id of the participation.")


class ShapedList(PublicRead):
    """A list whose rows are published in one shape everywhere."""

    renderer_classes = [Json, Csv, GeoJson]
    beside = PAGING
    name: ClassVar[str]
    selector: ClassVar[Any]
    shape: ClassVar[Callable[..., dict[str, Any]]]
    columns: ClassVar[Mapping[str, Any]]
    feature: ClassVar[Callable[..., dict[str, Any]]]

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        criteria, of = asked.filter.criteria, type(self)
        if self.wants_file:
            rows: Callable[[], Iterable[Any]] = partial(map, of.shape, of.selector.stream(criteria))
            return files.whole(self.request, rows, name=of.name, columns=of.columns, feature=of.feature)
        found = of.selector.page(criteria, size=self.size(asked), cursor=self.cursor(asked))
        results = [of.shape(row) for row in found.rows]
        count = of.selector.count(criteria)
        return Response(paging.envelope(self.request, results, count, following=found.next, before=found.previous))


@documentation.described(
    "participations_list",
    "Participations, the newest first",
    documentation.listed(ParticipationSerializer),
    question=ParticipationFilter,
    beside=PAGING,
    feature="points of the communities",
)
class ParticipationList(ShapedList):
    """Those that were decided in favour. CSV and GeoJSON hold the whole list."""

    question = ParticipationFilter
    name: ClassVar[str] = "participations"
    selector: ClassVar[Any] = participants
    shape: ClassVar[Callable[..., dict[str, Any]]] = staticmethod(shapes.participation)
    columns: ClassVar[Mapping[str, Any]] = tables.PARTICIPATIONS
    feature: ClassVar[Callable[..., dict[str, Any]]] = staticmethod(shapes.point)


@documentation.described(
    "participations_retrieve",
    "One participation",
    ParticipationSerializer,
    question=NothingFilter,
    path=[_ID],
)
class ParticipationDetail(PublicRead):
    """A community, or a pair of them, in one cycle."""

    question = NothingFilter

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        found = participants.one(int(address["id"]))
        if found is None:
            raise Http404
        return Response(shapes.participation(found))


@documentation.described(
    "activities_list",
    "Activities of programs, by day",
    documentation.listed(ActivitySerializer),
    question=ActivityFilter,
    beside=PAGING,
    feature="points of the venues, else of the communities",
)
class ActivityList(ShapedList):
    """Concerts, legs, sessions, visits and projects. CSV and GeoJSON hold the whole list."""

    question = ActivityFilter
    name: ClassVar[str] = "activities"
    selector: ClassVar[Any] = happenings
    shape: ClassVar[Callable[..., dict[str, Any]]] = staticmethod(shapes.activity)
    columns: ClassVar[Mapping[str, Any]] = tables.ACTIVITIES
    feature: ClassVar[Callable[..., dict[str, Any]]] = staticmethod(shapes.point)


@documentation.described(
    "results_list",
    "Results with their provenance, by what is counted",
    documentation.listed(ResultSerializer),
    question=ResultFilter,
    beside=PAGING,
    feature="points of the communities, without geometry for whole cycles",
)
class ResultList(ShapedList):
    """Never add verified and claimed figures, nor different units. CSV and GeoJSON hold the whole list."""

    question = ResultFilter
    name: ClassVar[str] = "results"
    selector: ClassVar[Any] = outcomes
    shape: ClassVar[Callable[..., dict[str, Any]]] = staticmethod(shapes.result)
    columns: ClassVar[Mapping[str, Any]] = tables.RESULTS
    feature: ClassVar[Callable[..., dict[str, Any]]] = staticmethod(shapes.of_community)
