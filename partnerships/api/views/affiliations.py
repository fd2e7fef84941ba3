"""Affiliations: the list with every filter of the pages, and one by its number."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from partnerships.api import addresses, documentation, expansions
from partnerships.api.negotiation import Csv, GeoJson, Json, JsonLd
from partnerships.api.parameters import Asked
from partnerships.api.serializers.affiliations import (
    AffiliationDetail,
    AffiliationDetailSerializer,
    AffiliationSerializer,
)
from partnerships.api.views import files
from partnerships.api.views.base import PublicRead
from partnerships.filters.affiliations import AffiliationFilter
from partnerships.filters.nothing import NothingFilter
from partnerships.filters.questions import PAGING
from partnerships.rules import numbers
from partnerships.selectors import browse, dossiers
from partnerships.transfer import geojson, tables
from partnerships.transfer.open_data import linked

_NUMBER = documentation.in_path("number", {"type": "string", "pattern": "^[A-Za-z0-9-]{1,40}$"}, "Such as SCI-000045.")


@documentation.described(
    "affiliations_list",
    "Affiliations, by place, kind, standing and more",
    documentation.listed(AffiliationSerializer),
    question=AffiliationFilter,
    beside=PAGING,
    feature="lines between the parties, cut at the antimeridian",
)
class AffiliationList(PublicRead):
    """Without ``standing``, affiliations that have ended are left out. CSV and GeoJSON hold the whole list."""

    renderer_classes = [Json, Csv, GeoJson, JsonLd]
    question = AffiliationFilter
    beside = PAGING
    serializer = AffiliationSerializer
    expands = expansions.OF_AFFILIATIONS

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        criteria, day = asked.filter.criteria, self.stamp.day
        if self.wants_file:
            rows = partial(browse.stream, criteria, on=day)
            return files.whole(
                self.request,
                rows,
                name="affiliations",
                columns=tables.AFFILIATIONS,
                feature=geojson.line,
                thing=linked.record,
            )
        full = asked.wants("recognised", "agreements", "term_end", "perpetual") or bool(asked.expand)
        found = browse.page(criteria, on=day, size=self.size(asked), cursor=self.cursor(asked), full=full)
        expanded = expansions.of_affiliations(found.rows, asked.expand, on=day) if asked.expand else ()
        count = browse.count(criteria, on=day)
        return self.listed(AffiliationSerializer, found, count, asked=asked, expanded=expanded)


@documentation.described(
    "affiliations_retrieve",
    "One affiliation with its story and what happened",
    AffiliationDetailSerializer,
    question=NothingFilter,
    path=[_NUMBER],
)
class AffiliationDetailView(PublicRead):
    """Affiliations that were entered in error keep their address, with the standing ``annulled``; that of
    one that was merged into another leads there."""

    renderer_classes = [Json, JsonLd]
    question = NothingFilter
    serializer = AffiliationDetailSerializer
    expands = expansions.OF_AFFILIATIONS

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        number = numbers.parse(address["number"])
        if number is None or number.is_agreement:
            raise Http404
        if str(number) != address["number"]:
            return HttpResponsePermanentRedirect(addresses.affiliation(str(number)))
        dossier = dossiers.affiliation(str(number), on=self.stamp.day)
        if dossier is None:
            raise Http404
        if isinstance(dossier, dossiers.Renumbered):
            return HttpResponsePermanentRedirect(addresses.affiliation(dossier.number))
        if self.wants_file:
            return files.one(linked.record(dossier.row))
        row = AffiliationDetail.of(dossier)
        expanded = expansions.of_affiliations([row], asked.expand, on=self.stamp.day) if asked.expand else ()
        return self.shown(AffiliationDetailSerializer(row), asked, expanded)
