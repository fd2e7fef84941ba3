"""Totals of affiliations by place, kind and standing, from the counts that the services keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, Sum

from partnerships.models import Tally

if TYPE_CHECKING:
    from partnerships.selectors.browse import Criteria


def total(criteria: Criteria) -> int | None:
    """How many affiliations fit, where place, kind and standing decide alone; ``None`` where the totals cannot tell."""
    places = criteria.other_countries, criteria.subdivisions
    beyond = (criteria.jurisdictions, criteria.themes, criteria.q, criteria.since_after, criteria.since_before)
    if any(beyond) or criteria.recognised is not None or len(places[0]) + len(places[1]) > 2 or len(places[1]) > 1:
        return None
    kept = Tally.objects.filter(standing__in=criteria.wanted)
    if criteria.kinds:
        kept = kept.filter(kind__in=criteria.kinds)
    if not criteria.has_place:
        return _everywhere(kept)
    return _sum(_of_place(kept, *places))


def _of_place(kept: QuerySet[Tally], countries: tuple[str, ...], subdivisions: tuple[str, ...]) -> QuerySet[Tally]:
    if subdivisions:
        kept = kept.filter(country=subdivisions[0][:2], subdivision=subdivisions[0])
    else:
        kept, countries = kept.filter(country=countries[0], subdivision=""), countries[1:]
    return kept.filter(partner_country=countries[0]) if countries else kept


def _everywhere(kept: QuerySet[Tally]) -> int:
    """An affiliation between two countries is kept at both, one within a country once."""
    sums = kept.filter(subdivision="").aggregate(
        within=Sum("count", filter=Q(country=F("partner_country"))), both=Sum("count")
    )
    within = sums["within"] or 0
    return within + ((sums["both"] or 0) - within) // 2


def _sum(kept: QuerySet[Tally]) -> int:
    return int(kept.aggregate(sum=Sum("count"))["sum"] or 0)
