"""Affiliations in force whose years since they began come to a round number within some days or months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, When
from django.db.models.functions import Substr

from partnerships.choices import Standing
from partnerships.models import Affiliation, AffiliationSide
from partnerships.rules.freshness import add_months
from partnerships.selectors import rows
from partnerships.selectors.rows import AffiliationRow

#: Numbers of years between two anniversaries that may be asked for; the first is what the registry reminds of.
EVERY = (25, 10, 5, 1)
MOST = 1_000
#: Nothing on record is older.
_OLDEST = 150


@dataclass(frozen=True)
class AnniversaryCriteria:
    """Several countries or communities: any of them is a party. ``affiliation``: that one alone, by its number."""

    countries: tuple[str, ...] = ()
    jurisdictions: tuple[int, ...] = ()
    affiliation: str = ""
    every: int = EVERY[0]


@dataclass(frozen=True)
class Anniversary:
    """``on``: the day; ``None`` where the record knows only the month or the year of the beginning. ``years`` ≥ 1."""

    row: AffiliationRow
    years: int
    year: int
    on: date | None


def between(
    first: date, beyond: date, criteria: AnniversaryCriteria, *, on: date, size: int = MOST
) -> list[Anniversary]:
    """Those from one day up to, not including, another, at most a year later, in their order. One statement."""
    scan, parties = _scan(criteria)
    began = Q()
    for years in range(criteria.every, _OLDEST + 1, criteria.every):
        began |= Q(since__gte=_bound(first, years), since__lt=_bound(beyond, years))
    found = scan.filter(began, standing=Standing.IN_FORCE).annotate(turn=Substr("since", 6))
    # Of a span that turns the year, January comes after December; what has no month comes last.
    late = Case(When(turn="", then=2), When(turn__lt=str(first)[5:], then=1), default=0, output_field=IntegerField())
    listed = found.select_related(*parties).order_by(late, "turn", "pk")[:size]
    turned = [_turned(row, first, beyond) for row in rows.of(listed, on=on)]
    return [one for one in turned if one.years % criteria.every == 0]


def _scan(criteria: AnniversaryCriteria) -> tuple[QuerySet[Any], tuple[str, ...]]:
    if criteria.affiliation:
        return Affiliation.objects.filter(number=criteria.affiliation), ("first", "second")
    if not (criteria.countries or criteria.jurisdictions):
        return Affiliation.objects.all(), ("first", "second")
    sides: QuerySet[Any] = AffiliationSide.objects.filter(is_open=True)
    here, there = Q(), Q()
    for name, values in (("country", criteria.countries), ("jurisdiction", criteria.jurisdictions)):
        if values:
            here &= Q(**{f"{name}__in": values})
            there &= Q(**{f"partner{'_country' if name == 'country' else ''}__in": values})
    # Where both parties fit, the affiliation is told from its first party only.
    sides = sides.filter(here).exclude(there & Q(jurisdiction__gt=F("partner")))
    return sides, ("affiliation", "jurisdiction", "partner")


def _bound(day: date, years: int) -> str:
    """The day so many years before, as text that also admits what is known to a month or a year that begins with it."""
    return str(add_months(day, -12 * years)).removesuffix("-01").removesuffix("-01")


def _turned(row: AffiliationRow, first: date, beyond: date) -> Anniversary:
    if row.since is None:  # the statement asks for a date
        raise ValueError("An anniversary needs a date.")
    began = row.since.earliest
    year = next(year for year in (beyond.year, first.year) if year == first.year or _in_year(began, year) < beyond)
    exact = _in_year(began, year) if row.since.precision == "day" else None
    return Anniversary(row, year - began.year, year, exact)


def _in_year(began: date, year: int) -> date:
    """Of 29 February the 28th, where the year has no other."""
    return add_months(began, 12 * (year - began.year))
