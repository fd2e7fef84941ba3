"""Is the registry alive, and can it do its work? For load balancers and whoever is on call."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from partnerships.choices import NoticeState
from partnerships.models import Notice, RegisterHead


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "alive"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Database, broker and storage are there (else 503), the register's head, and how long a notice has waited."""
    parts = {name: _tried(look) for name, look in LOOKS.items()}
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"status": "ready" if ok else "not ready", **parts}, status=200 if ok else 503)


def _tried(look: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return {"ok": True, **look()}
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with a part, the answer is that it is not ready
        # The class says what to look for; the words may hold an address or a password.
        return {"ok": False, "error": type(problem).__name__}


def _register() -> dict[str, Any]:
    """Reading the head is also the proof that the database answers and is migrated."""
    head = RegisterHead.objects.first()
    return {"register": {"seq": head.seq, "hash": head.hash} if head else {"seq": 0, "hash": "0" * 64}}


def _broker() -> dict[str, Any]:
    if not settings.REDIS_URL:
        return {"kind": "none: tasks run in process"}
    with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
        client.ping()
    return {"kind": "redis"}


def _storage() -> dict[str, Any]:
    """Written and removed again: a full or read-only disk reads well until someone hands in a document."""
    name = default_storage.save(f"readyz/{uuid.uuid4()}", ContentFile(b"ready"))
    default_storage.delete(name)
    return {}


def _notices() -> dict[str, Any]:
    owed = Notice.objects.filter(state__in=[NoticeState.OWED, NoticeState.SENDING]).order_by("created_at")
    oldest = owed.values_list("created_at", flat=True).first()
    return {
        "oldest_owed_since": oldest.isoformat() if oldest else None,
        "oldest_owed_seconds": round((timezone.now() - oldest).total_seconds()) if oldest else None,
    }


LOOKS: dict[str, Callable[[], dict[str, Any]]] = {
    "database": _register,
    "broker": _broker,
    "storage": _storage,
    "notices": _notices,
}
