"""Programs and their cycles, with the rules of a cycle as data."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.choices import AffiliationKind
from partnerships.models.fields import PartialDateField, partial_date_is_well_formed, partial_dates_in_order
from programs.choices import BackerRole, BandMeasure, CycleState
from programs.querysets.cycles import CycleQuerySet

SOME_MONEY = MinValueValidator(Decimal("0.01"), _("Write an amount above zero, or leave it empty."))


class Program(models.Model):
    """A program of the registry's organisation; ``kind`` names the file under ``kinds/`` that says what differs."""

    slug = models.SlugField(_("name in addresses"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("what it is, in one sentence"), max_length=300)
    description = models.TextField(_("description"), max_length=10_000, blank=True)
    since = PartialDateField(_("since"))
    ended = PartialDateField(_("ended"))
    website = models.URLField(_("web site"), blank=True)
    published = models.BooleanField(_("public"), default=False)
    fictional = models.BooleanField(_("fictional example"), default=False)

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="program_has_a_kind"),
            models.CheckConstraint(condition=Q(slug__regex=r"^[a-z0-9-]+$"), name="program_slug_plain"),
            partial_date_is_well_formed("program_since_partial", "since"),
            partial_date_is_well_formed("program_ended_partial", "ended"),
            partial_dates_in_order(
                "program_ends_after_it_begins", "since", "ended", _("It cannot have ended before it began.")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Cycle(models.Model):
    """One run of a program: a year, a grant, a cohort. Its dates and rules are its own.

    ``opens_at`` and ``closes_at`` are instants; ``time_zone`` is where they were set and where its days are counted.
    The
    call takes applications from the first, up to and without the second. ``committed`` is the money awarded so far,
    kept by ``services.grants`` so that the database itself refuses what the budget does not hold.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="cycles", verbose_name=_("program"))
    slug = models.SlugField(_("name in addresses"), max_length=24)
    name = models.CharField(_("name"), max_length=120)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=10_000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CycleState, default=CycleState.DRAFT)
    time_zone = models.CharField(_("time zone"), max_length=50, default="America/New_York")
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    starts_on = PartialDateField(_("begins"))
    ends_on = PartialDateField(_("ends"))
    report_due_on = models.DateField(_("reports are due"), null=True, blank=True)
    retention_until = models.DateField(_("personal data are kept until"), null=True, blank=True)

    needs_good_standing = models.BooleanField(_("only members in good standing"), default=True)
    needs_recognised = models.BooleanField(_("only with a recognised affiliation"), default=False)
    affiliation_kind = models.CharField(_("kind of affiliation"), max_length=12, choices=AffiliationKind, blank=True)
    countries = models.JSONField(_("partner's country is one of (none: any)"), default=list, blank=True)
    age_from = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("oldest age (included)"), null=True, blank=True)
    ages_on = models.DateField(_("age counted on (none: the day of closing)"), null=True, blank=True)
    currency = models.CharField(
        _("currency (ISO 4217)"),
        max_length=3,
        default="USD",
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Write the currency as three letters, such as USD."))],
    )
    budget = models.DecimalField(
        _("budget"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[SOME_MONEY]
    )
    cap_per_pair = models.DecimalField(
        _("most for one pair"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[SOME_MONEY]
    )
    committed = models.DecimalField(_("awarded so far"), max_digits=14, decimal_places=2, default=0, editable=False)
    rules = models.JSONField(_("further rules"), default=dict, blank=True)

    historical = models.BooleanField(_("entered from the record"), default=False)
    fictional = models.BooleanField(_("fictional example"), default=False)
    outcome = models.TextField(_("outcome, in words"), max_length=10_000, blank=True)
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=2000, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["program", "-slug"]
        constraints = [
            models.UniqueConstraint(fields=["program", "slug"], name="cycle_once_a_program"),
            models.CheckConstraint(condition=Q(slug__regex=r"^[a-z0-9-]+$"), name="cycle_slug_plain"),
            models.CheckConstraint(condition=Q(state__in=CycleState.values), name="cycle_state_known"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="cycle_closes_after_it_opens",
                violation_error_message=_("The call has to close after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CycleState.DRAFT, CycleState.CANCELLED])
                | Q(historical=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="cycle_announced_with_its_instants",
                violation_error_message=_("A call is announced with the instants at which it opens and closes."),
            ),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
                name="cycle_ages_in_order",
                violation_error_message=_("The oldest age has to be at least the youngest."),
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(committed__lte=F("budget")),
                name="cycle_within_its_budget",
                violation_error_message=_("The budget of this cycle does not hold this."),
            ),
            models.CheckConstraint(condition=Q(committed__gte=0), name="cycle_committed_not_negative"),
            models.CheckConstraint(
                condition=Q(cap_per_pair__isnull=True) | Q(cap_per_pair__gt=0), name="cycle_cap_is_some_money"
            ),
            models.CheckConstraint(
                condition=~Q(state=CycleState.CANCELLED) | ~Q(cancelled_because=""), name="cycle_cancelled_with_reason"
            ),
            partial_date_is_well_formed("cycle_starts_partial", "starts_on"),
            partial_date_is_well_formed("cycle_ends_partial", "ends_on"),
            partial_dates_in_order(
                "cycle_ends_after_it_begins", "starts_on", "ends_on", _("It cannot end before it begins.")
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gt=0), name="cycle_budget_is_some_money"
            ),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="cycle_currency_has_a_code"),
        ]
        indexes = [
            models.Index(fields=["state", "closes_at"], name="cycle_by_closing"),
            models.Index(fields=["program", "starts_on"], name="cycle_by_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Backer(models.Model):
    """An organisation that funds, administers or is a partner of a program, a cycle, or one category of it."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="backers")
    cycle = models.ForeignKey(Cycle, models.CASCADE, null=True, blank=True, related_name="backers")
    category = models.ForeignKey("programs.Category", models.CASCADE, null=True, blank=True, related_name="backers")
    name = models.CharField(_("organisation"), max_length=200)
    role = models.CharField(_("role"), max_length=14, choices=BackerRole)
    website = models.URLField(_("web site"), blank=True)

    class Meta:
        verbose_name = _("sponsor or partner")
        verbose_name_plural = _("sponsors and partners")
        ordering = ["role", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=BackerRole.values), name="backer_role_known"),
            models.CheckConstraint(condition=~Q(name=""), name="backer_has_a_name"),
            models.CheckConstraint(
                condition=Q(category__isnull=True) | Q(cycle__isnull=False), name="backer_of_a_category_names_its_cycle"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """What entries or applications of a cycle compete in, or a sector that a grant supports."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="categories")
    code = models.SlugField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="category_once_a_cycle"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="category_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Band(models.Model):
    """A half-open range of populations or ages: from ``low``, up to and without ``high`` (none: without end).

    Of one cycle and measure no two overlap; a trigger refuses what ``services.cycles`` would (migration 0006).
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="bands")
    measure = models.CharField(_("measure"), max_length=10, choices=BandMeasure)
    name = models.CharField(_("name"), max_length=80)
    low = models.PositiveBigIntegerField(_("from"))
    high = models.PositiveBigIntegerField(_("up to (not included)"), null=True, blank=True)

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        ordering = ["measure", "low"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "measure", "low"], name="band_begins_once"),
            models.CheckConstraint(condition=Q(measure__in=BandMeasure.values), name="band_measure_known"),
            models.CheckConstraint(
                condition=Q(high__isnull=True) | Q(high__gt=F("low")),
                name="band_is_not_empty",
                violation_error_message=_("The end of a band has to be more than its beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """At most so many entries that agree in everything that ``per`` names (codes of ``QuotaPer``)."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="quotas")
    per = models.JSONField(_("counted per"), default=list)
    most = models.PositiveIntegerField(_("most"))

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(most__gte=1), name="quota_allows_something")]

    def __str__(self) -> str:
        return f"{self.most} / {', '.join(self.per)}"


class Criterion(models.Model):
    """What jurors or a panel judge: 0 to ``most`` points, counted with ``weight``."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="criteria")
    name = models.CharField(_("criterion"), max_length=120)
    help = models.CharField(_("what to look at"), max_length=500, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=3, default=1)
    most = models.PositiveSmallIntegerField(_("most points"), default=10)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "name"], name="criterion_once_a_cycle"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_has_weight"),
            models.CheckConstraint(condition=Q(most__gte=1), name="criterion_gives_points"),
        ]

    def __str__(self) -> str:
        return self.name
