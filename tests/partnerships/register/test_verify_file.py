"""``verify_register --file``: an export verifies by itself, and a falsified one does not."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from partnerships.rules.chain import Entry
from partnerships.selectors.register import public
from tests.partnerships.register import forging


def lines_of(entries: list[Entry]) -> list[dict[str, Any]]:
    return [public(entry) for entry in entries]


@pytest.fixture
def five() -> list[dict[str, Any]]:
    return lines_of(forging.made(5))


def verify(folder: Path, lines: list[dict[str, Any]] | str, **options: str) -> str:
    path = folder / "register.jsonl"
    text = lines if isinstance(lines, str) else "".join(json.dumps(line) + "\n" for line in lines)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    out = StringIO()
    call_command("verify_register", file=path, stdout=out, **options)
    return out.getvalue()


def failure(folder: Path, lines: list[dict[str, Any]] | str) -> str:
    with pytest.raises(CommandError) as caught:
        verify(folder, lines)
    assert caught.value.returncode == 1
    return str(caught.value)


def test_an_export_verifies_and_names_its_head(tmp_path: Path, five: list[dict[str, Any]]) -> None:
    assert f"Head: 5 {five[-1]['hash']}" in verify(tmp_path, five)


def test_the_order_of_names_and_the_spelling_of_numbers_do_not_matter(
    tmp_path: Path, five: list[dict[str, Any]]
) -> None:
    backwards = [dict(reversed(line.items())) for line in five]
    assert "5 entries" in verify(tmp_path, backwards)
    assert "5 entries" in verify(
        tmp_path, "\n".join(json.dumps(line, indent=None) for line in five).replace(": 1}", ": 1.0}")
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("payload", {"number": 9}),
        ("payload", {"number": 3, "more": 1}),
        ("event", "x"),
        ("subject", "x"),
        ("recorded_at", "2026-11-24T12:00:00Z"),
        ("payload_hash", "ab" * 32),
        ("previous_hash", "ab" * 32),
        ("hash", "ab" * 32),
        ("seq", 4),
    ],
)
def test_an_altered_field_is_found(tmp_path: Path, five: list[dict[str, Any]], name: str, value: object) -> None:
    five[2][name] = value
    assert "Entry 3" in failure(tmp_path, five)


def test_a_removed_line_is_found(tmp_path: Path, five: list[dict[str, Any]]) -> None:
    del five[2]
    assert "Entry 3: is missing" in failure(tmp_path, five)


def test_only_a_hash_noted_earlier_shows_that_the_end_was_cut_off(tmp_path: Path, five: list[dict[str, Any]]) -> None:
    head = five.pop()["hash"]
    assert "4 entries" in verify(tmp_path, five)
    with pytest.raises(CommandError, match="cut off"):
        verify(tmp_path, five, head=head)


def test_swapped_and_doubled_lines_are_found(tmp_path: Path, five: list[dict[str, Any]]) -> None:
    assert "Entry 2" in failure(tmp_path, [five[0], five[2], five[1], *five[3:]])
    assert "Entry 3" in failure(tmp_path, [*five[:2], five[1], *five[2:]])


def test_an_inserted_line_is_found(tmp_path: Path, five: list[dict[str, Any]]) -> None:
    forged = forging.resealed(forging.made(5)[2], five[1]["hash"], payload='{"forged":1}')
    assert "Entry 4" in failure(tmp_path, [*five[:2], *lines_of([forged]), *five[2:]])


def test_a_fork_is_found(tmp_path: Path, five: list[dict[str, Any]]) -> None:
    fork = forging.resealed(forging.made(5, start=100)[3], five[2]["hash"])
    assert "Entry 5" in failure(tmp_path, [*five[:3], *lines_of([fork]), five[4]])


def test_a_redacted_line_verifies_where_a_later_one_announces_it(tmp_path: Path) -> None:
    lines = lines_of(forging.redacted(forging.made(5), 3))
    assert lines[2]["payload"] is None
    assert "6 entries" in verify(tmp_path, lines)
    assert "Entry 3: has no payload" in failure(tmp_path, lines[:5])


@pytest.mark.parametrize(
    "line",
    [
        "not JSON",
        "[]",
        "{}",
        '{"seq": NaN}',
        "\udcff",
        "[" * 100_000,
        '{"seq": 6, "seq": 6}',
    ],
    ids=["text", "list", "empty", "no-number", "no-utf-8", "deep", "doubled"],
)
def test_a_line_that_is_no_entry_is_named_by_its_place(tmp_path: Path, five: list[dict[str, Any]], line: str) -> None:
    text = "".join(json.dumps(entry) + "\n" for entry in five)
    assert "Entry 6" in failure(tmp_path, text + line + "\n")


def test_a_field_that_the_chain_does_not_protect_is_refused(tmp_path: Path, five: list[dict[str, Any]]) -> None:
    five[1]["note"] = "added later"
    assert "Entry 2: does not have exactly the fields" in failure(tmp_path, five)


@pytest.mark.parametrize(
    ("name", "value"), [("seq", "3"), ("seq", True), ("hash", None), ("payload", []), ("payload", ""), ("payload", {})]
)
def test_a_field_of_the_wrong_type_is_refused(
    tmp_path: Path, five: list[dict[str, Any]], name: str, value: object
) -> None:
    five[2][name] = value
    assert "Entry 3" in failure(tmp_path, five)


def test_a_number_beyond_the_canonical_form_is_refused(tmp_path: Path, five: list[dict[str, Any]]) -> None:
    five[2]["payload"] = {"number": 2**60}
    assert "RFC 8785" in failure(tmp_path, five)


def test_a_file_that_is_not_there_is_another_failure(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("verify_register", file=tmp_path / "nowhere.jsonl")
    assert caught.value.returncode == 2
