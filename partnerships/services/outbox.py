"""Queueing notices: owed from the moment the transaction commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction

from partnerships.models import Notice, User
from partnerships.signals import outbox_filled

#: Messages that are owed with one statement.
BATCH = 500


def enqueue(
    *,
    kind: str,
    key: str,
    to: User | str,
    about: models.Model | None = None,
    context: dict[str, Any] | None = None,
    language: str = "",
) -> Notice | None:
    """Owe somebody a message, once for a ``key``; answers ``None`` where that message is already owed or sent.

    ``context`` holds what the templates print as plain values, because the facts may have moved on when it is sent.
    Words from a closed list go in as their codes: the letter is written later, in the language of who reads it.
    """
    user = to if isinstance(to, User) else None
    email = to.email if isinstance(to, User) else to
    notice, created = Notice.objects.get_or_create(
        unique_key=f"{key}:{email}"[:200],
        defaults={
            "kind": kind,
            "email": email,
            "user": user,
            "language": language or (user.language if user else settings.LANGUAGE_CODE),
            "subject_type": (about._meta.model_name or "") if about is not None else "",
            "subject_id": str(about.pk) if about is not None else "",
            "context": context or {},
        },
    )
    if not created:
        return None
    announce_after_commit(notice.pk)
    return notice


@dataclass(frozen=True)
class Debt:
    """One message of many; ``key`` says once for what, as for ``enqueue``."""

    key: str
    to: User | str
    about: models.Model
    context: dict[str, Any]
    language: str = ""

    @property
    def email(self) -> str:
        return self.to.email if isinstance(self.to, User) else self.to

    @property
    def unique_key(self) -> str:
        return f"{self.key}:{self.email}"[:200]


def enqueue_many(kind: str, debts: Sequence[Debt]) -> int:
    """Owe many people a message in a bounded number of statements; answers how many were not owed before.

    Nobody is woken: this is for periodic duties, after which the timetable delivers.
    """
    told = 0
    for start in range(0, len(debts), BATCH):
        batch = {debt.unique_key: debt for debt in debts[start : start + BATCH]}
        known = set(Notice.objects.filter(unique_key__in=batch).values_list("unique_key", flat=True))
        rows = [_owed(kind, debt) for key, debt in batch.items() if key not in known]
        # Another run may owe the same at this moment: one of the two wins, and neither fails.
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        told += len(rows)
    return told


def _owed(kind: str, debt: Debt) -> Notice:
    user = debt.to if isinstance(debt.to, User) else None
    return Notice(
        unique_key=debt.unique_key,
        kind=kind,
        email=debt.email,
        user=user,
        language=debt.language or (user.language if user else "") or settings.LANGUAGE_CODE,
        subject_type=debt.about._meta.model_name or "",
        subject_id=str(debt.about.pk),
        context=debt.context,
    )


class _Announcement:
    """One signal for all that a transaction queued, so that a broker which is down is waited for once at most."""

    def __init__(self) -> None:
        self.notice_ids: list[int] = []

    def __call__(self) -> None:
        outbox_filled.send_robust(sender=Notice, notice_ids=self.notice_ids)


def announce_after_commit(notice_id: int) -> None:
    """Let the doors know, after the commit, that this notice waits to be delivered."""
    connection = transaction.get_connection()
    here = set(connection.savepoint_ids)
    waiting = (entry[1] for entry in connection.run_on_commit if entry[0] == here)
    found = next((call for call in waiting if isinstance(call, _Announcement)), None)
    announcement = found or _Announcement()
    announcement.notice_ids.append(notice_id)
    if found is None:
        transaction.on_commit(announcement, robust=True)
