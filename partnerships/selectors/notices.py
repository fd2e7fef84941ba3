"""What is owed to whom, and what the letters of staff list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from partnerships.choices import FilingState, NoticeState
from partnerships.models import Agreement, Filing, Notice

#: A filing in one of these states waits for the registry.
WAITING = (FilingState.SUBMITTED, FilingState.IN_REVIEW)


@dataclass(frozen=True)
class WaitingFiling:
    """A filing that waits for a decision; ``submission`` tells one handing-in from the next."""

    id: int
    parties: str
    submitted_at: datetime
    filing: Filing

    @property
    def submission(self) -> str:
        return f"{self.id}:{self.submitted_at:%Y%m%dT%H%M%S}"


def due(now: datetime) -> Q:
    """Owed and due, or claimed by somebody whose lease has run out: ``next_attempt_at`` is the end of either wait."""
    return Q(state__in=(NoticeState.OWED, NoticeState.SENDING), next_attempt_at__lte=now)


def due_ids(now: datetime, limit: int) -> list[int]:
    """The notices to deliver now, those that are due longest first."""
    found = Notice.objects.filter(due(now)).order_by("next_attempt_at", "pk")
    return list(found.values_list("pk", flat=True)[:limit])


def undelivered() -> QuerySet[Notice]:
    """Everything still owed to somebody."""
    return Notice.objects.filter(state__in=(NoticeState.OWED, NoticeState.SENDING))


def waiting_since_before(moment: datetime) -> list[WaitingFiling]:
    """Filings handed in before that moment which are not decided yet, oldest first."""
    found = (
        Filing.objects.filter(state__in=WAITING, submitted_at__lt=moment)
        .prefetch_related("party_rows__jurisdiction")
        .order_by("submitted_at", "pk")
    )
    return [
        WaitingFiling(
            id=filing.pk,
            parties=" – ".join(row.jurisdiction.name for row in filing.party_rows.all()),
            submitted_at=filing.submitted_at,
            filing=filing,
        )
        for filing in found
        if filing.submitted_at
    ]


def affiliations_of(number: str) -> list[str]:
    """The numbers of the affiliations that an agreement covers."""
    found = Agreement.objects.filter(number=number).order_by("affiliations__serial")
    return [one for one in found.values_list("affiliations__number", flat=True) if one]
