"""Which affiliations the laws of the compliance table touch on a day (domain 2.7). It flags; it never decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from partnerships.choices import OPEN_STANDINGS
from partnerships.models import AffiliationSide, ComplianceRule, Period
from partnerships.rules import compliance, territories
from partnerships.rules.facts import ComplianceFacts

#: Affiliations that one page lists of a rule; the count is whole.
MOST_SHOWN = 500


@dataclass(frozen=True)
class Touched:
    """An open affiliation that a rule touches: its community at home, the partner, and where that lies."""

    affiliation_id: int
    number: str
    community_id: int
    community: str
    partner: str
    country: str
    standing: str


@dataclass(frozen=True)
class RuleView:
    """A rule, whether it is in force on the day, and what it touches."""

    rule: ComplianceRule
    in_force: bool
    touched: tuple[Touched, ...]
    count: int


def facts(rule: ComplianceRule) -> ComplianceFacts:
    return ComplianceFacts(
        subdivision=rule.subdivision,
        countries=frozenset(rule.countries),
        from_date=rule.from_date,
        to_date=rule.to_date,
        citation=rule.citation,
        summary=rule.summary,
    )


def in_force(rule: ComplianceRule, on: date) -> bool:
    return (rule.from_date or on) <= on <= (rule.to_date or on)


def lens(*, on: date) -> list[RuleView]:
    """Every rule with what it touches on the day."""
    found = []
    for rule in ComplianceRule.objects.order_by("subdivision", "from_date", "pk"):
        rows = touched(rule, on=on)
        found.append(RuleView(rule, in_force(rule, on), tuple(rows[:MOST_SHOWN]), len(rows)))
    return found


def changes(rule: ComplianceRule, *, on: date, against: date) -> tuple[tuple[Touched, ...], tuple[Touched, ...]]:
    """What the rule touches on one day and did not on the other, and the other way round."""
    now = {row.affiliation_id: row for row in touched(rule, on=on)}
    then = {row.affiliation_id: row for row in touched(rule, on=against)}
    more = tuple(row for pk, row in now.items() if pk not in then)
    return more, tuple(row for pk, row in then.items() if pk not in now)


def touched(rule: ComplianceRule, *, on: date) -> list[Touched]:
    """The affiliations that were open on the day and that the rule touches then, in two statements.

    A rule without a first day counts as in force from ever; without a last day, for good.
    """
    if not in_force(rule, on):
        return []
    law = facts(rule)
    sides = AffiliationSide.objects.filter(subdivision=rule.subdivision).filter(_partners(rule))
    sides = sides.filter(affiliation__in=_open(sides, on)).select_related("affiliation", "jurisdiction", "partner")
    return [
        Touched(
            affiliation_id=side.affiliation_id,
            number=side.affiliation.number,
            community_id=side.jurisdiction_id,
            community=side.jurisdiction.full_name,
            partner=side.partner.full_name,
            country=side.partner_country,
            standing=side.affiliation.standing,
        )
        for side in sides.order_by("jurisdiction__folded", "affiliation__serial")
        if compliance.applies(
            law,
            subdivision=side.subdivision,
            country=side.partner_country,
            on=on,
            partner=side.partner_subdivision,
        )
    ]


def _partners(rule: ComplianceRule) -> Q:
    """Partners that may be meant: those of the country itself, and those of the country that a territory belongs to."""
    named = set(rule.countries)
    wider = {territories.country_of(code) for code in named}
    return Q(partner_country__in=named | wider)


def _open(sides: Iterable[AffiliationSide], on: date) -> Sequence[int]:
    """Those that were open on the day, as their periods say."""
    ids = [side.affiliation_id for side in sides]
    held = Period.objects.filter(affiliation__in=ids, standing__in=OPEN_STANDINGS)
    then = held.filter(Q(from_date__isnull=True) | Q(from_date__lte=on), Q(to_date__isnull=True) | Q(to_date__gt=on))
    return list(then.values_list("affiliation_id", flat=True))
