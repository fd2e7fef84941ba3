"""One question for everything."""

from __future__ import annotations

from dataclasses import replace

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.response import Response

from partnerships.api import documentation
from partnerships.api.negotiation import Csv, Json
from partnerships.api.parameters import Asked
from partnerships.api.serializers.search import FoundSerializer
from partnerships.api.views.base import PublicRead
from partnerships.filters.search import SearchFilter
from partnerships.selectors import rows, search
from partnerships.transfer import found_lines, tables


@documentation.described(
    "search",
    "Communities, affiliations, agreements, programs and people who signed",
    FoundSerializer,
    question=SearchFilter,
)
class Search(PublicRead):
    """Accents, case, script and order of words make no difference; where nothing fits, similar names are taken.
    ``country``, ``kind`` and ``standing`` narrow down; ``facets`` say how far."""

    renderer_classes = [Json, Csv]
    question = SearchFilter

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        text, day = asked.filter.form.cleaned_data["q"], self.stamp.day
        found = search.search(text, on=day, chosen=asked.filter.chosen, head=self.stamp.hash)
        if self.wants_file:
            lines = tables.csv_lines(found_lines.lines(found), found_lines.COLUMNS)
            return StreamingHttpResponse(
                lines,
                content_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": 'attachment; filename="search.csv"'},
            )
        known = {
            **vars(replace(found, affiliations=tuple(rows.completed(found.affiliations, on=day)))),
            "q": text,
            "agreements": [found.agreement] if found.agreement else [],
        }
        return Response(FoundSerializer(known).data)
