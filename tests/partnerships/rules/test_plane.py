"""Places and the ways between them, on the plane that the maps are drawn in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules import plane

WORLD = Path(__file__).parents[3] / "static/vendor/world-atlas/world.svg"
IRONDEQUOIT, POLTAVA = (-77.57, 43.21), (34.55, 49.59)
OSAKA, SAN_FRANCISCO = (135.5, 34.69), (-122.42, 37.77)
anywhere = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def test_the_middle_of_the_world_is_in_the_middle_of_the_plane() -> None:
    assert plane.point((0, 0))[0] == pytest.approx(500)


def test_the_plane_is_the_one_that_the_shapes_are_drawn_in() -> None:
    assert f'viewBox="0 0 {plane.WIDTH} {plane.HEIGHT}"' in WORLD.read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "place"), [("JP", OSAKA), ("US", SAN_FRANCISCO), ("UA", POLTAVA)])
def test_a_town_lies_within_the_box_of_its_country(code: str, place: tuple[float, float]) -> None:
    drawn = re.search(rf'id="{code}" d="([^"]+)"', WORLD.read_text(encoding="utf-8"))
    assert drawn
    xs, ys = _corners(drawn[1])
    x, y = plane.point(place)
    assert min(xs) <= x <= max(xs)
    assert min(ys) <= y <= max(ys)


def _corners(drawn: str) -> tuple[list[float], list[float]]:
    xs, ys = [], []
    for ring in drawn.split("z")[:-1]:
        x, y = 0.0, 0.0
        numbers = [float(one) for one in re.findall(r"-?[0-9.]+", ring)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return xs, ys


def test_the_way_from_new_york_to_ukraine_is_one_line_that_bends_north() -> None:
    (line,) = plane.arc(IRONDEQUOIT, POLTAVA)
    assert line[0] == plane.point(IRONDEQUOIT)
    assert line[-1] == plane.point(POLTAVA)
    assert min(y for _x, y in line) < min(line[0][1], line[-1][1]) - 20


def test_the_way_over_the_pacific_is_cut_at_the_antimeridian() -> None:
    west, east = plane.arc(OSAKA, SAN_FRANCISCO)
    assert west[-1][0] > 800
    assert east[0][0] < 200
    assert west[-1][1] == pytest.approx(east[0][1])


def test_a_way_that_begins_on_the_antimeridian_is_drawn() -> None:
    assert plane.arc((180, 10), (-170, 12))
    assert plane.arc((-180, 10), (180, 12))


@given(one=anywhere, other=anywhere)
def test_no_way_leaves_the_plane_or_jumps_across_it(one: tuple[float, float], other: tuple[float, float]) -> None:
    for line in plane.arc(one, other):
        assert all(-0.1 <= x <= plane.WIDTH + 0.1 and -0.1 <= y <= plane.HEIGHT + 0.6 for x, y in line)
        if abs(one[1]) < 60 and abs(other[1]) < 60 and len(line) > 2:
            assert all(abs(a[0] - b[0]) < 500 for a, b in zip(line, line[1:], strict=False))


def test_a_path_is_written_with_points_and_starts_each_line_anew() -> None:
    assert plane.path([[(1, 2.25), (3, 4)], [(5, 6)]]) == "M1.0 2.2L3.0 4.0M5.0 6.0"
