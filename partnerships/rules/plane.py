"""The plane of the maps: Equal Earth, 1000 wide, from 84° north to 58° south, as the shapes of the countries are drawn.

Bojan Šavrič, Tom Patterson, Bernhard Jenny: The Equal Earth map projection (2018). Areas are true, so that a shaded
country weighs as much as it is large. ``static/js/plane.js`` says the same to the browser.
"""

from __future__ import annotations

from math import acos, asin, atan2, ceil, cos, degrees, radians, sin, sqrt

WIDTH, HEIGHT = 1000, 437
_NORTH, _SOUTH = 84.0, -58.0
_A1, _A2, _A3, _A4, _M = 1.340264, -0.081106, 0.000893, 0.003796, sqrt(3) / 2
#: Degrees between two points of an arc: closer ones cannot be told apart on a world of this size.
_STEP = 5.0

#: Longitude and latitude in degrees.
Position = tuple[float, float]
Point = tuple[float, float]


def _raw(lon: float, lat: float) -> Point:
    t = asin(_M * sin(radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = radians(lon) * cos(t) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
    return x, t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


_SCALE = WIDTH / 2 / _raw(180, 0)[0]
_TOP = _raw(0, _NORTH)[1] * _SCALE


def point(position: Position) -> Point:
    """Where a place is on the plane; what lies beyond its edge in the north or south is put on the edge."""
    x, y = _raw(position[0], max(_SOUTH, min(_NORTH, position[1])))
    return WIDTH / 2 + x * _SCALE, _TOP - y * _SCALE


def arc(one: Position, other: Position) -> list[list[Point]]:
    """The shortest way between two places: a line, or two where it crosses the antimeridian."""
    lines: list[list[Point]] = [[]]
    previous: Position | None = None
    for here in _way(one, other):
        if previous is not None and abs(here[0] - previous[0]) > 180:
            edge, lat = _crossing(previous, here)
            lines[-1].append(point((edge, lat)))
            lines.append([point((-edge, lat))])
        lines[-1].append(point(here))
        previous = here
    return lines


def path(lines: list[list[Point]]) -> str:
    """The lines as the ``d`` of an SVG path, written with a point in every language."""
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) for line in lines)


def _crossing(before: Position, after: Position) -> tuple[float, float]:
    """The edge that is reached, and the latitude at which."""
    edge = 180.0 if before[0] > 0 else -180.0
    beyond = after[0] + 2 * edge
    way = beyond - before[0]
    share = (edge - before[0]) / way if way else 0.0
    return edge, before[1] + (after[1] - before[1]) * share


def _way(one: Position, other: Position) -> list[Position]:
    """Points along the great circle, both ends included. Opposite ends have many shortest ways: one is taken."""
    (lon1, lat1), (lon2, lat2) = [(radians(lon), radians(lat)) for lon, lat in (one, other)]
    angle = acos(max(-1.0, min(1.0, sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon1 - lon2))))
    steps = ceil(degrees(angle) / _STEP)
    if steps < 2 or sin(angle) < 1e-6:
        return [one, other]
    between = []
    for step in range(1, steps):
        a, b = sin((1 - step / steps) * angle) / sin(angle), sin(step / steps * angle) / sin(angle)
        x = a * cos(lat1) * cos(lon1) + b * cos(lat2) * cos(lon2)
        y = a * cos(lat1) * sin(lon1) + b * cos(lat2) * sin(lon2)
        z = a * sin(lat1) + b * sin(lat2)
        between.append((degrees(atan2(y, x)), degrees(atan2(z, sqrt(x * x + y * y)))))
    return [one, *between, other]
