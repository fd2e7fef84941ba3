"""One page of a list by its keys: a deep page costs what the first one does.

The database finds the keys of the page first, and then reads only those rows with all that belongs to them: a list of
ten thousand joins fifty of them to their communities, not ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, Func, QuerySet, Subquery

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


def page(
    listed: QuerySet[Any],
    key: str,
    *,
    sort: str,
    size: int,
    cursor: str = "",
    whole: Callable[[QuerySet[Any]], QuerySet[Any]],
) -> Page[Any]:
    """Rows of the model in the order of a text column and their id; a ``sort`` with ``-`` before it turns it round.
    ``whole`` adds what is read of each row of the page. One statement. Raises ``BadCursor``.
    """
    size = max(1, min(size, MOST_ROWS))
    at = Cursor.parse(cursor, sort=sort) if cursor else None
    backward = at is not None and at.backward
    descending = sort.startswith("-") != backward
    if at is not None:
        listed = keyset.beyond(listed, key, "id", at, descending=descending)
    keys = keyset.ordered(listed, key, "id", descending=descending)[: size + 1]
    found = list(keyset.ordered(whole(among(keys)), key, "id", descending=descending))
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


class _Among(Func):
    """Whether a key is one of those that a query finds. PostgreSQL looks for the keys before it joins anything: left to
    itself it gives up on the best order where there are many joins, and joins the whole list first."""

    arity = 2
    template = "%(expressions)s"
    arg_joiner = " IN "
    output_field = BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY", **context)


def among(keys: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that a sliced query finds, without its order: to read what belongs to them for these rows alone."""
    return keys.model._default_manager.filter(_Among(F("pk"), Subquery(keys.values("pk"))))


def _value(row: Any, key: str) -> Any:
    for name in key.split("__"):
        row = getattr(row, name)
    return row
