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

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from partnerships.choices import OPEN_STANDINGS, AffiliationKind, Standing
from partnerships.models import AffiliationSide
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
    """How many affiliations there were, over all and by country. Reads every affiliation of that time."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    once: dict[str, int] = defaultdict(int)
    for code, word, number, halves in _counted(day):
        sums[code][word] += number
        once[word] += halves
    countries = [CountryThen(code, country_name(code), **_words(found)) for code, found in sums.items()]
    whole = {word: number // 2 for word, number in once.items()}
    return Totals(**_words(whole), countries=tuple(sorted(countries, key=lambda row: row.name.casefold())))


def _words(found: dict[str, int]) -> dict[str, int]:
    kinds = (AffiliationKind.SISTER.value, AffiliationKind.FRIENDSHIP.value)
    return {word: found.get(word, 0) for word in (*kinds, "ended", "recognised", "undated")}


#: Of an affiliation within one country that country counts one end.
_ONCE = ~Q(country=F("partner_country"), jurisdiction__gt=F("partner"))


def _counted(day: date) -> Iterator[tuple[str, str, int, int]]:
    """Country, what is counted, how many affiliations, and how many ends of affiliations: each has two in all."""
    sides = AffiliationSide.objects.filter(since__lte=past.began_by(day)).order_by()
    # Where all acts were annulled there is no period, which is not one without a beginning.
    within = past.in_effect(day, "affiliation__periods__") & Q(affiliation__periods__isnull=False)
    periods = sides.filter(within).values(
        "country",
        kind_then=F("affiliation__periods__kind"),
        standing_then=F("affiliation__periods__standing"),
        undated=Q(affiliation__periods__from_date__isnull=True),
    )
    for row in _summed(periods):
        is_open = row["standing_then"] in OPEN_STANDINGS
        words = [row["kind_then"] if is_open else Standing.ENDED.value]
        for word in words + ["undated"] * (is_open and row["undated"]):
            yield row["country"], word, row["number"], row["ends"]
    held = sides.filter(past.recognised(day, "affiliation__", "affiliation_id"))
    for row in _summed(held.values("country")):
        yield row["country"], "recognised", row["number"], row["ends"]


def _summed(grouped: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return grouped.annotate(number=Count("pk", filter=_ONCE), ends=Count("pk"))
