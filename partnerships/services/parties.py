"""The parties of a filing, one after the other: on record, from the gazetteer, or new to the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import Affiliation, Filing, Jurisdiction
from partnerships.selectors import gazetteer, lookup
from partnerships.services import access, filings, jurisdictions
from partnerships.services.access import Actor


@transaction.atomic
def start(*, by: Actor, act: str, kind: str, jurisdiction_id: int | None, affiliation: str = "") -> Filing:
    """A draft; one about an affiliation (its number) names both parties, and has its kind, from the start."""
    about = Affiliation.objects.filter(number=affiliation).first() if affiliation else None
    if affiliation and (about is None or jurisdiction_id not in about.party_ids):
        raise Missing(_("There is no affiliation %(number)s of this community.") % {"number": affiliation})
    filing = filings.start(by=by, act=act, kind=about.kind if about else kind, jurisdiction_id=jurisdiction_id)
    if about is None:
        return filing
    both = sorted(about.party_ids, key=lambda pk: pk != jurisdiction_id)
    return filings.save_parties(filing_id=filing.pk, by=by, jurisdiction_ids=both)


@transaction.atomic
def add(*, filing_id: int, by: Actor, choice: str) -> Filing:
    """Add what was chosen in the look-up; raises ``Invalid`` at ``choice``."""
    filings.locked(filing_id)
    return _add(filing_id, by, _community(choice, by), field="choice")


@transaction.atomic
def add_new(*, filing_id: int, by: Actor, values: Mapping[str, Any]) -> Filing:
    """Add a community that neither the registry nor the gazetteer knows; raises ``Invalid`` at its fields."""
    filing = filings.locked(filing_id)
    access.require(by, "filing.edit", access.relations(by, filing))
    return _add(filing_id, by, jurisdictions.propose(by=by, values=values), field="name")


@transaction.atomic
def remove(*, filing_id: int, by: Actor, jurisdiction_id: int) -> Filing:
    """Take a party off, with those who signed for it."""
    filing = filings.locked(filing_id)
    kept = [pk for pk in _ids(filing) if pk != jurisdiction_id]
    return filings.save_parties(filing_id=filing_id, by=by, jurisdiction_ids=kept)


def _ids(filing: Filing) -> list[int]:
    return list(filing.party_rows.order_by("position").values_list("jurisdiction_id", flat=True))


def _add(filing_id: int, by: Actor, community: Jurisdiction, *, field: str) -> Filing:
    ids = _ids(filings.locked(filing_id))
    if community.pk in ids:
        raise Invalid({field: [_("%(name)s is a party already.") % {"name": community}]})
    try:
        return filings.save_parties(filing_id=filing_id, by=by, jurisdiction_ids=[*ids, community.pk])
    except Invalid as invalid:
        raise Invalid({field: [message for messages in invalid.errors.values() for message in messages]}) from invalid


def _community(choice: str, by: Actor) -> Jurisdiction:
    if choice.startswith(lookup.PLACE):
        return of_place(choice, by)
    is_id = choice.isdecimal() and len(choice) <= 18
    known = lookup.visible(by.user).filter(pk=int(choice)).first() if is_id else None
    if known is None:
        raise Invalid({"choice": [_("Choose a community from the list.")]})
    return known


def of_place(choice: str, by: Actor) -> Jurisdiction:
    """The community of a place: the one on record, else a new one with what the gazetteer knows of it.

    Raises ``Invalid`` at ``choice`` for one that no list offers.
    """
    place = lookup.chosen_place(choice)
    if place is None:
        raise Invalid({"choice": [_("Choose a community from the list.")]})
    if known := lookup.place_on_record(place):
        return known
    try:
        with transaction.atomic():
            return jurisdictions.propose(by=by, values=_facts(place))
    except IntegrityError as error:  # somebody else chose the same place at the same moment
        known = lookup.place_on_record(place)
        if known is None:
            raise WrongState(_("Somebody entered this community just now. Look it up again.")) from error
        return known


def _facts(place: gazetteer.PlaceRow) -> dict[str, Any]:
    return {
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "subdivision": place.subdivision,
        "subdivision_name": place.subdivision_name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "population": place.population,
        "population_year": place.population_year,
        "population_source": place.population_source[:200],
        "geonames_id": place.geonames_id,
    }
