"""Where the API begins, and what is said where there is nothing."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import addresses, documentation
from partnerships.api.negotiation import Json
from partnerships.api.parameters import Asked
from partnerships.api.views.base import OpenView, PublicRead
from partnerships.filters.nothing import NothingFilter
from partnerships.transfer.addresses import page

LISTS = (
    *("countries", "subdivisions", "jurisdictions", "affiliations", "agreements"),
    *("programs", "cycles", "participations", "activities", "results"),
    *("register", "search", "places", "statistics"),
)

_Index = inline_serializer(
    name="Index",
    fields={
        "name": serializers.CharField(help_text="The name of this registry."),
        "as_of": serializers.DateField(help_text="The registry's calendar day."),
        "register": inline_serializer(
            name="RegisterHead",
            fields={
                "seq": serializers.IntegerField(help_text="Sequence number of the last entry."),
                "hash": serializers.CharField(help_text="Its hash."),
            },
            help_text="The state of the record that answers show now.",
        ),
        **{
            name: serializers.URLField(help_text="Its address.", source="*") for name in (f"{one}_url" for one in LISTS)
        },
        "schema_url": serializers.URLField(help_text="The OpenAPI description."),
        "docs_url": serializers.URLField(help_text="The same to read and to try."),
    },
)


@documentation.described("index", "What there is, and the head of the register", _Index, question=NothingFilter)
class Index(PublicRead):
    """Everything else can be reached from here."""

    question = NothingFilter

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        return Response(
            {
                "name": settings.REGISTRY_NAME,
                "as_of": str(self.stamp.day),
                "register": {"seq": self.stamp.seq, "hash": self.stamp.hash},
                **{f"{name}_url": addresses.of(f"{name}/") for name in LISTS},
                "schema_url": page("api/schema/"),
                "docs_url": page("api/docs/"),
            }
        )


class Nothing(OpenView):
    """Every other address under ``/api/``: a problem document instead of a page."""

    renderer_classes = [Json]

    @extend_schema(exclude=True)
    def get(self, request: Request, **address: Any) -> NoReturn:
        raise Http404
