"""The way of an uploaded file: kept, read, looked at by staff, entered batch by batch, done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import ImportState
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import ImportRow, ImportRun
from partnerships.rules.import_rows import RawRow
from partnerships.selectors.import_plan import Decision
from partnerships.services import access, imports, ledger, typed
from partnerships.services.access import Actor

MOST_BYTES = 200 * 1024**2
#: A worker that said nothing for so long is taken for dead.
SILENT = timedelta(minutes=5)


@transaction.atomic
def upload(*, file: File[Any], name: str, file_format: str, source: str, by: Actor) -> ImportRun:
    """Keep a file to be read. Raises ``Invalid`` where it is too large or says nothing about who says so."""
    access.require(by, "record.import")
    if (file.size or 0) > MOST_BYTES:
        raise Invalid({"file": [_("This file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1024**2}]})
    said = typed.words(source, field="source", missing=_("Write who says so: it is kept with every row."), most=500)
    run = ImportRun(name=name[:200], format=file_format, source=said, uploaded_by=by.user)
    run.file.save(f"import.{file_format}", file, save=False)
    run.save()
    ledger.record(subject=run, act="import.uploaded", by=by, now=run.name, note=said)
    return run


def claim(run_id: int, state: str) -> ImportRun | None:
    """Take up the work on a run in this state, unless another worker is at it."""
    now = timezone.now()
    free = Q(beat_at__isnull=True) | Q(beat_at__lt=now - SILENT)
    taken = ImportRun.objects.filter(free, pk=run_id, state=state).update(beat_at=now)
    return ImportRun.objects.get(pk=run_id) if taken else None


def is_silent(run: ImportRun) -> bool:
    """Whether nobody seems to work on it any more."""
    return run.beat_at is None or run.beat_at < timezone.now() - SILENT


def left_alone(now: datetime) -> list[ImportRun]:
    """Runs that wait for a worker, or whose worker died, the eldest first."""
    free = Q(beat_at__isnull=True) | Q(beat_at__lt=now - SILENT)
    return list(ImportRun.objects.filter(free, state__in=(ImportState.READING, ImportState.RUNNING)).order_by("pk"))


def keep_plan(run: ImportRun, decisions: Sequence[Decision]) -> None:
    """What would become of these rows."""
    ImportRow.objects.bulk_create([_row(run, decision) for decision in decisions], batch_size=1_000)
    ImportRun.objects.filter(pk=run.pk).update(beat_at=timezone.now())


def forget_plan(run: ImportRun) -> None:
    """Before a file is read, perhaps once more."""
    run.rows.all().delete()


def ready(run: ImportRun, *, total: int, passed_over: Sequence[str]) -> None:
    ImportRun.objects.filter(pk=run.pk, state=ImportState.READING).update(
        state=ImportState.READY, total=total, passed_over=list(passed_over), beat_at=None
    )


def refuse(run: ImportRun, code: str, params: Mapping[str, object]) -> None:
    """The file cannot be used; nothing of it went in."""
    said = {name: str(value) for name, value in params.items()}
    ImportRun.objects.filter(pk=run.pk).update(
        state=ImportState.UNUSABLE, unusable={"code": code, "params": said}, beat_at=None, finished_at=timezone.now()
    )


@transaction.atomic
def decide(*, run_id: int, by: Actor, enter: bool) -> ImportRun:
    """Staff saw what would happen: let it happen, or drop the file."""
    access.require(by, "record.import")
    run = ImportRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise Missing(_("There is no such import."))
    if run.state != ImportState.READY:
        raise WrongState(_("This was decided already."))
    run.state = ImportState.RUNNING if enter else ImportState.DROPPED
    run.beat_at = None
    run.save(update_fields=["state", "beat_at"])
    ledger.record(subject=run, act="import.started" if enter else "import.dropped", by=by, now=run.name)
    return run


@transaction.atomic
def step(run: ImportRun, rows: Sequence[RawRow], *, by: Actor, on: date) -> bool:
    """Enter one batch, and in the same transaction say what became of its rows and how far the run is.

    False, and nothing is done, where another worker went on with the run: this one was taken for dead.
    """
    mine = ImportRun.objects.select_for_update().filter(pk=run.pk, state=ImportState.RUNNING, last_line=run.last_line)
    if not mine.exists():
        return False
    decisions = imports.enter(rows=rows, source=run.source, by=by, on=on)
    last = max(row.line for row in rows)
    run.rows.filter(line__gt=run.last_line, line__lte=last).delete()
    ImportRow.objects.bulk_create([_row(run, decision) for decision in decisions], batch_size=1_000)
    run.last_line, run.done, run.beat_at = last, run.done + len(rows), timezone.now()
    run.save(update_fields=["last_line", "done", "beat_at"])
    return True


def finish(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk, state=ImportState.RUNNING).update(
        state=ImportState.DONE, beat_at=None, finished_at=timezone.now()
    )


def _row(run: ImportRun, decision: Decision) -> ImportRow:
    cells, problem = decision.raw.cells, decision.problem
    return ImportRow(
        run=run,
        line=decision.line,
        outcome=decision.outcome,
        one=_named(cells, "a"),
        other=_named(cells, "b"),
        number=decision.tie.number if decision.tie else "",
        code=problem.code if problem else "",
        column=problem.column if problem else "",
        said={name: str(value) for name, value in problem.params.items()} if problem else {},
        cells={name: value for name, value in cells.items() if value} if problem else {},
    )


def _named(cells: Mapping[str, str], side: str) -> str:
    parts = (cells.get(f"{side}_name"), cells.get(f"{side}_subdivision"), cells.get(f"{side}_country"))
    return ", ".join(filter(None, parts)).replace("\0", "")[:260]
