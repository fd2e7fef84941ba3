"""Ways to falsify a register, for tests that see whether it is noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from django.db import connection

from partnerships.rules import chain
from partnerships.rules.chain import Entry

TABLE = "partnerships_registerentry"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def made(count: int, start: int = 0) -> list[Entry]:
    """A register of so many entries."""
    entries: list[Entry] = []
    for seq in range(1, count + 1):
        previous = entries[-1].hash if entries else chain.GENESIS
        entries.append(
            chain.seal(
                seq=seq,
                recorded_at=NOON,
                event="agreement.registered",
                subject=f"agreements/SCI-2026-{seq:06d}",
                payload={"number": seq + start},
                previous=previous,
            )
        )
    return entries


def redacted(entries: Sequence[Entry], seq: int) -> list[Entry]:
    """The register after the payload of one entry was taken away by the operation."""
    emptied = [replace(entry, payload="") if entry.seq == seq else entry for entry in entries]
    notice = chain.seal(
        seq=len(entries) + 1,
        recorded_at=NOON,
        event=chain.REDACTION,
        subject=f"register/{seq}",
        payload={"seq": seq, "reason": "lawful request"},
        previous=entries[-1].hash,
    )
    return [*emptied, notice]


def resealed(entry: Entry, previous: str, **changes: str) -> Entry:
    """The entry with other words and with hashes that fit them, as a careful forger would write it."""
    altered = replace(entry, previous_hash=previous, **changes)
    digest = chain.payload_digest(altered.payload)
    header = {name: getattr(altered, name) for name in ("seq", "recorded_at", "event", "subject")}
    return replace(
        altered,
        payload_hash=digest,
        hash=chain.entry_digest(previous_hash=previous, payload_hash=digest, **header),
    )


def behind_the_guards(*statements: tuple[str, list[object]]) -> None:
    """Raw SQL with the triggers of the table out of the way, as somebody who owns the database could run it."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL" if postgresql else f"DROP TRIGGER {TABLE}_is_kept")
        for sql, parameters in statements:
            cursor.execute(sql.format(table=TABLE), parameters)
        if postgresql:
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER ALL")
