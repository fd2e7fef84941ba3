"""What entries are counted together for a quota."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from programs.choices import QuotaPer


@dataclass(frozen=True)
class Counted:
    """What an entry is counted by; 0 where it has no partner or no age group."""

    community: int
    partner: int
    category: int
    age_group: int


@dataclass(frozen=True)
class Limit:
    """A quota: its number, what it is counted per (codes of ``QuotaPer``), and how many there may be at most."""

    id: int
    per: tuple[str, ...]
    most: int


def key(per: Sequence[str], entry: Counted) -> str:
    """What entries agree in that are counted together: ``community:12/category:3``; empty counts all of the cycle."""
    return "/".join(f"{code}:{getattr(entry, code)}" for code in QuotaPer.values if code in per)


def changes(
    limits: Iterable[Limit], before: Iterable[Counted], after: Iterable[Counted]
) -> list[tuple[Limit, str, int]]:
    """What each quota gains or loses where these entries take the place of those.

    In one order for everybody, so that two who change several quotas never wait for each other in a circle.
    """
    earlier, later = list(before), list(after)
    found: list[tuple[Limit, str, int]] = []
    for limit in sorted(limits, key=lambda one: one.id):
        net = Counter(key(limit.per, entry) for entry in later)
        net.subtract(key(limit.per, entry) for entry in earlier)
        found += [(limit, name, by) for name, by in sorted(net.items()) if by]
    return found
