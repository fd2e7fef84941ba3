"""What a map shows of a list of affiliations: how many each country has, and the ties between places, each as a line.

The same question as the list (``Criteria``). ``MOST_TIES`` bounds what is read, drawn and sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from partnerships.selectors import browse, tallies
from partnerships.selectors.criteria import Criteria

#: Ties that a browser draws without being told to wait, and that a slow line still brings in a few seconds.
MOST_TIES = 25_000
_PARTY = ("", "__name", "__country", "__longitude", "__latitude")


@dataclass(frozen=True)
class Place:
    """A community on the map."""

    id: int
    name: str
    country: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Tie:
    """An affiliation between two places, by their positions in ``Ties.places``; ``kind`` is the one of today."""

    first: int
    second: int
    kind: str
    fictional: bool


@dataclass(frozen=True)
class Ties:
    """The newest ties of a list. ``unplaced``: affiliations of which a party has no coordinates; ``countries``: how
    many of the ties read each country has."""

    places: tuple[Place, ...]
    ties: tuple[Tie, ...]
    unplaced: int
    countries: dict[str, int]


def ties(criteria: Criteria, *, on: date, most: int = MOST_TIES) -> Ties:
    """In one statement, the newest on record first."""
    found, to = browse.fitting(criteria, on=on)
    own, partner = ("jurisdiction", "partner") if to else ("first", "second")
    columns = [f"{to}kind", f"{to}fictional", *(side + column for side in (own, partner) for column in _PARTY)]
    newest = found.order_by(f"-{to.rstrip('_') or 'pk'}").values_list(*columns)
    return gathered(newest[:most])


def gathered(rows: Iterable[tuple[Any, ...]]) -> Ties:
    """Rows of kind, fictional, and id, name, country, longitude and latitude of either party."""
    places: dict[int, Place] = {}
    order: dict[int, int] = {}
    drawn: list[Tie] = []
    unplaced = 0
    countries: Counter[str] = Counter()
    for kind, fictional, *ends in rows:
        one, other = ends[:5], ends[5:]
        countries.update({one[2], other[2]})
        if one[3] is None or other[3] is None:
            unplaced += 1
            continue
        for pk, name, country, longitude, latitude in (one, other):
            if pk not in places:
                order[pk] = len(places)
                places[pk] = Place(pk, name, str(country), float(longitude), float(latitude))
        drawn.append(Tie(order[one[0]], order[other[0]], kind, fictional))
    return Ties(tuple(places.values()), tuple(drawn), unplaced, {str(code): count for code, count in countries.items()})


def by_country(criteria: Criteria, *, on: date) -> dict[str, int]:
    """How many affiliations of the list each country has, one within a country once; from the kept totals where these
    can tell."""
    if (kept := tallies.by_country(criteria)) is not None:
        return {code: count for code, count in kept.items() if count}
    found, to = browse.fitting(criteria, on=on)
    pair = ("country", "partner_country") if to else ("first__country", "second__country")
    counts: Counter[str] = Counter()
    for one, other, count in found.order_by().values_list(*pair).annotate(Count("pk")):
        for code in {str(one), str(other)}:
            counts[code] += count
    return dict(counts)
