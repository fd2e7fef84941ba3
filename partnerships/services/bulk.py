"""Many affiliations at once: the same record as one by one, in a handful of statements and one register entry.

For affiliations that are new to the registry and come from a source, not from papers: they have agreements, so that
their history can be replayed like any other, but no filing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

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
from partnerships.selectors import parties as party_selector
from partnerships.selectors import recount
from partnerships.selectors.parties import Party
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


class _Entered(NamedTuple):
    """A row with what became of it; ``state`` is the affiliation after its last deed."""

    pk: int
    number: str
    serial: int
    parties: tuple[Party, Party]
    row: NewAffiliation
    state: history.History
    recognised: recount.Interval | None


@dataclass(frozen=True)
class Provenance:
    """Where the rows come from, and how well that proves them."""

    source: str
    evidence: str = EvidenceGrade.IMPORTED
    fictional: bool = False


@transaction.atomic
def communities(*, rows: Sequence[Mapping[str, Any]], by: Actor) -> list[int]:
    """New communities of the record; answers their ids in the order of the rows. ``enter`` publishes them with their
    affiliations. Every row names the same columns."""
    access.require(by, "record.import")
    if not rows:
        return []
    ids = copying.keys(Jurisdiction, len(rows))
    fields = tuple(rows[0])
    values = (
        (pk, matching.fold(row["name"])[:200], *(row[field] for field in fields))
        for pk, row in zip(ids, rows, strict=True)
    )
    copying.insert(Jurisdiction, ("id", "folded", *fields), values)
    words = (
        (pk, word)
        for pk, row in zip(ids, rows, strict=True)
        for word in dict.fromkeys(
            word[:60] for name in ("name", "native_name") for word in matching.words(row.get(name, ""))
        )
    )
    copying.insert(NameWord, ("jurisdiction_id", "word"), words)
    return ids


@transaction.atomic
def enter(*, rows: Sequence[NewAffiliation], provenance: Provenance, by: Actor, on: date) -> list[int]:
    """Number and keep these affiliations with everything that follows from them, under one entry of the register;
    answers their ids in the order of the rows.

    Everything is worked out in memory and written once, in some twenty statements however many rows there are.
    Raises ``ActDoesNotFit`` where the deeds of a row do not follow from each other, and the database's
    ``IntegrityError`` where two of them are already partners; nothing is kept then.
    """
    access.require(by, "record.import")
    if not rows:
        return []
    head = register.lock()
    parties = party_selector.by_id(pk for row in rows for pk in row.party_ids)
    entered = _entered(rows, parties, provenance, on=on)
    _affiliations(entered, provenance, seq=head.seq + 1)
    agreements = _agreements(entered, provenance, on=on)
    _decisions(entered, provenance, by=by)
    _periods(entered)
    entry = register.append(
        event="affiliations.entered",
        subject="affiliations",
        payload=_payload(entered, agreements, parties.values(), provenance, on=on),
    )
    bulk_totals.keep([bulk_totals.Made(one.pk, one.parties, one.state, one.row.themes) for one in entered])
    ledger.record(subject=entry, act="affiliations.entered", by=by, now=len(entered), note=provenance.source)
    return [one.pk for one in entered]


def _serials(series: str, count: int) -> range:
    """The next numbers of a series; the row stays locked until the transaction ends."""
    first = affiliations.next_serial(series)
    Counter.objects.filter(pk=series).update(value=first + count - 1)
    return range(first, first + count)


def _entered(
    rows: Sequence[NewAffiliation], parties: Mapping[int, Party], provenance: Provenance, *, on: date
) -> list[_Entered]:
    recognised = _recognition(rows, parties, provenance, on=on)
    serials, ids = _serials("affiliation", len(rows)), copying.keys(Affiliation, len(rows))
    prefix = settings.REGISTRY_PREFIX
    entered = []
    for pk, serial, row in zip(ids, serials, rows, strict=True):
        low, high = sorted(row.party_ids)
        pair, state = (parties[low], parties[high]), _replayed(row)
        number = numbers.affiliation_number(prefix, serial)
        entered.append(_Entered(pk, number, serial, pair, row, state, recognised(row, state.spans)))
    return entered


def _replayed(row: NewAffiliation) -> history.History:
    state = history.replay(
        [
            history.Act(deed.act, row.kind, deed.on, None, perpetual=False, order=order)
            for order, deed in enumerate(row.deeds)
        ]
    )
    if state is None:
        raise ValueError("An affiliation begins with a deed.")
    return state


def _recognition(
    rows: Sequence[NewAffiliation], parties: Mapping[int, Party], provenance: Provenance, *, on: date
) -> Callable[[NewAffiliation, tuple[history.Span, ...]], recount.Interval | None]:
    """What was only imported is never recognised; the rest may be, from the day that follows from its facts."""
    if provenance.evidence == EvidenceGrade.IMPORTED:
        return lambda row, spans: None
    home = settings.REGISTRY_HOME_COUNTRY
    terms = selector.membership_terms(set(parties))

    def recognised(row: NewAffiliation, spans: tuple[history.Span, ...]) -> recount.Interval | None:
        facts = recognition.RecognitionFacts(
            spans=spans,
            has_registered_agreement=True,
            home_terms=tuple(terms[pk] for pk in row.party_ids if territories.is_home(parties[pk].country, home)),
            exclusions=(),
            grace_days=settings.REGISTRY_GRACE_DAYS,
            needs_membership=bool(home),
        )
        return recount.current(recognition.intervals(facts), on)

    return recognised


def _affiliations(entered: Sequence[_Entered], provenance: Provenance, *, seq: int) -> None:
    copying.insert(
        Affiliation,
        (
            *("id", "number", "serial", "first_id", "second_id", "kind", "standing", "since", "ended"),
            *("reasons", "themes", "story", "fictional", "changed_seq", "recognised_from", "recognised_until"),
        ),
        (
            (
                one.pk,
                one.number,
                one.serial,
                *(party.pk for party in one.parties),
                one.state.kind,
                one.state.standing,
                str(one.state.since or ""),
                str(one.state.ended or ""),
                copying.as_json(one.row.reasons),
                copying.as_json(one.row.themes),
                one.row.story,
                provenance.fictional,
                seq,
                *(one.recognised or (None, None)),
            )
            for one in entered
        ),
    )


def _agreements(entered: Sequence[_Entered], provenance: Provenance, *, on: date) -> list[tuple[str, int]]:
    """Answers the number of each with the id of its affiliation."""
    deeds = [(one, deed) for one in entered for deed in one.row.deeds if deed.act not in StaffAct.values]
    serials, ids = _serials(f"agreement:{on.year}", len(deeds)), copying.keys(Agreement, len(deeds))
    prefix = settings.REGISTRY_PREFIX
    made = [
        (pk, numbers.agreement_number(prefix, on.year, serial), serial, one, deed)
        for pk, serial, (one, deed) in zip(ids, serials, deeds, strict=True)
    ]
    copying.insert(
        Agreement,
        (
            *("id", "number", "year", "serial", "registered_on", "party_count", "affiliation_count", "act", "kind"),
            *("signed_on", "reasons", "themes", "story", "source", "evidence", "fictional"),
        ),
        (
            (
                *(pk, number, on.year, serial, on, 2, 1, deed.act, one.row.kind),
                str(deed.on or ""),
                copying.as_json(one.row.reasons),
                copying.as_json(one.row.themes),
                one.row.story if deed.act == Act.ESTABLISH else "",
                one.row.source or provenance.source,
                provenance.evidence,
                provenance.fictional,
            )
            for pk, number, serial, one, deed in made
        ),
    )
    copying.insert(
        AgreementAffiliation,
        ("agreement_id", "affiliation_id"),
        ((pk, one.pk) for pk, _number, _serial, one, _deed in made),
    )
    return [(number, one.pk) for _pk, number, _serial, one, _deed in made]


def _decisions(entered: Sequence[_Entered], provenance: Provenance, *, by: Actor) -> None:
    """What a source says staff decided: emeritus needs no agreement."""
    StaffDecision.objects.bulk_create(
        [
            StaffDecision(
                affiliation_id=one.pk,
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
        (
            (one.pk, span.kind, span.standing, span.from_date, span.to_date)
            for one in entered
            for span in one.state.spans
        ),
    )


def _payload(
    entered: Sequence[_Entered],
    agreements: Iterable[tuple[str, int]],
    parties: Iterable[Party],
    provenance: Provenance,
    *,
    on: date,
) -> dict[str, object]:
    numbers_of: dict[int, list[str]] = {}
    for number, affiliation_id in agreements:
        numbers_of.setdefault(affiliation_id, []).append(number)
    return {
        "source": provenance.source,
        "evidence": str(provenance.evidence),
        "fictional": provenance.fictional,
        "registered_on": str(on),
        "parties": [jurisdictions.in_words(party) for party in sorted(parties)],
        "affiliations": [
            {
                "number": one.number,
                **selector.terms_in_words(one.state),
                "parties": [party.pk for party in one.parties],
                "agreements": numbers_of[one.pk],
                **({"source": one.row.source} if one.row.source else {}),
            }
            for one in entered
        ],
    }
