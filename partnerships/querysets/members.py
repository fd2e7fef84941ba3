from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet


class RepresentationQuerySet(QuerySet[Any]):
    def active(self, on: date) -> Self:
        """Those that allow filing on this day."""
        return self.filter(Q(to_date__isnull=True) | Q(to_date__gte=on), from_date__lte=on)
