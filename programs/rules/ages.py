"""Ages and bands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar


def age_on(birth: date, day: date) -> int:
    """Whole years completed on that day, the birthday included.

    Who was born on 29 February completes a year on 1 March where there is no 29 February. Raises ``ValueError`` where
    the day is before the birth.
    """
    if day < birth:
        raise ValueError("The day is before the birth.")
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


class Range(Protocol):
    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int | None: ...


Ranged = TypeVar("Ranged", bound=Range)


def band_of(value: int | None, bands: Iterable[Ranged]) -> Ranged | None:
    """The half-open range that holds the value: its beginning belongs to it, its end to the next one."""
    if value is None:
        return None
    return next((band for band in bands if band.low <= value and (band.high is None or value < band.high)), None)


def overlap(bands: Sequence[Ranged]) -> tuple[Ranged, Ranged] | None:
    """Two ranges that share a value, where there are such."""
    ordered = sorted(bands, key=lambda band: band.low)
    for one, other in zip(ordered, ordered[1:], strict=False):
        if one.high is None or other.low < one.high:
            return one, other
    return None
