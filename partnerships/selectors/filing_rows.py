"""Filings as programs read them: everything that is on file of each, in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from partnerships.choices import FilingState
from partnerships.models import Document, Filing, FilingParty, Jurisdiction, Signatory, User
from partnerships.selectors import accounts, keyset
from partnerships.selectors.keyset import Cursor

SORT = "-id"
_UNSEEN = (FilingState.DRAFT, FilingState.WITHDRAWN)


@dataclass(frozen=True)
class FilingRow:
    filing: Filing
    parties: tuple[Jurisdiction, ...]
    signatories: tuple[Signatory, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class FilingPage:
    """``next`` and ``previous`` are cursors, empty where there is nothing further."""

    rows: tuple[FilingRow, ...]
    next: str
    previous: str


def _of(user: User, on: date, *, staff: bool) -> QuerySet[Filing]:
    """One's own and those of the communities one speaks for; staff also see whatever was handed in."""
    ids = accounts.representations(user, on).values("jurisdiction")
    own = Q(on_behalf_of__in=ids) | Q(started_by=user, historical=True)
    return Filing.objects.filter(own | ~Q(state__in=_UNSEEN) if staff else own)


def page(
    user: User, *, on: date, staff: bool, states: Sequence[str] = (), size: int = 50, cursor: str = ""
) -> FilingPage:
    """The newest first. Raises ``BadCursor``."""
    at = Cursor.parse(cursor, sort=SORT) if cursor else None
    backward = at is not None and at.backward
    listed = _of(user, on, staff=staff)
    if states:
        listed = listed.filter(state__in=states)
    if at is not None:
        listed = keyset.beyond(listed, "id", "id", at, descending=not backward)
    found = list(complete(keyset.ordered(listed, "id", "id", descending=not backward))[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_next, has_previous = (True, more) if backward else (more, at is not None)
    return FilingPage(
        rows=tuple(row(filing) for filing in found),
        next=str(Cursor(SORT, str(found[-1].pk), found[-1].pk)) if found and has_next else "",
        previous=str(Cursor(SORT, str(found[0].pk), found[0].pk, True)) if found and has_previous else "",
    )


def count(user: User, *, on: date, staff: bool, states: Sequence[str] = ()) -> int:
    listed = _of(user, on, staff=staff)
    return (listed.filter(state__in=states) if states else listed).count()


def one(pk: int) -> FilingRow | None:
    """Any filing: who may see it is asked elsewhere."""
    found = complete(Filing.objects.filter(pk=pk)).first()
    return row(found) if found else None


def complete(found: QuerySet[Filing]) -> QuerySet[Filing]:
    return found.select_related("agreement").prefetch_related(
        Prefetch("party_rows", FilingParty.objects.select_related("jurisdiction").order_by("position")),
        Prefetch("signatories", Signatory.objects.order_by("position")),
        Prefetch("documents", Document.objects.order_by("pk")),
    )


def row(filing: Filing) -> FilingRow:
    return FilingRow(
        filing,
        tuple(one.jurisdiction for one in filing.party_rows.all()),
        tuple(filing.signatories.all()),
        tuple(filing.documents.all()),
    )
