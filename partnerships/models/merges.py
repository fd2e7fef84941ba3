"""Merges: two records that were one all along, with all that it takes to part them again."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.affiliations import Affiliation
from partnerships.models.jurisdictions import Jurisdiction


class Merge(models.Model):
    """Two communities, or two affiliations, became one record. ``moved`` says what changed, row by row, for undoing."""

    gone = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("merged community")
    )
    kept = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("into community")
    )
    gone_affiliation = models.ForeignKey(
        Affiliation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("merged affiliation")
    )
    kept_affiliation = models.ForeignKey(
        Affiliation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("into affiliation")
    )
    reason = models.TextField(_("reason"), max_length=2000)
    merged_on = models.DateField(_("merged on"))
    merged_by = models.CharField(_("merged by"), max_length=200)
    moved = models.JSONField(_("what changed"), default=dict, encoder=DjangoJSONEncoder)
    undone_on = models.DateField(_("undone on"), null=True, blank=True)
    undone_by = models.CharField(_("undone by"), max_length=200, blank=True)
    undone_because = models.TextField(_("why it was undone"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    gone__isnull=False,
                    kept__isnull=False,
                    gone_affiliation__isnull=True,
                    kept_affiliation__isnull=True,
                )
                | Q(
                    gone__isnull=True,
                    kept__isnull=True,
                    gone_affiliation__isnull=False,
                    kept_affiliation__isnull=False,
                ),
                name="merge_of_communities_or_of_affiliations",
            ),
            models.CheckConstraint(
                condition=(Q(gone__isnull=True) | ~Q(gone=F("kept")))
                & (Q(gone_affiliation__isnull=True) | ~Q(gone_affiliation=F("kept_affiliation"))),
                name="merge_of_two",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_a_reason"),
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_on__isnull=True), name="merge_community_once"),
            models.UniqueConstraint(
                fields=["gone_affiliation"], condition=Q(undone_on__isnull=True), name="merge_affiliation_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True, undone_because="")
                | (Q(undone_on__isnull=False) & ~Q(undone_because="")),
                name="merge_undone_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        if self.gone_affiliation is not None:
            return f"{self.gone_affiliation} → {self.kept_affiliation}"
        return f"{self.gone} → {self.kept}"
