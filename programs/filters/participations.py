"""The filters of participations: on the page of a cycle, and in the API."""

from __future__ import annotations

from functools import cached_property

import django_filters
from django.utils.translation import gettext_lazy

from partnerships.filters.agreements import AffiliationNumberFilter
from partnerships.filters.fields import FamiliesFilter, SubdivisionsFilter, WordsFilter
from partnerships.filters.questions import QuestionFilter
from programs.choices import PUBLIC_STATES, ParticipationRole
from programs.filters import fields
from programs.filters.fields import YearsFilter
from programs.kinds import all_kinds
from programs.models import Participation
from programs.selectors import participants
from programs.selectors.participants import ParticipantCriteria

_FIELDS = {
    "program": "program",
    "cycle": "cycle",
    "jurisdiction": "jurisdictions",
    "affiliation": "affiliation",
    "country": "countries",
    "subdivision": "subdivisions",
    "category": "categories",
    "kind": "kinds",
    "state": "states",
    "role": "roles",
    "year": "years",
    "sort": "sort",
}


class ParticipantFilter(QuestionFilter):
    """What the list of one cycle can be narrowed down by."""

    country = fields.country(
        "ISO 3166-1 alpha-2 code of the community that takes part, or of its partner. Repeated: any."
    )
    subdivision = SubdivisionsFilter(
        label=gettext_lazy("State or province"),
        help_text="ISO 3166-2 code such as US-CA of the community, or of its partner. Repeated: any.",
    )
    category = django_filters.CharFilter(
        label=gettext_lazy("Category"), help_text="Code of a category of the cycle.", max_length=30
    )
    state = WordsFilter(
        words=[str(state) for state in PUBLIC_STATES],
        label=gettext_lazy("State"),
        help_text="How far it is: finalist, accepted or completed. Repeated: any of them.",
    )
    sort = WordsFilter(
        words=participants.SORTS,
        label=gettext_lazy("Order"),
        help_text="-id (the default: the newest first), id, name (of the community) or -name.",
    )

    class Meta:
        model = Participation
        fields: list[str] = []

    @cached_property
    def criteria(self) -> ParticipantCriteria:
        known = self.understood(_FIELDS)
        if code := known.get("categories"):
            known["categories"] = (code,)
        return ParticipantCriteria(**known)


class ParticipationFilter(ParticipantFilter):
    """The same over all programs."""

    program = fields.program()
    cycle = fields.cycle()
    jurisdiction = FamiliesFilter(
        label=gettext_lazy("Community"), help_text="Id of a community that takes part, or of its partner."
    )
    affiliation = AffiliationNumberFilter(
        label=gettext_lazy("Affiliation"), help_text="Number of an affiliation such as SCI-000045.", max_length=40
    )
    kind = WordsFilter(
        words=all_kinds(), label=gettext_lazy("Kind"), help_text="Kind of the program. Repeated: any of them."
    )
    role = WordsFilter(
        words=ParticipationRole.values,
        label=gettext_lazy("Role"),
        help_text="As what the community takes part. Repeated: any of them.",
    )
    year = YearsFilter(label=gettext_lazy("Year"), help_text="Year in which the cycle begins. Repeated: any of them.")
