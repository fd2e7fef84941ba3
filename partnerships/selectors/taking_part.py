"""Which affiliations take part in what other apps of the registry run. The register knows none of them: at start-up an
app offers how it is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet

from partnerships.models import Affiliation

#: The ids of the affiliations that take part in any of these, by their names in addresses.
Ask = Callable[[Collection[str]], QuerySet[Any, Any]]

_OFFERED: dict[str, Ask] = {}


def offer(name: str, ask: Ask) -> None:
    """Once for a name, however often it is offered."""
    _OFFERED[name] = ask


def affiliations(programs: Collection[str]) -> QuerySet[Any, Any]:
    """As a subquery; nothing where no app runs programs."""
    ask = _OFFERED.get("programs")
    return ask(programs) if ask else Affiliation.objects.none().values("pk")
