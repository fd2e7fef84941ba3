"""What an affiliation was when, replayed from its acts (domain section 4).

The acts on record are the source; kind, standing and periods can be worked out from them again at any time. Nothing
ends by itself: an agreed term that runs out is shown, but only an act changes the standing (domain 2.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from partnerships.choices import Act as A
from partnerships.choices import AffiliationKind, StaffAct, Standing
from partnerships.exceptions import ActDoesNotFit
from partnerships.rules.dates import PartialDate
from partnerships.rules.wording import gettext_noop


@dataclass(frozen=True)
class Act:
    """One act on record; ``order`` is the order of registration, ``imported``: no paper proves it."""

    act: str
    kind: str
    on: PartialDate | None
    term_end: date | None
    perpetual: bool
    order: int
    imported: bool = False


@dataclass(frozen=True)
class Span:
    """What was true from a day up to, not including, another; ``None`` is open at that side."""

    kind: str
    standing: str
    from_date: date | None
    to_date: date | None


@dataclass(frozen=True)
class History:
    """The affiliation after its last act, and the spans that led there; the last span is open."""

    kind: str
    standing: str
    since: PartialDate | None
    ended: PartialDate | None
    term_end: date | None
    perpetual: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class ActRule:
    """What an act needs (nothing open: no standings) and what it leaves; ``None`` leaves things as they are."""

    standings: tuple[str, ...]
    leaves: str | None
    refusal: str
    kind: str | None = None
    needs_term: bool = False


_OPEN = (Standing.IN_FORCE, Standing.SUSPENDED, Standing.EMERITUS)

ACTS: dict[str, ActRule] = {
    A.ESTABLISH: ActRule(
        (),
        Standing.IN_FORCE,
        gettext_noop("An affiliation is established once; this one is open already."),
    ),
    A.UPGRADE: ActRule(
        (Standing.IN_FORCE,),
        None,
        gettext_noop("Only a friendship in force can be upgraded."),
        kind=AffiliationKind.FRIENDSHIP,
    ),
    A.RENEW: ActRule(
        (Standing.IN_FORCE,),
        None,
        gettext_noop("Only an affiliation that is in force and has an agreed term can be renewed."),
        needs_term=True,
    ),
    A.AMEND: ActRule((Standing.IN_FORCE,), None, gettext_noop("Only an affiliation in force can be amended.")),
    A.SUSPEND: ActRule(
        (Standing.IN_FORCE,), Standing.SUSPENDED, gettext_noop("Only an affiliation in force can be suspended.")
    ),
    A.RESUME: ActRule(
        (Standing.SUSPENDED,), Standing.IN_FORCE, gettext_noop("Only a suspended affiliation can be resumed.")
    ),
    A.END: ActRule(_OPEN, Standing.ENDED, gettext_noop("Only an open affiliation can be ended.")),
    StaffAct.EMERITUS: ActRule(
        (Standing.IN_FORCE,), Standing.EMERITUS, gettext_noop("Only an affiliation in force can be made emeritus.")
    ),
    StaffAct.REACTIVATE: ActRule(
        (Standing.EMERITUS,), Standing.IN_FORCE, gettext_noop("Only an emeritus affiliation can be made active again.")
    ),
}


def fits(act: str, kind: str | None, standing: str | None, has_term: bool) -> bool:
    """Whether an affiliation of this kind and standing admits the act; kind and standing ``None``: there is none."""
    rule = ACTS[act]
    if not rule.standings:
        return standing not in _OPEN
    return standing in rule.standings and (rule.kind is None or kind == rule.kind) and (has_term or not rule.needs_term)


def replay(acts: Sequence[Act]) -> History | None:
    """What the acts make of the affiliation; ``None`` where no act remains.

    Acts are taken by date, those of one day by order of registration. Where dates overlap because only a year or a
    month is known, or no date at all, the order in time is open, and the first act that fits is taken: of an
    affiliation established on 4 May 2018 and ended in "2018", the end comes second. A change holds from the first day
    that its date may mean. One without a date holds from the change before it, because nothing shows that the earlier
    standing lasted longer.

    Raises ``ActDoesNotFit`` where an act does not fit what came before, for instance the upgrade of a sister.
    """
    if not acts:
        return None
    waiting = list(acts)
    first = _next(waiting, None)
    waiting.remove(first)
    now = History(first.kind, Standing.IN_FORCE, first.on, None, first.term_end, first.perpetual, ())
    spans = [Span(now.kind, now.standing, first.on.earliest if first.on else None, None)]
    while waiting:
        act = _next(waiting, now)
        waiting.remove(act)
        now = _apply(now, act)
        _turn(spans, now, act)
    return replace(now, spans=tuple(spans))


def _next(waiting: Sequence[Act], now: History | None) -> Act:
    """The first act that fits, of those which no other certainly precedes; an end comes last of them."""
    possible = [act for act in waiting if not any(_before(other, act) for other in waiting)]
    possible.sort(key=lambda act: (act.act == A.END, act.on.latest if act.on else date.max, act.order))
    for act in possible:
        if _fits_now(act, now):
            return act
    raise ActDoesNotFit(ACTS[possible[0].act].refusal)


def _before(one: Act, other: Act) -> bool:
    """Whether one act certainly came before another."""
    return one.on is not None and other.on is not None and one.on.latest < other.on.earliest


def _fits_now(act: Act, now: History | None) -> bool:
    if now is None:
        return act.act == A.ESTABLISH
    return act.act != A.ESTABLISH and fits(act.act, now.kind, now.standing, now.term_end is not None)


def _apply(now: History, act: Act) -> History:
    rule = ACTS[act.act]
    if rule.leaves is not None:
        return replace(now, standing=rule.leaves, ended=act.on if rule.leaves == Standing.ENDED else None)
    if act.act == A.RENEW or act.term_end is not None or act.perpetual:
        now = replace(now, term_end=act.term_end, perpetual=act.perpetual)
    return replace(now, kind=AffiliationKind.SISTER) if act.act == A.UPGRADE else now


def _turn(spans: list[Span], now: History, act: Act) -> None:
    """Close the last span and open one for what holds now; a span without a day is dropped."""
    last = spans.pop()
    if _same(last, now):
        spans.append(last)
        return
    start = last.from_date if act.on is None else max(act.on.earliest, last.from_date or date.min)
    if start != last.from_date:
        spans.append(replace(last, to_date=start))
    elif spans and _same(spans[-1], now):
        start = spans.pop().from_date
    spans.append(Span(now.kind, now.standing, start, None))


def _same(span: Span, now: History) -> bool:
    return (span.kind, span.standing) == (now.kind, now.standing)
