"""Reading the register as it is published: JSON Lines, one entry a line, as at ``/register.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

import rfc8785

from partnerships.rules.chain import ChainBroken, Entry, canonical

_TEXTS = ("recorded_at", "event", "subject", "payload_hash", "previous_hash", "hash")
_FIELDS = {"seq", "payload", *_TEXTS}


def entries(lines: Iterable[bytes]) -> Iterator[Entry]:
    """The entries of a file in its own order; raises ``ChainBroken`` at the first line that is none.

    A line may hold nothing that the chain does not protect: no further field, and no name twice.
    """
    expected = 1
    for line in lines:
        if not line.strip():
            continue
        entry = _entry(line, expected)
        yield entry
        expected = entry.seq + 1


def _entry(line: bytes, expected: int) -> Entry:
    try:
        fields = json.loads(line.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ChainBroken(expected, f"is not readable as JSON ({error})") from error
    if not isinstance(fields, dict) or set(fields) != _FIELDS:
        raise ChainBroken(expected, f"does not have exactly the fields {', '.join(sorted(_FIELDS))}")
    payload = fields["payload"]
    well_formed = (
        type(fields["seq"]) is int
        and all(isinstance(fields[name], str) for name in _TEXTS)
        and (payload is None or isinstance(payload, dict))
    )
    if not well_formed:
        raise ChainBroken(expected, "has a field of the wrong type")
    return Entry(
        seq=fields["seq"],
        payload="" if payload is None else _canonical(payload, expected),
        **{name: fields[name] for name in _TEXTS},
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a name is given twice")
    return fields


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def _canonical(payload: dict[str, Any], expected: int) -> str:
    try:
        return canonical(payload)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as error:
        raise ChainBroken(expected, f"has a payload that RFC 8785 does not admit ({error})") from error
