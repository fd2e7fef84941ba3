"""The filter of communities."""

from __future__ import annotations

from functools import cached_property

import django_filters
from django.utils.translation import gettext_lazy
from django_countries import countries

from partnerships.choices import JurisdictionKind
from partnerships.filters.fields import SubdivisionsFilter, WordsFilter, YesNoFilter
from partnerships.filters.questions import QuestionFilter
from partnerships.models import Jurisdiction
from partnerships.selectors import jurisdiction_list
from partnerships.selectors.jurisdiction_list import JurisdictionCriteria

_FIELDS = {
    "country": "countries",
    "subdivision": "subdivisions",
    "kind": "kinds",
    "member": "member",
    "partnered": "partnered",
    "q": "q",
    "sort": "sort",
}


class JurisdictionFilter(QuestionFilter):
    country = WordsFilter(
        words=[code for code, _name in countries],
        upper=True,
        label=gettext_lazy("Country"),
        help_text="ISO 3166-1 alpha-2 code. Repeated: any of them.",
    )
    subdivision = SubdivisionsFilter(
        label=gettext_lazy("State or province"),
        help_text="ISO 3166-2 code such as US-CA. Repeated: any of them.",
    )
    kind = WordsFilter(
        words=JurisdictionKind.values, label=gettext_lazy("Kind"), help_text="Such as city. Repeated: any of them."
    )
    member = YesNoFilter(label=gettext_lazy("Member"), help_text="true or false: a member in good standing today.")
    partnered = YesNoFilter(label=gettext_lazy("Has partners"), help_text="true or false: has an open affiliation.")
    q = django_filters.CharFilter(
        label=gettext_lazy("Name"),
        help_text="Words with which words of its names begin, in any script.",
        max_length=200,
    )
    sort = WordsFilter(
        words=jurisdiction_list.SORTS, label=gettext_lazy("Order"), help_text="name (the default) or -name."
    )

    class Meta:
        model = Jurisdiction
        fields: list[str] = []

    @cached_property
    def criteria(self) -> JurisdictionCriteria:
        return JurisdictionCriteria(**self.understood(_FIELDS))
