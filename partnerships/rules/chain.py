"""The chain of the register: how an entry is hashed, and how anyone can check it (domain section 8).

``hash = SHA-256(previous hash ‖ payload hash ‖ header)`` over the 32 raw bytes of both hashes and the RFC 8785
canonical JSON of the header ``{"event", "recorded_at", "seq", "subject"}``. The payload hash is the SHA-256 of the
payload's RFC 8785 canonical JSON, so a redacted payload leaves the chain intact.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785

GENESIS = "0" * 64
REDACTION = "register.redacted"
_REDACTED = re.compile(r"register/([0-9]{1,18})")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Entry:
    """One entry as it is published; ``payload`` is canonical JSON, or empty where it was redacted."""

    seq: int
    recorded_at: str
    event: str
    subject: str
    payload: str
    payload_hash: str
    previous_hash: str
    hash: str


class ChainBroken(Exception):
    """``seq`` is the first entry that fails, ``why`` says in words what is wrong with it."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"Entry {seq}: {why}")
        self.seq = seq
        self.why = why


def canonical(value: Mapping[str, Any]) -> str:
    return rfc8785.dumps(dict(value)).decode()


def instant(moment: datetime) -> str:
    """The text form of an instant in headers: UTC, microseconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def payload_digest(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()


def entry_digest(*, previous_hash: str, payload_hash: str, seq: int, recorded_at: str, event: str, subject: str) -> str:
    header = canonical({"seq": seq, "recorded_at": recorded_at, "event": event, "subject": subject})
    return hashlib.sha256(bytes.fromhex(previous_hash) + bytes.fromhex(payload_hash) + header.encode()).hexdigest()


def seal(
    *, seq: int, recorded_at: datetime, event: str, subject: str, payload: Mapping[str, Any], previous: str
) -> Entry:
    """The entry that follows the one whose hash is ``previous``."""
    text = canonical(payload)
    digest, moment = payload_digest(text), instant(recorded_at)
    return Entry(
        seq=seq,
        recorded_at=moment,
        event=event,
        subject=subject,
        payload=text,
        payload_hash=digest,
        previous_hash=previous,
        hash=entry_digest(
            previous_hash=previous, payload_hash=digest, seq=seq, recorded_at=moment, event=event, subject=subject
        ),
    )


def _check_entry(entry: Entry, seq: int, previous: str) -> None:
    if entry.seq != seq:
        raise ChainBroken(seq, f"is missing or out of order (found {entry.seq})")
    if not _DIGEST.fullmatch(entry.payload_hash):  # reading it as bytes would forgive blanks and capitals
        raise ChainBroken(seq, "has a payload hash that was altered")
    if entry.previous_hash != previous:
        raise ChainBroken(seq, "does not follow from the entry before it")
    if entry.payload and payload_digest(entry.payload) != entry.payload_hash:
        raise ChainBroken(seq, "has a payload that was altered")
    expected = entry_digest(
        previous_hash=entry.previous_hash,
        payload_hash=entry.payload_hash,
        seq=entry.seq,
        recorded_at=entry.recorded_at,
        event=entry.event,
        subject=entry.subject,
    )
    if expected != entry.hash:
        raise ChainBroken(seq, "has a header or hash that was altered")


def verify(entries: Iterable[Entry]) -> tuple[int, str]:
    """Walk the whole chain from its first entry; answers the head as (sequence, hash) or raises ``ChainBroken``.

    A redacted payload is accepted only where a later entry announces the redaction.
    """
    seq, head = 0, GENESIS
    unannounced: set[int] = set()
    for entry in entries:
        _check_entry(entry, seq + 1, head)
        seq, head = entry.seq, entry.hash
        if not entry.payload:
            unannounced.add(seq)
        if entry.event == REDACTION and (redacted := _REDACTED.fullmatch(entry.subject)):
            unannounced.discard(int(redacted[1]))
    if unannounced:
        raise ChainBroken(min(unannounced), "has no payload, and no later entry announces its redaction")
    return seq, head
