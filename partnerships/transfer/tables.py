"""Lists as tables: the one set of columns of each noun, and how a value stands in a cell.

The columns of the two parties begin with ``a_`` and ``b_``, as in the files that are imported.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.choices import AffiliationKind, Charter, JurisdictionKind, Light, Reason, Standing, Theme
from partnerships.transfer import addresses
from partnerships.transfer.columns import Column, Columns

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Reader = Callable[[Any], Any]

PARTIAL = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"

PARTY: Columns = {
    "id": Column(lambda row: row.id, _("Id of the community; it never changes and is never reused"), "integer", True),
    "name": Column(lambda row: row.name, _("Its name in Latin letters"), required=True),
    "native_name": Column(lambda row: row.native_name, _("Its name in its own script")),
    "kind": Column(lambda row: row.kind, _("What kind of community it is"), required=True, words=JurisdictionKind),
    "country": Column(lambda row: row.country, _("ISO 3166-1 alpha-2 code of its country or territory")),
    "subdivision": Column(lambda row: row.subdivision, _("ISO 3166-2 code of its state or province")),
    "latitude": Column(lambda row: row.latitude, _("Degrees north (WGS 84)"), "number"),
    "longitude": Column(lambda row: row.longitude, _("Degrees east (WGS 84)"), "number"),
}


def _of_party(place: int, column: Column) -> Column:
    refers = ("jurisdictions", "id") if column.kind == "integer" else None
    return replace(column, read=lambda row: column(row.parties[place]), refers=refers)


def _of_community(column: Column) -> Column:
    return replace(column, read=lambda row: column(row.party))


AFFILIATIONS: Columns = {
    "number": Column(lambda row: row.number, _("Its number; it never changes and is never reused"), required=True),
    "kind": Column(lambda row: row.kind, _("Sister or friendship"), required=True, words=AffiliationKind),
    "standing": Column(lambda row: row.standing, _("How it stands"), required=True, words=Standing),
    "since": Column(
        lambda row: row.since, _("When it began, as far as it is known: year, month or day"), pattern=PARTIAL
    ),
    "ended": Column(lambda row: row.ended, _("When it ended, as far as it is known"), pattern=PARTIAL),
    "recognised": Column(lambda row: row.recognised.value, _("Recognised on the day of the file"), "boolean", True),
    "recognised_since": Column(lambda row: row.recognised.since, _("Since when, if known"), "date"),
    "light": Column(lambda row: row.light, _("How long ago somebody last confirmed it"), words=Light),
    "charter": Column(lambda row: row.charter, _("The earliest partner at home, or one of several"), words=Charter),
    **{
        f"{letter}_{name}": _of_party(place, column)
        for place, letter in enumerate("ab")
        for name, column in PARTY.items()
    },
    "reasons": Column(lambda row: " ".join(row.reasons), _("Why these two communities"), words=Reason, separated=True),
    "themes": Column(lambda row: " ".join(row.themes), _("What they work on"), words=Theme, separated=True),
    "fictional": Column(lambda row: row.fictional, _("An example that was made up"), "boolean", True),
    "url": Column(lambda row: addresses.affiliation(row.number), _("Its page"), required=True),
}

JURISDICTIONS: Columns = {
    **{name: _of_community(column) for name, column in PARTY.items()},
    "subdivision_name": Column(lambda row: row.party.subdivision_name, _("Name of its state or province")),
    "population": Column(lambda row: row.population, _("How many people live there"), "integer"),
    "population_year": Column(lambda row: row.population_year, _("In which year"), "integer"),
    "population_source": Column(lambda row: row.population_source, _("Who says so")),
    "geonames_id": Column(lambda row: row.geonames_id, _("Its id in GeoNames"), "integer"),
    "wikidata_id": Column(lambda row: row.wikidata_id, _("Its id in Wikidata"), pattern="^Q[0-9]+$"),
    "website": Column(lambda row: row.website, _("Its own web site")),
    "in_good_standing": Column(
        lambda row: row.in_good_standing, _("A member in good standing; empty where there is no membership"), "boolean"
    ),
    "open_affiliations": Column(lambda row: row.open_count, _("Affiliations that have not ended"), "integer", True),
    "merged_into": Column(
        lambda row: row.merged_into,
        _("Id of the community that it is now; named here for what was signed before"),
        "integer",
    ),
    "fictional": Column(lambda row: row.party.fictional, _("An example that was made up"), "boolean", True),
    "url": Column(lambda row: addresses.jurisdiction(row.party), _("Its page"), required=True),
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


class CsvLines:
    """A table as lines of CSV, one at a time."""

    def __init__(self, columns: Mapping[str, Reader]) -> None:
        self._columns = columns
        self._writer = csv.writer(_Line())

    def header(self) -> str:
        return str(self._writer.writerow(self._columns))

    def line(self, row: Any) -> str:
        return str(self._writer.writerow([cell(column(row)) for column in self._columns.values()]))


def csv_lines(rows: Iterable[Any], columns: Mapping[str, Reader]) -> Iterator[str]:
    """The header and one line a row, each as it is read."""
    lines = CsvLines(columns)
    yield lines.header()
    yield from map(lines.line, rows)
