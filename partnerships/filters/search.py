"""The one parameter of the search."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy

from partnerships.filters.questions import QuestionFilter
from partnerships.models import Jurisdiction


class SearchFilter(QuestionFilter):
    q = django_filters.CharFilter(
        label=gettext_lazy("Search"),
        help_text="Names in any script, a number such as SCI-000045, or somebody who signed.",
        max_length=200,
        required=True,
    )

    class Meta:
        model = Jurisdiction
        fields: list[str] = []
