"""A pair that is told again: by another source, the other way round, or once more in the same file.

What is on record is never changed by it (interfaces section 4); what the source says otherwise becomes a claim.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from partnerships.choices import ClaimFact, Standing
from partnerships.rules import claims
from partnerships.rules.dates import PartialDate
from partnerships.rules.import_rows import PairRow


@dataclass(frozen=True)
class Statement:
    """The source says ``value`` of a fact; ``disagrees`` where that and the record cannot both be true."""

    fact: str
    value: str
    on_record: str
    disagrees: bool


def begins_anew(row: PairRow, ended: PartialDate | None) -> bool:
    """Whether the row tells of a new affiliation of two who ended theirs, and not of the old one."""
    return row.since is not None and ended is not None and row.since.earliest > ended.latest


class Told(Protocol):
    """An affiliation on record, or one that an earlier row makes (``id`` below 0: minus the line of that row)."""

    @property
    def id(self) -> int: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def ended(self) -> PartialDate | None: ...


P = TypeVar("P")
T = TypeVar("T", bound=Told)


def which(row: PairRow, ties: Iterable[tuple[P, T]]) -> tuple[P, T] | None:
    """Of these affiliations the one of which the row tells, where it repeats none of them: the oldest that the row
    does not begin anew. What is entered later does not change the answer, so that a second run says the same."""
    in_order = sorted(ties, key=lambda one: (one[1].id < 0, abs(one[1].id)))
    return next((one for one in in_order if one[1].is_open or not begins_anew(row, one[1].ended)), None)


def statements(
    row: PairRow, *, kind: str, standing: str, since: PartialDate | None, ended: PartialDate | None
) -> tuple[Statement, ...]:
    """What the row says beyond what is on record, or otherwise. Where it only repeats the record: nothing."""
    said = {
        ClaimFact.KIND: (row.kind, kind),
        ClaimFact.STANDING: (row.standing or Standing.IN_FORCE, standing),
        ClaimFact.SINCE: (str(row.since or ""), str(since or "")),
        ClaimFact.ENDED: (str(row.until or ""), str(ended or "")),
    }
    return tuple(
        Statement(str(fact), str(value), str(known), disagrees=_disagrees(fact, known, value))
        for fact, (value, known) in said.items()
        if value and not _repeats(fact, known, value)
    )


def _repeats(fact: str, known: str, value: str) -> bool:
    """A more exact date says more than the record, though it agrees with it."""
    if not known or not claims.agree(fact, known, value):
        return False
    return fact not in (ClaimFact.SINCE, ClaimFact.ENDED) or len(value) <= len(known)


def _disagrees(fact: str, known: str, value: str) -> bool:
    return bool(known) and not claims.agree(fact, known, value)
