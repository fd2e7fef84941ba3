"""A filing as a clerk reads it off the paper: parties, terms and signatories kept together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from partnerships.exceptions import Invalid
from partnerships.models import Filing
from partnerships.rules.dates import PartialDate
from partnerships.services import filings, jurisdictions, parties
from partnerships.services.access import Actor
from partnerships.services.filings import SignatoryRow

#: A community on record by its key, a place of the gazetteer as the look-up offers it, or the facts of one that is
#: new to the registry.
Community = int | str | Mapping[str, Any]


@dataclass(frozen=True)
class PaperSignatory:
    """``party`` is the line of the community, counted from 0."""

    party: int
    name: str
    office: str
    capacity: str
    signed_on: PartialDate | None


@transaction.atomic
def write(
    *,
    filing_id: int,
    by: Actor,
    communities: Sequence[Community],
    terms: Mapping[str, Any],
    signatories: Sequence[PaperSignatory],
    declared_by: int | None = None,
) -> Filing:
    """Keep what the paper says; a community that is new is proposed.

    Raises ``Invalid``: at the names of the terms, at ``party-<line>-<field>``, ``parties``,
    ``signatory-<line>-<field>`` and ``declared_by``. Nothing is kept then.
    """
    filings.locked(filing_id)
    ids = [_community(line, community, by) for line, community in enumerate(communities)]
    filings.save_parties(filing_id=filing_id, by=by, jurisdiction_ids=ids)
    declared = ids[declared_by] if declared_by is not None and declared_by < len(ids) else None
    filings.save_terms(filing_id=filing_id, by=by, values={**terms, "declared_by_id": declared})
    rows = [
        SignatoryRow(ids[row.party] if row.party < len(ids) else 0, row.name, row.office, row.capacity, row.signed_on)
        for row in signatories
    ]
    try:
        return filings.save_signatories(filing_id=filing_id, by=by, rows=rows)
    except Invalid as invalid:
        raise Invalid({f"signatory-{name}": said for name, said in invalid.errors.items()}) from invalid


def _community(line: int, community: Community, by: Actor) -> int:
    if isinstance(community, int):
        return community
    try:
        if isinstance(community, str):
            return parties.of_place(community, by).pk
        return jurisdictions.propose(by=by, values=community).pk
    except Invalid as invalid:
        at = {"choice": "jurisdiction"}
        raise Invalid(
            {f"party-{line}-{at.get(name, name)}": said for name, said in invalid.errors.items()}
        ) from invalid
