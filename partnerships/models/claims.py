"""What sources say of affiliations, each with its source and date, and where they disagree."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.choices import ClaimFact, ConflictState, EvidenceGrade
from partnerships.models.affiliations import Affiliation
from partnerships.models.fields import ByteOrderedField, PartialDateField, partial_date_is_well_formed
from partnerships.models.jurisdictions import Jurisdiction


class Claim(models.Model):
    """One source says one thing of one affiliation. Kept for good; it never changes what is on record.

    ``value`` is a partial date, a word of the fact's list, or for a partner the id of the community.
    """

    affiliation = models.ForeignKey(
        Affiliation, models.PROTECT, related_name="claims", verbose_name=Affiliation._meta.verbose_name
    )
    fact = models.CharField(_("fact"), max_length=12, choices=ClaimFact)
    value = ByteOrderedField(_("what the source says"), max_length=40)
    #: Of a claim of the partner: the other of the two communities that the source names.
    partner_of = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner of")
    )
    source = models.CharField(_("source"), max_length=500)
    source_url = models.CharField(_("address of the source"), max_length=500, blank=True)
    stated_on = PartialDateField(_("when the source said so"))
    recorded_on = models.DateField(_("recorded on"))
    evidence = models.CharField(_("evidence"), max_length=12, choices=EvidenceGrade, default=EvidenceGrade.IMPORTED)
    note = models.CharField(_("note"), max_length=500, blank=True)
    #: Written by staff who found the claim wrong; it stays, and no longer counts.
    disputed_because = models.TextField(_("why it is disputed"), max_length=2000, blank=True)
    #: SHA-256 of affiliation, fact, value, source and address: a claim told twice is one claim.
    key = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("claim of a source")
        verbose_name_plural = _("claims of sources")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(fact__in=ClaimFact.values), name="claim_fact_known"),
            models.CheckConstraint(condition=~Q(value=""), name="claim_says_something"),
            models.CheckConstraint(condition=~Q(source=""), name="claim_has_a_source"),
            models.CheckConstraint(condition=~Q(key=""), name="claim_has_a_key"),
            models.CheckConstraint(
                condition=Q(partner_of__isnull=True) | Q(fact=ClaimFact.PARTNER), name="claim_partner_of_somebody"
            ),
            partial_date_is_well_formed("claim_stated_on_partial", "stated_on"),
        ]
        indexes = [
            models.Index(fields=["affiliation", "fact"], name="claim_by_affiliation"),
            models.Index(fields=["fact", "value"], condition=~Q(disputed_because=""), name="claim_disputed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_fact_display()}: {self.value} ({self.source})"


class Conflict(models.Model):
    """Sources disagree about one fact of one affiliation, among each other or with the record.

    ``settled_as`` holds from the day staff settled it and is part of the record, whatever sources say later;
    ``settled_end`` is the date of the end where the standing was settled as ended.
    """

    affiliation = models.ForeignKey(
        Affiliation, models.PROTECT, related_name="conflicts", verbose_name=Affiliation._meta.verbose_name
    )
    fact = models.CharField(_("fact"), max_length=12, choices=ClaimFact)
    state = models.CharField(_("state"), max_length=12, choices=ConflictState, default=ConflictState.OPEN)
    values = models.JSONField(_("what is said"), default=list)
    opened_on = models.DateField(_("noticed on"))
    settled_as = ByteOrderedField(_("settled as"), max_length=40, blank=True)
    settled_end = PartialDateField(_("ended"))
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    class Meta:
        verbose_name = _("disagreement of sources")
        verbose_name_plural = _("disagreements of sources")
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["affiliation", "fact"], name="conflict_once_a_fact"),
            models.CheckConstraint(condition=Q(fact__in=ClaimFact.values), name="conflict_fact_known"),
            models.CheckConstraint(condition=Q(state__in=ConflictState.values), name="conflict_state_known"),
            models.CheckConstraint(
                condition=Q(state=ConflictState.OPEN)
                | (Q(decided_on__isnull=False) & ~Q(reason="") & ~Q(decided_by="")),
                name="conflict_decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(settled_end="") | Q(settled_as="ended"), name="conflict_end_only_when_ended"
            ),
            partial_date_is_well_formed("conflict_settled_end_partial", "settled_end"),
        ]
        indexes = [models.Index(fields=["state", "-opened_on", "-id"], name="conflict_list")]

    def __str__(self) -> str:
        return f"{self.affiliation}: {self.get_fact_display()}"
