from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.choices import SignatoryCapacity
from partnerships.models.fields import ByteOrderedField, PartialDateField, partial_date_is_well_formed
from partnerships.models.filings import Filing
from partnerships.models.jurisdictions import Jurisdiction


class Signatory(models.Model):
    """A person who signed for a party; frozen with the agreement."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="signatories")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name=_("signed for"))
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=200)
    office = models.CharField(_("office"), max_length=200, blank=True)
    capacity = models.CharField(_("capacity"), max_length=16, choices=SignatoryCapacity)
    signed_on = PartialDateField(_("signed on"))

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="signatory_has_a_name"),
            partial_date_is_well_formed("signatory_signed_on_partial", "signed_on"),
        ]

    def __str__(self) -> str:
        return self.name


class SignatoryWord(models.Model):
    """Read model of search: each word of the name of somebody who signed a registered agreement, folded."""

    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="words")
    word = ByteOrderedField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "signatory"], name="word_once_per_signatory")]

    def __str__(self) -> str:
        return self.word
