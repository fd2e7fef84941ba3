from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet

from programs.choices import PUBLIC_STATES, CycleState


class ParticipationQuerySet(QuerySet[Any]):
    def public(self) -> Self:
        """What everybody may see: decided in favour, in a public cycle of a published program."""
        return self.filter(state__in=PUBLIC_STATES, cycle__program__published=True).exclude(
            cycle__state=CycleState.DRAFT
        )
