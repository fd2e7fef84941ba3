"""Many affiliations at once: the same record as one by one, in a handful of statements and one register entry.

For affiliations that are new to the registry and come from a source, not from papers: they have agreements, so that
their history can be replayed like any other, but no filing.
"""

from __future__ import annotations

from collections import Counter as Multiset
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from partnerships.choices import Act, EvidenceGrade
from partnerships.models import (
    Affiliation,
    AffiliationSide,
    AffiliationTheme,
    Agreement,
    AgreementAffiliation,
    Counter,
    Jurisdiction,
    NameWord,
    Period,
    Tally,
)
from partnerships.rules import history, matching, numbers, recognition
from partnerships.rules.dates import PartialDate
from partnerships.selectors import affiliations as selector
from partnerships.selectors import recount
from partnerships.services import access, affiliations, jurisdictions, ledger, register
from partnerships.services.access import Actor

BATCH = 1_000


@dataclass(frozen=True)
class Deed:
    """One act of a new affiliation; the first establishes it."""

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
    NameWord.objects.bulk_create(
        [
            NameWord(jurisdiction=community, word=word[:60])
            for community in made
            for word in {*matching.words(community.name), *matching.words(community.native_name)}
        ],
        batch_size=BATCH,
    )
    return made


@transaction.atomic
def enter(*, rows: Sequence[NewAffiliation], provenance: Provenance, by: Actor, on: date) -> list[Affiliation]:
    """Number and keep these affiliations with everything that follows from them, under one entry of the register.

    Raises ``ActDoesNotFit`` where the deeds of a row do not follow from each other, and the database's
    ``IntegrityError`` where two of them are already partners; nothing is kept then.
    """
    access.require(by, "record.import")
    if not rows:
        return []
    register.lock()
    parties = Jurisdiction.objects.in_bulk({pk for row in rows for pk in row.party_ids})
    made = _affiliations(rows, parties, provenance)
    agreements = _agreements(rows, made, provenance, on=on)
    _periods(made)
    _recognition(made, on=on)
    entry = register.append(
        event="affiliations.entered",
        subject="affiliations",
        payload=_payload(made, agreements, parties.values(), provenance, on=on),
    )
    Affiliation.objects.filter(pk__in=[affiliation.pk for affiliation in made]).update(changed_seq=entry.seq)
    _read_models(made, parties)
    ledger.record(subject=entry, act="affiliations.entered", by=by, now=len(made), note=provenance.source)
    return made


def _serials(series: str, count: int) -> range:
    """The next numbers of a series; the row stays locked until the transaction ends."""
    first = affiliations.next_serial(series)
    Counter.objects.filter(pk=series).update(value=first + count - 1)
    return range(first, first + count)


def _affiliations(
    rows: Sequence[NewAffiliation], parties: Mapping[int, Jurisdiction], provenance: Provenance
) -> list[Affiliation]:
    made = []
    for serial, row in zip(_serials("affiliation", len(rows)), rows, strict=True):
        state = history.replay(_acts(row))
        if state is None:
            raise ValueError("An affiliation begins with a deed.")
        low, high = sorted(row.party_ids)
        made.append(
            Affiliation(
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
            )
        )
    return Affiliation.objects.bulk_create(made, batch_size=BATCH)


def _acts(row: NewAffiliation) -> list[history.Act]:
    return [
        history.Act(deed.act, row.kind, deed.on, None, perpetual=False, order=order)
        for order, deed in enumerate(row.deeds)
    ]


def _agreements(
    rows: Sequence[NewAffiliation], made: Sequence[Affiliation], provenance: Provenance, *, on: date
) -> list[tuple[Agreement, Affiliation]]:
    deeds = [(row, deed, affiliation) for row, affiliation in zip(rows, made, strict=True) for deed in row.deeds]
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
            kind=row.kind,
            signed_on=deed.on,
            reasons=list(row.reasons),
            themes=list(row.themes),
            story=row.story if deed.act == Act.ESTABLISH else "",
            source=provenance.source,
            evidence=provenance.evidence,
            fictional=provenance.fictional,
        )
        for serial, (row, deed, _affiliation) in zip(serials, deeds, strict=True)
    ]
    Agreement.objects.bulk_create(agreements, batch_size=BATCH)
    pairs = [(agreement, deed[2]) for agreement, deed in zip(agreements, deeds, strict=True)]
    AgreementAffiliation.objects.bulk_create(
        [AgreementAffiliation(agreement=agreement, affiliation=affiliation) for agreement, affiliation in pairs],
        batch_size=BATCH,
    )
    return pairs


def _fetched(made: Iterable[Affiliation]) -> Iterator[Affiliation]:
    return recount.fetched(Affiliation.objects.filter(pk__in=[affiliation.pk for affiliation in made]))


def _periods(made: Sequence[Affiliation]) -> None:
    spans = [
        Period(
            affiliation=affiliation,
            kind=span.kind,
            standing=span.standing,
            from_date=span.from_date,
            to_date=span.to_date,
        )
        for affiliation in _fetched(made)
        for span in recount.spans(affiliation)
    ]
    Period.objects.bulk_create(spans, batch_size=BATCH)


def _recognition(made: Sequence[Affiliation], *, on: date) -> None:
    terms = selector.membership_terms({pk for affiliation in made for pk in affiliation.party_ids})
    recognised = []
    for affiliation in _fetched(made):
        facts = selector.recognition_facts(affiliation, terms)
        kept = recount.current(recognition.intervals(facts), on)
        if kept:
            affiliation.recognised_from, affiliation.recognised_until = kept
            recognised.append(affiliation)
    Affiliation.objects.bulk_update(recognised, ["recognised_from", "recognised_until"], batch_size=BATCH)


def _payload(
    made: Sequence[Affiliation],
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
                **selector.state_in_words(affiliation),
                "parties": list(affiliation.party_ids),
                "agreements": numbers_of[affiliation.pk],
            }
            for affiliation in made
        ],
    }


def _read_models(made: Sequence[Affiliation], parties: Mapping[int, Jurisdiction]) -> None:
    sides = [side for affiliation in _fetched(made) for side in recount.sides(affiliation)]
    AffiliationSide.objects.bulk_create(sides, batch_size=BATCH)
    AffiliationTheme.objects.bulk_create(
        [
            AffiliationTheme(affiliation=affiliation, theme=theme)
            for affiliation in made
            for theme in affiliation.themes
        ],
        batch_size=BATCH,
    )
    _tallies(sides)
    counts = recount.open_counts(parties)
    for community in parties.values():
        community.open_count = counts.get(community.pk, 0)
    Jurisdiction.objects.bulk_update(parties.values(), ["open_count"], batch_size=BATCH)
    charters(parties)


def _tallies(sides: Iterable[AffiliationSide]) -> None:
    more = Multiset(key for keys in recount.tally_keys(sides).values() for key in keys)
    for key, count in sorted(more.items()):
        country, subdivision, partner_country, kind, standing = key
        row, _created = Tally.objects.get_or_create(
            country=country, subdivision=subdivision, partner_country=partner_country, kind=kind, standing=standing
        )
        Tally.objects.filter(pk=row.pk).update(count=F("count") + count)


def charters(jurisdiction_ids: Iterable[int] | None = None) -> int:
    """Keep who is the charter partner of these foreign communities, or of all. Answers how many changed."""
    changed = [(pk, rank) for pk, was, rank in recount.charters(jurisdiction_ids) if was != rank]
    for rank in {rank for _pk, rank in changed}:
        ids = [pk for pk, its_rank in changed if its_rank == rank]
        for start in range(0, len(ids), BATCH):
            Affiliation.objects.filter(pk__in=ids[start : start + BATCH]).update(charter=rank)
    return len(changed)
