"""From the points of jurors to an order: weights, averages over jurors, ties shown as ties."""

from __future__ import annotations

from collections import defaultdict
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
    by_juror: dict[Hashable, dict[int, list[Points]]] = defaultdict(lambda: defaultdict(list))
    for points in given:
        by_juror[points.subject][points.juror].append(points)
    scores = {subject: _mean([_score(of) for of in jurors.values()]) for subject, jurors in by_juror.items()}
    return _placed(scores, {subject: len(jurors) for subject, jurors in by_juror.items()})


def _score(points: list[Points]) -> Decimal:
    weight = sum((one.weight for one in points), Decimal(0))
    return sum((100 * one.weight * one.points / one.most for one in points), Decimal(0)) / weight


def _mean(values: list[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _placed(scores: Mapping[Hashable, Decimal], jurors: Mapping[Hashable, int]) -> list[Rank]:
    ordered = sorted(scores.items(), key=lambda pair: (-pair[1], str(pair[0])))
    values = [score for _subject, score in ordered]
    return [
        Rank(subject, score, jurors[subject], values.index(score) + 1, values.count(score) > 1)
        for subject, score in ordered
    ]
