"""The register: its entries in order, for whoever keeps a copy."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.response import Response

from partnerships.api import documentation, paging
from partnerships.api.parameters import Asked
from partnerships.api.serializers.register import EntrySerializer
from partnerships.api.views.base import PublicRead
from partnerships.filters.nothing import NothingFilter
from partnerships.filters.register import RegisterFilter
from partnerships.selectors import register

_SEQ = documentation.in_path("seq", {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}, "Sequence number.")


@documentation.described(
    "register_list",
    "Entries of the register, in order",
    documentation.listed(EntrySerializer),
    question=RegisterFilter,
    beside=("page_size", "format"),
)
class EntryList(PublicRead):
    """Keep the sequence number of the last entry and ask for what comes ``after`` it."""

    question = RegisterFilter
    beside = ("page_size", "format")

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        after, subject = (asked.filter.form.cleaned_data[name] for name in ("after", "subject"))
        size = self.size(asked)
        if subject:
            about = register.of_subject(subject)
            count, found = about.count(), list(about.filter(seq__gt=after)[: size + 1])
        else:
            count, found = self.stamp.seq, register.page(after=after, limit=size + 1)
        more, shown = len(found) > size, found[:size]
        results = EntrySerializer([register.public(register.sealed(entry)) for entry in shown], many=True).data
        following = paging.address(self.request, after=str(shown[-1].seq)) if more else None
        before = paging.address(self.request, after=str(max(0, after - size))) if after and not subject else None
        return Response({"count": count, "next": following, "previous": before, "results": results})


@documentation.described(
    "register_retrieve", "One entry of the register", EntrySerializer, question=NothingFilter, path=[_SEQ]
)
class EntryDetail(PublicRead):
    """Entries never change; a payload may be taken away on lawful request, which a later entry announces."""

    question = NothingFilter

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        seq = int(address["seq"])
        entry = next(iter(register.page(after=seq - 1, limit=1)), None) if seq else None
        if entry is None or entry.seq != seq:
            raise Http404
        return Response(EntrySerializer(register.public(register.sealed(entry))).data)
