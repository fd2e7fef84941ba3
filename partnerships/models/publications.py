"""What is worked out from the whole record in the background: statistics, and the files of the open data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.choices import PublicationKind


class Publication(models.Model):
    """One computation, stamped with the state of the record that it shows; in the making until it is finished.

    ``content``: of statistics the tables, of open data the files with their sizes and hashes. ``release`` is the
    digest of the code, so that a better method is published without waiting for a new entry.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=PublicationKind)
    register_seq = models.PositiveBigIntegerField(_("register entry"), default=0)
    register_hash = models.CharField(_("hash of the entry"), max_length=64, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    release = models.CharField(max_length=16, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    content = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-finished_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(finished_at__isnull=True), name="publication_one_in_the_making"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=PublicationKind.values), name="publication_kind_known"),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True)
                | (models.Q(day__isnull=False) & ~models.Q(register_hash="")),
                name="publication_finished_with_a_stamp",
            ),
        ]
        indexes = [models.Index(fields=["kind", "-finished_at"], name="publication_latest")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.register_seq}"
