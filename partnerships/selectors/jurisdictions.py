"""One community as the public sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, OuterRef, Subquery

from partnerships.models import Jurisdiction, JurisdictionName, MembershipTerm, Organisation, RegisterEntry
from partnerships.rules.territories import is_home
from partnerships.selectors import rows, sections, seeking
from partnerships.selectors.rows import PartyRow
from partnerships.selectors.seeking import SeekingRow


@dataclass(frozen=True)
class Moved:
    """The community is another one of the register."""

    id: int
    slug: str


@dataclass(frozen=True)
class Membership:
    """``paid_through`` is the last day that was ever paid for."""

    good_standing: bool
    paid_through: date | None


@dataclass(frozen=True)
class Profile:
    party: PartyRow
    local_term: str
    population: int | None
    population_year: int | None
    population_source: str
    geonames_id: int | None
    wikidata_id: str
    website: str
    parent: PartyRow | None
    open_count: int
    membership: Membership | None
    sections: tuple[sections.Shown, ...] = ()
    #: What it looks for, while it does.
    wish: SeekingRow | None = None


@dataclass(frozen=True)
class ContactRow:
    name: str
    office: str
    email: str
    phone: str


@dataclass(frozen=True)
class OrganisationRow:
    name: str
    kind: str
    website: str
    contacts: tuple[ContactRow, ...]


def find(pk: int, *, on: date) -> Profile | Moved | None:
    """The community, or the one that it was merged into; ``None`` where there is none or it is not public."""
    paid = (
        MembershipTerm.objects.filter(jurisdiction=OuterRef("pk"), from_date__lte=on)
        .values("jurisdiction")
        .annotate(last=Max("paid_through"))
        .values("last")
    )
    known = Jurisdiction.objects.select_related("parent", "successor", "wish").annotate(
        paid_through=Subquery(paid), **sections.expressions("jurisdiction")
    )
    found: Any = known.filter(pk=pk).first()
    if found is None:
        return None
    if found.successor:
        return moved(found.successor)
    return None if found.provisional else _profile(found, on)


def moved(successor: Jurisdiction) -> Moved:
    """The community that is meant today: a successor may have been merged in its turn."""
    seen = {successor.pk}
    while successor.successor is not None and successor.successor_id not in seen:
        successor = successor.successor
        seen.add(successor.pk)
    return Moved(successor.pk, successor.slug)


def _profile(found: Any, on: date) -> Profile:
    parent = found.parent if found.parent and not found.parent.provisional else None
    return Profile(
        party=rows.party(found),
        local_term=found.local_term,
        population=found.population,
        population_year=found.population_year,
        population_source=found.population_source,
        geonames_id=found.geonames_id,
        wikidata_id=found.wikidata_id or "",
        website=found.website,
        parent=rows.party(parent) if parent else None,
        open_count=found.open_count,
        membership=_membership(found, on),
        sections=sections.shown("jurisdiction", found),
        wish=seeking.row(wish) if (wish := getattr(found, "wish", None)) and seeking.stands(wish, on) else None,
    )


def _membership(found: Any, on: date) -> Membership | None:
    """Nothing is said of communities abroad, which have no membership to be in good standing with."""
    paid = found.paid_through
    if paid is None and not is_home(found.country.code, settings.REGISTRY_HOME_COUNTRY):
        return None
    good = paid is not None and on <= paid + timedelta(days=settings.REGISTRY_GRACE_DAYS)
    return Membership(good, paid)


def names(pk: int) -> list[JurisdictionName]:
    """Its other names: own script, former, in other languages."""
    return list(JurisdictionName.objects.filter(jurisdiction=pk).order_by("kind", "language", "name")[:60])


def organisations(pk: int) -> list[OrganisationRow]:
    """The public organisations that run its sister city work, each with its public contacts, in one statement."""
    found = (
        Organisation.objects.filter(jurisdiction=pk, public=True)
        .order_by("name", "pk", "contacts__pk")
        .values_list("pk", "name", "kind", "website", *(f"contacts__{column}" for column in _CONTACT))
    )
    made: dict[int, OrganisationRow] = {}
    for key, name, kind, website, public, *contact in found:
        before = made.get(key) or OrganisationRow(name, kind, website, ())
        more = (ContactRow(*contact),) if public else ()
        made[key] = OrganisationRow(name, kind, website, (*before.contacts, *more))
    return list(made.values())


_CONTACT = ("public", "name", "office", "email", "phone")


def entries(pk: int) -> list[RegisterEntry]:
    """What the register says about the community itself, last things first."""
    return list(RegisterEntry.objects.filter(subject=f"jurisdictions/{pk}").order_by("-seq")[:50])
