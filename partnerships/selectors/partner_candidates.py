"""Who may fit a community that looks for a partner: some candidates by each index, and what speaks for each.

Never all pairs: at most ``EACH`` candidates are read for each thing that may speak for them, in three statements.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from partnerships.choices import WishFacet
from partnerships.models import AffiliationSide, Wish, WishAim
from partnerships.rules import matching_partners as rule
from partnerships.rules.matching_partners import Reason
from partnerships.selectors import seeking
from partnerships.selectors.seeking import SeekingRow

#: Candidates that are read for one thing that may speak for them.
EACH = 40
#: Own partners that are looked at, and ties of candidates with them.
MOST_PARTNERS, MOST_TIES = 1000, 2000


@dataclass(frozen=True)
class Suggestion:
    row: SeekingRow
    reasons: tuple[Reason, ...]


def suggestions(me: SeekingRow, *, on: date, most: int = 10) -> list[Suggestion]:
    """Other communities of the board that may fit, the best first, each with why."""
    sides = AffiliationSide.objects.filter(jurisdiction=me.party.id, is_open=True).order_by("since", "affiliation")
    partners = dict(sides.values_list("partner", "partner_country")[:MOST_PARTNERS])
    found = {wish.jurisdiction_id: seeking.row(wish) for wish in _candidates(me, partners, on)}
    shared = _shared(found.keys() - {me.party.id}, partners)
    own = seeking.profile(me, frozenset(partners.values()))
    matches = rule.ranked(own, [seeking.profile(row) for row in found.values()], shared, most)
    return [Suggestion(found[match.profile.id], match.reasons) for match in matches]


def _candidates(me: SeekingRow, partners: dict[int, str], on: date) -> QuerySet[Wish]:
    others = seeking.standing(on).exclude(jurisdiction__country=me.party.country).order_by("-since", "-pk")
    if partners:
        others = others.exclude(jurisdiction__in=list(partners))
    wanting = WishAim.objects.filter(facet=WishFacet.COUNTRY, code=me.party.country).values("wish")
    themed = WishAim.objects.filter(facet=WishFacet.THEME, code__in=me.themes).values("wish")
    ways = [others.filter(pk__in=wanting), others]
    if me.countries:
        ways.append(others.filter(jurisdiction__country__in=me.countries))
    if me.themes:
        ways.append(others.filter(pk__in=themed))
    if me.population:
        alike = (int(me.population / rule.ALIKE), int(me.population * rule.ALIKE))
        ways.append(others.filter(jurisdiction__population__range=alike))
    if me.diaspora:
        ways.append(others.filter(jurisdiction__country__in=me.diaspora))
    if partners:
        cousins = AffiliationSide.objects.filter(jurisdiction__in=list(partners), is_open=True).values("partner")
        ways.append(others.filter(jurisdiction__in=cousins))
    chosen = Q()
    for way in ways:
        chosen |= Q(pk__in=way.values("pk")[:EACH])
    return seeking.standing(on).filter(chosen)


def _shared(candidates: set[int], partners: dict[int, str]) -> dict[int, list[str]]:
    """The names of the own partners that each candidate has too."""
    if not (candidates and partners):
        return {}
    ties = AffiliationSide.objects.filter(jurisdiction__in=candidates, partner__in=list(partners), is_open=True)
    found: dict[int, list[str]] = defaultdict(list)
    for pk, name in ties.order_by("jurisdiction", "partner").values_list("jurisdiction", "partner__name")[:MOST_TIES]:
        found[pk].append(name)
    return found
