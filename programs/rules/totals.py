"""Adding up figures without mixing what must not be mixed (domain section 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

#: Figures add up only where they agree in all of these. A figure of a whole cycle may contain those of its
#: participations, one of a participation those of its activities, and one of all people those of a group of them.
AGREE = ("measure", "unit", "group", "level", "verified")
CYCLE, PARTICIPATION, ACTIVITY = "cycle", "participation", "activity"
_LEVELS = (CYCLE, PARTICIPATION, ACTIVITY)


@dataclass(frozen=True)
class Figure:
    """One result as it counts in a total; ``level``: what it is a figure of."""

    measure: str
    unit: str
    value: Decimal
    verified: bool
    approximate: bool = False
    group: str = ""
    level: str = PARTICIPATION


@dataclass(frozen=True)
class Total:
    """The sum of ``figures`` results of one measure, unit, group and level, all verified or all claimed only."""

    measure: str
    unit: str
    verified: bool
    value: Decimal
    figures: int
    approximate: bool
    group: str = ""
    level: str = PARTICIPATION


def order(total: Any) -> tuple[Any, ...]:
    """By measure and unit; the whole before its parts, the verified before the claimed."""
    return total.measure, total.unit, total.group, _LEVELS.index(total.level), not total.verified


def totals(figures: Iterable[Figure]) -> list[Total]:
    """One total for each set of figures that agree."""
    found: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        found[tuple(getattr(figure, name) for name in AGREE)].append(figure)
    made = [
        Total(
            measure=of[0].measure,
            unit=of[0].unit,
            verified=of[0].verified,
            value=sum((one.value for one in of), Decimal(0)),
            figures=len(of),
            approximate=any(one.approximate for one in of),
            group=of[0].group,
            level=of[0].level,
        )
        for of in found.values()
    ]
    return sorted(made, key=order)
