"""Who won what, by category and band; the name of a minor's work only where a consent publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from partnerships.selectors import rows
from partnerships.selectors.rows import PartyRow
from programs.choices import PUBLIC_STATES, ConsentUse
from programs.models import Consent, Prize

MOST_ROWS = 300


@dataclass(frozen=True)
class PrizeRow:
    """``won_by`` names what the prize is for: the application, or a work whose publication was consented to."""

    place: int
    title: str
    category: str
    band: str
    community: PartyRow
    participation: int
    won_by: str
    reason: str


def of_cycle(cycle_id: int) -> list[PrizeRow]:
    """The prizes of a cycle: by category, band and place; one statement."""
    return [_row(one) for one in _prizes().filter(cycle=cycle_id)[:MOST_ROWS]]


def of_participation(participation_id: int) -> list[PrizeRow]:
    return [_row(one) for one in _prizes().filter(participation=participation_id)[:MOST_ROWS]]


def _prizes() -> QuerySet[Prize]:
    consented = Consent.objects.filter(
        person=OuterRef("entry__person"), use=ConsentUse.PUBLISH_WORK, withdrawn_at__isnull=True
    )
    return (
        Prize.objects.filter(participation__state__in=PUBLIC_STATES)
        .select_related("category", "band", "participation__jurisdiction", "entry")
        .annotate(work_is_public=Exists(consented))
        .order_by("category__position", "category", "band__low", "place", "pk")
    )


def _row(found: Any) -> PrizeRow:
    title = found.participation.title
    if found.entry is not None:
        title = found.entry.title if found.work_is_public else ""
    return PrizeRow(
        place=found.place,
        title=found.title,
        category=found.category.name if found.category else "",
        band=found.band.name if found.band else "",
        community=rows.party(found.participation.jurisdiction),
        participation=found.participation_id,
        won_by=title,
        reason="" if found.entry is not None else found.reason,
    )
