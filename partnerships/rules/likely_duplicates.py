"""Which records may be one, and why: names in any spelling and script, the level of the community, the distance.

Pairs are only looked at within blocks of records that share something, never all with all. The answer is a hint for
staff; nothing is merged by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from partnerships.rules import matching
from partnerships.rules.spelling import skeleton

#: From this score on, staff are shown the pair.
WORTH_A_LOOK = 75
#: Below this likeness two names are two names.
ALIKE = 78
#: The score of names that differ, in script or language, but are names of one place in the gazetteer.
SAME_PLACE = 94
NEAR_KM, FAR_KM = 12, 60
#: Larger blocks are parted; what is still larger is compared with its neighbours in the order of names.
MOST_IN_BLOCK = 60
NEIGHBOURS = 8
_CELL = 0.3

NAME, ALIKE_NAME, PLACE, NEAR, SUBDIVISION, LEVEL, PARTNERS, PARTIES = (
    "same-name",
    "alike-name",
    "same-place",
    "near",
    "another-subdivision",
    "another-level",
    "shared-partners",
    "alike-parties",
)

#: What the kind of a community adds to its name.
_LEVEL_WORDS = frozenset(
    "county district prefecture oblast province municipality borough township kreis landkreis shi ken gun".split()
)


@dataclass(frozen=True)
class Record:
    """A community: its folded names, and the keys of the places of the gazetteer that bear one of them."""

    id: int
    names: tuple[str, ...]
    country: str
    subdivision: str
    kind: str
    latitude: float | None
    longitude: float | None
    places: frozenset[str] = frozenset()
    partners: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """``reasons``: codes, with a figure where one belongs to it: ``near:4`` (km), ``alike-name:86``."""

    one: int
    other: int
    score: int
    reasons: tuple[str, ...]


@lru_cache(maxsize=200_000)
def core(folded: str) -> str:
    """The folded name without words for the kind of community: ``arlington county`` → ``arlington``."""
    kept = [word for word in matching.untitled(folded).split() if word not in _LEVEL_WORDS]
    return " ".join(kept) or folded


def pairs(records: Iterable[Record]) -> Iterator[tuple[Record, Record]]:
    """Every pair that shares a block, once."""
    blocks: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for key in keys(record):
            blocks[key].append(record)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for one, other in _within(block):
            low, high = (one, other) if one.id < other.id else (other, one)
            if low.id != high.id and (low.id, high.id) not in seen:
                seen.add((low.id, high.id))
                yield low, high


def keys(record: Record) -> set[str]:
    """The blocks of a record: how its names sound in whatever order of words, its place, what lies around it."""
    found = {f"place {place}" for place in record.places}
    for name in filter(None, map(core, record.names)):
        words = sorted(name.split())
        found.add(f"{record.country} {skeleton(''.join(words))}")
        found.add(f"{record.country} {max(words, key=len)}")
        found.add(f"{record.country} ^{name[:4]}")
        if record.latitude is not None and record.longitude is not None:
            found |= {f"{record.country} {name[:1]} {cell}" for cell in _cells(record.latitude, record.longitude)}
    return found


def _cells(latitude: float, longitude: float) -> set[str]:
    """Two grids, each half a cell off the other, so that neighbours across a line share a cell of one of them."""
    shifts = (0.0, _CELL / 2)
    return {f"{shift} {(latitude + shift) // _CELL:.0f} {(longitude + shift) // _CELL:.0f}" for shift in shifts}


def _within(block: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    if len(block) <= MOST_IN_BLOCK:
        yield from combinations(block, 2)
        return
    by_subdivision: dict[str, list[Record]] = defaultdict(list)
    for record in block:
        by_subdivision[record.subdivision].append(record)
    for part in by_subdivision.values():
        if len(part) <= MOST_IN_BLOCK:
            yield from combinations(part, 2)
            continue
        ordered = sorted(part, key=lambda record: record.names)
        for place, record in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                yield record, other


def judge(one: Record, other: Record) -> Verdict | None:
    """How likely the two are one; ``None`` where it is not worth a look, or where they are partners of each other."""
    if other.id in one.partners:
        return None
    score, reasons = _names(one, other)
    if not score:
        return None
    for part in (_distance, _level, _partners):
        change, more = part(one, other)
        score, reasons = score + change, [*reasons, *more]
    score = min(100, score)
    return Verdict(one.id, other.id, score, tuple(reasons)) if score >= WORTH_A_LOOK else None


def _names(one: Record, other: Record) -> tuple[int, list[str]]:
    likeness = max(
        (
            max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b))
            for a in map(core, one.names)
            for b in map(core, other.names)
            if _figures(a) == _figures(b)
        ),
        default=0.0,
    )
    if likeness == 100:
        return 100, [NAME]
    if one.places & other.places:
        return SAME_PLACE, [PLACE]
    return (round(likeness), [f"{ALIKE_NAME}:{likeness:.0f}"]) if likeness >= ALIKE else (0, [])


def _figures(name: str) -> list[str]:
    """The numbers in a name: the fifth and the sixth district of a city are two, however alike their names."""
    return [word for word in name.split() if any(sign.isdigit() for sign in word)]


def _distance(one: Record, other: Record) -> tuple[int, list[str]]:
    """Far apart they are namesakes; without coordinates the subdivision tells, where both are known."""
    change, reasons = 0, []
    if one.subdivision and other.subdivision and one.subdivision != other.subdivision:
        change, reasons = -20, [SUBDIVISION]
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return change or (-5 if one.subdivision and one.subdivision == other.subdivision else -8), reasons
    km = matching.distance_km(*(float(x or 0) for x in (one.latitude, one.longitude, other.latitude, other.longitude)))
    if km > FAR_KM:
        return -100, []
    return change - (0 if km <= NEAR_KM else 10), [*reasons, f"{NEAR}:{km:.0f}"]


def _level(one: Record, other: Record) -> tuple[int, list[str]]:
    return (0, []) if one.kind == other.kind else (-8, [LEVEL])


def _partners(one: Record, other: Record) -> tuple[int, list[str]]:
    shared = len(one.partners & other.partners)
    return (min(9, 3 * shared), [f"{PARTNERS}:{shared}"]) if shared else (0, [])
