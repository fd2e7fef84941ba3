"""Whether SCI recognises an affiliation on a day, since when, and if not, why not. Never typed in (domain section 5).

Recognised on a day: in force, a registered agreement, at least one home party a member in good standing (with days of
grace), not excluded by staff with a reason. What is not recognised is never called invalid (domain 2.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from partnerships.choices import Standing
from partnerships.rules.history import Span
from partnerships.rules.wording import Translate, gettext_noop, untranslated, worded

#: Days as ordinals, from the first up to but not including the last; open ends are the ends of the calendar.
_Stretch = tuple[int, int]
_FIRST, _BEYOND = date.min.toordinal(), date.max.toordinal() + 1


@dataclass(frozen=True)
class RecognitionFacts:
    """``home_terms``: for each home party its terms of membership, the last day included, as it is in exclusions."""

    spans: tuple[Span, ...]
    has_registered_agreement: bool
    home_terms: tuple[tuple[tuple[date, date | None], ...], ...]
    exclusions: tuple[tuple[date, date | None, str], ...]
    grace_days: int
    needs_membership: bool = True


@dataclass(frozen=True)
class Recognition:
    """``since`` is ``None`` where it is not recognised, or where nobody knows when it began."""

    value: bool
    since: date | None
    reason: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def text(self, translate: Translate = untranslated, day: Callable[[date], str] = str) -> str:
        return worded(self.message, self.params, translate, day)


def intervals(facts: RecognitionFacts) -> tuple[tuple[date, date | None], ...]:
    """When it is recognised: first and last day of each time, in order; the last is ``None`` where no end is in sight.

    A time whose beginning is not known starts on ``date.min``.
    """
    return tuple(
        (date.fromordinal(start), None if end == _BEYOND else date.fromordinal(end - 1))
        for start, end in _stretches(facts)
    )


def recognise(facts: RecognitionFacts, on: date) -> Recognition:
    """The answer for one day, with the first thing that is missing, in the order of the definition above."""
    day = on.toordinal()
    for start, end in _stretches(facts):
        if start <= day < end:
            return _recognised(date.fromordinal(start))
    return _why_not(facts, on)


def _recognised(since: date) -> Recognition:
    if since == date.min:
        return Recognition(True, None, "recognised", gettext_noop("Recognised."))
    return Recognition(True, since, "recognised", gettext_noop("Recognised since %(since)s."), {"since": since})


_STANDS: dict[str | None, str] = {
    None: gettext_noop("Not currently recognised: it is not yet in force."),
    Standing.SUSPENDED: gettext_noop("Not currently recognised: it is suspended."),
    Standing.EMERITUS: gettext_noop("Not currently recognised: it is emeritus, on record without an active program."),
    Standing.ENDED: gettext_noop("Not currently recognised: it has ended."),
}


def _why_not(facts: RecognitionFacts, on: date) -> Recognition:
    standing = next((span.standing for span in facts.spans if _holds(span, on)), None)
    if standing != Standing.IN_FORCE:
        message = _STANDS.get(standing, _STANDS[None])
        return Recognition(False, None, "not-in-force", message)
    if not facts.has_registered_agreement:
        message = gettext_noop("Not currently recognised: no agreement is registered.")
        return Recognition(False, None, "no-agreement", message)
    if not any(_within(stretch, on) for stretch in _membership(facts)):
        return _no_member(facts, on)
    reason = next(words for start, end, words in facts.exclusions if start <= on <= (end or date.max))
    return Recognition(
        False, None, "excluded", gettext_noop("Not currently recognised: %(reason)s"), {"reason": reason}
    )


def _no_member(facts: RecognitionFacts, on: date) -> Recognition:
    past = [end for terms in facts.home_terms for _start, end in terms if end is not None and end < on]
    if not past:
        message = gettext_noop("Not currently recognised: no party in the home country is a member.")
        return Recognition(False, None, "no-member", message)
    message = gettext_noop("Not currently recognised: the membership was paid through %(paid_through)s.")
    return Recognition(False, None, "lapsed", message, {"paid_through": max(past)})


def _stretches(facts: RecognitionFacts) -> list[_Stretch]:
    if not facts.has_registered_agreement:
        return []
    in_force = _merged(
        _stretch(span.from_date, span.to_date) for span in facts.spans if span.standing == Standing.IN_FORCE
    )
    excluded = _merged(_days(start, end) for start, end, _reason in facts.exclusions)
    return _minus(_both(in_force, _membership(facts)), excluded)


def _membership(facts: RecognitionFacts) -> list[_Stretch]:
    """The days on which a home party is a member in good standing, with the days of grace after each term."""
    if not facts.needs_membership:
        return [(_FIRST, _BEYOND)]
    return _merged(_days(start, end, facts.grace_days) for terms in facts.home_terms for start, end in terms)


def _holds(span: Span, on: date) -> bool:
    return _within(_stretch(span.from_date, span.to_date), on)


def _within(stretch: _Stretch, on: date) -> bool:
    return stretch[0] <= on.toordinal() < stretch[1]


def _stretch(start: date | None, end: date | None) -> _Stretch:
    """From a first day up to, not including, a last."""
    return (start.toordinal() if start else _FIRST, end.toordinal() if end else _BEYOND)


def _days(start: date, last: date | None, grace: int = 0) -> _Stretch:
    """From a first day to a last one and so many days more, all included."""
    return (start.toordinal(), _BEYOND if last is None else min(last.toordinal() + 1 + grace, _BEYOND))


def _merged(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """In order, with those that overlap or touch made one."""
    whole: list[_Stretch] = []
    for start, end in sorted(stretches):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        elif start < end:
            whole.append((start, end))
    return whole


def _both(some: list[_Stretch], others: list[_Stretch]) -> list[_Stretch]:
    """What lies in both."""
    shared = [(max(one[0], other[0]), min(one[1], other[1])) for one in some for other in others]
    return sorted((start, end) for start, end in shared if start < end)


def _minus(some: list[_Stretch], taken: list[_Stretch]) -> list[_Stretch]:
    """What lies in the first and not in the second."""
    gaps, start = [], _FIRST
    for first, beyond in taken:
        gaps.append((start, first))
        start = beyond
    return _both(some, [*gaps, (start, _BEYOND)])
