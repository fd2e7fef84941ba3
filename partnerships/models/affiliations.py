"""Affiliations: the lasting relationship of two communities, and the read models kept beside it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.choices import (
    OPEN_STANDINGS,
    AffiliationKind,
    Charter,
    MilestoneKind,
    StaffAct,
    Standing,
    Theme,
)
from partnerships.models.fields import ByteOrderedField, CountryField, PartialDateField, partial_date_is_well_formed
from partnerships.models.jurisdictions import Jurisdiction
from partnerships.querysets.affiliations import AffiliationQuerySet, SideQuerySet
from partnerships.querysets.record import WrittenOnceQuerySet


class Affiliation(models.Model):
    """Exactly two parties, stored in one order; what it is today follows from its agreements and staff acts."""

    number = models.CharField(_("number"), max_length=24, unique=True)
    serial = models.PositiveIntegerField(_("serial"), unique=True)
    first = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name=_("first party"))
    second = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name=_("second party"))
    kind = models.CharField(_("kind"), max_length=12, choices=AffiliationKind)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.IN_FORCE)
    since = PartialDateField(_("since"))
    ended = PartialDateField(_("ended"))
    term_end = models.DateField(_("agreed end of the term"), null=True, blank=True)
    perpetual = models.BooleanField(_("states that it never expires"), default=False)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    story = models.TextField(_("story"), max_length=5000, blank=True)
    last_confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    recognised_from = models.DateField(_("recognised from"), null=True, blank=True)
    recognised_until = models.DateField(_("recognised until (last day)"), null=True, blank=True)
    charter = models.CharField(_("charter"), max_length=8, choices=Charter, blank=True)
    fictional = models.BooleanField(_("fictional example"), default=False)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("merged into")
    )
    #: Whether another was merged into it; saves the look for most, which have none.
    joined = models.BooleanField(default=False, editable=False)
    changed_seq = models.PositiveBigIntegerField(_("last register entry"), default=0)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["serial"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="affiliation_parties_in_one_order",
                violation_error_message=_("A community cannot be its own partner; parties are stored in one order."),
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(standing__in=OPEN_STANDINGS),
                name="affiliation_open_once_per_pair",
                violation_error_message=_("These two communities already have an open affiliation."),
            ),
            models.CheckConstraint(condition=~Q(number=""), name="affiliation_has_a_number"),
            models.CheckConstraint(
                condition=Q(standing=Standing.ENDED) | Q(ended=""),
                name="affiliation_end_date_only_when_ended",
            ),
            models.CheckConstraint(condition=Q(kind__in=AffiliationKind.values), name="affiliation_kind_known"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="affiliation_standing_known"),
            models.CheckConstraint(
                condition=Q(recognised_from__isnull=False) | Q(recognised_until__isnull=True),
                name="affiliation_recognition_has_a_start",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | (~Q(successor=F("id")) & Q(standing=Standing.ANNULLED)),
                name="affiliation_merged_is_no_longer_listed",
            ),
            partial_date_is_well_formed("affiliation_since_partial", "since"),
            partial_date_is_well_formed("affiliation_ended_partial", "ended"),
        ]
        indexes = [
            models.Index(fields=["standing", "since", "id"], name="affiliation_by_since"),
            models.Index(fields=["since", "id"], name="affiliation_by_date"),
            models.Index(fields=["-changed_seq", "-id"], name="affiliation_by_change"),
            models.Index(fields=["first", "standing"], name="affiliation_by_first"),
            models.Index(fields=["second", "standing"], name="affiliation_by_second"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.standing in OPEN_STANDINGS

    @property
    def party_ids(self) -> tuple[int, int]:
        return (self.first_id, self.second_id)


class AffiliationSide(models.Model):
    """Read model: an affiliation as seen from one of its parties, so that every list by place is one index scan.

    Two rows an affiliation, kept by ``services.affiliations``; ``check_readmodels`` proves them.
    """

    affiliation = models.ForeignKey(Affiliation, models.CASCADE, related_name="sides")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="sides")
    country = models.CharField(max_length=2)
    subdivision = models.CharField(max_length=6, blank=True)
    partner = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    partner_country = models.CharField(max_length=2)
    partner_subdivision = models.CharField(max_length=6, blank=True)
    partner_folded = ByteOrderedField(max_length=200)
    kind = models.CharField(max_length=12, choices=AffiliationKind)
    standing = models.CharField(max_length=12, choices=Standing)
    is_open = models.BooleanField()
    since = PartialDateField()

    objects = SideQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["affiliation", "jurisdiction"], name="side_once")]
        indexes = [
            models.Index(fields=["country", "is_open", "since", "affiliation"], name="side_country_since"),
            models.Index(fields=["country", "is_open", "partner_folded", "affiliation"], name="side_country_name"),
            models.Index(
                fields=["country", "partner_country", "is_open", "since", "affiliation"], name="side_countries_since"
            ),
            models.Index(
                fields=["country", "partner_subdivision", "is_open", "since", "affiliation"], name="side_country_subdiv"
            ),
            models.Index(fields=["subdivision", "is_open", "since", "affiliation"], name="side_subdivision_since"),
            models.Index(fields=["jurisdiction", "is_open", "since", "affiliation"], name="side_jurisdiction_since"),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id}: {self.affiliation_id}"


class AffiliationTheme(models.Model):
    """Read model: the themes of an affiliation, for the filter."""

    affiliation = models.ForeignKey(Affiliation, models.CASCADE, related_name="theme_rows")
    theme = models.CharField(max_length=16, choices=Theme)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "affiliation"], name="theme_once")]

    def __str__(self) -> str:
        return self.theme


class Tally(models.Model):
    """Read model: how many affiliations a country (and subdivision) has, by partner country, kind and standing.

    Rows with an empty subdivision count the whole country; others one subdivision of it.
    """

    country = models.CharField(max_length=2)
    subdivision = models.CharField(max_length=6, blank=True)
    partner_country = models.CharField(max_length=2)
    kind = models.CharField(max_length=12)
    standing = models.CharField(max_length=12)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "subdivision", "partner_country", "kind", "standing"], name="tally_once"
            ),
        ]
        indexes = [
            models.Index(fields=["subdivision", "country"], name="tally_by_subdivision"),
            models.Index(fields=["partner_country", "subdivision"], name="tally_by_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.country}–{self.partner_country}: {self.count}"


class Period(models.Model):
    """What was true of an affiliation from a day up to (not including) another day."""

    affiliation = models.ForeignKey(Affiliation, models.CASCADE, related_name="periods")
    kind = models.CharField(_("kind"), max_length=12, choices=AffiliationKind)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing)
    from_date = models.DateField(_("from"), null=True, blank=True)
    to_date = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["from_date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(to_date__gt=F("from_date")),
                name="period_is_not_empty",
            ),
            models.UniqueConstraint(
                fields=["affiliation"], condition=Q(to_date__isnull=True), name="period_one_is_current"
            ),
            models.UniqueConstraint(fields=["affiliation", "from_date"], name="period_starts_once"),
        ]
        indexes = [
            # Holds all that a count as of a day asks for, in the order in which periods begin.
            models.Index(fields=["from_date", "to_date", "standing", "kind", "affiliation"], name="period_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.standing}: {self.from_date} – {self.to_date}"


class StaffDecision(models.Model):
    """Staff made an affiliation emeritus, or active again, for a written reason."""

    affiliation = models.ForeignKey(Affiliation, models.PROTECT, related_name="staff_decisions")
    act = models.CharField(_("act"), max_length=12, choices=StaffAct)
    on = PartialDateField(_("from"))
    reason = models.TextField(_("reason"), max_length=2000)
    by_name = models.CharField(_("by"), max_length=200)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="staff_decision_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.affiliation}: {self.act}"


class Exclusion(models.Model):
    """Staff exclude an affiliation from recognition for a time, with a reason; the last day is included."""

    affiliation = models.ForeignKey(Affiliation, models.PROTECT, related_name="exclusions")
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("to (last day)"), null=True, blank=True)
    reason = models.TextField(_("reason (public)"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("exclusion from recognition")
        verbose_name_plural = _("exclusions from recognition")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="exclusion_has_a_reason"),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="exclusion_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.affiliation}: {self.from_date} – {self.to_date}"


class Milestone(models.Model):
    """A dated event in the life of an affiliation."""

    affiliation = models.ForeignKey(Affiliation, models.PROTECT, related_name="milestones")
    kind = models.CharField(_("kind"), max_length=16, choices=MilestoneKind)
    on = PartialDateField(_("date"), blank=False)
    text = models.TextField(_("what happened"), max_length=2000)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    country_of_place = CountryField(_("country where it happened"), blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(on=""), name="milestone_has_a_date"),
            partial_date_is_well_formed("milestone_on_partial", "on"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.text[:60]}"
