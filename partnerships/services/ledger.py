"""The internal log of every act."""

from __future__ import annotations

from typing import Any

from django.db import models

from partnerships.models import LedgerEntry
from partnerships.services.access import Actor


def record(
    *,
    subject: models.Model,
    act: str,
    by: Actor,
    was: object = "",
    now: object = "",
    note: str = "",
    detail: dict[str, Any] | None = None,
) -> LedgerEntry:
    """Append who did what to what; belongs in the transaction of the change itself."""
    return LedgerEntry.objects.create(
        actor=by.user,
        actor_name=by.name[:200],
        act=act,
        subject_type=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        was=str(was)[:200],
        now=str(now)[:200],
        note=note,
        detail={**(detail or {}), **({"token": by.token} if by.token else {})},
    )
