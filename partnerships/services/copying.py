"""Many plain rows straight to a table: a model instance for each would take most of the time of an import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of values as the database takes them, in the order of ``fields``; constraints hold as for any row.

    Every column without a default of the database has to be named.
    """
    by_name = {name: field.column for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    columns = ", ".join(connection.ops.quote_name(by_name[name] or name) for name in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 # nosec B608 - names of fields
            cursor.executemany(statement, [tuple(row) for row in rows])
