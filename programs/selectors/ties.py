"""The affiliations of a community that an application may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from partnerships.models import Affiliation
from programs.models import Participation
from programs.rules import eligibility
from programs.rules.facts import CallFacts
from programs.selectors import facts

#: A list longer than this is no list to choose from.
MOST = 300


@dataclass(frozen=True)
class Tie:
    """An affiliation as it is chosen: its number, and the partner in words."""

    number: str
    partner_id: int
    partner: str
    words: str


def choosable(participation: Participation, call: CallFacts, on: date) -> list[Tie]:
    """Those of the community that the call asks for, and the one that was chosen already; one statement."""
    own = participation.jurisdiction_id
    both = Q(first=own) | Q(second=own)
    found = Affiliation.objects.filter(both).visible().select_related("first", "second").order_by("serial")[:MOST]
    ties = []
    for affiliation in found:
        partner = affiliation.second if affiliation.first_id == own else affiliation.first
        fits = affiliation.is_open and eligibility.fits(call, facts.tie(affiliation, partner, on))
        if fits or affiliation.pk == participation.affiliation_id:
            words = f"{partner.full_name} ({affiliation.number})"
            ties.append(Tie(affiliation.number, partner.pk, partner.name, words))
    return ties
