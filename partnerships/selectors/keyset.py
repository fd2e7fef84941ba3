"""Paging by keys: a cursor names the last row that was seen, so a deep page costs what the first one does."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

#: Longer texts are no cursors of ours.
LONGEST = 600
_SIGNER = signing.Signer(salt="partnerships.keyset")


class BadCursor(ValueError):
    """A cursor that this registry did not write, or that belongs to a list in another order."""


@dataclass(frozen=True)
class Cursor:
    """The row next to which a page begins: its key, its id; ``backward`` looks at what comes before it."""

    sort: str
    key: str
    id: int
    backward: bool = False

    def __str__(self) -> str:
        return _SIGNER.sign_object([self.sort, self.key, self.id, int(self.backward)])

    @classmethod
    def parse(cls, text: str, *, sort: str) -> Cursor:
        try:
            known, key, pk, backward = _SIGNER.unsign_object(text[:LONGEST])
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise BadCursor(text[:40]) from error
        if known != sort:
            raise BadCursor(text[:40])
        return cls(sort, key, pk, bool(backward))


def ordered(rows: QuerySet[Any], key: str, pk: str, *, descending: bool) -> QuerySet[Any]:
    sign = "-" if descending else ""
    return rows.order_by(f"{sign}{key}", f"{sign}{pk}")


def beyond(rows: QuerySet[Any], key: str, pk: str, cursor: Cursor, *, descending: bool) -> QuerySet[Any]:
    """The rows that come after the cursor's in this order. PostgreSQL starts its index scan at the pair of values; the
    plain bound beside it does the same for SQLite."""
    compare = TupleLessThan if descending else TupleGreaterThan
    bound = {f"{key}__{'lte' if descending else 'gte'}": cursor.key}
    return rows.filter(compare(Tuple(F(key), F(pk)), (cursor.key, cursor.id)), **bound)


def merged(groups: list[list[Any]], key: str, pk: str, *, descending: bool, size: int) -> list[Any]:
    """The first rows of several lists that are each in order."""
    by = operator.attrgetter(pk)

    def place(row: Any) -> tuple[str, int]:
        return (str(getattr(row, key) or ""), by(row))

    return sorted((row for group in groups for row in group), key=place, reverse=descending)[:size]
