"""One page of a list by its keys: a deep page costs what the first one does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from partnerships.selectors import keyset
from partnerships.selectors.keyset import Cursor

MOST_ROWS = 500
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """``next`` and ``previous`` are cursors, empty where there is nothing further."""

    rows: tuple[Row, ...]
    next: str = ""
    previous: str = ""


def page(listed: QuerySet[Any], key: str, *, sort: str, size: int, cursor: str = "") -> Page[Any]:
    """Rows of the model in the order of a text column and their id; a ``sort`` with ``-`` before it turns it round.

    Raises ``BadCursor``.
    """
    size = max(1, min(size, MOST_ROWS))
    at = Cursor.parse(cursor, sort=sort) if cursor else None
    backward = at is not None and at.backward
    descending = sort.startswith("-") != backward
    if at is not None:
        listed = keyset.beyond(listed, key, "id", at, descending=descending)
    found = list(keyset.ordered(listed, key, "id", descending=descending)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    ends = [Cursor(sort, str(_value(one, key) or ""), one.pk) for one in found[:1] + found[-1:]]
    has_next, has_previous = (True, more) if backward else (more, at is not None)
    return Page(
        rows=tuple(found),
        next=str(ends[-1]) if ends and has_next else "",
        previous=str(replace(ends[0], backward=True)) if ends and has_previous else "",
    )


def _value(row: Any, key: str) -> Any:
    for name in key.split("__"):
        row = getattr(row, name)
    return row
