"""Files of partnerships: which reader a file needs, and what every reader answers.

A reader takes the path of a file and yields its rows. Where the file as a whole cannot be used it raises ``Unusable``
with the line and the column; ``check`` reads all of it first, so that nothing of a broken file goes in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from partnerships.choices import ImportFormat
from partnerships.rules.import_rows import RawRow
from partnerships.transfer import csv_rows, gexf_rows, wikidata_rows
from partnerships.transfer.unusable import Unusable

__all__ = ["READERS", "Unusable", "check", "format_of", "rows"]

READERS: dict[str, Callable[[Path], Iterator[RawRow]]] = {
    ImportFormat.CSV: csv_rows.rows,
    ImportFormat.WIKIDATA_JSON: wikidata_rows.rows,
    ImportFormat.GEXF: gexf_rows.rows,
}
_BY_NAME = {".csv": ImportFormat.CSV, ".json": ImportFormat.WIKIDATA_JSON, ".gexf": ImportFormat.GEXF}


@dataclass(frozen=True)
class Checked:
    """How many rows a file has, and columns of it that the import does not know and passes over."""

    rows: int
    passed_over: tuple[str, ...] = field(default=())


def format_of(name: str) -> str:
    """The format by the ending of a file's name; CSV where that says nothing."""
    return str(_BY_NAME.get(Path(name).suffix.casefold(), ImportFormat.CSV))


def rows(path: Path, file_format: str) -> Iterator[RawRow]:
    return READERS[file_format](path)


def check(path: Path, file_format: str) -> Checked:
    """Read the whole file once; raises ``Unusable`` before anything of it goes in."""
    if path.stat().st_size == 0:
        raise Unusable("empty")
    count = sum(1 for _row in rows(path, file_format))
    if count == 0:
        raise Unusable("no-rows")
    return Checked(count, csv_rows.passed_over(path) if file_format == ImportFormat.CSV else ())
