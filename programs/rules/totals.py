"""Adding up figures without mixing what must not be mixed (domain section 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Figure:
    """One result as it counts in a total."""

    measure: str
    unit: str
    value: Decimal
    verified: bool
    approximate: bool = False
    group: str = ""


@dataclass(frozen=True)
class Total:
    """The sum of ``figures`` results of one measure and unit that are all verified, or all claimed only."""

    measure: str
    unit: str
    verified: bool
    value: Decimal
    figures: int
    approximate: bool


def totals(figures: Iterable[Figure]) -> list[Total]:
    """One total for each measure, unit and grade of proof; the verified before the claimed."""
    found: dict[tuple[str, str, bool], list[Figure]] = defaultdict(list)
    for figure in figures:
        found[figure.measure, figure.unit, figure.verified].append(figure)
    return [
        Total(
            measure,
            unit,
            verified,
            sum((one.value for one in of), Decimal(0)),
            len(of),
            any(one.approximate for one in of),
        )
        for (measure, unit, verified), of in sorted(
            found.items(), key=lambda pair: (pair[0][0], pair[0][1], not pair[0][2])
        )
    ]
