"""Participations: a community, or a pair of them, in one cycle; what it does there, and the files it hands in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.models import Affiliation, Jurisdiction
from partnerships.models.fields import (
    CountryField,
    PartialDateField,
    partial_date_is_well_formed,
    partial_dates_in_order,
)
from partnerships.rules.files import PICTURES
from programs.choices import (
    ActivityKind,
    ActivityState,
    AttachmentRole,
    ParticipationRole,
    ParticipationState,
)
from programs.models.programs import Band, Category, Cycle
from programs.querysets.participations import ParticipationQuerySet


class Participation(models.Model):
    """An application until it is decided, and what comes of it after; ``detail`` holds what its kind asks beside.

    ``awarded`` and ``paid`` are in the currency of the cycle and kept by ``services.grants``.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="participations", verbose_name=_("cycle"))
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="participations", verbose_name=_("community")
    )
    affiliation = models.ForeignKey(
        Affiliation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("affiliation"),
    )
    role = models.CharField(_("role"), max_length=12, choices=ParticipationRole, default=ParticipationRole.APPLICANT)
    state = models.CharField(_("state"), max_length=10, choices=ParticipationState, default=ParticipationState.DRAFT)
    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.TextField(_("summary (public once accepted)"), max_length=5000, blank=True)
    detail = models.JSONField(_("further details"), default=dict, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    band = models.ForeignKey(Band, models.PROTECT, null=True, blank=True, related_name="+")
    asked = models.DecimalField(_("money asked for"), max_digits=14, decimal_places=2, null=True, blank=True)
    awarded = models.DecimalField(_("money awarded"), max_digits=14, decimal_places=2, null=True, blank=True)
    paid = models.DecimalField(_("money paid"), max_digits=14, decimal_places=2, default=0, editable=False)
    fictional = models.BooleanField(_("fictional example"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    saved_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    decided_by_name = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    comment = models.TextField(_("words to the applicant"), max_length=4000, blank=True)
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ParticipationState.values), name="participation_state_known"),
            models.CheckConstraint(condition=Q(role__in=ParticipationRole.values), name="participation_role_known"),
            models.CheckConstraint(
                condition=Q(state__in=[ParticipationState.DRAFT, ParticipationState.WITHDRAWN])
                | Q(submitted_at__isnull=False),
                name="participation_handed_in_with_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        ParticipationState.FINALIST,
                        ParticipationState.ACCEPTED,
                        ParticipationState.DECLINED,
                        ParticipationState.COMPLETED,
                    ]
                )
                | Q(decided_at__isnull=False),
                name="participation_decided_with_a_date",
            ),
            models.CheckConstraint(
                condition=Q(awarded__isnull=True) | Q(awarded__gt=0), name="participation_award_is_some_money"
            ),
            models.CheckConstraint(
                condition=Q(awarded__isnull=True)
                | Q(state__in=[ParticipationState.ACCEPTED, ParticipationState.COMPLETED]),
                name="participation_awarded_only_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | Q(asked__gt=0), name="participation_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(paid=0) | Q(awarded__isnull=False, paid__lte=F("awarded")),
                name="participation_paid_within_award",
                violation_error_message=_("The award does not hold this payment."),
            ),
            models.CheckConstraint(condition=Q(paid__gte=0), name="participation_paid_not_negative"),
        ]
        indexes = [
            models.Index(fields=["cycle", "state", "id"], name="participation_by_cycle"),
            models.Index(fields=["jurisdiction", "state", "id"], name="participation_by_community"),
            models.Index(fields=["affiliation", "state", "id"], name="participation_by_tie"),
            models.Index(fields=["state", "submitted_at"], name="participation_queue"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.jurisdiction}: {self.cycle}"


class PairGrant(models.Model):
    """The money that one pair has been awarded in a cycle, so that the database refuses more than the cap."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="pair_grants")
    affiliation = models.ForeignKey(Affiliation, models.PROTECT, related_name="+")
    cap = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    committed = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "affiliation"], name="pair_grant_once"),
            models.CheckConstraint(
                condition=Q(cap__isnull=True) | Q(committed__lte=F("cap")), name="pair_grant_within_its_cap"
            ),
            models.CheckConstraint(condition=Q(committed__gte=0), name="pair_grant_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.affiliation_id}: {self.committed}"


class Activity(models.Model):
    """Something that happens at a place or on a day: a concert, a leg of a journey, a session, a project.

    With an instant (``starts_at``) its days are counted in its own ``time_zone``; without, a partial date says what is
    known. Public once its participation is, unless ``public`` is off.
    """

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="activities")
    kind = models.CharField(_("kind"), max_length=12, choices=ActivityKind)
    state = models.CharField(_("state"), max_length=10, choices=ActivityState, default=ActivityState.PLANNED)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("description"), max_length=5000, blank=True)
    starts_at = models.DateTimeField(_("begins at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(_("time zone of the place"), max_length=50, blank=True)
    starts_on = PartialDateField(_("first day"))
    ends_on = PartialDateField(_("last day"))
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    host = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host community")
    )
    country = CountryField(_("country"), blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    url = models.URLField(_("stream or web page"), blank=True)
    detail = models.JSONField(_("further details"), default=dict, blank=True)
    public = models.BooleanField(_("public"), default=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["starts_on", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="activity_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activity_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="activity_state_known"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | ~Q(time_zone=""), name="activity_instant_has_a_zone"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="activity_ends_after_it_begins",
                violation_error_message=_("It has to end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="activity_coordinates_on_earth",
            ),
            partial_date_is_well_formed("activity_starts_partial", "starts_on"),
            partial_date_is_well_formed("activity_ends_partial", "ends_on"),
            partial_dates_in_order(
                "activity_days_in_order", "starts_on", "ends_on", _("It cannot end before it begins.")
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "starts_on", "id"], name="activity_by_day"),
            models.Index(fields=["starts_on", "id"], name="activity_by_start"),
            models.Index(fields=["country", "kind"], name="activity_by_country"),
        ]

    def __str__(self) -> str:
        return self.title


class KeptAttachments(models.Manager["Attachment"]):
    """Files that were not taken off again, and whose content was not erased."""

    def get_queryset(self) -> models.QuerySet[Attachment]:
        return super().get_queryset().filter(removed_at__isnull=True, erased_at__isnull=True)


class Attachment(models.Model):
    """A file of a participation, private unless marked public; works of minors follow their consents besides."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="attachments")
    entry = models.ForeignKey("programs.Entry", models.PROTECT, null=True, blank=True, related_name="attachments")
    #: Whose consent form it is; one of the whole application names nobody.
    person = models.ForeignKey("programs.Person", models.PROTECT, null=True, blank=True, related_name="forms")
    role = models.CharField(_("what it is"), max_length=14, choices=AttachmentRole)
    file = models.FileField(_("file"), upload_to="programs/%Y/%m/", max_length=300)
    original_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=40)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    public = models.BooleanField(_("public"), default=False)
    #: What the public gets: the same to see, without what the file says beside it (``rules.copies``).
    public_copy = models.FileField(upload_to="programs/public/%Y/%m/", max_length=300, blank=True, editable=False)
    public_type = models.CharField(max_length=40, blank=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The content is gone for good because the time for which it may be kept is over.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeptAttachments()
    everything = models.Manager()  # noqa: DJ012

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "sha256"],
                condition=Q(removed_at__isnull=True, erased_at__isnull=True),
                name="attachment_once_a_participation",
                violation_error_message=_("This file is already attached."),
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="attachment_has_a_hash"),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_is_not_empty"),
            models.CheckConstraint(condition=Q(role__in=AttachmentRole.values), name="attachment_role_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(role=AttachmentRole.CONSENT_FORM, entry__isnull=True),
                name="attachment_of_a_person_is_their_form",
            ),
            models.CheckConstraint(
                condition=Q(public=False) | ~Q(role=AttachmentRole.CONSENT_FORM), name="attachment_consent_form_private"
            ),
            models.CheckConstraint(
                condition=Q(public=False) | ~Q(public_copy=""), name="attachment_public_by_its_copy_alone"
            ),
            models.CheckConstraint(
                condition=Q(public=False) | Q(removed_at__isnull=True, erased_at__isnull=True),
                name="attachment_public_while_it_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(file="", public_copy="", original_name=""),
                name="attachment_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        """Never the name of the file, which may be somebody's: this text reaches logs, ledgers and error reports."""
        return f"{self.get_role_display()} {self.pk}"

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it in place."""
        return self.media_type in PICTURES
