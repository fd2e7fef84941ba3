"""Which of several statements about an affiliation a page shows, and which of them disagree.

What is on record stands: nothing imported silently wins. Where nothing is on record, the best evidenced claim is
shown, as a claim. Staff settle the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from partnerships.choices import OPEN_STANDINGS, Act, AffiliationKind, ClaimFact, EvidenceGrade, Standing
from partnerships.rules import history
from partnerships.rules.dates import PartialDate

#: From the strongest to the weakest.
GRADES = (EvidenceGrade.SIGNED_COPY, EvidenceGrade.RESOLUTION, EvidenceGrade.DECLARED, EvidenceGrade.IMPORTED)

_DATES = (ClaimFact.SINCE, ClaimFact.ENDED)
_WORDS: dict[str, tuple[str, ...]] = {
    ClaimFact.STANDING: (*(str(standing) for standing in OPEN_STANDINGS), str(Standing.ENDED)),
    ClaimFact.KIND: tuple(AffiliationKind.values),
}


@dataclass(frozen=True)
class Said:
    """One claim that counts; ``order`` is the order in which claims were recorded."""

    value: str
    evidence: str
    source: str
    order: int = 0


@dataclass(frozen=True)
class Shown:
    """``value`` is empty where nobody says anything; ``on_record`` is false for a mere claim."""

    value: str
    on_record: bool
    others: tuple[Said, ...]


@dataclass(frozen=True)
class Settled:
    """What staff settled about one fact; ``end`` is the date of an end, where one is known."""

    fact: str
    value: str
    end: PartialDate | None = None


def readable(fact: str, value: str) -> str:
    """The value in the form in which it is kept; raises ``ValueError`` for one that the fact cannot have."""
    value = value.strip()
    if fact in _DATES:
        return str(PartialDate.parse(value))
    if fact in _WORDS:
        if value not in _WORDS[fact]:
            raise ValueError(f"{value} is not one of {', '.join(_WORDS[fact])}.")
        return value
    if fact == ClaimFact.PARTNER and value.isascii() and value.isdecimal():
        return str(int(value))
    raise ValueError("This is not a fact that a source can state.")


def agree(fact: str, one: str, other: str) -> bool:
    """Whether two statements may both be true: 1957 and 1957-10-07 may, 1957 and 1958 may not.

    Sources outside the registry do not tell suspended and emeritus affiliations from those in force.
    """
    if one == other:
        return True
    if fact in _DATES:
        return PartialDate.parse(one).may_equal(PartialDate.parse(other))
    if fact == ClaimFact.STANDING:
        return (one in OPEN_STANDINGS) == (other in OPEN_STANDINGS)
    return False


def best(fact: str, claims: Iterable[Said]) -> Said | None:
    """The best evidenced claim: by its evidence, then by how many sources agree with it, then the more exact one,
    then the one that was recorded first."""
    known = list(claims)

    def rank(claim: Said) -> tuple[int, int, int, int]:
        supporters = {one.source for one in known if agree(fact, claim.value, one.value)}
        exact = len(claim.value) if fact in _DATES else 0
        return (GRADES.index(EvidenceGrade(claim.evidence)), -len(supporters), -exact, claim.order)

    return min(known, key=rank, default=None)


def shown(fact: str, on_record: str, claims: Sequence[Said]) -> Shown:
    """What a page says of a fact, and the claims that differ from it."""
    leader = None if on_record else best(fact, claims)
    value = on_record or (leader.value if leader else "")
    others = tuple(claim for claim in claims if not agree(fact, value, claim.value)) if value else ()
    return Shown(value, bool(on_record), others)


def differ(fact: str, on_record: str, claims: Iterable[str]) -> bool:
    """Whether the record and the claims, or the claims among each other, cannot all be true."""
    values = sorted({value for value in (on_record, *claims) if value})
    return any(not agree(fact, one, other) for place, one in enumerate(values) for other in values[place + 1 :])


def with_settlements(acts: Sequence[history.Act], settled: Iterable[Settled]) -> list[history.Act]:
    """The acts on record as staff settled them: another date or kind at the beginning, an end, or none.

    An end that stands on papers of its own is not taken away; whoever finds it wrong annuls the agreement.
    """
    found = list(acts)
    for row in sorted(settled, key=lambda row: row.fact):
        found = _SETTLE[row.fact](found, row) if row.fact in _SETTLE and row.value else found
    return found


def _since(acts: list[history.Act], settled: Settled) -> list[history.Act]:
    on = PartialDate.parse(settled.value)
    return [replace(act, on=on) if act.act == Act.ESTABLISH else act for act in acts]


def _kind(acts: list[history.Act], settled: Settled) -> list[history.Act]:
    kept = [act for act in acts if act.act != Act.UPGRADE or not act.imported]
    return [replace(act, kind=settled.value) if act.act == Act.ESTABLISH else act for act in kept]


def _standing(acts: list[history.Act], settled: Settled) -> list[history.Act]:
    if settled.value != Standing.ENDED:
        return [act for act in acts if act.act != Act.END or not act.imported]
    if any(act.act == Act.END for act in acts):
        return [replace(act, on=settled.end or act.on) if act.act == Act.END and act.imported else act for act in acts]
    if not acts:
        return []
    last = max(act.order for act in acts)
    ending = history.Act(Act.END, acts[0].kind, settled.end, None, perpetual=False, order=last + 1)
    return [*acts, ending]


def _ended(acts: list[history.Act], settled: Settled) -> list[history.Act]:
    on = PartialDate.parse(settled.value)
    return [replace(act, on=on) if act.act == Act.END else act for act in acts]


_SETTLE = {
    str(ClaimFact.SINCE): _since,
    str(ClaimFact.KIND): _kind,
    str(ClaimFact.STANDING): _standing,
    str(ClaimFact.ENDED): _ended,
}
