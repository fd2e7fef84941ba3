"""The parameters of the search."""

from __future__ import annotations

from functools import cached_property

import django_filters
from django.utils.translation import gettext_lazy
from django_countries import countries

from partnerships.choices import AffiliationKind
from partnerships.filters.fields import WordsFilter
from partnerships.filters.questions import QuestionFilter
from partnerships.models import Jurisdiction
from partnerships.selectors.criteria import LISTED
from partnerships.selectors.hits import Chosen

_FACETS = {"country": "country", "kind": "kind", "standing": "standing"}


class SearchFilter(QuestionFilter):
    q = django_filters.CharFilter(
        label=gettext_lazy("Search"),
        help_text="Names in any script, a number such as SCI-000045, or somebody who signed.",
        max_length=200,
        required=True,
    )
    country = WordsFilter(
        words=[code for code, _name in countries],
        upper=True,
        label=gettext_lazy("Country"),
        help_text="ISO 3166-1 alpha-2 code. Repeated: any of them. Leaves out what has no country.",
    )
    kind = WordsFilter(
        words=AffiliationKind.values,
        label=gettext_lazy("Kind"),
        help_text="sister or friendship. Repeated: any of them. Leaves affiliations only.",
    )
    standing = WordsFilter(
        words=LISTED,
        label=gettext_lazy("Standing"),
        help_text="in_force, suspended, emeritus or ended. Repeated: any of them. Leaves affiliations only.",
    )

    class Meta:
        model = Jurisdiction
        fields: list[str] = []

    @cached_property
    def chosen(self) -> Chosen:
        """The facets that were chosen, as far as they were understood."""
        return Chosen(**self.understood(_FACETS))
