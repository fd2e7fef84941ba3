"""From a file to the record: batch by batch, every row accounted for."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO

from partnerships.choices import ImportOutcome
from partnerships.rules.import_rows import COLUMNS, RawRow
from partnerships.rules.wording import Translate, untranslated
from partnerships.selectors.import_plan import Decision, Planner
from partnerships.services import imports
from partnerships.services.access import Actor
from partnerships.transfer import import_files
from partnerships.transfer.tables import cell

BATCH = 1_000

Sink = Callable[[list[Decision]], object]


@dataclass
class Tally:
    """How many rows had which outcome, and how many did not go in as they are, for which reason."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, decisions: Iterable[Decision]) -> None:
        for decision in decisions:
            self.outcomes[str(decision.outcome)] += 1
            if decision.problem:
                self.reasons[decision.problem.code] += 1

    @property
    def rows(self) -> int:
        return self.outcomes.total()

    @property
    def rejected(self) -> int:
        return self.outcomes[str(ImportOutcome.REJECTED)]


def batches(rows: Iterable[RawRow], after: int = 0) -> Iterator[list[RawRow]]:
    """Rows behind a line, so many at a time."""
    waiting = (row for row in rows if row.line > after)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def enter(path: Path, file_format: str, *, source: str, by: Actor, on: date, tell: Sink) -> Tally:
    """Enter the rows of a checked file; ``tell`` is called with what became of each batch, after it is in."""
    tally = Tally()
    for batch in batches(import_files.rows(path, file_format)):
        decisions = imports.enter(rows=batch, source=source, by=by, on=on)
        tally.add(decisions)
        tell(decisions)
    return tally


def preview(path: Path, file_format: str, *, on: date, tell: Sink) -> Tally:
    """What entering would do, row by row; nothing is changed."""
    tally, planner = Tally(), Planner(on)
    for batch in batches(import_files.rows(path, file_format)):
        decisions = planner.decide(batch)
        tally.add(decisions)
        tell(decisions)
    return tally


class Report:
    """The rows that did not go in as they are, as a table: where, why, and the row as it was, to be corrected
    and imported again."""

    def __init__(self, file: IO[str], translate: Translate = untranslated) -> None:
        self._writer, self._translate = csv.writer(file), translate
        self._writer.writerow(("line", "reason_code", "column", "reason", *COLUMNS))

    def add(self, decisions: Iterable[Decision]) -> None:
        for decision in decisions:
            if decision.problem:
                why = decision.problem
                texts = (decision.line, why.code, why.column, why.text(self._translate))
                cells = (decision.raw.cells.get(name, "") for name in COLUMNS)
                self._writer.writerow([cell(value) for value in (*texts, *cells)])
