"""The script of ``docs/`` verifies an export without the registry."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from partnerships.rules.chain import Entry
from partnerships.selectors import register
from tests import cast
from tests.partnerships.register import forging

SCRIPT = Path(settings.BASE_DIR) / "docs" / "verify_register.py"


def run(folder: Path, entries: list[Entry]) -> subprocess.CompletedProcess[str]:
    path = folder / "register.jsonl"
    path.write_text("".join(json.dumps(register.public(entry)) + "\n" for entry in entries), encoding="utf-8")
    return subprocess.run([sys.executable, SCRIPT, path], capture_output=True, text=True, check=False)


@pytest.mark.django_db
def test_it_answers_the_head_of_an_export(tmp_path: Path) -> None:
    for number in range(3):
        cast.entry(name=f"Полтава {number}", half=number / 2)
    exported = run(tmp_path, list(register.stream()))
    assert exported.stdout.strip() == f"3 entries, head {register.head()[1]}"


def test_it_accepts_a_redaction_that_is_announced_and_no_other(tmp_path: Path) -> None:
    entries = forging.redacted(forging.made(4), 2)
    assert run(tmp_path, entries).returncode == 0
    assert "Entry 2 has no payload" in run(tmp_path, entries[:4]).stderr


@pytest.mark.parametrize("cut", [0, 2])
def test_it_names_the_first_entry_that_fails(tmp_path: Path, cut: int) -> None:
    entries = forging.made(4)
    del entries[cut]
    failed = run(tmp_path, entries)
    assert (failed.returncode, failed.stderr.strip()) == (1, f"Entry {cut + 1} fails.")


def test_it_is_short_enough_to_be_read_before_it_is_run() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 30
