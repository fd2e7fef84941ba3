"""Files that staff import: what would become of each row, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.choices import ImportFormat, ImportOutcome, ImportState


class ImportRun(models.Model):
    """One file on its way into the record. ``last_line`` is the line up to which rows are in."""

    file = models.FileField(_("file"), upload_to="imports/%Y/%m/", max_length=300)
    name = models.CharField(_("name of the file"), max_length=200)
    format = models.CharField(_("format"), max_length=16, choices=ImportFormat)
    source = models.CharField(_("source"), max_length=500)
    state = models.CharField(_("state"), max_length=12, choices=ImportState, default=ImportState.READING)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    #: When a worker last said that it is at work.
    beat_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    last_line = models.PositiveIntegerField(default=0, editable=False)
    passed_over = models.JSONField(_("columns passed over"), default=list, blank=True)
    #: Why the file cannot be used: code and parameters of ``transfer.unusable``.
    unusable = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(condition=models.Q(done__lte=models.F("total")), name="import_done_of_all"),
            models.CheckConstraint(condition=~models.Q(source=""), name="import_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """What becomes of one row, as the preview says until the row is in; ``said`` are the parameters of the reason."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField(_("line"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=ImportOutcome)
    one = models.CharField(max_length=260, blank=True)
    other = models.CharField(max_length=260, blank=True)
    number = models.CharField(_("affiliation"), max_length=24, blank=True)
    code = models.CharField(_("reason"), max_length=20, blank=True)
    column = models.CharField(_("column"), max_length=20, blank=True)
    said = models.JSONField(default=dict, blank=True)
    cells = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "outcome", "line"], name="import_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.run}: {self.line}"
