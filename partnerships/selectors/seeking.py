"""The board of communities that look for a partner, as it stands on a day.

page(criteria, *, on, size, cursor) -> SeekingPage     # raises keyset.BadCursor; two statements
stream(criteria, *, on) -> Iterator[SeekingRow]        # all of them, in batches
find(pk, *, on) -> SeekingRow | None                   # of one community
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnerships.choices import WishFacet
from partnerships.models import Wish, WishAim
from partnerships.rules.matching_partners import SIZES, Profile
from partnerships.selectors import keyset, rows
from partnerships.selectors.keyset import Cursor
from partnerships.selectors.rows import PartyRow

PAGE_SIZE = 25
MOST_ROWS = 200
_SORT = "newest"


@dataclass(frozen=True)
class SeekingCriteria:
    """Several values of one: any of them. ``wants``: a country that the wish names, or it names none."""

    countries: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeekingRow:
    """``countries``, ``themes`` and what follows the text are codes; no country means any."""

    party: PartyRow
    population: int | None
    population_year: int | None
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    industries: str
    text: str
    since: date
    until: date
    traits: tuple[str, ...]
    diaspora: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class SeekingPage:
    """``next`` and ``previous`` are cursors, empty where there is nothing further."""

    rows: tuple[SeekingRow, ...]
    total: int
    next: str
    previous: str


def standing(on: date) -> QuerySet[Wish]:
    """The wishes that the public sees on that day."""
    return Wish.objects.filter(
        closed_on__isnull=True,
        until__gte=on,
        jurisdiction__provisional=False,
        jurisdiction__successor__isnull=True,
    ).select_related("jurisdiction")


def stands(wish: Wish, on: date) -> bool:
    """The same of one row of a community that is public."""
    return wish.closed_on is None and wish.until >= on


def listed(criteria: SeekingCriteria, on: date) -> QuerySet[Wish]:
    found = standing(on)
    if criteria.countries:
        found = found.filter(jurisdiction__country__in=criteria.countries)
    if criteria.kinds:
        found = found.filter(jurisdiction__kind__in=criteria.kinds)
    if criteria.sizes:
        found = found.filter(_of_sizes(criteria.sizes))
    if criteria.themes:
        found = found.filter(Exists(_aims(WishFacet.THEME, criteria.themes)))
    if criteria.wants:
        found = found.filter(Exists(_aims(WishFacet.COUNTRY, criteria.wants)) | ~Exists(_aims(WishFacet.COUNTRY)))
    return found


def _aims(facet: str, codes: tuple[str, ...] = ()) -> QuerySet[WishAim]:
    aims = WishAim.objects.filter(wish=OuterRef("pk"), facet=facet)
    return aims.filter(code__in=codes) if codes else aims


def _of_sizes(sizes: tuple[str, ...]) -> Q:
    fits = Q()
    for least, under in (SIZES[size] for size in sizes):
        fits |= Q(jurisdiction__population__gte=least) & (
            Q(jurisdiction__population__lt=under) if under is not None else Q()
        )
    return fits


def page(criteria: SeekingCriteria, *, on: date, size: int = PAGE_SIZE, cursor: str = "") -> SeekingPage:
    """One page, the latest first."""
    found, following, before = _slice(listed(criteria, on), size, cursor)
    return SeekingPage(rows=tuple(map(row, found)), total=listed(criteria, on).count(), next=following, previous=before)


def _slice(wishes: QuerySet[Wish], size: int, cursor: str) -> tuple[list[Wish], str, str]:
    size = max(1, min(size, MOST_ROWS))
    at = Cursor.parse(cursor, sort=_SORT) if cursor else None
    backward = at is not None and at.backward
    if at is not None:
        wishes = keyset.beyond(wishes, "since", "id", at, descending=not backward)
    found = list(keyset.ordered(wishes, "since", "id", descending=not backward)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    ends = [Cursor(_SORT, str(one.since), one.pk) for one in found[:1] + found[-1:]]
    has_next, has_previous = (True, more) if backward else (more, at is not None)
    return (
        found,
        str(ends[-1]) if ends and has_next else "",
        str(replace(ends[0], backward=True)) if ends and has_previous else "",
    )


def stream(criteria: SeekingCriteria, *, on: date) -> Iterator[SeekingRow]:
    cursor = ""
    while True:
        found, cursor, _before = _slice(listed(criteria, on), MOST_ROWS, cursor)
        yield from map(row, found)
        if not cursor:
            return


def find(pk: int, *, on: date) -> SeekingRow | None:
    """What one community looks for; ``None`` where it does not, or is not public."""
    found = standing(on).filter(jurisdiction=pk).first()
    return row(found) if found else None


def row(wish: Wish) -> SeekingRow:
    of: Any = wish.jurisdiction
    return SeekingRow(
        party=rows.party(of),
        population=of.population,
        population_year=of.population_year,
        countries=tuple(wish.countries),
        themes=tuple(wish.activities),
        industries=wish.industries,
        text=wish.text,
        since=wish.since,
        until=wish.until,
        traits=tuple(of.traits),
        diaspora=tuple(of.diaspora),
        languages=tuple(of.languages),
    )


def profile(one: SeekingRow, partner_countries: frozenset[str] = frozenset()) -> Profile:
    """The row as the rules of matching take it."""
    return Profile(
        id=one.party.id,
        name=one.party.name,
        country=one.party.country,
        population=one.population,
        wants=frozenset(one.countries),
        themes=frozenset(one.themes),
        traits=frozenset(one.traits),
        diaspora=frozenset(one.diaspora),
        languages=frozenset(one.languages),
        partner_countries=partner_countries,
    )
