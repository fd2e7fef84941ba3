"""Communities: the list, and one by its id."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from partnerships.api import addresses, documentation
from partnerships.api.negotiation import Csv, GeoJson, Json, JsonLd
from partnerships.api.parameters import Asked
from partnerships.api.serializers.jurisdictions import JurisdictionSerializer
from partnerships.api.views import files
from partnerships.api.views.base import PublicRead
from partnerships.filters.jurisdictions import JurisdictionFilter
from partnerships.filters.nothing import NothingFilter
from partnerships.filters.questions import PAGING
from partnerships.selectors import jurisdiction_list
from partnerships.selectors.jurisdictions import Moved
from partnerships.transfer import geojson, tables
from partnerships.transfer.open_data import linked

_ID = documentation.in_path("id", {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}, "Id of the community.")


@documentation.described(
    "jurisdictions_list",
    "Communities, by name",
    documentation.listed(JurisdictionSerializer),
    question=JurisdictionFilter,
    beside=PAGING,
    feature="points",
)
class JurisdictionList(PublicRead):
    """CSV and GeoJSON hold the whole list."""

    renderer_classes = [Json, Csv, GeoJson, JsonLd]
    question = JurisdictionFilter
    beside = PAGING
    serializer = JurisdictionSerializer

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        criteria, day = asked.filter.criteria, self.stamp.day
        if self.wants_file:
            rows = partial(jurisdiction_list.stream, criteria, on=day)
            return files.whole(
                self.request,
                rows,
                name="jurisdictions",
                columns=tables.JURISDICTIONS,
                feature=geojson.point,
                thing=linked.place,
            )
        found = jurisdiction_list.page(criteria, on=day, size=self.size(asked), cursor=self.cursor(asked))
        return self.listed(JurisdictionSerializer, found, jurisdiction_list.count(criteria, on=day), asked=asked)


@documentation.described(
    "jurisdictions_retrieve",
    "One community",
    JurisdictionSerializer,
    question=NothingFilter,
    path=[_ID],
)
class JurisdictionDetail(PublicRead):
    """A community that was merged into another leads there."""

    renderer_classes = [Json, JsonLd]
    question = NothingFilter
    serializer = JurisdictionSerializer

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        found = jurisdiction_list.one(int(address["id"]), on=self.stamp.day)
        if found is None:
            raise Http404
        if isinstance(found, Moved):
            return HttpResponsePermanentRedirect(addresses.jurisdiction(found.id))
        if self.wants_file:
            return files.one(linked.place(found))
        return self.shown(JurisdictionSerializer(found), asked)
