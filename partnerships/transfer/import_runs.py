"""Reading and entering an uploaded file in the background, and the report of it."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path

import structlog
from django.utils import timezone

from partnerships.choices import ImportState
from partnerships.models import ImportRow, ImportRun
from partnerships.rules.import_rows import COLUMNS, Problem
from partnerships.rules.wording import Translate
from partnerships.services import import_runs
from partnerships.services.access import Actor
from partnerships.services.reminders import Duty
from partnerships.transfer import import_files, importer
from partnerships.transfer.tables import cell
from partnerships.transfer.unusable import MESSAGES, Unusable

logger = structlog.get_logger(__name__)


def preview(run_id: int) -> None:
    """Say what would become of each row, or why the file cannot be used. Does nothing for a run that was read."""
    run = import_runs.claim(run_id, ImportState.READING)
    if run is None:
        return
    import_runs.forget_plan(run)
    try:
        with _as_file(run) as path:
            checked = import_files.check(path, run.format)
            importer.preview(
                path,
                run.format,
                on=timezone.localdate(),
                tell=lambda decisions: import_runs.keep_plan(run, decisions),
            )
    except Unusable as error:
        import_runs.forget_plan(run)
        import_runs.refuse(run, error.code, error.params)
    else:
        import_runs.ready(run, total=checked.rows, passed_over=checked.passed_over)


def run(run_id: int) -> None:
    """Enter the rows behind the last line that is in. Does nothing where another worker is at it, or all is done."""
    taken = import_runs.claim(run_id, ImportState.RUNNING)
    if taken is None:
        return
    by = Actor.of(taken.uploaded_by) if taken.uploaded_by else Actor.system("import")
    with _as_file(taken) as path:
        for batch in importer.batches(import_files.rows(path, taken.format), after=taken.last_line):
            if not import_runs.step(taken, batch, by=by, on=timezone.localdate()):
                return
    import_runs.finish(taken)


def go_on(now: datetime) -> dict[str, int]:
    """Take up every run that waits for a worker or whose worker died, behind the last row that is in.

    One that fails does not keep the others; it is logged, and the last error is raised when all had their turn.
    """
    failed: Exception | None = None
    waiting = import_runs.left_alone(now)
    for left in waiting:
        try:
            (run if left.state == ImportState.RUNNING else preview)(left.pk)
        except Exception as error:
            logger.exception("an import cannot go on", run=left.pk)
            failed = error
    if failed is not None:
        raise failed
    return {"taken up": len(waiting)} if waiting else {}


#: For operators without a worker; with one, the timetable asks a worker for each.
DUTY: Duty = ("imports", go_on, False)


@contextmanager
def _as_file(run: ImportRun) -> Iterator[Path]:
    """The upload on this machine, wherever documents are kept."""
    with tempfile.NamedTemporaryFile(suffix=f".{run.format}") as copy:
        with run.file.open("rb") as kept:
            for piece in kept.chunks():
                copy.write(piece)
        copy.flush()
        yield Path(copy.name)


def why_unusable(run: ImportRun, translate: Translate) -> str:
    found = run.unusable
    return translate(MESSAGES[found["code"]]) % found["params"] if found else ""


def reason(row: ImportRow, translate: Translate) -> str:
    return Problem(row.code, row.column, row.said).text(translate) if row.code else ""


def report(run: ImportRun, translate: Translate) -> Iterator[str]:
    """The rows that did not go in as they are, as CSV, line by line: where, why, and the row as it was, to be corrected
    and imported."""
    yield _line(("line", "reason_code", "column", "reason", *COLUMNS))
    for row in run.rows.exclude(code="").order_by("line").iterator():
        cells = (row.cells.get(name, "") for name in COLUMNS)
        yield _line((row.line, row.code, row.column, reason(row, translate), *cells))


def _line(values: tuple[object, ...]) -> str:
    out = StringIO()
    csv.writer(out).writerow([cell(value) for value in values])
    return out.getvalue()
