from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.affiliations import Affiliation


class ComplianceRule(models.Model):
    """A law that restricts partner countries of a subdivision (domain 2.7). The registry flags; it never decides."""

    subdivision = models.CharField(_("subdivision (ISO 3166-2)"), max_length=6)
    countries = models.JSONField(_("countries (ISO 3166-1)"), default=list)
    from_date = models.DateField(_("in force from"), null=True, blank=True)
    to_date = models.DateField(_("in force to (last day)"), null=True, blank=True)
    citation = models.CharField(_("citation"), max_length=200)
    summary = models.TextField(_("what it says"), max_length=2000)

    class Meta:
        verbose_name = _("compliance rule")
        verbose_name_plural = _("compliance rules")
        ordering = ["subdivision", "from_date"]
        constraints = [
            models.CheckConstraint(condition=~Q(citation=""), name="compliance_rule_is_cited"),
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="compliance_rule_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subdivision}: {self.citation}"


class ComplianceLetter(models.Model):
    """A draft to the community at home about a rule that touches one of its affiliations; nobody sends it but staff."""

    rule = models.ForeignKey(ComplianceRule, models.PROTECT, related_name="letters", verbose_name=_("rule"))
    affiliation = models.ForeignKey(Affiliation, models.PROTECT, related_name="+", verbose_name=_("affiliation"))
    text = models.TextField(_("text"), max_length=10_000)
    drafted_on = models.DateField(_("drafted on"))
    drafted_by = models.CharField(_("drafted by"), max_length=200)

    class Meta:
        verbose_name = _("draft of a letter")
        verbose_name_plural = _("drafts of letters")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "affiliation"], name="compliance_letter_once"),
            models.CheckConstraint(condition=~Q(text=""), name="compliance_letter_has_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.affiliation}: {self.rule}"
