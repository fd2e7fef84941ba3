"""What a representative sees first: their communities, what these have on record, and what is under way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from partnerships.choices import OPEN_STANDINGS, Act, FilingState
from partnerships.models import AffiliationSide, Filing, FilingParty, Jurisdiction, Representation, User
from partnerships.rules import history
from partnerships.selectors import affiliations, rows

#: Filings of the past that the overview still lists.
MOST_FILINGS = 50
MOST_AFFILIATIONS = 300


@dataclass(frozen=True)
class OpenAffiliation:
    """An affiliation on record with the acts that it admits today."""

    row: rows.AffiliationRow
    acts: tuple[str, ...]


@dataclass(frozen=True)
class Community:
    """A community that somebody speaks for, in which capacity, and its open affiliations."""

    jurisdiction: Jurisdiction
    capacity: str
    in_good_standing: bool
    affiliations: tuple[OpenAffiliation, ...]


@dataclass(frozen=True)
class FilingLine:
    """A filing as the overview lists it; ``asked`` is what a reviewer wants changed, or why it was rejected."""

    id: int
    parties: tuple[str, ...]
    act: str
    state: str
    saved_at: datetime
    asked: str
    number: str
    is_editable: bool


def representations(user: User, on: date) -> QuerySet[Representation]:
    """Whom somebody speaks for on that day."""
    active = Representation.objects.active(on).filter(user=user).select_related("jurisdiction")
    return active.order_by("jurisdiction__folded", "jurisdiction")


def communities(user: User, on: date) -> list[Community]:
    """Those the user may file for, each with its open affiliations."""
    found = list(representations(user, on))
    ids = [row.jurisdiction_id for row in found]
    terms = affiliations.membership_terms(ids)
    sides = _open_sides(ids, on)
    return [
        Community(
            jurisdiction=row.jurisdiction,
            capacity=row.capacity,
            in_good_standing=affiliations.in_good_standing(terms[row.jurisdiction_id], on),
            affiliations=tuple(sides[row.jurisdiction_id]),
        )
        for row in found
    ]


def _open_sides(ids: Collection[int], on: date) -> dict[int, list[OpenAffiliation]]:
    sides = (
        AffiliationSide.objects.filter(jurisdiction__in=ids, standing__in=OPEN_STANDINGS)
        .select_related("affiliation", "jurisdiction", "partner")
        .order_by("partner__folded", "affiliation")[:MOST_AFFILIATIONS]
    )
    found: dict[int, list[OpenAffiliation]] = defaultdict(list)
    for row in rows.of(sides, on=on):
        found[row.parties[0].id].append(OpenAffiliation(row, acts(row)))
    return found


def acts(row: rows.AffiliationRow) -> tuple[str, ...]:
    """What the communities may agree about an open affiliation as it stands."""
    return tuple(
        act.value
        for act in Act
        if act != Act.ESTABLISH and history.fits(act, row.kind, row.standing, row.term_end is not None)
    )


def filings(user: User, on: date) -> list[FilingLine]:
    """The filings of somebody and of the communities they speak for, the latest first."""
    ids = representations(user, on).values("jurisdiction")
    found = (
        Filing.objects.filter(Q(started_by=user) | Q(on_behalf_of__in=ids))
        .select_related("agreement")
        .prefetch_related(Prefetch("party_rows", FilingParty.objects.select_related("jurisdiction")))
        .order_by("-saved_at", "-pk")[:MOST_FILINGS]
    )
    return [_line(filing) for filing in found]


def _line(filing: Filing) -> FilingLine:
    return FilingLine(
        id=filing.pk,
        parties=tuple(row.jurisdiction.name for row in filing.party_rows.all()),
        act=filing.act,
        state=filing.state,
        saved_at=filing.saved_at,
        asked=filing.comment if filing.state in (FilingState.RETURNED, FilingState.REJECTED) else "",
        number=filing.agreement.number if filing.agreement else "",
        is_editable=filing.is_editable,
    )


def drafts(user: User, on: date) -> list[FilingLine]:
    """What was begun and not handed in."""
    return [line for line in filings(user, on) if line.is_editable]


def affiliation(number: str, jurisdiction_id: int, on: date) -> OpenAffiliation | None:
    """One open affiliation of a community; ``None`` where there is none of that number."""
    side = (
        AffiliationSide.objects.filter(
            affiliation__number=number, jurisdiction=jurisdiction_id, standing__in=OPEN_STANDINGS
        )
        .select_related("affiliation", "jurisdiction", "partner")
        .first()
    )
    if side is None:
        return None
    (row,) = rows.of([side], on=on)
    return OpenAffiliation(row, acts(row))
