"""The registry as it was on a day: what was in force and recognised, by periods and terms of membership.

The signatures on which the page, the API and the export stand; ``day`` is never after today::

    page(*, day, criteria=EVERYTHING, size=50, cursor="", full=False) -> AffiliationPage    # keyset, as ``browse.page``
    stream(*, day, criteria=EVERYTHING, full=False) -> Iterator[AffiliationRow]    # all of them, bounded memory
    totals(day) -> Totals                                                           # two statements

Rows are ``AffiliationRow``s whose kind, standing, recognition and end are those of the day; with ``full`` also the
reason of recognition, the agreements made by that day and the term that these had set. ``EVERYTHING`` has those that
had ended by then, too; ``OPEN`` leaves them out. Names, places and themes carry no dates and are those of now;
``light`` is empty where somebody confirmed the affiliation later. What was annulled as an error never was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from partnerships.choices import OPEN_STANDINGS, AffiliationKind, Standing
from partnerships.models import Affiliation, Period
from partnerships.selectors import browse, past
from partnerships.selectors.browse import AffiliationPage
from partnerships.selectors.criteria import ANY, Criteria
from partnerships.selectors.rows import AffiliationRow
from partnerships.selectors.tallies import country_name

EVERYTHING = Criteria(standings=(ANY,))
OPEN = Criteria()


@dataclass(frozen=True)
class CountryThen:
    """A country and how many affiliations it had. ``recognised`` ones and ``undated`` ones are among the open ones."""

    code: str
    name: str
    sister: int
    friendship: int
    ended: int
    recognised: int
    undated: int

    @property
    def open(self) -> int:
        return self.sister + self.friendship


@dataclass(frozen=True)
class Totals:
    """The whole registry, each affiliation counted once, and its countries, each of which counts both its own ends.

    ``undated``: open ones of which nobody knows when they began, so that they may have begun later.
    """

    sister: int
    friendship: int
    ended: int
    recognised: int
    undated: int
    countries: tuple[CountryThen, ...]

    @property
    def open(self) -> int:
        return self.sister + self.friendship


def page(
    *, day: date, criteria: Criteria = EVERYTHING, size: int = 50, cursor: str = "", full: bool = False
) -> AffiliationPage:
    """One page of the list. Raises ``BadCursor`` for a cursor that is not one of this order."""
    return browse.page(replace(criteria, as_of=day), on=day, size=size, cursor=cursor, full=full)


def stream(*, day: date, criteria: Criteria = EVERYTHING, full: bool = False) -> Iterator[AffiliationRow]:
    """Every row of the list in its order, read in batches."""
    return browse.stream(replace(criteria, as_of=day), on=day, full=full)


def totals(day: date) -> Totals:
    """How many affiliations there were, over all and by country. Reads every affiliation of that time, once for what it
    was and once for whether it was recognised: seconds for a million, so keep the answer."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    once = Counter[str]()
    for pair, word, number in _counted(day):
        once[word] += number
        for code in set(pair):
            sums[code][word] += number
    countries = [CountryThen(code, country_name(code), **_words(found)) for code, found in sums.items()]
    return Totals(**_words(once), countries=tuple(sorted(countries, key=lambda row: row.name.casefold())))


def _words(found: Counter[str]) -> dict[str, int]:
    kinds = (AffiliationKind.SISTER.value, AffiliationKind.FRIENDSHIP.value)
    return {word: found[word] for word in (*kinds, "ended", "recognised", "undated")}


def _counted(day: date) -> Iterator[tuple[tuple[str, str], str, int]]:
    """The countries of both parties, what is counted, and how many affiliations."""
    begun = past.began_by(day)
    # Where all acts were annulled there is no period, which is not one without a beginning.
    periods = Period.objects.filter(past.in_effect(day), affiliation__since__lte=begun)
    for row in _summed(periods, "affiliation__", "kind", "standing", undated=Q(from_date__isnull=True)):
        is_open = row["standing"] in OPEN_STANDINGS
        words = [row["kind"] if is_open else Standing.ENDED.value]
        for word in words + ["undated"] * (is_open and row["undated"]):
            yield (row["one"], row["other"]), word, row["number"]
    held = Affiliation.objects.filter(past.recognised(day, "", "pk"), since__lte=begun)
    for row in _summed(held, ""):
        yield (row["one"], row["other"]), "recognised", row["number"]


def _summed(found: QuerySet[Any], to: str, *columns: str, **more: Any) -> QuerySet[Any, dict[str, Any]]:
    """How many rows for each pair of countries; ``to`` leads to the affiliation. Half as many rows as its sides."""
    pair = {"one": F(f"{to}first__country"), "other": F(f"{to}second__country")}
    return found.order_by().values(*columns, **pair, **more).annotate(number=Count("pk"))
