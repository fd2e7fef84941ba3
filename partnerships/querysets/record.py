"""Rows that are written once: no change, no removal, for single rows and for sets of rows alike."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db.models import QuerySet

from partnerships.exceptions import Immutable


class WrittenOnceQuerySet(QuerySet[Any]):
    def update(self, **values: Any) -> NoReturn:
        raise Immutable("Entries of the record are never changed.")

    def delete(self) -> NoReturn:
        raise Immutable("Entries of the record are never removed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable("Entries of the record are never changed.")
