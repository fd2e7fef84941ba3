"""What was promised, what was paid, and what came of it, with who says so."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.models.fields import PartialDateField, partial_date_is_well_formed
from programs.choices import DeliverableState, TrancheState
from programs.models.participations import Activity, Attachment, Participation
from programs.models.programs import Cycle


class Deliverable(models.Model):
    """Something that a participation promised: a report, a video dictionary, a milestone of a grant.

    ``missing`` says why it was sent back, until it is delivered again.
    """

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="deliverables")
    title = models.CharField(_("what is promised"), max_length=200)
    text = models.TextField(_("description"), max_length=3000, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=DeliverableState, default=DeliverableState.PROMISED)
    delivered_on = models.DateField(_("delivered"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=3000, blank=True)
    missing = models.TextField(_("what is missing"), max_length=2000, blank=True)
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    url = models.URLField(_("where it can be seen"), blank=True)
    public = models.BooleanField(_("public"), default=True)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="deliverable_has_a_title"),
            models.CheckConstraint(
                condition=Q(state=DeliverableState.PROMISED, delivered_on__isnull=True, accepted_on__isnull=True)
                | Q(state=DeliverableState.DELIVERED, delivered_on__isnull=False, accepted_on__isnull=True)
                | Q(state=DeliverableState.ACCEPTED, delivered_on__isnull=False, accepted_on__isnull=False),
                name="deliverable_dates_follow_its_state",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("delivered_on")),
                name="deliverable_accepted_after_it_was_delivered",
                violation_error_message=_("It cannot be accepted before it was delivered."),
            ),
            models.CheckConstraint(
                condition=Q(missing="") | Q(state=DeliverableState.PROMISED), name="deliverable_missing_while_promised"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="deliverable_by_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def kept_file(self) -> Attachment | None:
        """What was attached, as long as it is kept; of ``select_related("attachment")`` without a statement."""
        found = self.attachment
        return found if found and found.removed_at is None and found.erased_at is None else None


class Tranche(models.Model):
    """A part of an award, paid at once; one that hangs on a deliverable is paid when that was accepted."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="tranches")
    position = models.PositiveSmallIntegerField(_("position"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    deliverable = models.ForeignKey(Deliverable, models.PROTECT, null=True, blank=True, related_name="tranches")
    state = models.CharField(_("state"), max_length=8, choices=TrancheState, default=TrancheState.PLANNED)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    reference = models.CharField(_("reference of the payment"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("tranche")
        verbose_name_plural = _("tranches")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "position"], name="tranche_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_is_some_money"),
            models.CheckConstraint(
                condition=Q(state=TrancheState.PLANNED, paid_on__isnull=True)
                | Q(state=TrancheState.PAID, paid_on__isnull=False),
                name="tranche_paid_with_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state=TrancheState.PLANNED) | ~Q(reference=""), name="tranche_paid_with_a_reference"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.amount}"


class Result(models.Model):
    """A figure with its provenance (domain section 7). Figures of another unit, or claimed and verified, never add up.

    ``measure`` names what is counted, so that the same measure can be compared across participations; ``group`` of
    whom.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="results")
    participation = models.ForeignKey(Participation, models.PROTECT, null=True, blank=True, related_name="results")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="results")
    measure = models.CharField(_("what is counted"), max_length=120)
    group = models.CharField(_("of whom"), max_length=120, blank=True)
    value = models.DecimalField(
        _("value"),
        max_digits=18,
        decimal_places=2,
        validators=[MinValueValidator(0, _("A result is a number from zero upwards."))],
    )
    approximate = models.BooleanField(_("approximate"), default=False)
    unit = models.CharField(_("unit"), max_length=40)
    on = PartialDateField(_("as of"), blank=False)
    claimed_by = models.CharField(_("claimed by"), max_length=200)
    method = models.CharField(_("how it was found"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("address of the source"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by_name = models.CharField(_("verified by"), max_length=200, blank=True)
    verified_how = models.CharField(_("how it was verified"), max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)
    fictional = models.BooleanField(_("fictional example"), default=False)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["measure", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(measure="") & ~Q(unit="") & ~Q(claimed_by="") & ~Q(source="") & ~Q(on=""),
                name="result_has_its_provenance",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by_name="")
                | (Q(verified_at__isnull=False) & ~Q(verified_by_name="") & ~Q(verified_how="")),
                name="result_verified_by_somebody_somehow",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""), name="result_withdrawn_with_reason"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="result_not_negative"),
            models.CheckConstraint(
                condition=Q(activity__isnull=True) | Q(participation__isnull=False),
                name="result_of_an_activity_names_its_participation",
            ),
            partial_date_is_well_formed("result_on_partial", "on"),
        ]
        indexes = [
            models.Index(fields=["cycle", "measure", "unit"], name="result_by_cycle"),
            models.Index(fields=["participation", "measure"], name="result_by_participation"),
            models.Index(fields=["measure", "id"], name="result_by_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value} {self.unit}"
