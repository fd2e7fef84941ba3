"""The filter of an address that takes none: it refuses every parameter."""

from __future__ import annotations

from partnerships.filters.questions import QuestionFilter
from partnerships.models import RegisterEntry


class NothingFilter(QuestionFilter):
    class Meta:
        model = RegisterEntry
        fields: list[str] = []
