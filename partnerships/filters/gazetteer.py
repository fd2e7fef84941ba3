"""The parameters of the look-up of places."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy

from partnerships.filters.places import CountryFilter
from partnerships.filters.questions import QuestionFilter
from partnerships.models import Place


class PlaceFilter(QuestionFilter):
    q = django_filters.CharFilter(
        label=gettext_lazy("Name"),
        help_text="A name of a place in any script; after a comma its state or country: Toledo, Ohio.",
        max_length=200,
        required=True,
    )
    country = CountryFilter(
        label=gettext_lazy("Country"),
        help_text="ISO 3166-1 alpha-2 code of the country that comes first among equal matches.",
        max_length=40,
    )

    class Meta:
        model = Place
        fields: list[str] = []
