from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.choices import SubscriptionSubject


class Subscription(models.Model):
    """An address that follows an affiliation, a community or a country; nothing is sent before it is confirmed."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=12)
    subject_type = models.CharField(_("what is followed"), max_length=12, choices=SubscriptionSubject)
    subject_id = models.CharField(max_length=24)
    created_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["email", "subject_type", "subject_id"],
                condition=models.Q(unsubscribed_at__isnull=True),
                name="subscription_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"
