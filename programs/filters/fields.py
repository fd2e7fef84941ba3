"""Parameters that several lists of programs take."""

from __future__ import annotations

import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.filters.fields import IdsField, WordsFilter, clipped


class YearsField(IdsField):
    """Years of the calendar."""

    def read(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            message = _("“%(value)s” is no year such as 2026.")
            raise ValidationError(message % {"value": clipped(text)}, code="invalid")
        return int(text)


class YearsFilter(django_filters.Filter):
    field_class = YearsField


def country(help_text: str) -> WordsFilter:
    return WordsFilter(
        words=[code for code, _name in countries], upper=True, label=gettext_lazy("Country"), help_text=help_text
    )


def program() -> django_filters.CharFilter:
    return django_filters.CharFilter(
        label=gettext_lazy("Program"), help_text="The name of a program in its address.", max_length=40
    )


def cycle() -> django_filters.CharFilter:
    return django_filters.CharFilter(
        label=pgettext_lazy("of a program", "Cycle"),
        help_text="The name of a cycle in its address; usually with program.",
        max_length=24,
    )
