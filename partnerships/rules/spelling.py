"""What typing errors leave of a name."""

from __future__ import annotations

import re

_VOWELS = re.compile("[aeiouyhwj ]")
_TWICE = re.compile(r"(.)\1+")
#: Letters that stand for the same sound in many spellings of a name.
_ALIKE = str.maketrans("cqzvpd", "kksbbt")


def skeleton(folded: str) -> str:
    """The consonants of a folded name, those that sound alike as one, doubled ones once: ``poltava`` → ``bltb``.

    Names that differ by a vowel, a doubled letter or another way to write the same sound share it.
    """
    return _TWICE.sub(r"\1", _VOWELS.sub("", folded).translate(_ALIKE)) or folded[:1]
