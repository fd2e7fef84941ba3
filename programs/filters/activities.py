"""The filters of public activities: on the pages of a program and a cycle, and in the API."""

from __future__ import annotations

from functools import cached_property

from django.utils.translation import gettext_lazy

from partnerships.filters.fields import FamiliesFilter, WordsFilter
from partnerships.filters.questions import QuestionFilter
from programs.choices import ActivityKind, ActivityState
from programs.filters import fields
from programs.filters.fields import YearsFilter
from programs.models import Activity
from programs.selectors import happenings
from programs.selectors.happenings import ActivityCriteria

_FIELDS = {
    "program": "program",
    "cycle": "cycle",
    "jurisdiction": "jurisdictions",
    "kind": "kinds",
    "state": "states",
    "country": "countries",
    "year": "years",
    "sort": "sort",
}


class HappeningFilter(QuestionFilter):
    """What the list of one program or cycle can be narrowed down by."""

    country = fields.country("ISO 3166-1 alpha-2 code of where it takes place. Repeated: any.")
    year = YearsFilter(label=gettext_lazy("Year"), help_text="Year in which it begins. Repeated: any of them.")
    kind = WordsFilter(
        words=ActivityKind.values, label=gettext_lazy("Kind"), help_text="Such as concert. Repeated: any of them."
    )
    state = WordsFilter(
        words=ActivityState.values,
        label=gettext_lazy("State"),
        help_text="planned, held or cancelled. Repeated: any of them.",
    )
    sort = WordsFilter(
        words=happenings.SORTS, label=gettext_lazy("Order"), help_text="starts (the default) or -starts."
    )

    class Meta:
        model = Activity
        fields: list[str] = []

    @cached_property
    def criteria(self) -> ActivityCriteria:
        return ActivityCriteria(**self.understood(_FIELDS))


class ActivityFilter(HappeningFilter):
    """The same over all programs."""

    program = fields.program()
    cycle = fields.cycle()
    jurisdiction = FamiliesFilter(label=gettext_lazy("Community"), help_text="Id of a community that takes part.")
