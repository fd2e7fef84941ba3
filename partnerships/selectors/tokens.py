"""The personal tokens of somebody."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from partnerships.models import AccessToken, User


def of(user: User, now: datetime) -> QuerySet[AccessToken]:
    """Those that are valid, the newest first."""
    return AccessToken.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=now).order_by("-pk")
