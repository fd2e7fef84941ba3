"""``verify_register`` on the database: nothing that was done behind the guards stays unnoticed."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from partnerships.models import RegisterEntry, RegisterHead, User
from partnerships.rules import chain
from partnerships.services import register
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.register.forging import behind_the_guards

pytestmark = pytest.mark.django_db

Sql = tuple[str, list[object]]


@pytest.fixture
def five() -> list[RegisterEntry]:
    return [cast.entry(number=number) for number in range(1, 6)]


def verified() -> str:
    out = StringIO()
    call_command("verify_register", stdout=out)
    return out.getvalue()


def failure() -> str:
    with pytest.raises(CommandError) as caught:
        call_command("verify_register", stdout=StringIO())
    assert caught.value.returncode == 1
    return str(caught.value)


def test_an_untouched_register_verifies_and_names_its_head(five: list[RegisterEntry]) -> None:
    assert f"Head: 5 {five[-1].hash}" in verified()


def test_a_register_without_entries_verifies() -> None:
    assert "0 entries" in verified()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", '{"number":9}'),
        ("event", "agreement.annulled"),
        ("subject", "agreements/SCI-2026-000009"),
        ("recorded_at", "2020-01-01 00:00:00+00:00"),
        ("payload_hash", "ab" * 32),
        ("previous_hash", "ab" * 32),
        ("hash", "ab" * 32),
    ],
)
def test_an_altered_column_is_found(five: list[RegisterEntry], column: str, value: str) -> None:
    behind_the_guards((f"UPDATE {{table}} SET {column} = %s WHERE seq = 3", [value]))
    assert "Entry 3" in failure()


def test_a_removed_entry_is_found(five: list[RegisterEntry]) -> None:
    behind_the_guards(("DELETE FROM {table} WHERE seq = 3", []))
    assert "Entry 3: is missing" in failure()


def test_a_removed_last_entry_is_found(five: list[RegisterEntry]) -> None:
    behind_the_guards(("DELETE FROM {table} WHERE seq = 5", []))
    assert "Entry 5: is missing" in failure()


def test_an_emptied_register_is_found(five: list[RegisterEntry]) -> None:
    behind_the_guards(("DELETE FROM {table}", []))
    assert "Entry 1: is missing" in failure()


def test_swapped_entries_are_found(five: list[RegisterEntry]) -> None:
    moves: list[Sql] = [
        ("UPDATE {table} SET seq = %s WHERE seq = %s", [new, old]) for old, new in ((2, 99), (3, 2), (99, 3))
    ]
    behind_the_guards(*moves)
    assert "Entry 2" in failure()


def test_an_inserted_entry_is_found(five: list[RegisterEntry]) -> None:
    aside: list[Sql] = [("UPDATE {table} SET seq = seq + 1 WHERE seq = %s", [seq]) for seq in (5, 4, 3)]
    copy = (
        "INSERT INTO {table} (seq, recorded_at, event, subject, payload, payload_hash, previous_hash, hash, redacted)"
    )
    copy += " SELECT 3, recorded_at, event, subject, payload, payload_hash, %s, %s, redacted FROM {table} WHERE seq = 2"
    behind_the_guards(*aside, (copy, ["ab" * 32, "cd" * 32]))
    assert "Entry 3" in failure()


def test_an_entry_beyond_the_head_is_found(five: list[RegisterEntry]) -> None:
    RegisterHead.objects.update(seq=4, hash=five[3].hash)
    assert "Entry 5: stands beyond the head" in failure()


def test_a_head_that_names_another_hash_is_found(five: list[RegisterEntry]) -> None:
    RegisterHead.objects.update(hash="ab" * 32)
    assert "the head names" in failure()


def test_the_database_itself_refuses_a_fork(five: list[RegisterEntry]) -> None:
    fork = chain.seal(
        seq=6, recorded_at=five[0].recorded_at, event="a", subject="b", payload={}, previous=five[2].previous_hash
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.create(**vars(fork))


def test_a_redacted_entry_verifies_and_says_why(five: list[RegisterEntry], registrar: User) -> None:
    register.redact(seq=3, by=Actor.of(registrar), reason="Lawful request of 24 November 2026.")
    assert "6 entries" in verified()
    assert RegisterEntry.objects.get(pk=3).payload == ""


def test_a_payload_emptied_behind_the_guards_is_found(five: list[RegisterEntry]) -> None:
    behind_the_guards(("UPDATE {table} SET payload = '', redacted = %s WHERE seq = 3", [True]))
    assert "Entry 3: has no payload" in failure()


def test_a_hash_noted_earlier_must_be_in_the_register(five: list[RegisterEntry]) -> None:
    call_command("verify_register", head=five[1].hash, stdout=StringIO())
    with pytest.raises(CommandError, match="does not contain"):
        call_command("verify_register", head="ab" * 32, stdout=StringIO())
