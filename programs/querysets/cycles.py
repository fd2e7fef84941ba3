from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db.models import QuerySet

from programs.choices import CycleState


class CycleQuerySet(QuerySet[Any]):
    def public(self) -> Self:
        """Announced, closed or cancelled cycles of published programs; never one that is still being prepared."""
        return self.filter(program__published=True).exclude(state=CycleState.DRAFT)

    def taking(self, at: datetime) -> Self:
        """Those whose call is open at this instant: from the opening, up to and without the closing."""
        return self.filter(
            program__published=True, state=CycleState.ANNOUNCED, historical=False, opens_at__lte=at, closes_at__gt=at
        )
