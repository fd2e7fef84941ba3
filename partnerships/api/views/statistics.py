"""The statistics as they were last worked out."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from rest_framework.response import Response

from partnerships.api import documentation
from partnerships.api.parameters import Asked
from partnerships.api.serializers.statistics import StatisticsSerializer
from partnerships.api.views.base import PublicRead
from partnerships.choices import PublicationKind
from partnerships.filters.nothing import NothingFilter
from partnerships.selectors import publications
from partnerships.transfer import figures


@documentation.described(
    "statistics",
    "Counts over the whole record, and measures of the network",
    StatisticsSerializer,
    question=NothingFilter,
)
class StatisticsView(PublicRead):
    """Worked out in the background when the register moved on: ``as_of`` says what they show. Never in a request."""

    question = NothingFilter

    def version(self) -> str:
        return publications.version(PublicationKind.STATISTICS)

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        return Response(figures.whole(publications.latest(PublicationKind.STATISTICS)))
