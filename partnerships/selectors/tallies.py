"""Totals of affiliations by place, kind and standing, from the counts that the services keep. One statement each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pycountry
from django.db.models import Case, F, Q, QuerySet, Sum, When
from django_countries import countries as iso_countries

from partnerships.choices import OPEN_STANDINGS, AffiliationKind, Standing
from partnerships.models import Tally
from partnerships.selectors.criteria import Criteria

#: Of communities that stand under no country of ISO 3166-1: counted, but no country.
_NOWHERE = ""


@dataclass(frozen=True)
class PlaceTotal:
    """A country or subdivision and how many affiliations it has: open ones by kind, and those that ended."""

    code: str
    name: str
    sister: int
    friendship: int
    ended: int

    @property
    def open(self) -> int:
        return self.sister + self.friendship


@dataclass(frozen=True)
class Totals:
    """The open affiliations of the registry, each counted once."""

    sister: int
    friendship: int
    countries: int

    @property
    def open(self) -> int:
        return self.sister + self.friendship


def country_name(code: str) -> str:
    return str(iso_countries.name(code) or code)


@cache
def subdivision_names() -> dict[str, str]:
    """The names of the subdivisions of ISO 3166-2 by their codes."""
    return {row.code: row.name for row in pycountry.subdivisions}


def subdivision_name(code: str) -> str:
    return subdivision_names().get(code, code)


# --- Totals of one list


def by_kind(criteria: Criteria) -> dict[str, int] | None:
    """How many affiliations of each kind fit, where place, kind and standing decide alone; ``None`` where these totals
    cannot tell."""
    if not _decide(criteria):
        return None
    kept = _kept(criteria)
    if not criteria.has_place:
        return {kind: both - (both - within) // 2 for kind, both, within in _everywhere(kept)}
    found = _of_place(kept, criteria.other_countries, criteria.subdivisions)
    return dict(found.values_list("kind").annotate(Sum("count")))


def by_country(criteria: Criteria) -> dict[str, int] | None:
    """How many affiliations of the list each country has, one within a country once; ``None`` as in ``by_kind``."""
    if not _decide(criteria):
        return None
    kept = _kept(criteria)
    if not criteria.has_place:
        return dict(kept.filter(subdivision="").values_list("country").annotate(Sum("count")))
    own = criteria.subdivisions[0][:2] if criteria.subdivisions else criteria.other_countries[0]
    found = _of_place(kept, criteria.other_countries, criteria.subdivisions)
    partners = dict(found.values_list("partner_country").annotate(Sum("count")))
    return partners | {own: sum(partners.values())} if partners else {}


def _decide(criteria: Criteria) -> bool:
    """Whether place, kind and standing say alone what is asked for."""
    dates = (criteria.since_after, criteria.since_before)
    beyond = (criteria.jurisdictions, criteria.themes, criteria.programs, criteria.q, *dates)
    if any(beyond) or criteria.as_of or criteria.recognised is not None:
        return False
    return len(criteria.other_countries) + len(criteria.subdivisions) <= 2 and len(criteria.subdivisions) <= 1


def _kept(criteria: Criteria) -> QuerySet[Tally]:
    kept = Tally.objects.filter(standing__in=criteria.wanted)
    return kept.filter(kind__in=criteria.kinds) if criteria.kinds else kept


def _of_place(kept: QuerySet[Tally], countries: tuple[str, ...], subdivisions: tuple[str, ...]) -> QuerySet[Tally]:
    if subdivisions:
        kept = kept.filter(country=subdivisions[0][:2], subdivision=subdivisions[0])
    else:
        kept, countries = kept.filter(country=countries[0], subdivision=""), countries[1:]
    return kept.filter(partner_country=countries[0]) if countries else kept


def _everywhere(kept: QuerySet[Tally]) -> list[tuple[str, int, int]]:
    """Kind, the sum over all countries, and what lies within one country: the rest is kept at both its countries."""
    sums = (
        kept.filter(subdivision="")
        .values("kind")
        .annotate(both=Sum("count"), within=Sum("count", filter=Q(country=F("partner_country"))))
    )
    return [(row["kind"], row["both"], row["within"] or 0) for row in sums]


# --- Totals of places


def of_countries() -> tuple[Totals, list[PlaceTotal]]:
    """The whole registry, and every country that has or had an affiliation, by name."""
    found = _grouped(Tally.objects.filter(subdivision=""), "country")
    return _totals(found), _places(found, country_name)


def of_subdivisions(country: str = "") -> list[PlaceTotal]:
    """The states or provinces of a country, or of all, that have or had an affiliation, by name."""
    kept = Tally.objects.exclude(subdivision="")
    if country:
        kept = kept.filter(country=country)
    return _places(_grouped(kept, "subdivision"), subdivision_name)


def partner_countries(country: str, subdivision: str = "") -> list[PlaceTotal]:
    """The countries with which a country, or one subdivision of it, has or had an affiliation."""
    return _places(
        _grouped(Tally.objects.filter(country=country, subdivision=subdivision), "partner_country"), country_name
    )


def partner_subdivisions(country: str) -> list[PlaceTotal]:
    """The states or provinces of other countries with which a country has or had an affiliation."""
    kept = Tally.objects.filter(partner_country=country).exclude(subdivision="").exclude(country=country)
    return _places(_grouped(kept, "subdivision"), subdivision_name)


@dataclass(frozen=True)
class Around:
    """What a country is tied to: ``countries``, its own states or provinces, and the partners' ones."""

    countries: list[PlaceTotal]
    own: list[PlaceTotal]
    partners: list[PlaceTotal]


def around(country: str) -> Around:
    """The places that a list of this country can be narrowed to, on its side and on the other, in one statement."""
    to_country = Q(country=country, subdivision="")
    kept = Tally.objects.filter(to_country | ~Q(subdivision="") & (Q(country=country) | Q(partner_country=country)))
    place = Case(When(to_country, then=F("partner_country")), default=F("subdivision"))
    rows = _grouped(kept, place)
    own = [row for row in rows if "-" in row["code"] and row["code"][:2] == country]
    others = [row for row in rows if "-" in row["code"] and row["code"][:2] != country]
    countries = [row for row in rows if "-" not in row["code"]]
    return Around(_places(countries, country_name), _places(own, subdivision_name), _places(others, subdivision_name))


def _grouped(kept: QuerySet[Tally], place: str | Case) -> list[dict[str, Any]]:
    listed = kept.exclude(standing=Standing.ANNULLED).filter(count__gt=0)
    within = Sum("count", filter=Q(country=F("partner_country")))
    grouped = listed.values("kind", "standing", code=F(place) if isinstance(place, str) else place).annotate(
        sum=Sum("count"), within=within
    )
    return [dict(row) for row in grouped.order_by()]


def _places(found: Iterable[dict[str, Any]], name: Any) -> list[PlaceTotal]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in found:
        sums[row["code"]][row["kind"] if row["standing"] in OPEN_STANDINGS else Standing.ENDED] += row["sum"]
    rows = [
        PlaceTotal(code, name(code), of[AffiliationKind.SISTER], of[AffiliationKind.FRIENDSHIP], of[Standing.ENDED])
        for code, of in sums.items()
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


def _totals(found: Iterable[dict[str, Any]]) -> Totals:
    once: dict[str, int] = defaultdict(int)
    with_open: set[str] = set()
    for row in found:
        if row["standing"] in OPEN_STANDINGS:
            within = row["within"] or 0
            once[row["kind"]] += row["sum"] + within
            with_open.add(row["code"])
    return Totals(once[AffiliationKind.SISTER] // 2, once[AffiliationKind.FRIENDSHIP] // 2, len(with_open - {_NOWHERE}))
