from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.exceptions import Immutable
from partnerships.querysets.record import WrittenOnceQuerySet


class LedgerEntry(models.Model):
    """Who did what, when, to what: internal, append-only. The actor is named as text, so that the name stays."""

    at = models.DateTimeField(_("at"), db_default=Now())
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("who"), max_length=200)
    act = models.CharField(_("act"), max_length=40)
    subject_type = models.CharField(_("subject"), max_length=40)
    subject_id = models.CharField(max_length=40)
    was = models.CharField(_("was"), max_length=200, blank=True)
    now = models.CharField(_("now"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="ledger_by_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable("The ledger is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable("Nothing is removed from the ledger.")
