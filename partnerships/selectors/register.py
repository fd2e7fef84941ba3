"""Reading the register: its entries in order, its head, and the one shape in which an entry is published."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import takewhile
from typing import Any

from django.db.models import QuerySet

from partnerships.models import RegisterEntry, RegisterHead
from partnerships.rules import chain

#: Entries that are read at a time: memory stays the same however long the register is.
BATCH = 2_000


def head() -> tuple[int, str]:
    """Sequence and hash of the last entry as the registry keeps them; ``(0, "0" * 64)`` before the first."""
    kept = RegisterHead.objects.values_list("seq", "hash").first()
    return kept or (0, chain.GENESIS)


def count() -> int:
    return RegisterEntry.objects.count()


def page(*, after: int = 0, limit: int = BATCH) -> list[RegisterEntry]:
    """The entries that follow ``after``, in order."""
    return list(RegisterEntry.objects.filter(seq__gt=after).order_by("seq")[:limit])


def latest(*, before: int, limit: int) -> list[RegisterEntry]:
    """The entries that come before a sequence number, last things first."""
    return list(RegisterEntry.objects.filter(seq__lt=before).order_by("-seq")[:limit])


def of_subject(subject: str) -> QuerySet[RegisterEntry]:
    """What the register says about one thing, such as ``affiliations/SCI-000045``, first things first."""
    return RegisterEntry.objects.filter(subject=subject).order_by("seq")


def stream(*, after: int = 0) -> Iterator[chain.Entry]:
    """Every entry after a sequence number, in order and in bounded memory, as the chain's rules read it."""
    while rows := page(after=after):
        yield from map(sealed, rows)
        after = rows[-1].seq


def sealed(entry: RegisterEntry) -> chain.Entry:
    """The row as the chain's rules read it."""
    return chain.Entry(
        seq=entry.seq,
        recorded_at=chain.instant(entry.recorded_at),
        event=entry.event,
        subject=entry.subject,
        payload=entry.payload,
        payload_hash=entry.payload_hash,
        previous_hash=entry.previous_hash,
        hash=entry.hash,
    )


def public(entry: chain.Entry) -> dict[str, Any]:
    """The entry as pages, API and export publish it; ``payload`` is ``None`` where it was redacted."""
    return {
        "seq": entry.seq,
        "recorded_at": entry.recorded_at,
        "event": entry.event,
        "subject": entry.subject,
        "payload": json.loads(entry.payload) if entry.payload else None,
        "payload_hash": entry.payload_hash,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }


def names_in(entry: RegisterEntry) -> str:
    """The community or the communities that an entry tells of, where it names them."""
    told = json.loads(entry.payload) if entry.payload else {}
    named = told.get("parties") or [told]
    return " – ".join(str(each["name"]) for each in named if isinstance(each, dict) and each.get("name"))


def page_of(entry: RegisterEntry) -> str:
    """The page of what an entry is about; its address is what the register calls it by."""
    noun, _slash, key = entry.subject.partition("/")
    return f"/{noun}/{key}/" if noun in ("affiliations", "agreements", "jurisdictions", "programs") and key else ""


def last_before(moment: datetime) -> int:
    """The number of the last entry that was recorded before a moment; 0 where there is none."""
    found = RegisterEntry.objects.filter(recorded_at__lt=moment).order_by("-seq").values_list("seq", flat=True)
    return found.first() or 0


def verify(watched: Callable[[Iterator[chain.Entry]], Iterable[chain.Entry]] = iter) -> tuple[int, str]:
    """Walk the whole register and compare it with the kept head; answers the head or raises ``ChainBroken``.

    ``watched`` may look at the entries as they pass. Entries that are appended meanwhile are not looked at.
    """
    kept_seq, kept_hash = head()
    seq, last = chain.verify(watched(_up_to(kept_seq)))
    if seq < kept_seq:
        raise chain.ChainBroken(seq + 1, f"is missing: the head says that there are {kept_seq} entries")
    if last != kept_hash:
        raise chain.ChainBroken(seq, "is not the entry that the head names")
    if RegisterEntry.objects.filter(seq__gt=kept_seq).exists() and head() == (kept_seq, kept_hash):
        raise chain.ChainBroken(kept_seq + 1, "stands beyond the head")
    return seq, last


def _up_to(seq: int) -> Iterator[chain.Entry]:
    return takewhile(lambda entry: entry.seq <= seq, stream())
