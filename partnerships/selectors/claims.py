"""What sources say of affiliations, beside what is on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from partnerships.choices import ClaimFact, ConflictState
from partnerships.models import Affiliation, Claim, Conflict, Jurisdiction
from partnerships.rules import claims
from partnerships.rules.dates import PartialDate

#: Facts that one and the same row of a source states, in the order of the page.
FACTS = (ClaimFact.SINCE, ClaimFact.STANDING, ClaimFact.ENDED, ClaimFact.KIND, ClaimFact.PARTNER)


@dataclass(frozen=True)
class ClaimRow:
    """One claim as it is shown; ``partner`` is the name of the community that a claim of the partner means."""

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
    partner: str = ""

    @property
    def said(self) -> claims.Said:
        return claims.Said(self.value, self.evidence, self.source, self.id)


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


def on_record(affiliation: Affiliation) -> dict[str, str]:
    """What the registry itself says of each fact; empty where it does not know."""
    return {
        ClaimFact.SINCE: str(affiliation.since or ""),
        ClaimFact.ENDED: str(affiliation.ended or ""),
        ClaimFact.STANDING: affiliation.standing,
        ClaimFact.KIND: affiliation.kind,
        ClaimFact.PARTNER: "",
    }


def of_affiliations(ids: Iterable[int]) -> dict[int, list[ClaimRow]]:
    """All claims about these affiliations and those merged into them, in the order of recording, in one statement."""
    found: dict[int, list[ClaimRow]] = defaultdict(list)
    kept = Claim.objects.filter(affiliation__in=list(ids)).order_by("pk")
    for claim in kept:
        found[claim.affiliation_id].append(_row(claim))
    return found


def disagreements(affiliation: Affiliation) -> tuple[Disagreement, ...]:
    """Every fact of which a source says something that is not on record, in three statements at most."""
    rows = of_affiliations([affiliation.pk])[affiliation.pk]
    if not rows:
        return ()
    conflicts = {conflict.fact: conflict for conflict in Conflict.objects.filter(affiliation=affiliation)}
    named = _partners(rows)
    record = on_record(affiliation)
    found = (_of_fact(fact, record[fact], named, conflicts.get(fact)) for fact in FACTS)
    return tuple(row for row in found if row is not None)


def _of_fact(fact: str, record: str, rows: Iterable[ClaimRow], conflict: Conflict | None) -> Disagreement | None:
    own = [row for row in rows if row.fact == fact]
    counting = [row for row in own if not row.disputed_because]
    disputed = tuple(row for row in own if row.disputed_because)
    shown = claims.shown(fact, record, [row.said for row in counting])
    ids = {said.order for said in shown.others} if shown.on_record else {row.id for row in counting}
    if fact == ClaimFact.ENDED and not record and not ids:
        return None
    if not ids and not disputed:
        return None
    return Disagreement(
        fact=fact,
        value=shown.value,
        on_record=shown.on_record,
        claims=tuple(row for row in counting if row.id in ids),
        disputed=disputed,
        state=conflict.state if conflict else "",
        reason=conflict.reason if conflict else "",
        decided_on=conflict.decided_on if conflict else None,
    )


def _row(claim: Claim) -> ClaimRow:
    return ClaimRow(
        id=claim.pk,
        fact=claim.fact,
        value=claim.value,
        source=claim.source,
        source_url=claim.source_url,
        stated_on=claim.stated_on,
        recorded_on=claim.recorded_on,
        evidence=claim.evidence,
        note=claim.note,
        disputed_because=claim.disputed_because,
    )


def _partners(rows: list[ClaimRow]) -> list[ClaimRow]:
    """The same rows, those about a partner with the name of the community that they mean."""
    ids = {int(row.value) for row in rows if row.fact == ClaimFact.PARTNER}
    if not ids:
        return rows
    names = {pk: community.full_name for pk, community in Jurisdiction.objects.in_bulk(ids).items()}
    return [
        ClaimRow(**{**vars(row), "partner": names.get(int(row.value), "")}) if row.fact == ClaimFact.PARTNER else row
        for row in rows
    ]


def corrected_pairs(pairs: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], int]:
    """For an importer: pairs of communities (ids, in either order) that a source names although a registrar found
    one of the two to be a wrong namesake, each with the id of the affiliation that is meant.

    A row about such a pair belongs to that affiliation and makes no new one. One statement.
    """
    wanted = {pair: tuple(sorted(pair)) for pair in pairs}
    ids = {str(pk) for pair in wanted.values() for pk in pair}
    found: dict[tuple[int, ...], int] = {}
    disputed = Claim.objects.filter(fact=ClaimFact.PARTNER).exclude(disputed_because="").select_related("affiliation")
    for claim in disputed.iterator():
        if claim.value in ids:
            for party in claim.affiliation.party_ids:
                found[tuple(sorted((party, int(claim.value))))] = claim.affiliation_id
    return {pair: found[key] for pair, key in wanted.items() if key in found}
