"""Programs and their cycles: the lists, and one of each."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.response import Response

from partnerships.api import documentation
from partnerships.api.parameters import Asked
from partnerships.api.views.base import PublicRead
from partnerships.filters.nothing import NothingFilter
from partnerships.filters.questions import PAGING
from programs.api.serializers.programs import CycleSerializer, ProgramSerializer
from programs.filters.programs import CycleFilter, ProgramFilter
from programs.selectors import catalogue

_SLUG = documentation.in_path(
    "slug", {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"}, "Name of the program in its address."
)
_CYCLE = documentation.in_path(
    "cycle", {"type": "string", "pattern": "^[a-z0-9-]{1,24}$"}, "Name of the cycle in its address."
)


@documentation.described(
    "programs_list",
    "Programs, by their names in addresses",
    documentation.listed(ProgramSerializer),
    question=ProgramFilter,
    beside=PAGING,
)
class ProgramList(PublicRead):
    """Only programs that are published."""

    question = ProgramFilter
    beside = PAGING

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        kinds = asked.filter.criteria
        page = catalogue.program_page(**kinds, by="slug", size=self.size(asked), cursor=self.cursor(asked))
        return self.listed(ProgramSerializer, page, catalogue.program_count(**kinds))


@documentation.described("programs_retrieve", "One program", ProgramSerializer, question=NothingFilter, path=[_SLUG])
class ProgramDetail(PublicRead):
    """A program with who stands behind it."""

    question = NothingFilter

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        found = catalogue.program(address["slug"])
        if found is None:
            raise Http404
        return Response(ProgramSerializer(found).data)


@documentation.described(
    "cycles_list",
    "Cycles of programs, those announced last first",
    documentation.listed(CycleSerializer),
    question=CycleFilter,
    beside=PAGING,
)
class CycleList(PublicRead):
    """Each with its rules; a cycle that is still being prepared is in no list."""

    question = CycleFilter
    beside = PAGING

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        criteria = catalogue.CycleCriteria(**asked.filter.criteria)
        found = catalogue.cycle_page(criteria, on=self.stamp.day, size=self.size(asked), cursor=self.cursor(asked))
        return self.listed(CycleSerializer, found, catalogue.cycle_count(criteria))


@documentation.described("cycles_retrieve", "One cycle", CycleSerializer, question=NothingFilter, path=[_SLUG, _CYCLE])
class CycleDetail(PublicRead):
    """A cycle with its rules as data."""

    question = NothingFilter

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        found = catalogue.cycle(address["slug"], address["cycle"], on=self.stamp.day)
        if found is None:
            raise Http404
        return Response(CycleSerializer(found).data)
