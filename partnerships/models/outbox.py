from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.choices import NoticeKind, NoticeState


class Notice(models.Model):
    """A message owed to someone because something happened; owed until delivered."""

    kind = models.CharField(_("kind"), max_length=24, choices=NoticeKind)
    unique_key = models.CharField(max_length=200, unique=True)
    email = models.EmailField(_("recipient"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    context = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=NoticeState, default=NoticeState.OWED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claim = models.CharField(max_length=36, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("owed since"), db_default=Now())

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=NoticeState.DELIVERED, delivered_at__isnull=False)
                | (~Q(state=NoticeState.DELIVERED) & Q(delivered_at__isnull=True)),
                name="notice_delivered_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.SENDING) | (Q(claimed_at__isnull=False) & ~Q(claim="")),
                name="notice_sending_is_claimed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=[NoticeState.OWED, NoticeState.SENDING]),
                name="notice_due",
            ),
            models.Index(fields=["subject_type", "subject_id"], name="notice_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.email}"
