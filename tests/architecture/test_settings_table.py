"""docs/operations.md lists every setting that the code reads, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from sci_registry import settings
from sci_registry.env import with_table

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
PROMISED = {
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "EMAIL_URL",
    "MEDIA_URL_STORAGE",
    "REDIS_URL",
    "REGISTRY_HOME_COUNTRY",
    "REGISTRY_NAME",
    "REGISTRY_PREFIX",
    "SECRET_KEY",
}


def test_the_table_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page, settings.env.rows), "run: make settings-table"


def test_every_setting_is_read_once_and_has_a_meaning() -> None:
    names = [row.name for row in settings.env.rows]
    assert len(names) == len(set(names))
    assert set(names) >= PROMISED
    assert all(row.meaning.endswith(".") for row in settings.env.rows)


def test_nothing_else_reads_the_environment() -> None:
    """A setting that is read elsewhere would be missing in the table."""
    reading = re.compile(r"os\.environ\[|os\.environ\.get|os\.getenv")
    root = PAGE.parents[1]
    files = [*root.glob("sci_registry/**/*.py"), *root.glob("partnerships/**/*.py")]
    assert [file.name for file in files if reading.search(file.read_text(encoding="utf-8"))] == []
