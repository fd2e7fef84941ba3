"""Numbers that never change: ``SCI-2026-000123`` for an agreement, ``SCI-000045`` for an affiliation."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"(?P<prefix>[A-Z][A-Z0-9]*)-(?:(?P<year>[0-9]{4})-)?(?P<serial>[0-9]{6,18})")


@dataclass(frozen=True)
class Number:
    """A number taken apart; ``year`` is ``None`` for an affiliation."""

    prefix: str
    year: int | None
    serial: int

    @property
    def is_agreement(self) -> bool:
        return self.year is not None

    def __str__(self) -> str:
        if self.year is None:
            return affiliation_number(self.prefix, self.serial)
        return agreement_number(self.prefix, self.year, self.serial)


def agreement_number(prefix: str, year: int, n: int) -> str:
    """``n`` counts the registrations of the year from 1."""
    return f"{prefix}-{year:04d}-{n:06d}"


def affiliation_number(prefix: str, n: int) -> str:
    return f"{prefix}-{n:06d}"


def parse(text: str) -> Number | None:
    """Read a number as people type it (small letters, spaces around); ``None`` for anything else.

    Answers only for the one way in which a number is written, so ``str(parse(text))`` is a good address.
    """
    found = _SHAPE.fullmatch(text.strip().upper())
    if found is None:
        return None
    number = Number(found["prefix"], int(found["year"]) if found["year"] else None, int(found["serial"]))
    return number if number.serial and str(number) == found[0] else None
