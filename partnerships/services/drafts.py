"""A draft written in one go, as programs do it: parties, terms and signatories together, all of it or nothing.

Errors are keyed by where the value stood, such as ``parties.1.name`` or ``signatories.0.office``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import Changed, Invalid
from partnerships.models import Filing, Jurisdiction
from partnerships.rules.findings import Finding
from partnerships.selectors import lookup
from partnerships.services import filings, jurisdictions, parties
from partnerships.services.access import Actor
from partnerships.services.filings import SignatoryRow


@dataclass(frozen=True)
class Written:
    """What is to be set; ``None`` stays as it is. A party is an ``id`` of a community on record, a ``geonames_id``, or
    the values of one that is new to the registry."""

    terms: Mapping[str, Any]
    parties: Sequence[Mapping[str, Any]] | None = None
    signatories: Sequence[SignatoryRow] | None = None


@transaction.atomic
def create(*, by: Actor, act: str, kind: str, jurisdiction_id: int, affiliation: str, written: Written) -> Filing:
    """A draft with everything that is known of it already."""
    filing = parties.start(by=by, act=act, kind=kind, jurisdiction_id=jurisdiction_id, affiliation=affiliation)
    return write(filing_id=filing.pk, by=by, written=written)


@transaction.atomic
def write(*, filing_id: int, by: Actor, written: Written) -> Filing:
    """Raises ``Invalid`` with the errors of all parts; nothing is kept then."""
    errors: dict[str, Sequence[str]] = {}
    filing = filings.locked(filing_id)
    steps: list[Callable[[], Filing]] = []
    if written.parties is not None:
        steps.append(lambda: _set_parties(filing_id, by, written.parties or ()))
    if written.terms:
        steps.append(lambda: _set_terms(filing_id, by, written.terms))
    if written.signatories is not None:
        steps.append(lambda: _set_signatories(filing_id, by, written.signatories or ()))
    for step in steps:
        try:
            with transaction.atomic():
                filing = step()
        except Invalid as invalid:
            errors.update(invalid.errors)
    if errors:
        raise Invalid(errors)
    return filing


def _set_parties(filing_id: int, by: Actor, wanted: Sequence[Mapping[str, Any]]) -> Filing:
    ids: list[int] = []
    errors: dict[str, Sequence[str]] = {}
    if len(wanted) > filings.MOST_PARTIES:
        raise Invalid({"parties": [_("A filing holds at most %(most)s communities.") % {"most": filings.MOST_PARTIES}]})
    for place, one in enumerate(wanted):
        try:
            ids.append(_community(one, by).pk)
        except Invalid as invalid:
            errors.update({f"parties.{place}.{name}": found for name, found in invalid.errors.items()})
    if errors:
        raise Invalid(errors)
    return filings.save_parties(filing_id=filing_id, by=by, jurisdiction_ids=ids)


def _community(wanted: Mapping[str, Any], by: Actor) -> Jurisdiction:
    if "id" in wanted:
        known = lookup.visible(by.user).filter(pk=wanted["id"]).first()
        if known is None:
            raise Invalid({"id": [_("There is no such community.")]})
        return known
    if "geonames_id" in wanted:
        try:
            return parties.of_place(f"{lookup.PLACE}{wanted['geonames_id']}", by)
        except Invalid as invalid:
            raise Invalid({"geonames_id": [_("The gazetteer knows no such place.")]}) from invalid
    return jurisdictions.propose(by=by, values=wanted)


def _set_terms(filing_id: int, by: Actor, terms: Mapping[str, Any]) -> Filing:
    declared = terms.get("declared_by_id")
    filing = filings.locked(filing_id)
    if declared and not filing.party_rows.filter(jurisdiction_id=declared).exists():
        raise Invalid({"declared_by": [_("Choose one of the parties.")]})
    return filings.save_terms(filing_id=filing_id, by=by, values=terms)


def _set_signatories(filing_id: int, by: Actor, rows: Sequence[SignatoryRow]) -> Filing:
    try:
        return filings.save_signatories(filing_id=filing_id, by=by, rows=rows)
    except Invalid as invalid:
        raise Invalid({_path(name): found for name, found in invalid.errors.items()}) from invalid


def _path(name: str) -> str:
    """``0-jurisdiction`` as ``signatories.0.party``."""
    line, dash, field = name.partition("-")
    if not dash:
        return "signatories"
    return f"signatories.{line}.{'party' if field == 'jurisdiction' else field}"


@transaction.atomic
def unchanged(*, filing_id: int, versions: Collection[str] | None, act: Callable[[], object]) -> None:
    """Do it to the filing as the actor knows it, under the lock that the operation takes too; ``None``: as it is.

    Raises ``Changed`` where it is of none of these versions.
    """
    if versions is not None and filings.locked(filing_id).version not in versions:
        raise Changed(_("Somebody changed this filing in the meantime: read it again."))
    act()


def rehearse(act: Callable[[], Filing], *, on: date) -> tuple[Finding, ...]:
    """What the rules would find after the act, of which nothing is kept."""
    with transaction.atomic():
        found = filings.check(act(), on=on)
        transaction.set_rollback(True)
    return found
