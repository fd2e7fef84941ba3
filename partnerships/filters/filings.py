"""The filter of filings: private, so that it serves the API alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from partnerships.choices import FilingState
from partnerships.filters.fields import WordsFilter
from partnerships.filters.questions import QuestionFilter
from partnerships.models import Filing


class FilingFilter(QuestionFilter):
    state = WordsFilter(
        words=FilingState.values, label=gettext_lazy("State"), help_text="Where it stands. Repeated: any of them."
    )

    class Meta:
        model = Filing
        fields: list[str] = []

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(self.understood({"state": "states"}).get("states", ()))
