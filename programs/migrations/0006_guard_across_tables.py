"""Triggers for what no CHECK can see, because it spans rows: sums of money, points, bands, and what belongs together.

The services refuse first and say so kindly; these refuse whoever goes around them, on PostgreSQL and SQLite alike. On
PostgreSQL each locks the row that its condition hangs on, so that two at once cannot both be right. SQLite, which
writes one at a time, forgets the triggers of a table that a later migration rebuilds: such a migration calls ``guard``
again for it, and ``tests/programs/test_guards.py`` is red until it does.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


@dataclass(frozen=True)
class Guard:
    """``wrong`` is true of a row ``NEW``, already written, that must not be; ``locks`` names the row it hangs on."""

    name: str
    table: str
    wrong: str
    locks: str = ""


_ELSEWHERE = (
    "(NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM programs_{table} x WHERE x.id = NEW.{column} AND {same}))"
)


def _elsewhere(column: str, table: str, **same: str) -> str:
    """True where ``NEW.column`` points at a row of which a column of ``same`` is not what it says."""
    matching = " AND ".join(f"x.{name} = {value}" for name, value in same.items())
    return _ELSEWHERE.format(column=column, table=table, same=matching)


_CYCLE = {"cycle_id": "NEW.cycle_id"}
_PARTICIPATION = {"participation_id": "NEW.participation_id"}
_OF_PARTICIPATION = "(SELECT p.cycle_id FROM programs_participation p WHERE p.id = NEW.participation_id)"

GUARDS = (
    Guard(
        "score_within_its_criterion",
        "score",
        "EXISTS (SELECT 1 FROM programs_criterion c WHERE c.id = NEW.criterion_id AND NEW.points > c.most)",
        "programs_criterion WHERE id = NEW.criterion_id FOR SHARE",
    ),
    Guard(
        "criterion_holds_its_scores",
        "criterion",
        "EXISTS (SELECT 1 FROM programs_score s WHERE s.criterion_id = NEW.id AND s.points > NEW.most)",
    ),
    Guard(
        "score_of_one_cycle",
        "score",
        f"{_elsewhere('juror_id', 'juror', cycle_id=_OF_PARTICIPATION)} OR "
        f"{_elsewhere('criterion_id', 'criterion', cycle_id=_OF_PARTICIPATION)} OR "
        f"{_elsewhere('entry_id', 'entry', **_PARTICIPATION)}",
    ),
    Guard(
        "tranches_within_the_award",
        "tranche",
        # Rounded, because SQLite keeps money as binary fractions.
        "ROUND((SELECT SUM(t.amount) FROM programs_tranche t WHERE t.participation_id = NEW.participation_id) "
        "- COALESCE((SELECT p.awarded FROM programs_participation p WHERE p.id = NEW.participation_id), 0), 2) > 0",
        "programs_participation WHERE id = NEW.participation_id FOR NO KEY UPDATE",
    ),
    Guard(
        "award_holds_its_tranches",
        "participation",
        "ROUND((SELECT SUM(t.amount) FROM programs_tranche t WHERE t.participation_id = NEW.id) "
        "- COALESCE(NEW.awarded, 0), 2) > 0",
    ),
    Guard("tranche_on_its_own_deliverable", "tranche", _elsewhere("deliverable_id", "deliverable", **_PARTICIPATION)),
    Guard("deliverable_with_its_own_file", "deliverable", _elsewhere("attachment_id", "attachment", **_PARTICIPATION)),
    Guard("consent_form_of_its_own_person", "attachment", _elsewhere("person_id", "person", **_PARTICIPATION)),
    Guard("attachment_of_its_own_entry", "attachment", _elsewhere("entry_id", "entry", **_PARTICIPATION)),
    Guard(
        "bands_apart",
        "band",
        "EXISTS (SELECT 1 FROM programs_band b WHERE b.cycle_id = NEW.cycle_id AND b.measure = NEW.measure "
        "AND b.id <> NEW.id AND (NEW.high IS NULL OR b.low < NEW.high) AND (b.high IS NULL OR NEW.low < b.high))",
        "programs_cycle WHERE id = NEW.cycle_id FOR NO KEY UPDATE",
    ),
    Guard(
        "participation_of_its_cycle",
        "participation",
        f"{_elsewhere('category_id', 'category', **_CYCLE)} OR {_elsewhere('band_id', 'band', **_CYCLE)}",
    ),
    Guard(
        "entry_of_its_cycle",
        "entry",
        f"{_elsewhere('participation_id', 'participation', **_CYCLE)} OR "
        f"{_elsewhere('person_id', 'person', **_PARTICIPATION)} OR "
        f"{_elsewhere('category_id', 'category', **_CYCLE)} OR {_elsewhere('age_group_id', 'band', **_CYCLE)}",
    ),
    Guard(
        "prize_of_its_cycle",
        "prize",
        f"{_elsewhere('participation_id', 'participation', **_CYCLE)} OR "
        f"{_elsewhere('entry_id', 'entry', **_PARTICIPATION)} OR "
        f"{_elsewhere('category_id', 'category', **_CYCLE)} OR {_elsewhere('band_id', 'band', **_CYCLE)}",
    ),
    Guard(
        "result_of_its_cycle",
        "result",
        f"{_elsewhere('participation_id', 'participation', **_CYCLE)} OR "
        f"{_elsewhere('activity_id', 'activity', **_PARTICIPATION)}",
    ),
    Guard(
        "pair_grant_once_whichever_affiliation",
        "pairgrant",
        "EXISTS (SELECT 1 FROM programs_pairgrant g JOIN partnerships_affiliation a ON a.id = g.affiliation_id "
        "JOIN partnerships_affiliation own ON own.id = NEW.affiliation_id WHERE g.cycle_id = NEW.cycle_id "
        "AND g.id <> NEW.id AND a.first_id = own.first_id AND a.second_id = own.second_id)",
        "programs_cycle WHERE id = NEW.cycle_id FOR NO KEY UPDATE",
    ),
)


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    make = _on_postgresql if schema_editor.connection.vendor == "postgresql" else _on_sqlite
    for one in GUARDS:
        for statement in make(one):
            schema_editor.execute(statement)


def _on_postgresql(one: Guard) -> list[str]:
    lock = f"PERFORM 1 FROM {one.locks};" if one.locks else ""
    return [
        f"""
        CREATE FUNCTION programs_{one.name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {lock}
            IF {one.wrong} THEN
                RAISE EXCEPTION 'programs: {one.name}'
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{one.name}';
            END IF;
            RETURN NULL;
        END $$
        """,
        f"CREATE TRIGGER programs_{one.name} AFTER INSERT OR UPDATE ON programs_{one.table} "
        f"FOR EACH ROW EXECUTE FUNCTION programs_{one.name}()",
    ]


def _on_sqlite(one: Guard) -> list[str]:
    return [
        f"CREATE TRIGGER programs_{one.name}_{when.lower()} AFTER {when} ON programs_{one.table} WHEN {one.wrong} "
        f"BEGIN SELECT RAISE(ABORT, 'programs: {one.name}'); END"
        for when in ("INSERT", "UPDATE")
    ]


def unguard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for one in GUARDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER programs_{one.name} ON programs_{one.table}")
            schema_editor.execute(f"DROP FUNCTION programs_{one.name}()")
        else:
            for when in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS programs_{one.name}_{when}")


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0001_initial"),
        ("programs", "0005_refuse_what_must_not_be"),
    ]
    operations = [migrations.RunPython(guard, unguard)]
