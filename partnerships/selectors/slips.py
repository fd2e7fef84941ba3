"""Words that look like the ones that were written: what is taken where nothing is spelt just so.

Candidates are words that begin with the same letter or, for a slip in the first letters, hold the rest of the word,
and are about as long. Both databases are asked the same; PostgreSQL has an index by trigrams for the second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from partnerships.rules import matching

#: How alike two words must be, 0 to 100, for one to be a slip of the other.
ALIKE = 74
#: Where the first letter differs the rest has to be closer.
ALIKE_AT_HEART = 80
#: Shorter words are too much like too many others.
FUZZY_FROM = 4
#: A slip changes the length of a word by no more than this.
SLIP = 2
#: Words whose first letters may be wrong: of shorter ones too little is left.
_HEART_FROM = 5
_BEST_WORDS = 4
_END = "~"


def holders(table: QuerySet[Any], holder: str, words: Sequence[str]) -> dict[str, dict[int, float]]:
    """For each word those (by the id in ``holder``) with a word much like it, and how alike. One statement."""
    return alike(words, candidates(table, words).values_list("word", holder))


def candidates(table: QuerySet[Any], words: Sequence[str]) -> QuerySet[Any]:
    """The rows of words of names that may be meant."""
    near = Q()
    for word in words:
        near |= _near(word)
    return table.annotate(length=Length("word")).filter(near)


def alike(words: Sequence[str], found: Iterable[tuple[str, int]]) -> dict[str, dict[int, float]]:
    """Of candidates, each a word and who holds it: for each word the best holders, and how alike."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for other, pk in found:
        by_word[other].append(pk)
    return {word: _best(word, by_word) for word in words}


def _near(word: str) -> Q:
    slip = SLIP if len(word) >= FUZZY_FROM else 0
    alike = Q(word__gte=word[0], word__lt=word[0] + _END)
    if len(word) >= _HEART_FROM:
        alike |= Q(word__contains=word[2:])
    return alike & Q(length__gte=len(word) - slip, length__lte=len(word) + slip)


def _best(word: str, by_word: dict[str, list[int]]) -> dict[int, float]:
    alike = ((matching.likeness(word, other), other) for other in by_word)
    best = sorted((pair for pair in alike if pair[0] >= _enough(word, pair[1])), reverse=True)[:_BEST_WORDS]
    return {pk: score for score, other in reversed(best) for pk in by_word[other]}


def _enough(word: str, other: str) -> float:
    if len(word) < FUZZY_FROM:
        return 100.0
    return ALIKE if word[0] == other[0] else ALIKE_AT_HEART
