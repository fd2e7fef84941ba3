"""Finding the same person twice in one competition without anybody reading a name."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from datetime import date

from partnerships.rules.matching import fold


def digest(*, key: bytes, competition: int, given_name: str, family_name: str, birth_date: date) -> str:
    """A keyed digest of folded names and birth date: 64 hexadecimal digits.

    Accents, case, punctuation, script and the order of given and family name make no difference. Two competitions
    give one person two digests, so that nobody is followed from year to year. Without the key, nobody can find out by
    trying names whose digest it is.
    """
    names = f"{given_name} {family_name}"
    spelt = fold(names).split() or unicodedata.normalize("NFKC", names).casefold().split()
    said = "\x1f".join([str(competition), birth_date.isoformat(), *sorted(spelt)])
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
