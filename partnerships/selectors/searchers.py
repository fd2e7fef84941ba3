"""What other apps add to the one search box.

An app that stands above this one registers, in its ``AppConfig.ready``, who tells the entries of its noun::

    searchers.add("program", entries)      # entries(on) -> Iterable[Entry], a few hundred, in one statement

Each entry is found by the words of its name and of its other names, as communities are: accents, script, order and
unfinished words make no difference, and where nothing fits, names that look alike are taken. The entries are read once
and kept until the register moves; whatever changes one says so in the register anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from django.core.cache import cache
from django.utils.translation import get_language

from partnerships.rules import matching
from partnerships.selectors import edition, register, slips

MOST = 20
#: Entries of one noun that are looked through; more belong into tables with indexes.
MOST_ENTRIES = 2_000
_ONE_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Entry:
    """``path``: of its page, such as ``/programs/open-world/``. ``text``: one line that tells what it is. ``also``: its
    other names. ``noun``: what it is, where that is not what it is registered as."""

    name: str
    path: str
    text: str = ""
    also: tuple[str, ...] = field(default=())
    noun: str = ""
    fictional: bool = False


@dataclass(frozen=True)
class OtherHit:
    """``noun``: what it is. ``similar``: found because the names look alike."""

    noun: str
    name: str
    text: str
    path: str
    similar: bool
    fictional: bool = False


@dataclass(frozen=True)
class _Kept:
    """An entry with its names folded: to fold hundreds of them would take longer than all else of a search."""

    hit: OtherHit
    folded: str
    own: frozenset[str]
    words: frozenset[str]


Entries = Callable[[date], Iterable[Entry]]
_SEARCHERS: dict[str, Entries] = {}


def add(noun: str, entries: Entries) -> None:
    """Let the entries of a noun be found. The last one to register a noun tells them."""
    _SEARCHERS[noun] = entries


def remove(noun: str) -> None:
    _SEARCHERS.pop(noun, None)


def find(words: Sequence[str], *, on: date, head: str = "", similar: bool = False) -> list[OtherHit]:
    """The entries with every word, those whose names begin with the first word first. ``head``: hash of the register's
    last entry, if known already."""
    if not _SEARCHERS:
        return []
    head = head or register.head()[1]
    ranked = []
    for noun in _SEARCHERS:
        for kept in _kept(noun, on, head):
            rank = _rank(words, kept, similar=similar)
            if rank is not None:
                ranked.append((rank, kept.folded, replace(kept.hit, similar=similar)))
    return [hit for _rank_, _name, hit in sorted(ranked, key=lambda row: row[:2])[:MOST]]


def _kept(noun: str, on: date, head: str) -> tuple[_Kept, ...]:
    key = f"search:{noun}:{head}:{on}:{get_language()}:{edition.edition()}"
    kept: tuple[_Kept, ...] | None = cache.get(key)
    if kept is None:
        kept = tuple(_folded(noun, entry) for entry in islice(_SEARCHERS[noun](on), MOST_ENTRIES))
        cache.set(key, kept, _ONE_DAY)
    return kept


def _folded(noun: str, entry: Entry) -> _Kept:
    own = frozenset(matching.words(entry.name))
    also = frozenset(word for name in entry.also for word in matching.words(name))
    hit = OtherHit(entry.noun or noun, entry.name, entry.text, entry.path, similar=False, fictional=entry.fictional)
    return _Kept(hit, matching.fold(entry.name), own, own | also)


def _rank(words: Sequence[str], kept: _Kept, *, similar: bool) -> int | None:
    """0 for the whole name, 1 where it begins so, 2 for words within it, 3 for words of other names; ``None`` where a
    word is missing."""
    if not _every(words, kept.words, similar=similar):
        return None
    text = " ".join(words)
    if kept.folded == text:
        return 0
    if kept.folded.startswith(text):
        return 1
    return 2 if _every(words, kept.own, similar=similar) else 3


def _every(words: Sequence[str], others: Iterable[str], *, similar: bool) -> bool:
    return all(any(_fits(word, other, similar=similar) for other in others) for word in words)


def _fits(word: str, other: str, *, similar: bool) -> bool:
    if len(word) == 1:
        return word == other
    if other.startswith(word):
        return True
    return similar and len(word) >= slips.FUZZY_FROM and matching.likeness(word, other) >= slips.ALIKE
