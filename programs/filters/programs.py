"""The filters of programs and of cycles in the API."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy

from partnerships.filters.fields import WordsFilter
from partnerships.filters.questions import QuestionFilter
from programs.choices import CycleState
from programs.filters import fields
from programs.filters.fields import YearsFilter
from programs.kinds import all_kinds
from programs.models import Cycle, Program


class ProgramFilter(QuestionFilter):
    kind = WordsFilter(words=all_kinds(), label=gettext_lazy("Kind"), help_text="Repeated: any of them.")

    class Meta:
        model = Program
        fields: list[str] = []

    @cached_property
    def criteria(self) -> dict[str, Any]:
        return self.understood({"kind": "kinds"})


class CycleFilter(QuestionFilter):
    program = fields.program()
    state = WordsFilter(
        words=[str(state) for state in CycleState if state != CycleState.DRAFT],
        label=gettext_lazy("State"),
        help_text="announced, closed or cancelled. Repeated: any of them.",
    )
    year = YearsFilter(label=gettext_lazy("Year"), help_text="Year in which it begins. Repeated: any of them.")

    class Meta:
        model = Cycle
        fields: list[str] = []

    @cached_property
    def criteria(self) -> dict[str, Any]:
        return self.understood({"program": "program", "state": "states", "year": "years"})
