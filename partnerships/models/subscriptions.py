from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.choices import Frequency, SubscriptionSubject


class Subscription(models.Model):
    """An address that follows a part of the register; nothing is told before it is confirmed.

    Whoever stops following is forgotten: the row is erased. ``told_seq``: the register up to this entry was told, or
    came before.
    """

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=12)
    subject_type = models.CharField(_("what is followed"), max_length=12, choices=SubscriptionSubject)
    subject_id = models.CharField(max_length=24, blank=True)
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency, default=Frequency.AT_ONCE)
    created_at = models.DateTimeField(_("asked"), db_default=Now())
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    told_seq = models.PositiveBigIntegerField(_("told up to entry"), default=0)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["email", "subject_type", "subject_id"], name="subscription_once"),
            models.CheckConstraint(
                condition=Q(subject_type="everything", subject_id="")
                | (Q(subject_type__in=["affiliation", "jurisdiction", "country"]) & ~Q(subject_id="")),
                name="subscription_has_a_subject",
            ),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="subscription_frequency_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(told_seq=0), name="subscription_told_once_confirmed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["frequency", "told_seq"], condition=Q(confirmed_at__isnull=False), name="subscription_due"
            ),
            models.Index(fields=["created_at"], condition=Q(confirmed_at__isnull=True), name="subscription_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}".strip()
