"""What sources say of affiliations, beside what is on record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from partnerships.choices import ClaimFact, ConflictState
from partnerships.models import Affiliation, Claim, Conflict
from partnerships.rules import claims
from partnerships.rules.dates import PartialDate

#: Facts that one and the same row of a source states, in the order of the page.
FACTS = (ClaimFact.SINCE, ClaimFact.STANDING, ClaimFact.ENDED, ClaimFact.KIND, ClaimFact.PARTNER)


@dataclass(frozen=True)
class ClaimRow:
    """One claim as it is shown, with what staff made of the fact; a claim of the partner has its name as ``note``."""

    id: int
    fact: str
    value: str
    source: str
    source_url: str
    stated_on: PartialDate | None
    recorded_on: date
    evidence: str
    note: str
    disputed_because: str
    state: str = ""
    reason: str = ""
    decided_on: date | None = None

    @property
    def said(self) -> claims.Said:
        return claims.Said(self.value, self.evidence, self.source, self.id)

    @property
    def link(self) -> str:
        """The address of the source where it is one that a page may lead to."""
        return self.source_url if self.source_url.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Disagreement:
    """What a page says of one fact: the value it shows, whether that is on record, and the claims that differ.

    ``state`` is the one of the conflict (empty where there is none), with the reason and the day of the decision.
    """

    fact: str
    value: str
    on_record: bool
    claims: tuple[ClaimRow, ...]
    disputed: tuple[ClaimRow, ...]
    state: str
    reason: str
    decided_on: date | None

    @property
    def is_disputed(self) -> bool:
        return self.state == ConflictState.DISPUTED

    @property
    def is_settled(self) -> bool:
        return self.state == ConflictState.SETTLED


def on_record(affiliation: Affiliation) -> dict[str, str]:
    """What the registry itself says of each fact; empty where it does not know."""
    return {
        ClaimFact.SINCE: str(affiliation.since or ""),
        ClaimFact.ENDED: str(affiliation.ended or ""),
        ClaimFact.STANDING: affiliation.standing,
        ClaimFact.KIND: affiliation.kind,
        ClaimFact.PARTNER: "",
    }


def of_affiliation(pk: int) -> list[ClaimRow]:
    """All claims about an affiliation, in the order of recording, in one statement."""
    return [of_text(text) for text in _annotated(pk).order_by("pk").values_list("text", flat=True)]


def of_text(text: str) -> ClaimRow:
    """A claim as ``with_others`` reads it."""
    row = json.loads(text)
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("recorded_on", "decided_on")}
    stated = PartialDate.parse(row["stated_on"]) if row["stated_on"] else None
    return ClaimRow(**{**row, **days, "stated_on": stated, "state": row["state"] or "", "reason": row["reason"] or ""})


def with_others(pk: int) -> QuerySet[Any, Any]:
    """The claims in a form that can be read along with other rows in one statement: its day, its number, its fact, and
    all of it as text."""
    return _annotated(pk).order_by()


def _annotated(pk: int) -> QuerySet[Any]:
    decided = Conflict.objects.filter(affiliation=OuterRef("affiliation"), fact=OuterRef("fact"))
    own = [field.name for field in fields(ClaimRow) if field.name not in _DECISION]
    decision = {name: Cast(Subquery(decided.values(name)), CharField()) for name in _DECISION}
    whole = JSONObject(**{name: F(name) for name in own}, **decision)
    return Claim.objects.filter(affiliation=pk).annotate(text=Cast(whole, CharField()))


_DECISION = ("state", "reason", "decided_on")


def disagreements(affiliation: Affiliation, rows: Sequence[ClaimRow]) -> tuple[Disagreement, ...]:
    """Every fact of which a source says something that is not on record; ``rows`` are the claims about it."""
    record = on_record(affiliation)
    found = (_of_fact(fact, record[fact], [row for row in rows if row.fact == fact]) for fact in FACTS)
    return tuple(row for row in found if row is not None)


def _of_fact(fact: str, record: str, rows: Sequence[ClaimRow]) -> Disagreement | None:
    counting = [row for row in rows if not row.disputed_because]
    disputed = tuple(row for row in rows if row.disputed_because)
    shown = claims.shown(fact, record, [row.said for row in counting])
    ids = {said.order for said in shown.others} if shown.on_record else {row.id for row in counting}
    if not ids and not disputed:
        return None
    first = rows[0]
    return Disagreement(
        fact=fact,
        value=shown.value,
        on_record=shown.on_record,
        claims=tuple(row for row in counting if row.id in ids),
        disputed=disputed,
        state=first.state,
        reason=first.reason,
        decided_on=first.decided_on,
    )
