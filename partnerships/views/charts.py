"""Figures as pictures: plain numbers of a drawing, for templates that print them as attributes of SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 240
#: Where columns stand and how high they may grow; what is left and below is for the marks of the axes.
_LEFT, _FLOOR, _TOP = 44, 208, 12
_YEARS_APART = 10


@dataclass(frozen=True)
class Bar:
    """One column of the drawing; ``label`` is what it says."""

    x: str
    y: str
    height: str
    label: str


@dataclass(frozen=True)
class Mark:
    """A number beside an axis and where it stands."""

    at: str
    label: str


@dataclass(frozen=True)
class Chart:
    """Columns over the years; every value is an attribute of SVG, written with a point in every language."""

    bars: tuple[Bar, ...]
    bar_width: str
    years: tuple[Mark, ...]
    counts: tuple[Mark, ...]
    size: str = f"0 0 {WIDTH} {HEIGHT}"
    left: int = _LEFT
    right: int = WIDTH
    floor: int = _FLOOR
    under: int = _FLOOR + 20


def by_year(rows: Sequence[tuple[int, int]], labels: Iterable[str]) -> Chart | None:
    """One column a year, in order and without gaps; ``None`` where there is nothing to draw."""
    most = max((count for _year, count in rows), default=0)
    if not most:
        return None
    step = (WIDTH - _LEFT) / len(rows)
    top = _rounded(most)

    def up(count: float) -> float:
        return _FLOOR - (_FLOOR - _TOP) * count / top

    bars = tuple(
        Bar(_text(_LEFT + place * step), _text(up(count)), _text(_FLOOR - up(count)), label)
        for place, ((_year, count), label) in enumerate(zip(rows, labels, strict=True))
        if count
    )
    years = tuple(
        Mark(_text(_LEFT + (place + 0.5) * step), str(year))
        for place, (year, _count) in enumerate(rows)
        if year % (_YEARS_APART * (1 + len(rows) // 80)) == 0
    )
    counts = tuple(Mark(_text(up(value)), str(round(value))) for value in dict.fromkeys((top / 2, top)) if value >= 1)
    return Chart(bars, _text(max(step - 1.5, step * 0.7)), years, counts)


def _rounded(most: int) -> int:
    """The next number of one digit and zeros that is even, so that half of it is whole."""
    unit = 10 ** (len(str(most)) - 1)
    top = -(-most // unit) * unit
    return top if top % 2 == 0 else top + unit


def _text(value: float) -> str:
    return f"{value:.1f}"
