from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from partnerships.choices import OPEN_STANDINGS, Standing


class AffiliationQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(standing__in=OPEN_STANDINGS)

    def visible(self) -> Self:
        """All but those entered in error."""
        return self.exclude(standing=Standing.ANNULLED)

    def between(self, first_id: int, second_id: int) -> Self:
        """Whatever the order in which the two parties are given."""
        low, high = sorted((first_id, second_id))
        return self.filter(first_id=low, second_id=high)

    def recognised(self, on: date) -> Self:
        """Recognised on this day, by the interval that the services keep (see ``rules.recognition``)."""
        return self.filter(Q(recognised_until__isnull=True) | Q(recognised_until__gte=on), recognised_from__lte=on)


class SideQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(is_open=True)
