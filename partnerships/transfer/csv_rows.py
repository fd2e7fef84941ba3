"""Rows of a CSV file in UTF-8, with or without a byte order mark, whatever its line ends (interfaces section 4)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from partnerships.rules.import_rows import COLUMNS, REQUIRED, Problem, RawRow
from partnerships.transfer.unusable import Unusable

#: A longer cell is no fact about a place but a quotation mark left open, or a file of another kind.
LONGEST_CELL = 20_000
#: Up to here a cell is read, so that its column can be named.
MOST_OF_A_CELL = 1 << 24
#: Columns of our own reports: a corrected report can be imported as it is.
OF_REPORTS = frozenset({"line", "reason", "reason_code", "column", "outcome"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def rows(path: Path) -> Iterator[RawRow]:
    """The rows in their order, each with the line where it begins. Raises ``Unusable`` where it meets the reason."""
    lines = _Lines(path)
    reader = csv.reader(lines, strict=True)
    header = _header(_next(reader, lines))
    while True:
        first = lines.number + 1
        cells = _next(reader, lines)
        if cells is None:
            return
        if not any(cells):
            continue
        if [cell.strip().casefold() for cell in cells] == header:
            raise Unusable("header-again", line=first)
        for name, cell in zip(header, cells, strict=False):
            if len(cell) > LONGEST_CELL:
                raise Unusable("cell-too-long", line=first, column=name, found=f"{len(cell):,}", most=LONGEST_CELL)
        if len(cells) == len(header):
            yield RawRow(first, _neutral(header, cells))
        elif lines.ended_early:
            raise Unusable("cut-off", line=first, column=header[min(len(cells), len(header)) - 1])
        else:
            wrong = Problem("cells", "", {"found": len(cells), "expected": len(header)})
            yield RawRow(first, _neutral(header, cells), wrong)


def passed_over(path: Path) -> tuple[str, ...]:
    """The columns of a file that the import does not know."""
    lines = _Lines(path)
    header = _header(_next(csv.reader(lines, strict=True), lines))
    return tuple(name for name in header if name and name not in COLUMNS and name not in OF_REPORTS)


class _Lines:
    """The lines of a file as text, decoded one by one so that a wrong byte has a line and a column.

    A line ends with LF, CR LF or a lone CR, also mixed.
    """

    def __init__(self, path: Path) -> None:
        self.number = 0
        #: The last line has no end: perhaps the file was cut off.
        self.ended_early = False
        self._lines = self._read(path)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._lines)

    def _read(self, path: Path) -> Iterator[str]:
        with path.open("rb") as file:
            begin = file.read(2)
            if begin in _UTF_16:
                raise Unusable("utf-16")
            file.seek(0)
            for raw in file:
                for line in raw.splitlines(keepends=True) if b"\r" in raw.rstrip(b"\r\n") else (raw,):
                    self.number += 1
                    text = _decoded(line, self.number)
                    self.ended_early = not text.endswith(("\n", "\r"))
                    yield text.removeprefix("\ufeff") if self.number == 1 else text


def _decoded(line: bytes, number: int) -> str:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode(errors="replace")) + 1
        raise Unusable("encoding", line=number, column=column, byte=f"0x{line[error.start]:02X}") from None
    if "\0" in text:
        raise Unusable("zero", line=number, column=text.index("\0") + 1)
    return text


def _next(reader: Iterator[list[str]], lines: _Lines) -> list[str] | None:
    first = lines.number + 1
    csv.field_size_limit(MOST_OF_A_CELL)
    try:
        cells = next(reader, None)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise Unusable("quote-open", line=first) from error
        if "field larger" in str(error):
            raise Unusable("cell-endless", line=first, most=f"{MOST_OF_A_CELL:,}") from error
        raise Unusable("csv", line=first, why=error) from error
    return cells


def _header(cells: list[str] | None) -> list[str]:
    header = [cell.strip().casefold() for cell in cells or []]
    for place, name in enumerate(header):
        if name and name in header[:place]:
            raise Unusable("header-twice", line=1, column=place + 1, name=name[:80])
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        found = ", ".join(filter(None, header))[:200] or "–"
        raise Unusable("header-missing", missing=", ".join(missing), found=found)
    return header


def _neutral(header: list[str], cells: list[str]) -> dict[str, str]:
    """The cells by column. An apostrophe before a sign of a formula is the mark that exports put there (``'-3``)."""
    row = dict(zip(header, cells, strict=False))
    for name, cell in row.items():
        if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@":
            row[name] = cell[1:]
    return row
