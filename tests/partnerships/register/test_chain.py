"""The chain itself: what it admits and what it notices, over random registers too."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules import chain
from partnerships.rules.chain import ChainBroken, Entry
from tests.partnerships.register import forging

OTHER = "ab" * 32


def broken_at(entries: list[Entry]) -> int:
    with pytest.raises(ChainBroken) as caught:
        chain.verify(entries)
    return caught.value.seq


def test_the_empty_register_verifies() -> None:
    assert chain.verify([]) == (0, "0" * 64)


def test_the_head_is_the_last_entry() -> None:
    entries = forging.made(5)
    assert chain.verify(entries) == (5, entries[-1].hash)


def test_the_hash_is_the_one_that_the_documents_promise() -> None:
    entry = forging.made(1)[0]
    header = '{"event":"agreement.registered","recorded_at":"2026-11-24T12:00:00.000000Z","seq":1,'
    header += '"subject":"agreements/SCI-2026-000001"}'
    payload_hash = hashlib.sha256(b'{"number":1}')
    assert entry.payload_hash == payload_hash.hexdigest()
    assert entry.hash == hashlib.sha256(bytes(32) + payload_hash.digest() + header.encode()).hexdigest()


@pytest.mark.parametrize(
    "changes",
    [
        {"payload": '{"number":7}'},
        {"recorded_at": "2026-11-24T12:00:00.000001Z"},
        {"event": "agreement.annulled"},
        {"subject": "agreements/SCI-2026-000009"},
        {"payload_hash": OTHER},
        {"previous_hash": OTHER},
        {"hash": OTHER},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_altered_field_is_found_where_it_is(changes: dict[str, str]) -> None:
    entries = forging.made(5)
    entries[2] = replace(entries[2], **changes)
    assert broken_at(entries) == 3


def test_a_careful_forger_is_found_at_the_next_entry() -> None:
    entries = forging.made(5)
    entries[2] = forging.resealed(entries[2], entries[1].hash, payload='{"number":7}')
    assert broken_at(entries) == 4


@pytest.mark.parametrize("at", [0, 2, 3])
def test_a_removed_entry_is_found(at: int) -> None:
    entries = forging.made(5)
    del entries[at]
    assert broken_at(entries) == at + 1


def test_swapped_entries_are_found() -> None:
    entries = forging.made(5)
    entries[1], entries[2] = entries[2], entries[1]
    assert broken_at(entries) == 2


def test_entries_that_swapped_their_numbers_are_found() -> None:
    entries = forging.made(5)
    entries[1], entries[2] = replace(entries[2], seq=2), replace(entries[1], seq=3)
    assert broken_at(entries) == 2


def test_an_inserted_entry_is_found() -> None:
    entries = forging.made(5)
    inserted = forging.resealed(replace(entries[2], seq=3), entries[1].hash, payload='{"forged":1}')
    later = [replace(entry, seq=entry.seq + 1) for entry in entries[2:]]
    assert broken_at([*entries[:2], inserted, *later]) == 4


def test_a_doubled_entry_is_found() -> None:
    entries = forging.made(5)
    assert broken_at([*entries[:3], entries[2], *entries[3:]]) == 4


def test_a_fork_is_found() -> None:
    entries, others = forging.made(5), forging.made(5, start=100)
    fork = forging.resealed(others[3], entries[2].hash)
    assert chain.verify([*entries[:3], fork]) == (4, fork.hash)
    assert broken_at([*entries[:3], fork, entries[4]]) == 5


def test_a_redacted_payload_leaves_the_chain_intact() -> None:
    entries = forging.redacted(forging.made(5), 3)
    assert chain.verify(entries) == (6, entries[-1].hash)


def test_a_payload_that_vanished_without_a_word_is_found() -> None:
    entries = [replace(entry, payload="") if entry.seq == 3 else entry for entry in forging.made(5)]
    assert broken_at(entries) == 3


def test_the_notice_of_another_redaction_does_not_help() -> None:
    entries = forging.redacted(forging.made(5), 2)
    entries[3] = replace(entries[3], payload="")
    assert broken_at(entries) == 4


@pytest.mark.parametrize("spelling", [str.upper, lambda digest: digest[:2] + " " + digest[2:]])
def test_the_hash_of_a_redacted_payload_has_one_spelling(spelling: object) -> None:
    entries = forging.redacted(forging.made(5), 3)
    entries[2] = replace(entries[2], payload_hash=spelling(entries[2].payload_hash))  # type: ignore[operator]
    assert broken_at(entries) == 3


@given(size=st.integers(1, 12), data=st.data())
def test_whatever_is_altered_in_any_register_is_found(size: int, data: st.DataObject) -> None:
    entries = forging.made(size)
    at = data.draw(st.integers(0, size - 1))
    name = data.draw(st.sampled_from(["recorded_at", "event", "subject", "payload", "payload_hash", "hash"]))
    text = data.draw(st.text(min_size=1, max_size=64).filter(lambda text: text != getattr(entries[at], name)))
    entries[at] = replace(entries[at], **{name: text})
    assert broken_at(entries) == at + 1


@given(size=st.integers(2, 12), data=st.data())
def test_no_other_order_of_a_register_verifies(size: int, data: st.DataObject) -> None:
    entries = forging.made(size)
    shuffled = data.draw(st.permutations(entries).filter(lambda order: order != entries))
    first = next(at for at, pair in enumerate(zip(shuffled, entries, strict=True), start=1) if pair[0] != pair[1])
    assert broken_at(shuffled) == first


@given(
    payload=st.dictionaries(
        st.text(max_size=8), st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(), max_size=5
    )
)
def test_a_payload_has_one_canonical_form_whatever_the_order_of_its_names(payload: dict[str, object]) -> None:
    backwards = dict(reversed(payload.items()))
    assert chain.canonical(payload) == chain.canonical(backwards)
    assert json.loads(chain.canonical(payload)) == payload
