"""The documents that anybody may read."""

from __future__ import annotations

from typing import Any

from partnerships.models import Document
from partnerships.rules.files import EXTENSIONS


def public(pk: int) -> Any | None:
    """A document marked public of a registered agreement, annulled ones included; ``None`` for any other."""
    found = Document.objects.filter(pk=pk, public=True, filing__agreement__isnull=False)
    return found.select_related("filing__agreement").first()


def file_name(number: str, role: str, pk: int, media_type: str) -> str:
    """The name under which it is saved: of the agreement, not the one that somebody's computer gave it."""
    return f"{number}-{role.replace('_', '-')}-{pk}{EXTENSIONS.get(media_type, '')}"
