"""What ``expand`` brings beside the rows of an answer: read for all of them at once, in a few statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from partnerships.api.serializers.agreements import AgreementSerializer
from partnerships.api.serializers.jurisdictions import JurisdictionSerializer
from partnerships.selectors import agreement_list, jurisdiction_list
from partnerships.selectors.agreement_list import ListedAgreement
from partnerships.selectors.rows import AffiliationRow

#: Rows of a page that is expanded: each brings many times what it holds itself.
MOST_ROWS = 100
OF_AFFILIATIONS = ("agreements", "documents", "parties")
OF_AGREEMENTS = ("parties",)


def of_affiliations(rows: Sequence[AffiliationRow], wanted: Collection[str], *, on: date) -> list[dict[str, Any]]:
    """For each of these full rows what was asked for."""
    expanded: list[dict[str, Any]] = [{} for _row in rows]
    if "parties" in wanted:
        known = _communities((party.id for row in rows for party in row.parties), on)
        for row, more in zip(rows, expanded, strict=True):
            more["parties"] = [known[party.id] for party in row.parties]
    if {"agreements", "documents"} & set(wanted):
        numbers = {one.number for row in rows for one in row.agreements}
        found = agreement_list.numbered(numbers)
        shown = {number: AgreementSerializer(one).data for number, one in found.items()}
        for row, more in zip(rows, expanded, strict=True):
            own = [shown[one.number] for one in row.agreements]
            if "agreements" in wanted:
                more["agreements"] = own
            if "documents" in wanted:
                more["documents"] = [
                    {**document, "agreement": one["number"]} for one in own for document in one["documents"]
                ]
    return expanded


def of_agreements(rows: Sequence[ListedAgreement], wanted: Collection[str], *, on: date) -> list[dict[str, Any]]:
    """For each of these agreements what was asked for."""
    known = _communities((party.id for row in rows for party in row.parties), on)
    return [{name: [known[party.id] for party in row.parties] for name in wanted} for row in rows]


def _communities(ids: Any, on: date) -> dict[int, dict[str, Any]]:
    found = jurisdiction_list.some(ids, on=on)
    return {pk: JurisdictionSerializer(row).data for pk, row in found.items()}
