from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.choices import DocumentRole
from partnerships.models.filings import Filing


class KeptDocuments(models.Manager["Document"]):
    """Documents that were not taken off their filing again."""

    def get_queryset(self) -> models.QuerySet[Document]:
        return super().get_queryset().filter(removed_at__isnull=True)


class Document(models.Model):
    """A file that proves an act; its content is known by its SHA-256 and never replaced."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="documents")
    role = models.CharField(_("what it is"), max_length=20, choices=DocumentRole)
    language = models.CharField(_("language"), max_length=12, blank=True)
    file = models.FileField(_("file"), upload_to="documents/%Y/%m/", max_length=300)
    original_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=40)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    public = models.BooleanField(_("public once registered"), default=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())

    #: Taken off an unregistered filing: no longer shown, never erased, because what was filed once is kept.
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeptDocuments()
    everything = models.Manager()  # noqa: DJ012

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "sha256"],
                condition=models.Q(removed_at__isnull=True),
                name="document_once_a_filing",
                violation_error_message=_("This file is already attached."),
            ),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_has_a_hash"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="document_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.original_name
