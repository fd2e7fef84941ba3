"""From the points of jurors to an order: weights, averages over jurors, ties shown as ties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from programs.choices import EntryState, ParticipationState

#: While these are their states they are judged: applications, those whose works are judged, and the works themselves.
APPLICATIONS_JUDGED = frozenset({ParticipationState.SUBMITTED, ParticipationState.FINALIST})
ENTRIES_JUDGED = APPLICATIONS_JUDGED | {ParticipationState.ACCEPTED}
WORKS_JUDGED = frozenset({EntryState.ENTERED, EntryState.FORWARDED, EntryState.FINALIST})


def within(value: object, most: int) -> Decimal:
    """Points from 0 to ``most`` in hundredths; raises ``ValueError``."""
    try:
        points = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise ValueError(value) from error
    if not points.is_finite() or not 0 <= points <= most or points != round(points, 2):
        raise ValueError(value)
    return points


@dataclass(frozen=True)
class Points:
    """What one juror gave for one criterion, of at most ``most`` points counted with ``weight``."""

    subject: Hashable
    juror: int
    points: Decimal
    most: int
    weight: Decimal


@dataclass(frozen=True)
class Rank:
    """``score`` is 0 to 100; ``place`` counts from 1 and is shared by those with one score (``tied``)."""

    subject: Hashable
    score: Decimal
    jurors: int
    place: int
    tied: bool


def ranking(given: Iterable[Points]) -> list[Rank]:
    """Best first. A juror's score is the weighted share of the points that could be given; jurors count alike."""
    sums: dict[Hashable, dict[int, tuple[Decimal, Decimal]]] = defaultdict(dict)
    for one in given:
        got, of = sums[one.subject].get(one.juror, (Decimal(0), Decimal(0)))
        sums[one.subject][one.juror] = (got + 100 * one.weight * one.points / one.most, of + one.weight)
    scores = {subject: _mean([got / of for got, of in jurors.values()]) for subject, jurors in sums.items()}
    return _placed(scores, {subject: len(jurors) for subject, jurors in sums.items()})


def _mean(values: list[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _placed(scores: Mapping[Hashable, Decimal], jurors: Mapping[Hashable, int]) -> list[Rank]:
    ordered = sorted(scores.items(), key=lambda pair: (-pair[1], str(pair[0])))
    places: dict[Decimal, int] = {}
    for place, (_subject, score) in enumerate(ordered, 1):
        places.setdefault(score, place)
    shared = Counter(scores.values())
    return [Rank(subject, score, jurors[subject], places[score], shared[score] > 1) for subject, score in ordered]
