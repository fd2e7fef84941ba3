"""Lists as tables: the one set of columns of each noun, and how a value stands in a cell.

The columns of the two parties begin with ``a_`` and ``b_``, as in the files that are imported.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from partnerships.selectors.jurisdiction_list import JurisdictionRow
from partnerships.selectors.rows import AffiliationRow, PartyRow
from partnerships.transfer import addresses

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Column = Callable[[Any], Any]

PARTY: Mapping[str, Callable[[PartyRow], Any]] = {
    "id": lambda row: row.id,
    "name": lambda row: row.name,
    "native_name": lambda row: row.native_name,
    "kind": lambda row: row.kind,
    "country": lambda row: row.country,
    "subdivision": lambda row: row.subdivision,
    "latitude": lambda row: row.latitude,
    "longitude": lambda row: row.longitude,
}


def _of_party(place: int, column: Column) -> Column:
    return lambda row: column(row.parties[place])


def _of_community(column: Column) -> Column:
    return lambda row: column(row.party)


AFFILIATIONS: Mapping[str, Callable[[AffiliationRow], Any]] = {
    "number": lambda row: row.number,
    "kind": lambda row: row.kind,
    "standing": lambda row: row.standing,
    "since": lambda row: row.since,
    "ended": lambda row: row.ended,
    "recognised": lambda row: row.recognised.value,
    "recognised_since": lambda row: row.recognised.since,
    "light": lambda row: row.light,
    "charter": lambda row: row.charter,
    **{
        f"{letter}_{name}": _of_party(place, column)
        for place, letter in enumerate("ab")
        for name, column in PARTY.items()
    },
    "reasons": lambda row: " ".join(row.reasons),
    "themes": lambda row: " ".join(row.themes),
    "fictional": lambda row: row.fictional,
    "url": lambda row: addresses.affiliation(row.number),
}

JURISDICTIONS: Mapping[str, Callable[[JurisdictionRow], Any]] = {
    **{name: _of_community(column) for name, column in PARTY.items()},
    "subdivision_name": lambda row: row.party.subdivision_name,
    "population": lambda row: row.population,
    "population_year": lambda row: row.population_year,
    "population_source": lambda row: row.population_source,
    "geonames_id": lambda row: row.geonames_id,
    "wikidata_id": lambda row: row.wikidata_id,
    "website": lambda row: row.website,
    "in_good_standing": lambda row: row.in_good_standing,
    "open_affiliations": lambda row: row.open_count,
    "fictional": lambda row: row.party.fictional,
    "url": lambda row: addresses.jurisdiction(row.party),
}


def cell(value: Any) -> str:
    """A value as a spreadsheet may read it: text that looks like a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


class _Line:
    """Where the CSV writer writes: what it wrote last is what is sent next."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Any], columns: Mapping[str, Column]) -> Iterator[str]:
    """The header and one line a row, each as it is read."""
    writer = csv.writer(_Line())
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([cell(column(row)) for column in columns.values()])
