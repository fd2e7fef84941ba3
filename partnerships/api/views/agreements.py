"""Registered agreements: the list, and one by its number."""

from __future__ import annotations

from django.http import Http404, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from partnerships.api import addresses, documentation, expansions
from partnerships.api.parameters import Asked
from partnerships.api.serializers.agreements import AgreementSerializer
from partnerships.api.views.base import PublicRead
from partnerships.filters.agreements import AgreementFilter
from partnerships.filters.nothing import NothingFilter
from partnerships.filters.questions import PAGING
from partnerships.rules import numbers
from partnerships.selectors import agreement_list

_NUMBER = documentation.in_path(
    "number", {"type": "string", "pattern": "^[A-Za-z0-9-]{1,40}$"}, "Such as SCI-2026-000123."
)


@documentation.described(
    "agreements_list",
    "Registered agreements, those registered last first",
    documentation.listed(AgreementSerializer),
    question=AgreementFilter,
    beside=PAGING,
)
class AgreementList(PublicRead):
    """Annulled agreements stay in the list, with the reason."""

    question = AgreementFilter
    beside = PAGING
    serializer = AgreementSerializer
    expands = expansions.OF_AGREEMENTS

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        criteria = asked.filter.criteria
        found = agreement_list.page(criteria, size=self.size(asked), cursor=self.cursor(asked))
        expanded = expansions.of_agreements(found.rows, asked.expand, on=self.stamp.day) if asked.expand else ()
        count = agreement_list.count(criteria)
        return self.listed(AgreementSerializer, found, count, asked=asked, expanded=expanded)


@documentation.described(
    "agreements_retrieve",
    "One registered agreement",
    AgreementSerializer,
    question=NothingFilter,
    path=[_NUMBER],
)
class AgreementDetail(PublicRead):
    """A registered agreement is never edited; ``annulled`` says when and why an entry was taken back."""

    question = NothingFilter
    serializer = AgreementSerializer
    expands = expansions.OF_AGREEMENTS

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        number = numbers.parse(address["number"])
        if number is None or not number.is_agreement:
            raise Http404
        if str(number) != address["number"]:
            return HttpResponsePermanentRedirect(addresses.agreement(str(number)))
        found = agreement_list.one(str(number))
        if found is None:
            raise Http404
        expanded = expansions.of_agreements([found], asked.expand, on=self.stamp.day) if asked.expand else ()
        return self.shown(AgreementSerializer(found), asked, expanded)
