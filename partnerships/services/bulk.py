"""Many affiliations at once: the same record as one by one, in a handful of statements and one register entry.

For affiliations that are new to the registry and come from a source, not from papers: they have agreements, so that
their history can be replayed like any other, but no filing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from partnerships.choices import Act, EvidenceGrade, StaffAct
from partnerships.models import (
    Affiliation,
    Agreement,
    AgreementAffiliation,
    Counter,
    Jurisdiction,
    NameWord,
    Period,
    StaffDecision,
)
from partnerships.rules import history, matching, numbers, recognition, territories
from partnerships.rules.dates import PartialDate
from partnerships.selectors import affiliations as selector
from partnerships.selectors import recount
from partnerships.services import access, affiliations, bulk_totals, copying, jurisdictions, ledger, register
from partnerships.services.access import Actor

BATCH = 1_000


@dataclass(frozen=True)
class Deed:
    """One act of a new affiliation; the first establishes it, decisions of staff (``StaffAct``) come last."""

    act: str
    on: PartialDate | None


@dataclass(frozen=True)
class NewAffiliation:
    """Two communities on record without an open affiliation, and what became of them."""

    party_ids: tuple[int, int]
    kind: str
    deeds: tuple[Deed, ...]
    reasons: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    story: str = ""
    #: Who says so, where it is somebody else than the provenance of all rows.
    source: str = ""


@dataclass(frozen=True)
class _Entered:
    """A row with what became of it."""

    row: NewAffiliation
    affiliation: Affiliation
    spans: tuple[history.Span, ...]


@dataclass(frozen=True)
class Provenance:
    """Where the rows come from, and how well that proves them."""

    source: str
    evidence: str = EvidenceGrade.IMPORTED
    fictional: bool = False


@transaction.atomic
def communities(*, rows: Sequence[Mapping[str, Any]], by: Actor) -> list[Jurisdiction]:
    """New communities of the record, in the order of the rows; ``enter`` publishes them with their affiliations."""
    access.require(by, "record.import")
    made = [Jurisdiction(**row, folded=matching.fold(row["name"])[:200]) for row in rows]
    Jurisdiction.objects.bulk_create(made, batch_size=BATCH)
    copying.insert(
        NameWord,
        ("jurisdiction_id", "word"),
        [
            (community.pk, word)
            for community in made
            for word in dict.fromkeys(
                word[:60] for word in (*matching.words(community.name), *matching.words(community.native_name))
            )
        ],
    )
    return made


@transaction.atomic
def enter(*, rows: Sequence[NewAffiliation], provenance: Provenance, by: Actor, on: date) -> list[Affiliation]:
    """Number and keep these affiliations with everything that follows from them, under one entry of the register.

    Everything is worked out in memory and written once, in some twenty statements however many rows there are.
    Raises ``ActDoesNotFit`` where the deeds of a row do not follow from each other, and the database's
    ``IntegrityError`` where two of them are already partners; nothing is kept then.
    """
    access.require(by, "record.import")
    if not rows:
        return []
    head = register.lock()
    parties = Jurisdiction.objects.in_bulk({pk for row in rows for pk in row.party_ids})
    entered = _affiliations(rows, parties, provenance, seq=head.seq + 1)
    _recognition(entered, provenance, on=on)
    made = Affiliation.objects.bulk_create([one.affiliation for one in entered], batch_size=BATCH)
    agreements = _agreements(entered, provenance, on=on)
    _decisions(entered, provenance, by=by)
    _periods(entered)
    entry = register.append(
        event="affiliations.entered",
        subject="affiliations",
        payload=_payload(entered, agreements, parties.values(), provenance, on=on),
    )
    bulk_totals.keep(made)
    ledger.record(subject=entry, act="affiliations.entered", by=by, now=len(made), note=provenance.source)
    return made


def _serials(series: str, count: int) -> range:
    """The next numbers of a series; the row stays locked until the transaction ends."""
    first = affiliations.next_serial(series)
    Counter.objects.filter(pk=series).update(value=first + count - 1)
    return range(first, first + count)


def _affiliations(
    rows: Sequence[NewAffiliation], parties: Mapping[int, Jurisdiction], provenance: Provenance, *, seq: int
) -> list[_Entered]:
    entered = []
    for serial, row in zip(_serials("affiliation", len(rows)), rows, strict=True):
        state = history.replay(_acts(row))
        if state is None:
            raise ValueError("An affiliation begins with a deed.")
        low, high = sorted(row.party_ids)
        affiliation = Affiliation(
            number=numbers.affiliation_number(settings.REGISTRY_PREFIX, serial),
            serial=serial,
            first=parties[low],
            second=parties[high],
            kind=state.kind,
            standing=state.standing,
            since=state.since,
            ended=state.ended,
            reasons=list(row.reasons),
            themes=list(row.themes),
            story=row.story,
            fictional=provenance.fictional,
            changed_seq=seq,
        )
        entered.append(_Entered(row, affiliation, state.spans))
    return entered


def _acts(row: NewAffiliation) -> list[history.Act]:
    return [
        history.Act(deed.act, row.kind, deed.on, None, perpetual=False, order=order)
        for order, deed in enumerate(row.deeds)
    ]


def _recognition(entered: Sequence[_Entered], provenance: Provenance, *, on: date) -> None:
    """What was only imported is never recognised; the rest may be, from the day that follows from its facts."""
    if provenance.evidence == EvidenceGrade.IMPORTED:
        return
    home = settings.REGISTRY_HOME_COUNTRY
    terms = selector.membership_terms({pk for one in entered for pk in one.row.party_ids})
    for one in entered:
        parties = (one.affiliation.first, one.affiliation.second)
        facts = recognition.RecognitionFacts(
            spans=one.spans,
            has_registered_agreement=True,
            home_terms=tuple(terms[party.pk] for party in parties if territories.is_home(party.country.code, home)),
            exclusions=(),
            grace_days=settings.REGISTRY_GRACE_DAYS,
            needs_membership=bool(home),
        )
        if kept := recount.current(recognition.intervals(facts), on):
            one.affiliation.recognised_from, one.affiliation.recognised_until = kept


def _agreements(
    entered: Sequence[_Entered], provenance: Provenance, *, on: date
) -> list[tuple[Agreement, Affiliation]]:
    deeds = [(one, deed) for one in entered for deed in one.row.deeds if deed.act not in StaffAct.values]
    serials = _serials(f"agreement:{on.year}", len(deeds))
    agreements = [
        Agreement(
            number=numbers.agreement_number(settings.REGISTRY_PREFIX, on.year, serial),
            year=on.year,
            serial=serial,
            registered_on=on,
            party_count=2,
            affiliation_count=1,
            act=deed.act,
            kind=one.row.kind,
            signed_on=deed.on,
            reasons=list(one.row.reasons),
            themes=list(one.row.themes),
            story=one.row.story if deed.act == Act.ESTABLISH else "",
            source=one.row.source or provenance.source,
            evidence=provenance.evidence,
            fictional=provenance.fictional,
        )
        for serial, (one, deed) in zip(serials, deeds, strict=True)
    ]
    Agreement.objects.bulk_create(agreements, batch_size=BATCH)
    pairs = [(agreement, one.affiliation) for agreement, (one, _deed) in zip(agreements, deeds, strict=True)]
    copying.insert(
        AgreementAffiliation,
        ("agreement_id", "affiliation_id"),
        [(agreement.pk, affiliation.pk) for agreement, affiliation in pairs],
    )
    return pairs


def _decisions(entered: Sequence[_Entered], provenance: Provenance, *, by: Actor) -> None:
    """What a source says staff decided: emeritus needs no agreement."""
    StaffDecision.objects.bulk_create(
        [
            StaffDecision(
                affiliation=one.affiliation,
                act=deed.act,
                on=deed.on,
                reason=one.row.source or provenance.source,
                by_name=by.name[:200],
            )
            for one in entered
            for deed in one.row.deeds
            if deed.act in StaffAct.values
        ],
        batch_size=BATCH,
    )


def _periods(entered: Sequence[_Entered]) -> None:
    copying.insert(
        Period,
        ("affiliation_id", "kind", "standing", "from_date", "to_date"),
        [
            (one.affiliation.pk, span.kind, span.standing, span.from_date, span.to_date)
            for one in entered
            for span in one.spans
        ],
    )


def _payload(
    entered: Sequence[_Entered],
    agreements: Sequence[tuple[Agreement, Affiliation]],
    parties: Iterable[Jurisdiction],
    provenance: Provenance,
    *,
    on: date,
) -> dict[str, object]:
    numbers_of: dict[int, list[str]] = {}
    for agreement, affiliation in agreements:
        numbers_of.setdefault(affiliation.pk, []).append(agreement.number)
    return {
        "source": provenance.source,
        "evidence": str(provenance.evidence),
        "fictional": provenance.fictional,
        "registered_on": str(on),
        "parties": [jurisdictions.in_words(party) for party in sorted(parties, key=lambda party: party.pk)],
        "affiliations": [
            {
                **selector.state_in_words(one.affiliation),
                "parties": list(one.affiliation.party_ids),
                "agreements": numbers_of[one.affiliation.pk],
                **({"source": one.row.source} if one.row.source else {}),
            }
            for one in entered
        ],
    }
