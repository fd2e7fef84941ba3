"""The head of the register, and triggers that refuse to change what the record keeps for good.

The models refuse first and say so kindly; the triggers close raw SQL as well. On PostgreSQL removal is refused too;
SQLite empties tables row by row when a test database is flushed, so there removal is left to the models.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

#: table → columns that may still change (everything else is frozen once written)
FROZEN = {
    "partnerships_ledgerentry": (),
    "partnerships_registerentry": ("payload", "redacted"),
    "partnerships_agreement": ("annulled_on", "annulled_because"),
    "partnerships_agreementaffiliation": (),
    "partnerships_staffdecision": (),
}
#: tables whose rows are frozen as soon as their filing has been registered, with the columns that may still change
FROZEN_WITH_FILING = {
    "partnerships_signatory": (),
    "partnerships_document": ("public",),
    "partnerships_filingparty": (),
}
COLUMNS = {
    "partnerships_ledgerentry": "id at actor_id actor_name act subject_type subject_id was now note detail",
    "partnerships_registerentry": "seq recorded_at event subject payload_hash previous_hash hash",
    "partnerships_agreement": (
        "id act kind title signed_on place effective_on term_end perpetual languages reasons themes story shelfmark "
        "source declared_by_id number year serial registered_on party_count affiliation_count evidence fictional"
    ),
    "partnerships_agreementaffiliation": "id agreement_id affiliation_id",
    "partnerships_staffdecision": "id affiliation_id act on reason by_name decided_at",
    "partnerships_signatory": "id filing_id jurisdiction_id position name office capacity signed_on",
    "partnerships_document": (
        "id filing_id role language file original_name sha256 size media_type pages uploaded_by_id uploaded_at removed_at"
    ),
    "partnerships_filingparty": "id filing_id position jurisdiction_id",
}
SETTLED = "EXISTS (SELECT 1 FROM partnerships_filing f WHERE f.id = OLD.filing_id AND f.agreement_id IS NOT NULL)"


def make_head(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("partnerships", "RegisterHead").objects.get_or_create(pk=1)


def _changed(table: str, operator: str) -> str:
    return " OR ".join(f'OLD."{name}" {operator} NEW."{name}"' for name in COLUMNS[table].split())


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    make = _on_postgresql if schema_editor.connection.vendor == "postgresql" else _on_sqlite
    for table in (*FROZEN, *FROZEN_WITH_FILING):
        for statement in make(table, SETTLED if table in FROZEN_WITH_FILING else ""):
            schema_editor.execute(statement)


def _on_postgresql(table: str, condition: str) -> list[str]:
    # jsonb has equality, so IS DISTINCT FROM serves every column.
    changed = _changed(table, "IS DISTINCT FROM")
    when = f"({condition}) AND " if condition else ""
    return [
        f"""
        CREATE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF {condition or "true"} THEN
                    RAISE EXCEPTION 'rows of {table} are kept for good' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN OLD;
            END IF;
            IF {when}({changed}) THEN
                RAISE EXCEPTION 'rows of {table} are never changed' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_kept()",
    ]


def _on_sqlite(table: str, condition: str) -> list[str]:
    when = f"({condition}) AND " if condition else ""
    return [
        f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE ON {table} WHEN {when}({_changed(table, 'IS NOT')}) "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
    ]


def unguard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in (*FROZEN, *FROZEN_WITH_FILING):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_is_kept ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_is_kept()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_is_kept")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]

    operations = [
        migrations.RunPython(make_head, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
