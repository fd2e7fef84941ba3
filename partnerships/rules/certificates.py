"""The code of a certificate: which number it is about and at which entry of the register it was made.

``G41S-90Q7-2K8M-XD3B``: the number packed into the first characters, and ten characters (50 bits) of an HMAC over the
number and the hash of the newest entry about it. Nobody makes one without the key; whoever has one on paper can
type it: Crockford's alphabet has no I, L, O and U, and takes O for 0 and I or L for 1.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from partnerships.rules import numbers
from partnerships.rules.chain import GENESIS

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_MAC, _LEAST, _MOST = 10, 6, 14
_GROUP = 4
#: The year of an agreement lies in nine bits as the years since this one; an affiliation, which has none, has a zero.
_BEFORE, _YEAR_BITS = 1899, 9

VALID, SUPERSEDED, ANNULLED, UNKNOWN = "valid", "superseded", "annulled", "unknown"

#: Entries that change nothing of what a certificate says.
UNTOUCHED = ("affiliation.milestone", "affiliation.confirmed", "affiliation.claim-disputed", "claims.recorded")
#: The entry about a party that may change its name or place.
PARTY = "jurisdiction.corrected"


@dataclass(frozen=True)
class Code:
    """A code taken apart; whether it was ever given, ``made_at`` tells."""

    number: str
    mac: str
    text: str


def code(number: str, seal: str, *, key: str) -> str:
    """``seal``: the hash of the newest entry about it, ``GENESIS`` where there is none."""
    known = numbers.parse(number)
    if known is None or (known.year is not None and not 0 < known.year - _BEFORE < 1 << _YEAR_BITS):
        raise ValueError(f"{number} is no number of this registry.")
    year = 0 if known.year is None else known.year - _BEFORE
    head = _letters(known.serial << _YEAR_BITS | year).rjust(_LEAST, ALPHABET[0])
    return _grouped(head + _mac(number, seal, key))


def read(text: str, *, prefix: str) -> Code | None:
    """A code as people type it: small letters, other or no hyphens; ``None`` for what cannot be one."""
    plain = re.sub(r"[\s\-\u2010-\u2015]+", "", text[:100]).upper().translate(_MISREAD)
    head, mac = plain[:-_MAC], plain[-_MAC:]
    if not _LEAST <= len(head) <= _MOST or set(plain) - set(ALPHABET):
        return None
    packed = 0
    for letter in head:
        packed = packed << 5 | ALPHABET.index(letter)
    serial, year = packed >> _YEAR_BITS, packed & ((1 << _YEAR_BITS) - 1)
    if not serial or _letters(packed).rjust(_LEAST, ALPHABET[0]) != head:
        return None
    number = numbers.Number(prefix, year + _BEFORE if year else None, serial)
    return Code(str(number), mac, _grouped(plain))


def made_at(given: Code, seals: Sequence[str], *, keys: Iterable[str]) -> int | None:
    """The place among the ``seals``, first things first, of the one that this code was made with; -1 where it was made
    before the first, ``None`` where it was never made."""
    tried = [(place, seal) for place, seal in enumerate((GENESIS, *seals), start=-1)]
    for key in keys:
        for place, seal in reversed(tried):
            if hmac.compare_digest(_mac(given.number, seal, key), given.mac):
                return place
    return None


def state(made: int | None, newest: int, *, annulled: bool, moved: bool) -> str:
    """``made``: see ``made_at``; ``newest``: the place of the newest entry; ``moved``: merged under another number."""
    if made is None:
        return UNKNOWN
    if annulled:
        return ANNULLED
    return VALID if made == newest and not moved else SUPERSEDED


def _mac(number: str, seal: str, key: str) -> str:
    digest = hmac.digest(key.encode(), f"certificate\n{number}\n{seal}".encode(), hashlib.sha256)
    return _letters(int.from_bytes(digest[:8]) >> 14).rjust(_MAC, ALPHABET[0])


def _letters(value: int) -> str:
    made = ""
    while value:
        value, rest = divmod(value, 32)
        made = ALPHABET[rest] + made
    return made


def _grouped(plain: str) -> str:
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))
