"""Entering the rows of a source: new affiliations in bulk, what is told again as claims, the rest with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from partnerships.choices import Act, ImportOutcome, StaffAct, Standing
from partnerships.models import Jurisdiction
from partnerships.rules.import_rows import PairRow, RawRow
from partnerships.rules.same_place import Entry
from partnerships.selectors import gazetteer
from partnerships.selectors.import_plan import Decision, NewPlace, Planner
from partnerships.services import access, bulk, claims, register
from partnerships.services.access import Actor
from partnerships.services.bulk import Deed, NewAffiliation, Provenance
from partnerships.services.claims import NewClaim

#: How often a batch is tried where somebody enters one of its communities at the same moment.
TRIES = 3

#: What a source says of the standing → the act that follows the establishment.
_FOLLOWS = {
    str(Standing.ENDED): str(Act.END),
    str(Standing.SUSPENDED): str(Act.SUSPEND),
    str(Standing.EMERITUS): str(StaffAct.EMERITUS),
}


def enter(*, rows: Sequence[RawRow], source: str, by: Actor, on: date) -> list[Decision]:
    """Enter one batch of rows, with one entry of the register for what is new; answers what became of each.

    Rows that say what is on record already, or that cannot go in, change nothing; what a source says otherwise is kept
    as a claim. So the same rows may come again and nothing changes, and a batch is all in or not at all.
    """
    access.require(by, "record.import")
    for tried in range(1, TRIES + 1):
        try:
            return _enter(rows, source=source, by=by, on=on)
        except IntegrityError:  # a filing proposed one of the new communities meanwhile; now it is found
            if tried == TRIES:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _enter(rows: Sequence[RawRow], *, source: str, by: Actor, on: date) -> list[Decision]:
    register.lock()
    planner = Planner(on)
    decisions = planner.decide(rows)
    fresh = [decision for decision in decisions if decision.outcome == ImportOutcome.IMPORTED]
    ids = _communities(fresh, planner, source=source, by=by)
    new = [_affiliation(decision, ids, source) for decision in fresh]
    made = bulk.enter(rows=new, provenance=Provenance(source), by=by, on=on)
    _claim(decisions, dict(zip((decision.line for decision in fresh), made, strict=True)), source, by=by, on=on)
    return decisions


def _communities(fresh: Sequence[Decision], planner: Planner, *, source: str, by: Actor) -> dict[int, int]:
    """The ids on record of the new communities that these rows need, by the numbers of the plan."""
    needed = list(dict.fromkeys(pk for decision in fresh for pk in sorted(decision.places, reverse=True) if pk < 0))
    edition = gazetteer.edition() if needed else None
    rows = [_facts(planner.new[number], source, edition) for number in needed]
    _leave_taken_ids(rows)
    return dict(zip(needed, bulk.communities(rows=rows, by=by), strict=True))


def _facts(new: NewPlace, source: str, edition: gazetteer.Edition | None) -> dict[str, Any]:
    """What the source says of a place, and from the gazetteer what it leaves out."""
    row, entry = new.row, new.entry
    facts: dict[str, Any] = {
        "name": row.name,
        "kind": row.kind,
        "country": row.country,
        "subdivision": row.subdivision,
        "subdivision_name": gazetteer.subdivision_name(row.subdivision) if row.subdivision else "",
        "latitude": row.latitude,
        "longitude": row.longitude,
        "geonames_id": new.geonames_id,
        "wikidata_id": row.wikidata_id or None,
    }
    return facts | _population(row.population, source, entry, edition)


def _population(
    given: int | None, source: str, entry: Entry | None, edition: gazetteer.Edition | None
) -> dict[str, Any]:
    if not given and entry and entry.population and edition:
        figure: tuple[Any, ...] = (entry.population, edition.source[:200], edition.year)
    else:
        figure = (given, source[:200], None) if given else (None, "", None)
    return dict(zip(("population", "population_source", "population_year"), figure, strict=True))


def _leave_taken_ids(rows: Sequence[dict[str, Any]]) -> None:
    """An id that a community has which waits for acceptance stays with it; staff match the two."""
    for name in ("geonames_id", "wikidata_id"):
        wanted = [row[name] for row in rows if row[name]]
        taken = set(Jurisdiction.objects.filter(**{f"{name}__in": wanted}).values_list(name, flat=True))
        for row in rows:
            if row[name] in taken:
                row[name] = None


def _affiliation(decision: Decision, ids: Mapping[int, int], source: str) -> NewAffiliation:
    row = decision.row
    if row is None:  # rows that go in were read
        raise ValueError("A row that goes in has to be read first.")
    one, other = (ids.get(pk, pk) for pk in decision.places)
    return NewAffiliation((one, other), row.kind, _deeds(row), source=said_by(row, source))


def _deeds(row: PairRow) -> tuple[Deed, ...]:
    deeds = [Deed(Act.ESTABLISH, row.since)]
    if act := _FOLLOWS.get(row.standing):
        deeds.append(Deed(act, row.until))
    return tuple(deeds)


def said_by(row: PairRow, source: str) -> str:
    """Who says so, as it stands with the agreement: the address and the remark of the row, else the whole source."""
    return " – ".join(filter(None, (row.source_url or source, row.note)))[:500]


def _claim(decisions: Sequence[Decision], made: Mapping[int, int], source: str, *, by: Actor, on: date) -> None:
    rows = [
        NewClaim(
            affiliation_id=made[-decision.tie.id] if decision.tie.id < 0 else decision.tie.id,
            fact=statement.fact,
            value=statement.value,
            source=source,
            source_url=decision.row.source_url,
            note=decision.row.note,
        )
        for decision in decisions
        if decision.tie and decision.row
        for statement in decision.statements
    ]
    if rows:
        claims.record(rows=rows, by=by, on=on)
