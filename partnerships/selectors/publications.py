"""The newest statistics and open data, and whether they still show the record as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from partnerships.choices import PublicationKind
from partnerships.models import Publication
from partnerships.selectors import register
from partnerships.selectors.edition import edition


@dataclass(frozen=True)
class Stand:
    """The state of the record that a computation shows."""

    seq: int
    hash: str
    day: date


@dataclass(frozen=True)
class Published:
    """A finished computation. ``content``: see ``models.Publication``."""

    stand: Stand
    finished_at: datetime
    content: dict[str, Any]


def latest(kind: PublicationKind) -> Published | None:
    """The newest finished one in one statement; ``None`` before the first."""
    row = Publication.objects.filter(kind=kind, finished_at__isnull=False).order_by("-finished_at", "-pk").first()
    if row is None or row.day is None or row.finished_at is None:
        return None
    return Published(Stand(row.register_seq, row.register_hash, row.day), row.finished_at, row.content)


def version(kind: PublicationKind) -> str:
    """What tells the newest finished one from every other, for entity tags; empty before the first."""
    found = Publication.objects.filter(kind=kind, finished_at__isnull=False).order_by("-finished_at", "-pk")
    pk = found.values_list("pk", flat=True).first()
    return "" if pk is None else str(pk)


def is_due(kind: PublicationKind, *, on: date) -> bool:
    """Whether the record, the day or the code moved on since the newest."""
    seq, digest = register.head()
    newest = Publication.objects.filter(kind=kind, finished_at__isnull=False).order_by("-finished_at", "-pk")
    known = newest.values_list("register_seq", "register_hash", "day", "release").first()
    return known != (seq, digest, on, edition())
