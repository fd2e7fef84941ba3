"""The one filter of affiliations, for pages, API and exports alike.

How a door uses it::

    asked = AffiliationFilter(request.GET)                  # also=... further parameters that the door knows
    if asked.problems: ...                                  # {parameter: [messages]}, unknown parameters included
    browse.page(asked.criteria, on=today, size=..., cursor=...)

``criteria`` leaves out whatever is named in ``problems``, so that a page can show a list and say what it ignored.
"""

from __future__ import annotations

from functools import cached_property

import django_filters
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from partnerships.choices import AffiliationKind, Theme
from partnerships.filters.fields import (
    IdsFilter,
    PartialDateFilter,
    PastDayFilter,
    SlugsFilter,
    SubdivisionsFilter,
    WordsFilter,
    YesNoFilter,
)
from partnerships.filters.questions import QuestionFilter
from partnerships.models import AffiliationSide
from partnerships.selectors import browse
from partnerships.selectors.browse import Criteria

LONGEST_Q = 200

_FIELDS = {
    "country": "countries",
    "subdivision": "subdivisions",
    "jurisdiction": "jurisdictions",
    "kind": "kinds",
    "standing": "standings",
    "theme": "themes",
    "program": "programs",
    "recognised": "recognised",
    "since_after": "since_after",
    "since_before": "since_before",
    "q": "q",
    "as_of": "as_of",
    "sort": "sort",
}


class AffiliationFilter(QuestionFilter):
    country = WordsFilter(
        words=[code for code, _name in countries],
        upper=True,
        label=gettext_lazy("Country"),
        help_text="ISO 3166-1 alpha-2 code. Repeated: all of them are parties.",
    )
    subdivision = SubdivisionsFilter(
        label=gettext_lazy("State or province"),
        help_text="ISO 3166-2 code such as US-CA. Repeated: all of them are parties.",
    )
    jurisdiction = IdsFilter(
        label=gettext_lazy("Community"), help_text="Id of a community. Repeated: all of them are parties."
    )
    kind = WordsFilter(
        words=AffiliationKind.values,
        label=gettext_lazy("Kind"),
        help_text="sister or friendship. Repeated: any of them.",
    )
    standing = WordsFilter(
        words=[*browse.LISTED, browse.ANY],
        label=gettext_lazy("Standing"),
        help_text="in_force, suspended, emeritus, ended; any for all. Without it, ended ones are left out.",
    )
    theme = WordsFilter(words=Theme.values, label=gettext_lazy("Theme"), help_text="Repeated: any of them.")
    program = SlugsFilter(
        label=gettext_lazy("Program"),
        help_text="Name of a program in its address: affiliations that take part in it. Repeated: any of them.",
    )
    recognised = YesNoFilter(
        label=gettext_lazy("Recognised"), help_text="true or false: recognised today, or on the day of as_of."
    )
    since_after = PartialDateFilter(
        label=gettext_lazy("Since, from"), help_text="A year, month or day, included.", max_length=40
    )
    since_before = PartialDateFilter(
        label=gettext_lazy("Since, to"), help_text="A year, month or day, included.", max_length=40
    )
    q = django_filters.CharFilter(
        label=gettext_lazy("Name"), help_text="Words of the names of the communities.", max_length=LONGEST_Q
    )
    as_of = PastDayFilter(
        label=gettext_lazy("As of"),
        help_text="A day up to today: kind, standing and recognition are those of that day.",
        max_length=40,
    )
    sort = WordsFilter(
        words=browse.SORTS,
        label=gettext_lazy("Order"),
        help_text="since, -since (the default); name, -name of the partner, in a list by place.",
    )

    class Meta:
        model = AffiliationSide
        fields: list[str] = []

    def contradictions(self) -> dict[str, str]:
        if not self._by_name_of_nothing():
            return {}
        return {"sort": _("Sorting by name needs a country, a state or province, or a community.")}

    def _by_name_of_nothing(self) -> bool:
        clean = self.form.cleaned_data
        by_name = any(word.endswith("name") for word in clean.get("sort") or ())
        return by_name and not any(clean.get(place) for place in ("country", "subdivision", "jurisdiction", "q"))

    @cached_property
    def criteria(self) -> Criteria:
        """What is asked for, as far as it was understood."""
        return Criteria(**self.understood(_FIELDS))
