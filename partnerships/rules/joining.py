"""What becomes of two open affiliations of the same two communities, found to be one (a merge of communities).

One stays, the other leads to it. Which one is a rule, not a choice, so that a merge ends the same whoever makes it:
the one that stands on papers, then the one that is most alive, then the elder, then the lower number. Every act of
both stays on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from partnerships.choices import OPEN_STANDINGS, Act, AffiliationKind
from partnerships.exceptions import ActDoesNotFit
from partnerships.rules import history
from partnerships.rules.dates import PartialDate


@dataclass(frozen=True)
class Rival:
    """``papers``: some agreement of it does not come from an import alone."""

    papers: bool
    standing: str
    since: PartialDate | None
    serial: int


def stays(one: Rival, other: Rival) -> Rival:
    """The one of two open affiliations that stays."""
    return min(one, other, key=_rank)


def _rank(rival: Rival) -> tuple[bool, int, date, int]:
    began = rival.since.earliest if rival.since else date.max
    return (not rival.papers, OPEN_STANDINGS.index(rival.standing), began, rival.serial)


def joined(own: Sequence[history.Act], other: Iterable[history.Act]) -> list[history.Act]:
    """The acts that make the history of the one that stays: it begins with the earlier beginning of both and is a
    sister affiliation from the day on which one of the two was.

    Its own acts decide its standing; those of the other are kept as papers. Answers the acts of the other where it
    has none of its own (all annulled).
    """
    others = list(other)
    if not any(act.act == Act.ESTABLISH for act in own):
        return list(own) or others
    both = [*own, *others]
    first = min((act for act in both if act.act == Act.ESTABLISH), key=_when)
    rest = [act for act in own if act.act not in (Act.ESTABLISH, Act.UPGRADE)]
    begun = replace(next(act for act in own if act.act == Act.ESTABLISH), on=first.on, kind=first.kind)
    sisters = sorted(filter(_makes_sister, both), key=_when)
    if not sisters or first.kind == AffiliationKind.SISTER:
        return [begun, *rest]
    upgraded = replace(sisters[0], act=Act.UPGRADE, kind=AffiliationKind.SISTER)
    try:
        history.replay([begun, upgraded, *rest])
    except ActDoesNotFit:  # suspended on that day: a sister affiliation from its beginning
        return [replace(begun, kind=AffiliationKind.SISTER), *rest]
    return [begun, upgraded, *rest]


def _makes_sister(act: history.Act) -> bool:
    return act.act == Act.UPGRADE or (act.act == Act.ESTABLISH and act.kind == AffiliationKind.SISTER)


def _when(act: history.Act) -> tuple[date, int]:
    return (act.on.earliest if act.on else date.max, act.order)
