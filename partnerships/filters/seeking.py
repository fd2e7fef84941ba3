"""The filter of the board of communities that look for a partner."""

from __future__ import annotations

from functools import cached_property

from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.choices import JurisdictionKind, Theme
from partnerships.filters.fields import WordsFilter
from partnerships.filters.questions import QuestionFilter
from partnerships.models import Wish
from partnerships.rules.matching_partners import SIZES
from partnerships.selectors.seeking import SeekingCriteria

_CODES = [code for code, _name in countries]
_FIELDS = {"country": "countries", "wants": "wants", "theme": "themes", "kind": "kinds", "size": "sizes"}


class SeekingFilter(QuestionFilter):
    country = WordsFilter(words=_CODES, upper=True, label=_("Country"))
    wants = WordsFilter(words=_CODES, upper=True, label=_("Looks for a partner in"))
    theme = WordsFilter(words=Theme.values, label=_("Theme"))
    kind = WordsFilter(words=JurisdictionKind.values, label=_("Kind"))
    size = WordsFilter(words=SIZES, label=_("Size"))

    class Meta:
        model = Wish
        fields: list[str] = []

    @cached_property
    def criteria(self) -> SeekingCriteria:
        return SeekingCriteria(**self.understood(_FIELDS))
