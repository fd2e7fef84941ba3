"""The filter of anniversaries."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.filters.fields import IdsFilter, WordsFilter, clipped
from partnerships.filters.questions import QuestionFilter
from partnerships.models import AffiliationSide
from partnerships.selectors.anniversaries import EVERY, AnniversaryCriteria

_MONTH = re.compile(r"(1[89]|2\d)\d\d-(0[1-9]|1[0-2])", re.ASCII)


class MonthField(forms.CharField):
    """A month such as 2027-03."""

    def clean(self, value: Any) -> date | None:
        text = super().clean(value).strip()
        if text and not _MONTH.fullmatch(text):
            message = _("“%(value)s” is no month such as 2027-03.")
            raise ValidationError(message, code="invalid", params={"value": clipped(text)})
        return date.fromisoformat(f"{text}-01") if text else None


class MonthFilter(django_filters.Filter):
    field_class = MonthField


class CalendarFilter(QuestionFilter):
    """Of a calendar that tells of one thing: what it is about stands in its address."""

    every = WordsFilter(words=[str(years) for years in EVERY], label=gettext_lazy("Years"))

    class Meta:
        model = AffiliationSide
        fields: list[str] = []

    @cached_property
    def years(self) -> int | None:
        """Years between two anniversaries; ``None`` where nobody asks."""
        asked = self.understood({"every": "every"}).get("every")
        return int(asked[-1]) if asked else None


class AnniversaryFilter(QuestionFilter):
    month = MonthFilter(label=gettext_lazy("Month"), max_length=40)
    country = WordsFilter(words=[code for code, _name in countries], upper=True, label=gettext_lazy("Country"))
    jurisdiction = IdsFilter(label=gettext_lazy("Community"))
    every = WordsFilter(words=[str(years) for years in EVERY], label=gettext_lazy("Years"))

    class Meta:
        model = AffiliationSide
        fields: list[str] = []

    @cached_property
    def month_asked(self) -> date | None:
        return self.understood({"month": "month"}).get("month")

    @cached_property
    def criteria(self) -> AnniversaryCriteria:
        known = self.understood({"country": "countries", "jurisdiction": "jurisdictions", "every": "every"})
        if "every" in known:
            known["every"] = int(known["every"][-1])
        return AnniversaryCriteria(**known)
