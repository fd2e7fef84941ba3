"""Keeping what sources say, and what staff make of it where sources disagree."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.choices import ConflictState, EvidenceGrade
from partnerships.exceptions import Invalid
from partnerships.models import Affiliation, Claim, Conflict, RegisterEntry
from partnerships.rules import claims as rule
from partnerships.rules.dates import PartialDate
from partnerships.selectors import claims as selector
from partnerships.services import access, ledger, register
from partnerships.services.access import Actor

BATCH = 1_000
#: Claims that one entry of the register lists.
MOST_LISTED = 1_000

Spot = tuple[int, str]


@dataclass(frozen=True)
class NewClaim:
    """One source says ``value`` of a fact of an affiliation: a partial date, or a word of the fact's list.

    ``stated_on``: when the source said so, as far as it is known.
    """

    affiliation_id: int
    fact: str
    value: str
    source: str
    source_url: str = ""
    stated_on: PartialDate | None = None
    note: str = ""
    evidence: str = EvidenceGrade.IMPORTED
    #: Of a claim of the partner: the other of the two whom the source names.
    partner_of_id: int | None = None


@dataclass(frozen=True)
class Recorded:
    """How many claims are new, how many were on file already, and how many facts are now in conflict that were not."""

    new: int
    known: int
    conflicts: int


@transaction.atomic
def record(*, rows: Sequence[NewClaim], by: Actor, on: date) -> Recorded:
    """Keep these claims with their sources and dates; what is on record is not touched.

    A claim on file already is passed over, so that a second run changes nothing. Where a claim differs from the record
    or from another claim, staff find a conflict to settle. Costs a dozen statements a batch of any size, one entry of
    the ledger, and one of the register where a page has something new to say.

    Raises ``Invalid`` at ``rows`` where a value is none that the fact can have, or a source is missing.
    """
    access.require(by, "record.import")
    made = {claim.key: claim for claim in (_claim(row, on) for row in rows)}
    register.lock()
    known = _known(made)
    fresh = [claim for key, claim in made.items() if key not in known]
    if not fresh:
        return Recorded(0, len(made), 0)
    Claim.objects.bulk_create(fresh, batch_size=BATCH)
    affiliations = Affiliation.objects.in_bulk({claim.affiliation_id for claim in fresh})
    opened = _notice(fresh, affiliations, on=on)
    _publish([claim for claim in fresh if _is_news(claim, affiliations[claim.affiliation_id])], affiliations)
    ledger.record(subject=fresh[0], act="claims.recorded", by=by, now=len(fresh), note=fresh[0].source)
    return Recorded(len(fresh), len(made) - len(fresh), opened)


def keep(rows: Sequence[NewClaim], *, on: date) -> list[int]:
    """The same as a part of another operation, which tells ledger and register itself; answers the claims' ids."""
    made = {claim.key: claim for claim in (_claim(row, on) for row in rows)}
    known = _known(made)
    fresh = [claim for key, claim in made.items() if key not in known]
    if fresh:
        Claim.objects.bulk_create(fresh, batch_size=BATCH)
        _notice(fresh, Affiliation.objects.in_bulk({claim.affiliation_id for claim in fresh}), on=on)
    return [claim.pk for claim in fresh]


def _claim(row: NewClaim, on: date) -> Claim:
    try:
        value = rule.readable(row.fact, row.value)
    except ValueError as error:
        raise Invalid({"rows": [f"{row.fact} “{row.value}”: {error}"]}) from error
    source = row.source.strip()[:500]
    if not source:
        raise Invalid({"rows": [_("A claim needs its source.")]})
    url = row.source_url.strip()[:500]
    return Claim(
        affiliation_id=row.affiliation_id,
        fact=row.fact,
        value=value,
        source=source,
        source_url=url,
        stated_on=row.stated_on,
        recorded_on=on,
        evidence=row.evidence,
        note=row.note.strip()[:500],
        partner_of_id=row.partner_of_id,
        key=key_of(row.affiliation_id, row.fact, value, source, url),
    )


def key_of(affiliation_id: int, fact: str, value: str, source: str, url: str) -> str:
    """What makes two claims one."""
    return hashlib.sha256("\0".join((str(affiliation_id), fact, value, source, url)).encode()).hexdigest()


def _known(keys: Iterable[str]) -> set[str]:
    wanted, found = list(keys), set[str]()
    for start in range(0, len(wanted), BATCH):
        found |= set(Claim.objects.filter(key__in=wanted[start : start + BATCH]).values_list("key", flat=True))
    return found


def _is_news(claim: Claim, affiliation: Affiliation) -> bool:
    """Whether the page of the affiliation says something that it did not say before."""
    known = selector.on_record(affiliation)[claim.fact]
    return not known or not rule.agree(claim.fact, known, claim.value)


def _notice(fresh: Sequence[Claim], affiliations: Mapping[int, Affiliation], *, on: date) -> int:
    """Open a conflict for each fact about which not all can be right; answers how many there are that were not."""
    spots = {(claim.affiliation_id, claim.fact) for claim in fresh}
    values = _values(affiliations, spots)
    kept = {(row.affiliation_id, row.fact): row for row in Conflict.objects.filter(affiliation__in=list(affiliations))}
    new, again = [], []
    for spot in sorted(spots):
        known = selector.on_record(affiliations[spot[0]])[spot[1]]
        if not rule.differ(spot[1], known, values[spot]):
            continue
        said = sorted(values[spot] | ({known} - {""}))
        conflict = kept.get(spot)
        if conflict is None:
            new.append(Conflict(affiliation_id=spot[0], fact=spot[1], values=said, opened_on=on))
        elif set(said) - set(conflict.values):
            conflict.values, conflict.state, conflict.opened_on = said, ConflictState.OPEN, on
            again.append(conflict)
    Conflict.objects.bulk_create(new, batch_size=BATCH)
    Conflict.objects.bulk_update(again, ["values", "state", "opened_on"], batch_size=BATCH)
    return len(new) + len(again)


def _values(affiliations: Mapping[int, Affiliation], spots: set[Spot]) -> dict[Spot, set[str]]:
    """What is claimed about each of these facts, all sources together, but for claims found wrong."""
    found: dict[Spot, set[str]] = defaultdict(set)
    kept = Claim.objects.filter(affiliation__in=list(affiliations), disputed_because="")
    for pk, fact, value in kept.values_list("affiliation_id", "fact", "value").iterator():
        if (pk, fact) in spots:
            found[pk, fact].add(value)
    return found


def _publish(news: Sequence[Claim], affiliations: Mapping[int, Affiliation]) -> None:
    """Pages follow the head of the register, so what they newly say is in an entry, one for so many claims."""
    for start in range(0, len(news), MOST_LISTED):
        part = news[start : start + MOST_LISTED]
        entry = _entry(part, affiliations)
        ids = {claim.affiliation_id for claim in part}
        Affiliation.objects.filter(pk__in=ids).update(changed_seq=entry.seq)


def _entry(part: Sequence[Claim], affiliations: Mapping[int, Affiliation]) -> RegisterEntry:
    numbers = {affiliations[claim.affiliation_id].number for claim in part}
    return register.append(
        event="claims.recorded",
        subject=f"affiliations/{numbers.pop()}" if len(numbers) == 1 else "affiliations",
        payload={
            "claims": [
                {
                    "affiliation": affiliations[claim.affiliation_id].number,
                    "fact": claim.fact,
                    "value": claim.value,
                    "source": claim.source,
                    "source_url": claim.source_url,
                }
                for claim in part
            ]
        },
    )
