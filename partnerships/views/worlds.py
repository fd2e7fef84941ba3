"""Maps as pictures: plain numbers of a drawing of the world, for templates that print them as attributes of SVG.

The shapes stand in one file that every page shares (``static/vendor/world-atlas/world.svg``); a page names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from partnerships.rules import plane
from partnerships.selectors.atlas import Place, Ties, gathered
from partnerships.selectors.rows import AffiliationRow, PartyRow
from partnerships.selectors.tallies import country_name

LEVELS = 5
#: So many dots may be large.
FEW = 8


@dataclass(frozen=True)
class Shape:
    """A country and how dark it is: from 1, the fewest, to ``LEVELS``."""

    code: str
    name: str
    count: int
    level: int


@dataclass(frozen=True)
class Step:
    """A shade in the legend: it stands for so many."""

    level: int
    first: int
    last: int


@dataclass(frozen=True)
class Dot:
    """A community on the drawing; ``main`` is the one that the page is about."""

    x: str
    y: str
    name: str
    main: bool = False


@dataclass(frozen=True)
class Line:
    path: str
    kind: str


@dataclass(frozen=True)
class World:
    """``crowded``: there are too many ties for a drawing that does not move, so that only countries are shaded.
    ``unplaced``: affiliations that are not drawn, because nobody knows where a party lies."""

    shapes: tuple[Shape, ...] = ()
    legend: tuple[Step, ...] = ()
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    crowded: bool = False
    unplaced: int = 0
    #: How large a dot is; on a drawing of one story larger than on one of many.
    dot: str = "2.5"
    size: str = f"0 0 {plane.WIDTH} {plane.HEIGHT}"


def shaded(counts: Mapping[str, int], ties: Ties | None = None, *, crowded: bool = False, main: int = 0) -> World:
    """The world with its countries shaded by these counts, and these ties drawn over them."""
    steps = _steps(max(counts.values(), default=0))
    shapes = tuple(
        Shape(code, country_name(code), count, _level(count, steps)) for code, count in sorted(counts.items()) if count
    )
    lines = tuple(_lines(ties)) if ties else ()
    dots = tuple(_dot(place, main) for place in ties.places) if ties else ()
    return World(shapes, steps if shapes else (), lines, dots, crowded, ties.unplaced if ties else 0)


def of_ties(ties: Ties, *, main: int = 0) -> World:
    """The plain world with these ties on it."""
    dots = tuple(_dot(place, main) for place in ties.places)
    return World(lines=tuple(_lines(ties)), dots=dots, dot="8" if len(dots) <= FEW else "5")


def of_places(places: Iterable[tuple[str, float | None, float | None]]) -> World:
    """The plain world with a dot for each name, longitude and latitude, as far as these are known."""
    known = [Place(0, name, "", lon, lat) for name, lon, lat in places if lon is not None and lat is not None]
    return World(dots=tuple(_dot(place, 1) for place in known), dot="8" if len(known) <= FEW else "5")


def ties_of(rows: Iterable[AffiliationRow]) -> Ties:
    """The rows of a list as ties between places."""
    return gathered(
        (row.kind, row.fictional, *(value for one in row.parties for value in _values(one))) for row in rows
    )


def _values(party: PartyRow) -> tuple[Any, ...]:
    return party.id, party.name, party.country, party.longitude, party.latitude


def _lines(ties: Ties) -> Iterable[Line]:
    for tie in ties.ties:
        ends = (ties.places[at] for at in (tie.first, tie.second))
        yield Line(plane.path(plane.arc(*((one.longitude, one.latitude) for one in ends))), tie.kind)


def _dot(place: Place, main: int) -> Dot:
    x, y = plane.point((place.longitude, place.latitude))
    return Dot(f"{x:.1f}", f"{y:.1f}", place.name, place.id == main)


def _steps(most: int) -> tuple[Step, ...]:
    """Shades that each reach about as many times as far as the one before: a few countries have most of the ties."""
    if not most:
        return ()
    bounds = sorted({ceil((most + 1) ** (level / LEVELS)) for level in range(1, LEVELS + 1)} - {1})
    firsts = [1, *bounds[:-1]]
    steps = [(first, beyond - 1) for first, beyond in zip(firsts, bounds, strict=True) if first < beyond]
    lightest = LEVELS - len(steps)
    return tuple(Step(lightest + at, first, last) for at, (first, last) in enumerate(steps, 1))


def _level(count: int, steps: tuple[Step, ...]) -> int:
    return next((step.level for step in steps if count <= step.last), LEVELS)
