"""Names of places compared across accents, scripts and spellings, and distances between places."""

from __future__ import annotations

import re
import unicodedata
from math import asin, cos, radians, sin, sqrt

from anyascii import anyascii
from rapidfuzz import fuzz

EARTH_RADIUS_KM = 6371.0088

_APOSTROPHES = re.compile(r"['`\u00b4\u02b9-\u02bf\u2018-\u201b\u2032]")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")

#: Short forms that sources use beside the full word.
_FULL_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "mt": "mount", "ft": "fort"}

#: What sources put before a name or leave out ("City of Toledo").
_TITLE = re.compile(r"^(?:city|town|village|township|borough|county|municipality) of (?=.)")


def fold(text: str) -> str:
    """The name in small ASCII letters and digits, words parted by one space: ``Saint-Étienne`` → ``saint etienne``.

    Accents, case, punctuation and script make no difference; ``St.`` and ``Saint`` are one. Folding twice changes
    nothing. Empty where nothing can be spelt.
    """
    plain = anyascii(unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text)).casefold())
    spelt = _NOT_A_WORD.sub(" ", _APOSTROPHES.sub("", plain).casefold())
    return " ".join(_FULL_WORDS.get(word, word) for word in spelt.split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of a name, each once, in their order."""
    return tuple(dict.fromkeys(fold(text).split()))


def untitled(folded: str) -> str:
    """A folded name without what sources put before it: ``city of toledo`` → ``toledo``."""
    return _TITLE.sub("", folded)


def likeness(a: str, b: str) -> float:
    """How alike two names of places are, 0 to 100; 100 where they fold alike. Word order counts little."""
    one, other = (untitled(fold(text)) for text in (a, b))
    if not one or not other:
        return 0.0
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance of two points in degrees (haversine, mean radius of the earth)."""
    here, there = radians(latitude), radians(other_latitude)
    across = radians(other_longitude - longitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))
