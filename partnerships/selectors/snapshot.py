"""One state of the record for reads that take long, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Every read inside sees the record as it was at the first of them; nobody who writes is kept waiting.

    Inside a transaction that has begun already there is nothing to open: its own rules hold.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # Asked for the first time within, Django would try it out in a transaction of its own, fail, and remember that
        # this database knows no JSON.
        connection.features.supports_json_field  # noqa: B018
        # Django begins each transaction as a writer here (IMMEDIATE), which would lock the others out.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
