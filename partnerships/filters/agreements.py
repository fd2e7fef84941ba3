"""The filter of registered agreements."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.choices import Act, AffiliationKind
from partnerships.filters.fields import IdsFilter, PartialDateFilter, WordsFilter, YesNoFilter, clipped
from partnerships.filters.questions import QuestionFilter
from partnerships.models import Agreement
from partnerships.rules import numbers
from partnerships.selectors import agreement_list
from partnerships.selectors.agreement_list import AgreementCriteria

_FIELDS = {
    "affiliation": "affiliation",
    "jurisdiction": "jurisdictions",
    "country": "countries",
    "act": "acts",
    "kind": "kinds",
    "annulled": "annulled",
    "signed_after": "signed_after",
    "signed_before": "signed_before",
    "sort": "sort",
}


class AffiliationNumberField(forms.CharField):
    """The number of an affiliation, as people type it."""

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        number = numbers.parse(text) if text else None
        if text and (number is None or number.is_agreement):
            message = _("“%(value)s” is no number of an affiliation such as SCI-000045.")
            raise ValidationError(message, code="invalid", params={"value": clipped(text)})
        return str(number or "")


class AffiliationNumberFilter(django_filters.Filter):
    field_class = AffiliationNumberField


class AgreementFilter(QuestionFilter):
    affiliation = AffiliationNumberFilter(
        label=gettext_lazy("Affiliation"), help_text="Number of an affiliation such as SCI-000045.", max_length=40
    )
    jurisdiction = IdsFilter(
        label=gettext_lazy("Community"), help_text="Id of a community. Repeated: all of them are parties."
    )
    country = WordsFilter(
        words=[code for code, _name in countries],
        upper=True,
        label=gettext_lazy("Country"),
        help_text="ISO 3166-1 alpha-2 code. Repeated: all of them are parties.",
    )
    act = WordsFilter(words=Act.values, label=gettext_lazy("Act"), help_text="Repeated: any of them.")
    kind = WordsFilter(
        words=AffiliationKind.values,
        label=gettext_lazy("Kind"),
        help_text="sister or friendship. Repeated: any of them.",
    )
    annulled = YesNoFilter(label=gettext_lazy("Annulled"), help_text="true or false. Without it, both.")
    signed_after = PartialDateFilter(
        label=gettext_lazy("Signed, from"), help_text="A year, month or day, included.", max_length=40
    )
    signed_before = PartialDateFilter(
        label=gettext_lazy("Signed, to"), help_text="A year, month or day, included.", max_length=40
    )
    sort = WordsFilter(
        words=agreement_list.SORTS,
        label=gettext_lazy("Order"),
        help_text="-registered (the default: registered last comes first) or registered.",
    )

    class Meta:
        model = Agreement
        fields: list[str] = []

    @cached_property
    def criteria(self) -> AgreementCriteria:
        return AgreementCriteria(**self.understood(_FIELDS))
