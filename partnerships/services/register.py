"""Appending to the register, and redacting a payload on lawful request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.exceptions import Missing
from partnerships.models import RegisterEntry, RegisterHead
from partnerships.rules import chain
from partnerships.services import access, ledger, typed
from partnerships.services.access import Actor


def lock() -> RegisterHead:
    """Take the head for this transaction.

    Whoever changes the public record takes it first: registrations then never wait for each other in a circle, and
    numbers and sequence stay without gaps.
    """
    head = RegisterHead.objects.select_for_update().filter(pk=1).first()
    if head is None:  # the tables were emptied
        RegisterHead.objects.get_or_create(pk=1)
        head = RegisterHead.objects.select_for_update().get(pk=1)
    return head


def append(*, event: str, subject: str, payload: Mapping[str, Any], at: datetime | None = None) -> RegisterEntry:
    """Append one entry, in the transaction of the change that it reports.

    ``subject`` is the public address without slashes around it, such as ``agreements/SCI-2026-000123``; ``payload``
    holds public facts only.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("The register is appended to inside the transaction of the change.")
    head = lock()
    sealed = chain.seal(
        seq=head.seq + 1,
        recorded_at=at or timezone.now(),
        event=event,
        subject=subject,
        payload=payload,
        previous=head.hash,
    )
    entry = RegisterEntry(
        seq=sealed.seq,
        recorded_at=datetime.fromisoformat(sealed.recorded_at),
        event=event,
        subject=subject,
        payload=sealed.payload,
        payload_hash=sealed.payload_hash,
        previous_hash=sealed.previous_hash,
        hash=sealed.hash,
    )
    entry.save(force_insert=True)
    head.seq, head.hash = sealed.seq, sealed.hash
    head.save()
    return entry


@transaction.atomic
def redact(*, seq: int, by: Actor, reason: str) -> RegisterEntry:
    """Take the payload of one entry away; the chain still verifies, and a new entry says that it was done and why."""
    access.require(by, "register.redact")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    lock()
    entry = RegisterEntry.objects.filter(pk=seq).first()
    if entry is None or entry.redacted:
        raise Missing(_("There is no entry %(seq)s to redact.") % {"seq": seq})
    entry.payload, entry.redacted = "", True
    entry.save(update_fields=["payload", "redacted"])
    ledger.record(subject=entry, act="register.redacted", by=by, note=reason)
    return append(event=chain.REDACTION, subject=f"register/{seq}", payload={"seq": seq, "reason": reason})
