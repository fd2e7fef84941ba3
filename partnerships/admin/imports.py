"""Imports: upload, look at what would happen row by row, let it run, take the report."""

from __future__ import annotations

from datetime import date
from typing import Any

import structlog
from celery import current_app
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from partnerships.admin.base import may
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.choices import ImportOutcome, ImportState
from partnerships.forms.imports import ImportForm
from partnerships.models import ImportRun
from partnerships.services import import_runs
from partnerships.services.access import Actor
from partnerships.transfer import import_files
from partnerships.transfer import import_runs as transfer

logger = structlog.get_logger(__name__)

ROWS_SHOWN = 50
READ, RUN = "partnerships.tasks.read_import", "partnerships.tasks.run_import"


def _upload(record: None, by: Actor, on: date, typed: dict[str, Any]) -> ImportRun:
    name = typed["file"].name
    file_format = typed["file_format"] or import_files.format_of(name)
    run = import_runs.upload(file=typed["file"], name=name, file_format=file_format, source=typed["source"], by=by)
    _ask(READ, run.pk)
    return run


def _start(record: ImportRun, by: Actor, on: date, typed: dict[str, Any]) -> ImportRun:
    run = import_runs.decide(run_id=record.pk, by=by, enter=True)
    _ask(RUN, run.pk)
    return run


def _resume(record: ImportRun, by: Actor, on: date, typed: dict[str, Any]) -> ImportRun:
    _ask(RUN if record.state == ImportState.RUNNING else READ, record.pk)
    return record


def _ask(task: str, run_id: int) -> None:
    """Without a broker the task runs here. Where a broker is away, the run waits for “Go on”."""
    try:
        current_app.tasks[task].delay(run_id)
    except OperationalError:
        logger.warning("no broker to take up an import", run=run_id)


UPLOAD = Deed(
    name="upload",
    verb="record.import",
    label=_("Import a file"),
    done=_("The file is kept. Look at what would become of its rows before anything goes in."),
    help=_("Nothing goes in before you have seen what would happen, row by row."),
    form=ImportForm,
    do=_upload,
)
START = Deed(
    name="start",
    verb="record.import",
    label=_("Let it in"),
    done=_("The rows go in."),
    help=_("What is on record is never changed. Rejected rows stay out; the report has them with the reason."),
    do=_start,
    fits=lambda record: record.state == ImportState.READY,
)
RESUME = Deed(
    name="resume",
    verb="record.import",
    label=_("Go on"),
    done=_("The work goes on behind the last row that is in."),
    do=_resume,
    fits=lambda record: record.state in (ImportState.RUNNING, ImportState.READING) and import_runs.is_silent(record),
)
DROP = Deed(
    name="drop",
    verb="record.import",
    label=_("Drop"),
    done=_("The file was dropped; nothing of it went in."),
    do=lambda record, by, on, typed: import_runs.decide(run_id=record.pk, by=by, enter=False),
    fits=lambda record: record.state == ImportState.READY,
    dangerous=True,
)


@admin.register(ImportRun)
class ImportRunAdmin(DeedsAdmin):
    deeds = (START, RESUME, DROP)
    new_deeds = (UPLOAD,)
    change_form_template = "admin/partnerships/import.html"
    list_display = ("name", "source", "state", "total", "done", "uploaded_at", "uploaded_by")
    list_filter = ("state",)
    list_select_related = ("uploaded_by",)
    fields = ("name", "format", "source", "state", "uploaded_by", "uploaded_at", "finished_at")

    def get_urls(self) -> list[URLPattern]:
        report = self.admin_site.admin_view(self.report_view)
        return [path("<int:pk>/report.csv", report, name="partnerships_importrun_report"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        run = self.get_object(request, object_id)
        shown = _shown(request, run) if isinstance(run, ImportRun) else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def report_view(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        run = self.get_object(request, str(pk))
        if run is None:
            raise Http404
        if not may(request, "record.import") and not self.has_view_permission(request, run):
            raise PermissionDenied
        lines = (line.encode() for line in transfer.report(run, gettext))
        name = f"import-{run.pk}-rejected.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _shown(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """The counts, one page of rows with their reasons, and how far the run is."""
    outcome = request.GET.get("outcome", "")
    rows = run.rows.order_by("line")
    if outcome in ImportOutcome.values:
        rows = rows.filter(outcome=outcome)
    counted = dict(run.rows.order_by().values_list("outcome").annotate(Count("pk")))
    page = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.why = transfer.reason(row, gettext)  # type: ignore[attr-defined]
    return {
        "run": run,
        "outcome": outcome if outcome in ImportOutcome.values else "",
        "counts": [(choice.value, choice.label, counted.get(choice.value, 0)) for choice in ImportOutcome],
        "page": page,
        "unusable": transfer.why_unusable(run, gettext),
        "at_work": run.state in (ImportState.READING, ImportState.RUNNING),
    }
