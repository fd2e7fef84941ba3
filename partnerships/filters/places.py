"""The filters of countries and of their states or provinces."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy
from django_countries import countries

from partnerships.filters.fields import WordsField
from partnerships.filters.questions import QuestionFilter
from partnerships.models import Tally


class CountryField(WordsField):
    """One country, or the empty text for all."""

    def clean(self, value: object) -> str:
        return next(iter(super().clean(value)), "")


class CountryFilter(django_filters.Filter):
    field_class = CountryField


class SubdivisionListFilter(QuestionFilter):
    country = CountryFilter(
        words=[code for code, _name in countries],
        upper=True,
        label=gettext_lazy("Country"),
        help_text="ISO 3166-1 alpha-2 code. Without it, those of all countries.",
    )

    class Meta:
        model = Tally
        fields: list[str] = []
