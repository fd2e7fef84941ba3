"""The filters of results."""

from __future__ import annotations

from functools import cached_property

import django_filters
from django.utils.translation import gettext_lazy

from partnerships.filters.fields import FamiliesFilter, WordsFilter, YesNoFilter
from partnerships.filters.questions import QuestionFilter
from programs.filters import fields
from programs.models import Result
from programs.selectors import outcomes
from programs.selectors.outcomes import ResultCriteria

_FIELDS = {
    "program": "program",
    "cycle": "cycle",
    "jurisdiction": "jurisdictions",
    "measure": "measure",
    "unit": "unit",
    "verified": "verified",
    "sort": "sort",
}


class OutcomeFilter(QuestionFilter):
    """What the results of one cycle can be narrowed down by."""

    measure = django_filters.CharFilter(
        label=gettext_lazy("What is counted"), help_text="Exactly as the results name it.", max_length=120
    )
    unit = django_filters.CharFilter(label=gettext_lazy("Unit"), help_text="Such as people.", max_length=40)
    verified = YesNoFilter(
        label=gettext_lazy("Verified"), help_text="true: verified figures; false: those that are only claimed."
    )
    sort = WordsFilter(
        words=outcomes.SORTS, label=gettext_lazy("Order"), help_text="measure (the default) or -measure."
    )

    class Meta:
        model = Result
        fields: list[str] = []

    @cached_property
    def criteria(self) -> ResultCriteria:
        return ResultCriteria(**self.understood(_FIELDS))


class ResultFilter(OutcomeFilter):
    """The same over all programs."""

    program = fields.program()
    cycle = fields.cycle()
    jurisdiction = FamiliesFilter(label=gettext_lazy("Community"), help_text="Id of a community that takes part.")
