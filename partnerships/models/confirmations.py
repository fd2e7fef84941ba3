"""The yearly question to a party whether an affiliation is still active, and its one answer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.choices import ConfirmationAnswer
from partnerships.models.affiliations import Affiliation
from partnerships.models.jurisdictions import Jurisdiction


class Confirmation(models.Model):
    """One address of one party was asked, by a one-time link; the link is signed, not stored.

    ``request``: what is wrong in the words of who answers; it waits for staff, who settle it.
    """

    affiliation = models.ForeignKey(
        Affiliation, models.PROTECT, related_name="confirmations", verbose_name=Affiliation._meta.verbose_name
    )
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name=_("community"))
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=12)
    asked_on = models.DateField(_("asked on"))
    expires_on = models.DateField(_("last day of the link"))
    answer = models.CharField(_("answer"), max_length=12, choices=ConfirmationAnswer, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    request = models.TextField(_("what is wrong"), max_length=4000, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by = models.CharField(_("settled by"), max_length=200, blank=True)
    settlement = models.TextField(_("what was done"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("yearly confirmation")
        verbose_name_plural = _("yearly confirmations")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["affiliation", "email", "asked_on"], name="confirmation_asked_once_a_day"),
            models.CheckConstraint(condition=Q(expires_on__gte=F("asked_on")), name="confirmation_link_lives_a_day"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="confirmation_answer_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, settled_by="", settlement="")
                | (Q(settled_on__isnull=False, answered_on__isnull=False) & ~Q(settlement="") & ~Q(request="")),
                name="confirmation_settled_where_something_was_asked",
            ),
        ]
        indexes = [models.Index(fields=["affiliation", "asked_on"], name="confirmation_by_day")]

    def __str__(self) -> str:
        return f"{self.affiliation} – {self.jurisdiction}"
