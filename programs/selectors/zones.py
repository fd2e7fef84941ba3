"""Time zones by country, from the table that comes with the time zones themselves."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources


@cache
def _by_country() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _place, name, *_note = line.split("\t")
            found[country].append(name)
    return {country: tuple(names) for country, names in found.items()}


def only_one(country: str) -> str:
    """The time zone of a country that has but one; empty where people have to choose."""
    names = _by_country().get(country, ())
    return names[0] if len(names) == 1 else ""
