"""Filings: an agreement on its way into the registry, with its review."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.choices import FilingState, PartnerAnswer
from partnerships.models.agreements import Agreement, Terms
from partnerships.models.fields import partial_date_is_well_formed
from partnerships.models.jurisdictions import Jurisdiction

DECIDED_WITH_AGREEMENT = (FilingState.REGISTERED, FilingState.ANNULLED)


class Filing(Terms):
    """The submission of an agreement; private until it is registered."""

    state = models.CharField(_("state"), max_length=12, choices=FilingState, default=FilingState.DRAFT)
    agreement = models.OneToOneField(
        Agreement, models.PROTECT, null=True, blank=True, related_name="filing", verbose_name=_("agreement")
    )
    on_behalf_of = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="filings", verbose_name=_("filed for")
    )
    historical = models.BooleanField(_("entered from paper"), default=False)
    fictional = models.BooleanField(_("fictional example"), default=False)
    parties = models.ManyToManyField(Jurisdiction, through="partnerships.FilingParty", related_name="+")
    revision = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    saved_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    comment = models.TextField(_("what to change, or why"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DECIDED_WITH_AGREEMENT, agreement__isnull=False)
                | (~Q(state__in=DECIDED_WITH_AGREEMENT) & Q(agreement__isnull=True)),
                name="filing_registered_with_its_agreement",
            ),
            models.CheckConstraint(
                condition=~Q(state=FilingState.IN_REVIEW) | Q(taken_by__isnull=False),
                name="filing_in_review_has_a_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(FilingState.DRAFT, FilingState.WITHDRAWN)) | Q(submitted_at__isnull=False),
                name="filing_submitted_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(*DECIDED_WITH_AGREEMENT, FilingState.REJECTED))
                | (Q(decided_at__isnull=False) & ~Q(decided_by_name="")),
                name="filing_decided_by_someone",
            ),
            models.CheckConstraint(condition=Q(state__in=FilingState.values), name="filing_state_known"),
            models.CheckConstraint(
                condition=Q(term_end__isnull=True) | Q(perpetual=False),
                name="filing_term_or_perpetual",
                violation_error_message=_("An agreement that never expires has no end of term."),
            ),
            partial_date_is_well_formed("filing_signed_on_partial", "signed_on"),
            partial_date_is_well_formed("filing_effective_on_partial", "effective_on"),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="filing_queue"),
            models.Index(fields=["on_behalf_of", "state"], name="filing_by_community"),
        ]

    def __str__(self) -> str:
        return _("Filing %(id)s") % {"id": self.pk}

    @property
    def version(self) -> str:
        """Another one after every change."""
        return f"{self.pk}-{self.revision}-{self.state}-{self.saved_at.timestamp() * 1_000_000:.0f}"

    @property
    def is_editable(self) -> bool:
        return self.state in (FilingState.DRAFT, FilingState.RETURNED)


class FilingParty(models.Model):
    filing = models.ForeignKey(Filing, models.CASCADE, related_name="party_rows")
    position = models.PositiveSmallIntegerField(_("position"))
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "jurisdiction"], name="filing_party_once"),
            models.UniqueConstraint(fields=["filing", "position"], name="filing_position_once"),
        ]

    def __str__(self) -> str:
        return str(self.jurisdiction)


class ClaimedPair(models.Model):
    """Two communities about which a filing waits or is in review; a second filing is told so."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="claimed_pairs")
    first = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    second = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="pair_filed_once_at_a_time",
                violation_error_message=_("Another filing about these two communities is already waiting."),
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="claimed_pair_in_one_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.second_id}"


class Waiver(models.Model):
    """A registrar set a waivable finding aside, for a written reason."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="waivers")
    code = models.CharField(_("finding"), max_length=20)
    reason = models.TextField(_("reason"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "code"], name="waiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.code


class PartnerRequest(models.Model):
    """The other community was asked, by a one-time link, to confirm, correct or decline a filing."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="partner_requests")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=12)
    asked_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=12, choices=PartnerAnswer, blank=True)
    comment = models.TextField(_("comment"), max_length=4000, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "jurisdiction"], condition=Q(answer=""), name="partner_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="partner_answer_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing} – {self.jurisdiction}"
