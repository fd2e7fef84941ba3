"""The public record row by row, for files of any size: every list is read once, in order, in bounded memory.

On PostgreSQL each list is a cursor of the server. Callers read inside one ``snapshot``, so that the lists agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from partnerships.choices import Standing
from partnerships.models import (
    Affiliation,
    AffiliationSide,
    Agreement,
    AgreementAffiliation,
    Claim,
    Conflict,
    Document,
    Jurisdiction,
    JurisdictionName,
    Milestone,
    Period,
    RegisterEntry,
    Signatory,
)
from partnerships.rules import chain
from partnerships.selectors import as_of, jurisdiction_list, past, register, rows
from partnerships.selectors.jurisdiction_list import JurisdictionRow
from partnerships.selectors.rows import AffiliationRow

BATCH = 1_000
Row = TypeVar("Row")
#: Of communities, what no file prints: parsing it would take a tenth of the time.
_UNREAD = ("themes", "traits", "diaspora", "languages")


@dataclass(frozen=True)
class Moment:
    """The day whose state is shown; ``past``: as it was then, by periods and terms, and not as it is kept now."""

    day: date
    past: bool = False


def batches(found: QuerySet[Any, Row]) -> Iterator[list[Row]]:
    read = iter(found.iterator(chunk_size=BATCH))
    while batch := list(islice(read, BATCH)):
        yield batch


def size(moment: Moment) -> int:
    """How many rows the long lists have together, for whoever waits."""
    return communities_of_record().count() + Affiliation.objects.visible().count()


# --- Communities

_MENTIONED: dict[str, Callable[[], Q]] = {}


def mention(noun: str, named: Callable[[], Q]) -> None:
    """Let the list of communities have those, too, that the tables of another app name, merged ones among them."""
    _MENTIONED[noun] = named


def communities_of_record() -> QuerySet[Jurisdiction]:
    """Those that lists show, and whatever else a table names: a party, or one for which a registered agreement was
    signed before it was merged; never a mere proposal."""
    listed = Q(provisional=False, successor__isnull=True)
    signed = Signatory.objects.filter(jurisdiction=OuterRef("pk"), filing__agreement__isnull=False)
    named = Q(Exists(AffiliationSide.objects.filter(jurisdiction=OuterRef("pk")))) | Q(Exists(signed))
    for more in _MENTIONED.values():
        named |= more()
    return Jurisdiction.objects.filter(listed | named)


def communities(moment: Moment) -> Iterator[JurisdictionRow]:
    for batch in batches(communities_of_record().defer(*_UNREAD).order_by("pk")):
        yield from jurisdiction_list.completed(batch, moment.day)


def names(moment: Moment) -> Iterator[JurisdictionName]:
    found = JurisdictionName.objects.filter(jurisdiction__in=communities_of_record().values("pk"))
    return found.order_by("jurisdiction_id", "pk").iterator(chunk_size=BATCH)


# --- Affiliations


def affiliations(moment: Moment) -> Iterator[AffiliationRow]:
    """All of them, ended ones included, without those that were entered in error."""
    if moment.past:
        yield from as_of.stream(day=moment.day)
        return
    unread = [f"{party}__{name}" for party in ("first", "second") for name in _UNREAD]
    found = Affiliation.objects.visible().select_related("first", "second").defer("story", *unread).order_by("pk")
    for batch in batches(found):
        yield from rows.of(batch, on=moment.day)


def begun(moment: Moment, field: str) -> Q:
    """What is known to be later is left out of the past; partial dates sort like the first days they may mean."""
    return Q(**{f"{field}__lte": str(moment.day)}) if moment.past else Q()


def of_listed(moment: Moment) -> Q:
    """Of rows with an ``affiliation``: that ``affiliations`` has it."""
    listed = ~Q(affiliation__standing=Standing.ANNULLED)
    if not moment.past:
        return listed
    return listed & begun(moment, "affiliation__since") & Q(past.was(moment.day, "affiliation_id"))


def periods(moment: Moment) -> Iterator[Period]:
    found = Period.objects.filter(of_listed(moment)).select_related("affiliation")
    if moment.past:
        found = found.filter(Q(from_date__isnull=True) | Q(from_date__lte=moment.day))
    return found.order_by("affiliation_id", "from_date", "pk").iterator(chunk_size=BATCH)


def milestones(moment: Moment) -> Iterator[Milestone]:
    found = Milestone.objects.filter(of_listed(moment), begun(moment, "on")).select_related("affiliation")
    return found.order_by("pk").iterator(chunk_size=BATCH)


def claims(moment: Moment) -> Iterator[Any]:
    """What sources say of them, with what staff made of it where sources disagree (``conflict…``)."""
    about = Conflict.objects.filter(affiliation=OuterRef("affiliation"), fact=OuterRef("fact"))
    found = Claim.objects.filter(of_listed(moment)).select_related("affiliation").defer("affiliation__story")
    found = found.annotate(
        conflict=Subquery(about.values("state")),
        conflict_decided_on=Subquery(about.values("decided_on")),
        conflict_reason=Subquery(about.values("reason")),
    )
    return found.order_by("affiliation_id", "pk").iterator(chunk_size=BATCH)


# --- Agreements and what belongs to them


def _agreements(moment: Moment, to: str = "") -> Q:
    """Agreements that hold by that day; of those annulled since, the past knows nothing."""
    if not moment.past:
        return Q()
    effective = Q(**{f"{to}effective_on__gt": "", f"{to}effective_on__lte": str(moment.day)})
    signed = Q(**{f"{to}effective_on": "", f"{to}signed_on__lte": str(moment.day)})
    return (effective | signed) & Q(**{f"{to}annulled_on__isnull": True})


def agreements(moment: Moment) -> Iterator[Agreement]:
    return Agreement.objects.filter(_agreements(moment)).order_by("pk").iterator(chunk_size=BATCH)


def links(moment: Moment) -> Iterator[AgreementAffiliation]:
    found = AgreementAffiliation.objects.filter(_agreements(moment, "agreement__"), of_listed(moment))
    return found.select_related("agreement", "affiliation").order_by("pk").iterator(chunk_size=BATCH)


def signatories(moment: Moment) -> Iterator[Signatory]:
    """Those who signed a registered agreement; of filings that are not registered nobody is named."""
    found = Signatory.objects.filter(_agreements(moment, "filing__agreement__"), filing__agreement__isnull=False)
    return found.select_related("filing__agreement").order_by("pk").iterator(chunk_size=BATCH)


def documents(moment: Moment) -> Iterator[Document]:
    """The public documents of registered agreements; the files themselves are where ``url`` says."""
    found = Document.objects.filter(
        _agreements(moment, "filing__agreement__"), filing__agreement__isnull=False, public=True
    )
    return found.select_related("filing__agreement").order_by("pk").iterator(chunk_size=BATCH)


# --- The register


def entries() -> Iterator[chain.Entry]:
    """The register up to its head, whatever the day: what is known of the past was entered later."""
    return map(register.sealed, RegisterEntry.objects.order_by("seq").iterator(chunk_size=BATCH))
