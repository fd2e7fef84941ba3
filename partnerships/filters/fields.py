"""Form fields of the filters: values that may be repeated, codes in any case, dates as far as they are known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.rules.dates import PartialDate

MOST_VALUES = 20
_SHOWN = 40


def clipped(text: str) -> str:
    """As much of what somebody sent as a message can repeat."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in text[:_SHOWN])
    return plain + "…" if len(text) > _SHOWN else plain


class RepeatedField(forms.Field):
    """Every value of a parameter that may be repeated; empty ones, as forms send them, do not count."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> tuple[Any, ...]:
        given = [value] if isinstance(value, str) else list(value or ())
        if len(given) > MOST_VALUES:
            raise ValidationError(_("Give at most %(most)s values.") % {"most": MOST_VALUES}, code="too-many")
        return tuple(dict.fromkeys(self.read(text.strip()) for text in given if text.strip()))

    def read(self, text: str) -> Any:
        raise NotImplementedError


class WordsField(RepeatedField):
    """Values from a closed list, matched in the case that the list is written in."""

    def __init__(self, *, words: Iterable[str] = (), upper: bool = False, **kwargs: Any) -> None:
        self.words, self.upper = frozenset(words), upper
        super().__init__(**kwargs)

    def read(self, text: str) -> str:
        word = text.upper() if self.upper else text
        if word not in self.words:
            raise ValidationError(_("“%(value)s” is not known.") % {"value": clipped(text)}, code="unknown")
        return word


class SubdivisionsField(RepeatedField):
    """ISO 3166-2 codes such as US-NY."""

    def read(self, text: str) -> str:
        country, dash, rest = text.upper().partition("-")
        if not (dash and len(country) == 2 and 1 <= len(rest) <= 3 and f"{country}{rest}".isascii()):
            raise ValidationError(self._refusal(text), code="unknown")
        if not (country.isalpha() and rest.isalnum()):
            raise ValidationError(self._refusal(text), code="unknown")
        return f"{country}-{rest}"

    def _refusal(self, text: str) -> str:
        return _("“%(value)s” is no ISO 3166-2 code such as US-NY.") % {"value": clipped(text)}


class IdsField(RepeatedField):
    def read(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 18):
            raise ValidationError(_("“%(value)s” is no id.") % {"value": clipped(text)}, code="unknown")
        return int(text)


class SlugsField(RepeatedField):
    """Names of programs, as they stand in addresses."""

    def read(self, text: str) -> str:
        if not re.fullmatch(r"[a-z0-9-]{1,40}", text):
            message = _("“%(value)s” is no name of a program such as young-artists.")
            raise ValidationError(message % {"value": clipped(text)}, code="unknown")
        return text


class PartialDateFormField(forms.CharField):
    """A year, a month or a day."""

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            message = _("“%(value)s”: write a year (1931), a month (1985-04) or a day (1992-06-29).")
            raise ValidationError(message % {"value": clipped(text)}, code="invalid") from error


class PastDayField(forms.CharField):
    """A day that is not after today: a register cannot say what will be."""

    def clean(self, value: Any) -> date | None:
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            partial = PartialDate.parse(text)
        except ValueError:
            partial = None
        if partial is None or partial.precision != "day":
            message = _("“%(value)s” is no day of the calendar such as 1992-06-29.")
            raise ValidationError(message % {"value": clipped(text)}, code="invalid")
        if partial.earliest > timezone.localdate():
            raise ValidationError(_("This day has not come yet."), code="future")
        return partial.earliest


class YesNoField(forms.CharField):
    _WORDS = {"": None, "true": True, "false": False}

    def clean(self, value: Any) -> bool | None:
        text = super().clean(value).strip()
        if text not in self._WORDS:
            raise ValidationError(_("Write true or false."), code="unknown")
        return self._WORDS[text]


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class SubdivisionsFilter(django_filters.Filter):
    field_class = SubdivisionsField


class IdsFilter(django_filters.Filter):
    """Ids of communities; those that were merged stand for their successors."""

    field_class = IdsField


class FamiliesFilter(IdsFilter):
    """Any of communities, each with those that were merged into it: for what was not moved by the merge."""


class SlugsFilter(django_filters.Filter):
    field_class = SlugsField


class PartialDateFilter(django_filters.Filter):
    field_class = PartialDateFormField


class PastDayFilter(django_filters.Filter):
    field_class = PastDayField


class YesNoFilter(django_filters.Filter):
    field_class = YesNoField
