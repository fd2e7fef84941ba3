"""Pairs of records that may be one, found in the background and kept until staff have looked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.affiliations import Affiliation
from partnerships.models.jurisdictions import Jurisdiction

_NO_AFFILIATIONS = Q(one_affiliation__isnull=True, other_affiliation__isnull=True)


class LikelyDuplicate(models.Model):
    """Two communities, or two affiliations, that are alike: why, and how much (0 to 100)."""

    one = models.ForeignKey(
        Jurisdiction, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("one community")
    )
    other = models.ForeignKey(
        Jurisdiction, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("other community")
    )
    one_affiliation = models.ForeignKey(
        Affiliation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("one affiliation")
    )
    other_affiliation = models.ForeignKey(
        Affiliation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("other affiliation")
    )
    score = models.PositiveSmallIntegerField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    found_on = models.DateField(_("found on"))
    dismissed_on = models.DateField(_("dismissed on"), null=True, blank=True)
    dismissed_by = models.CharField(_("dismissed by"), max_length=200, blank=True)
    dismissed_because = models.TextField(_("why they are two"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        ordering = ["-score", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(one__isnull=False, other__isnull=False, one__lt=F("other")) & _NO_AFFILIATIONS
                | Q(
                    one__isnull=True,
                    other__isnull=True,
                    one_affiliation__isnull=False,
                    other_affiliation__isnull=False,
                    one_affiliation__lt=F("other_affiliation"),
                ),
                name="likely_duplicate_of_two_in_one_order",
            ),
            models.UniqueConstraint(fields=["one", "other"], name="likely_duplicate_communities_once"),
            models.UniqueConstraint(
                fields=["one_affiliation", "other_affiliation"], name="likely_duplicate_affiliations_once"
            ),
            models.CheckConstraint(condition=Q(score__lte=100), name="likely_duplicate_score_in_percent"),
            models.CheckConstraint(
                condition=Q(dismissed_on__isnull=True, dismissed_because="")
                | (Q(dismissed_on__isnull=False) & ~Q(dismissed_because="")),
                name="likely_duplicate_dismissed_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["dismissed_on", "-score", "id"], name="likely_duplicate_list")]

    def __str__(self) -> str:
        if self.one is not None and self.other is not None:
            return f"{self.one.full_name} / {self.other.full_name}"
        return f"{self.one_affiliation} / {self.other_affiliation}"
