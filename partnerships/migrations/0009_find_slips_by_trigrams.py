"""PostgreSQL finds a part of a word by its trigrams; SQLite reads the few words of the table, and needs nothing."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, migrations, transaction

_TABLES = ("partnerships_nameword", "partnerships_signatoryword")


def create(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return  # where the extension is not to be had the search finds the same, by reading the words
    for table in _TABLES:
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {table}_trigrams ON {table} USING gin (word gin_trgm_ops)")


def remove(apps: Any, schema_editor: Any) -> None:
    """The extension stays: others may use it."""
    if schema_editor.connection.vendor == "postgresql":
        for table in _TABLES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_trigrams")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0008_look_back")]

    operations = [migrations.RunPython(create, remove)]
