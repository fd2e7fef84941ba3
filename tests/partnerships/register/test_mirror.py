"""The mirror client of ``docs/`` against a running server."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from partnerships.models import RegisterEntry
from partnerships.rules.chain import Entry
from partnerships.selectors import register
from tests import cast
from tests.partnerships.register import forging

SCRIPT = Path(settings.BASE_DIR) / "docs" / "mirror.py"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "register.jsonl"


def mirror(server: Any, copy: Path) -> subprocess.CompletedProcess[str]:
    asked = [sys.executable, SCRIPT, server.url, copy]
    return subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)


def entries(copy: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in copy.read_text(encoding="utf-8").splitlines()]


def test_it_copies_everything_and_then_only_what_came_after(live_server: Any, copy: Path) -> None:
    cast.entry(name="Полтава", half=0.5)
    cast.entry(name="大阪")
    first = mirror(live_server, copy)
    assert first.stdout == f"2 entries, head {register.head()[1]}\n", first.stderr
    before = copy.read_bytes()
    cast.entry(name="Łódź")
    assert mirror(live_server, copy).stdout == f"3 entries, head {register.head()[1]}\n"
    assert copy.read_bytes().startswith(before)
    assert [entry["seq"] for entry in entries(copy)] == [1, 2, 3]
    assert mirror(live_server, copy).stdout.startswith("3 entries")


def test_it_stops_where_its_copy_was_changed(live_server: Any, copy: Path) -> None:
    for number in range(3):
        cast.entry(name=f"Place {number}")
    mirror(live_server, copy)
    copy.write_text(copy.read_text(encoding="utf-8").replace("Place 1", "Place 9"), encoding="utf-8")
    told = mirror(live_server, copy)
    assert (told.returncode, told.stderr) == (1, "Entry 2 does not follow from the one before.\n")


def test_it_keeps_nothing_that_does_not_follow(live_server: Any, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        cast.entry(name=f"Place {number}")
    public = register.public
    monkeypatch.setattr(
        register, "public", lambda entry: public(entry) | ({"payload": {"name": "Else"}} if entry.seq == 2 else {})
    )
    told = mirror(live_server, copy)
    assert (told.returncode, told.stderr) == (1, "Entry 2 does not follow from the one before.\n")
    assert [entry["seq"] for entry in entries(copy)] == [1]


def served(monkeypatch: pytest.MonkeyPatch, entries: list[Entry]) -> None:
    """What a registry would serve whose whole table somebody wrote anew."""
    monkeypatch.setattr(register, "stream", lambda *, after: iter(entries[after:]))


def test_it_notices_a_chain_that_was_forged_with_fitting_hashes(
    live_server: Any, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody can see who comes for the first time, whoever has a copy sees."""
    served(monkeypatch, forging.made(3))
    assert mirror(live_server, copy).returncode == 0
    kept = copy.read_bytes()
    for longer in (3, 5):
        served(monkeypatch, forging.made(longer, start=100))
        told = mirror(live_server, copy)
        assert (told.returncode, told.stderr) == (1, "The registry no longer has entry 3 as it was copied.\n")
    assert copy.read_bytes() == kept


def test_it_notices_that_the_last_entries_were_taken_away(
    live_server: Any, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served(monkeypatch, forging.made(3))
    mirror(live_server, copy)
    for shorter in (2, 0):
        served(monkeypatch, forging.made(shorter))
        told = mirror(live_server, copy)
        assert (told.returncode, told.stderr) == (1, "The registry no longer has entry 3 as it was copied.\n")


@pytest.mark.parametrize("order", [[0, 2], [1, 0, 2], [0, 0, 1, 2], [1, 2]])
def test_it_notices_entries_that_are_missing_swapped_or_doubled(
    live_server: Any, copy: Path, monkeypatch: pytest.MonkeyPatch, order: list[int]
) -> None:
    whole = forging.made(3)
    served(monkeypatch, [whole[place] for place in order])
    assert mirror(live_server, copy).returncode == 1


@pytest.mark.parametrize("changes", [{"event": "agreement.annulled"}, {"subject": "agreements/SCI-2026-000009"}])
def test_it_notices_an_entry_whose_head_was_changed(
    live_server: Any, copy: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str]
) -> None:
    one, two, three = forging.made(3)
    served(monkeypatch, [one, replace(two, **changes), three])
    told = mirror(live_server, copy)
    assert (told.returncode, told.stderr) == (1, "Entry 2 does not follow from the one before.\n")
    assert [entry["seq"] for entry in entries(copy)] == [1]


def test_a_run_that_was_killed_in_a_line_is_taken_up_again(live_server: Any, copy: Path) -> None:
    for number in range(3):
        cast.entry(name=f"Place {number}")
    mirror(live_server, copy)
    whole = copy.read_bytes()
    copy.write_bytes(whole[:-40])
    assert mirror(live_server, copy).stdout.startswith("3 entries")
    assert copy.read_bytes() == whole


def test_a_payload_that_was_taken_away_does_not_stop_it(live_server: Any, copy: Path) -> None:
    cast.entry(name="A person")
    cast.entry(name="Else")
    with transaction.atomic():
        redacted = RegisterEntry.objects.get(seq=1)
        redacted.payload, redacted.redacted = "", True
        redacted.save(update_fields=["payload", "redacted"])
    assert mirror(live_server, copy).stdout.startswith("2 entries")
    assert entries(copy)[0]["payload"] is None


def test_it_is_short_enough_to_be_read_before_it_is_run() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 30
