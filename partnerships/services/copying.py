"""Many plain rows straight to a table: a model instance for each would take most of the time of an import."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of values as the database takes them, in the order of ``fields``; constraints hold as for any row.

    Fields that are not named get their default. A partial date is its text, a list is ``as_json``.
    """
    by_name = {name: field for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    named = [by_name[name] for name in fields]
    others = [field for field in model._meta.concrete_fields if field not in named and not field.primary_key]
    rest = tuple(_default(field) for field in others)
    columns = [connection.ops.quote_name(field.column or "") for field in (*named, *others)]
    _write(connection.ops.quote_name(model._meta.db_table), columns, ((*row, *rest) for row in rows))


def _default(field: models.Field[Any, Any]) -> Any:
    stamped = getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
    value = timezone.now() if stamped else field.get_default()
    if isinstance(field, models.JSONField):
        return None if value is None else as_json(value)
    return field.get_db_prep_save(value, connection)


def _write(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 # nosec B608 - names of fields
            cursor.executemany(statement, [tuple(row) for row in rows])


def as_json(value: Any) -> str:
    """A list, or whatever else a column of JSON holds, as the database takes it."""
    return json.dumps(value, ensure_ascii=False)


def keys(model: type[models.Model], count: int) -> list[int]:
    """So many primary keys for new rows of the table, ascending, that nobody else is given."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
            )
            return sorted(key for (key,) in cursor.fetchall())
        # a transaction of SQLite has the whole database to itself
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + count))
