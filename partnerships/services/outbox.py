"""Queueing notices: owed from the moment the transaction commits."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction

from partnerships.models import Notice, User
from partnerships.signals import outbox_filled


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
    transaction.on_commit(_announce, robust=True)
    return notice


def _announce() -> None:
    outbox_filled.send_robust(sender=Notice)
