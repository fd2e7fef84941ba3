"""Which affiliations nobody confirmed for a year, whom to ask, and what an answer's link leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnerships.choices import Standing
from partnerships.models import (
    Affiliation,
    AffiliationSide,
    Agreement,
    Confirmation,
    Contact,
    PartnerRequest,
    Representation,
    User,
)
from partnerships.rules import freshness

#: Letters to one community about one affiliation.
MOST_ADDRESSES = 5


@dataclass(frozen=True)
class Address:
    """Where a community is reached; ``user`` where somebody with an account is."""

    email: str
    language: str = ""
    user: User | None = None


def due(on: date, limit: int) -> list[Affiliation]:
    """In force, with an address on record, and neither confirmed nor asked about for a year, in one statement.

    One that was never confirmed is due a year after its last agreement was registered.
    """
    cutoff = freshness.add_months(on, -12)
    asked = Confirmation.objects.filter(affiliation=OuterRef("pk"), asked_on__gt=cutoff)
    registered = Agreement.objects.filter(affiliations=OuterRef("pk"), registered_on__gt=cutoff)
    silent = Q(last_confirmed_on__lte=cutoff) | (Q(last_confirmed_on__isnull=True) & ~Exists(registered))
    found = Affiliation.objects.filter(silent, ~Exists(asked), standing=Standing.IN_FORCE, pk__in=_reachable(on))
    return list(found.select_related("first", "second").order_by("pk")[:limit])


def _reachable(on: date) -> QuerySet[Any, Any]:
    sides = AffiliationSide.objects.filter(
        Q(jurisdiction__in=_speakers(on).values("jurisdiction"))
        | Q(jurisdiction__in=_contacts().values("organisation__jurisdiction"))
        | Q(jurisdiction__in=_partners().values("jurisdiction"))
    )
    return sides.values("affiliation")


def _speakers(on: date) -> QuerySet[Representation]:
    return Representation.objects.active(on).filter(user__is_active=True)


def _contacts() -> QuerySet[Contact]:
    return Contact.objects.exclude(email="")


def _partners() -> QuerySet[PartnerRequest]:
    """Those who answered when they were asked about a filing: that address is known to be read."""
    return PartnerRequest.objects.exclude(answer="")


def addresses(jurisdiction_ids: Collection[int], on: date) -> dict[int, list[Address]]:
    """Of each community those who speak for it, else its contacts, else the address that answered about a filing;
    in three statements."""
    speakers, contacts, partners = (defaultdict[int, list[Address]](list) for _source in range(3))
    for row in _partners().filter(jurisdiction__in=jurisdiction_ids).order_by("-answered_at", "-pk"):
        partners[row.jurisdiction_id].append(Address(row.email, row.language))
    found = _contacts().filter(organisation__jurisdiction__in=jurisdiction_ids).order_by("organisation", "pk")
    for pk, email in found.values_list("organisation__jurisdiction", "email"):
        contacts[pk].append(Address(email, partners[pk][0].language if partners[pk] else ""))
    reps = _speakers(on).filter(jurisdiction__in=jurisdiction_ids).select_related("user").order_by("from_date", "pk")
    for rep in reps:
        speakers[rep.jurisdiction_id].append(Address(rep.user.email, rep.user.language, rep.user))
    return {pk: (speakers[pk] or contacts[pk] or partners[pk][:1])[:MOST_ADDRESSES] for pk in jurisdiction_ids}


def contact_of(asked: Confirmation) -> Contact | None:
    """The contact of the community whose address was asked; nobody is shown the contact of somebody else."""
    community = asked.jurisdiction.successor_id or asked.jurisdiction_id
    found = Contact.objects.filter(organisation__jurisdiction=community, email__iexact=asked.email)
    return found.select_related("organisation").order_by("pk").first()
