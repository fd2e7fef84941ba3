"""The filter of states and provinces."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.filters.fields import clipped
from partnerships.filters.questions import QuestionFilter
from partnerships.models import Tally


class CountryField(forms.CharField):
    """One country, or the empty text for all."""

    def clean(self, value: Any) -> str:
        code = super().clean(value).strip().upper()
        if code and not (len(code) == 2 and code in dict(countries)):
            raise ValidationError(_("“%(value)s” is not known."), code="unknown", params={"value": clipped(code)})
        return code


class CountryFilter(django_filters.Filter):
    field_class = CountryField


class SubdivisionListFilter(QuestionFilter):
    country = CountryFilter(
        label=gettext_lazy("Country"),
        help_text="ISO 3166-1 alpha-2 code. Without it, those of all countries.",
        max_length=40,
    )

    class Meta:
        model = Tally
        fields: list[str] = []
