"""Countries and their states or provinces, with their totals: short lists, a page of which holds 500."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http.response import HttpResponseBase

from partnerships.api import documentation, paging
from partnerships.api.parameters import MOST_ROWS, Asked
from partnerships.api.serializers.places import CountrySerializer, SubdivisionSerializer
from partnerships.api.views.base import PublicRead
from partnerships.filters.nothing import NothingFilter
from partnerships.filters.places import SubdivisionListFilter
from partnerships.filters.questions import PAGING
from partnerships.selectors import tallies
from partnerships.selectors.tallies import PlaceTotal


class _PlaceList(PublicRead):
    beside = PAGING
    usual_size = MOST_ROWS

    def paged(self, shape: type[Any], asked: Asked, rows: Sequence[PlaceTotal]) -> HttpResponseBase:
        found = paging.sliced(rows, _by_name, size=self.size(asked), cursor=self.cursor(asked))
        return self.listed(shape, found, len(rows), asked=asked)


def _by_name(row: PlaceTotal) -> str:
    return f"{row.name.casefold()} {row.code}"


@documentation.described(
    "countries_list",
    "Countries and territories that have or had an affiliation, by name",
    documentation.listed(CountrySerializer),
    question=NothingFilter,
    beside=PAGING,
)
class CountryList(_PlaceList):
    """With the totals of their affiliations, each counted in both its countries."""

    question = NothingFilter
    serializer = CountrySerializer

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        _totals, rows = tallies.of_countries()
        return self.paged(CountrySerializer, asked, rows)


@documentation.described(
    "subdivisions_list",
    "States and provinces that have or had an affiliation, by name",
    documentation.listed(SubdivisionSerializer),
    question=SubdivisionListFilter,
    beside=PAGING,
)
class SubdivisionList(_PlaceList):
    """With the totals of their affiliations, each counted in both its places."""

    question = SubdivisionListFilter
    serializer = SubdivisionSerializer

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        rows = tallies.of_subdivisions(asked.filter.form.cleaned_data["country"])
        return self.paged(SubdivisionSerializer, asked, rows)
