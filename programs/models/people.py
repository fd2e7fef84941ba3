"""People of a participation and what they hand in. Everything about them is private unless a consent opens it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from partnerships.models.fields import CountryField
from programs.choices import ConsentGiver, ConsentUse, EntryState, PersonRole
from programs.models.participations import Participation
from programs.models.programs import Band, Category, Cycle, Quota

#: The first day of birth that is believed.
EARLIEST_BIRTH = date(1900, 1, 1)


class Person(models.Model):
    """Somebody who takes part. Read by the entering community and by programs officers, and each view is recorded.

    ``age`` (whole years on the day that the cycle's rules name), ``role`` and ``country`` stay for statistics when the
    rest is erased. ``identity`` is a keyed digest of name and birth date: it finds the same student twice in one
    competition without anybody reading names, and is erased with them.
    """

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="people")
    role = models.CharField(_("role"), max_length=12, choices=PersonRole)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    birth_date = models.DateField(
        _("birth date"),
        null=True,
        blank=True,
        validators=[MinValueValidator(EARLIEST_BIRTH, _("Write the day of birth: this one cannot be."))],
    )
    age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True)
    country = CountryField(_("country"), blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    school = models.CharField(_("school"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    guardian_name = models.CharField(_("parent or guardian"), max_length=200, blank=True)
    guardian_email = models.EmailField(_("guardian's e-mail address"), blank=True)
    guardian_phone = models.CharField(_("guardian's telephone"), max_length=60, blank=True)
    detail = models.JSONField(_("further details"), default=dict, blank=True)
    identity = models.CharField(max_length=64, blank=True, editable=False)
    entered_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    #: What is emptied when the time for which it may be kept is over.
    PERSONAL = (
        "given_name",
        "family_name",
        "birth_date",
        "town",
        "school",
        "email",
        "phone",
        "guardian_name",
        "guardian_email",
        "guardian_phone",
        "detail",
        "identity",
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=PersonRole.values), name="person_role_known"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_date__gte=EARLIEST_BIRTH),
                name="person_born_believably",
            ),
            models.CheckConstraint(condition=Q(age__isnull=True) | Q(age__lte=130), name="person_age_believable"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False) | ~Q(given_name=""), name="person_named_until_erased"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    given_name="",
                    family_name="",
                    birth_date__isnull=True,
                    town="",
                    school="",
                    email="",
                    phone="",
                    guardian_name="",
                    guardian_email="",
                    guardian_phone="",
                    identity="",
                ),
                name="person_erased_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["participation", "role"], name="person_by_participation")]

    def __str__(self) -> str:
        """Never a name: this text reaches logs, ledgers and error reports."""
        return f"{self.get_role_display()} {self.pk}"


class Consent(models.Model):
    """Leave to use one thing of a person for the public, from whom and since when; withdrawn, it ends at once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    use = models.CharField(_("what it allows"), max_length=18, choices=ConsentUse)
    given_by = models.CharField(_("given by"), max_length=8, choices=ConsentGiver)
    giver_name = models.CharField(_("name of who gave it"), max_length=200, blank=True)
    given_on = models.DateField(_("given on"))
    how = models.CharField(_("how it was given"), max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "use"], condition=Q(withdrawn_at__isnull=True), name="consent_open_once"
            ),
            models.CheckConstraint(condition=Q(use__in=ConsentUse.values), name="consent_use_known"),
            models.CheckConstraint(condition=Q(given_by__in=ConsentGiver.values), name="consent_giver_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(given_by=ConsentGiver.SELF) | ~Q(giver_name=""),
                name="consent_of_a_guardian_names_them",
            ),
            models.CheckConstraint(condition=Q(withdrawn_at__isnull=False) | ~Q(how=""), name="consent_says_how"),
            models.CheckConstraint(
                condition=~Q(use=ConsentUse.PUBLISH_FULL_NAME) | Q(given_by=ConsentGiver.SELF),
                name="consent_to_the_full_name_is_ones_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use}, {self.given_on}"


class Entry(models.Model):
    """One work in a competition. ``cycle`` and ``identity`` repeat what its participation and person hold, so that the
    database itself refuses a second piece of the same student."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="entries")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="entries")
    person = models.ForeignKey(Person, models.PROTECT, related_name="entries")
    category = models.ForeignKey(Category, models.PROTECT, related_name="entries", verbose_name=_("category"))
    age_group = models.ForeignKey(
        Band, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("age group")
    )
    title = models.CharField(_("title of the work"), max_length=200)
    statement = models.TextField(_("statement"), max_length=3000, blank=True)
    url = models.URLField(_("where it can be seen"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=EntryState, default=EntryState.ENTERED)
    identity = models.CharField(max_length=64, blank=True, editable=False)
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "identity"],
                condition=~Q(identity="") & ~Q(state=EntryState.WITHDRAWN),
                name="entry_one_piece_a_student",
                violation_error_message=_("This student has a piece in this competition already."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(state=EntryState.WITHDRAWN),
                name="entry_one_piece_a_person",
                violation_error_message=_("This student has a piece in this competition already."),
            ),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="entry_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="entry_has_a_title"),
        ]
        indexes = [
            models.Index(fields=["cycle", "state", "id"], name="entry_by_cycle"),
            models.Index(fields=["participation", "state"], name="entry_by_participation"),
        ]

    def __str__(self) -> str:
        """Without the title, which a student may have filled with a name."""
        return f"{self.category} {self.pk}"


class QuotaUse(models.Model):
    """How much of a quota is used by what agrees in ``key``; the database refuses more than the quota allows."""

    quota = models.ForeignKey(Quota, models.CASCADE, related_name="uses")
    key = models.CharField(max_length=120)
    most = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quota", "key"], name="quota_use_once"),
            models.CheckConstraint(condition=Q(used__lte=models.F("most")), name="quota_use_within"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.used}/{self.most}"


class Prize(models.Model):
    """A place or title won in a cycle: one winner for each place of a category and band."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="prizes")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    band = models.ForeignKey(Band, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.PositiveSmallIntegerField(_("place"), default=1)
    title = models.CharField(_("title"), max_length=120)
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="prizes")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="prizes")
    reason = models.TextField(_("reason"), max_length=2000)
    decided_by_name = models.CharField(_("decided by"), max_length=200)
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                "cycle",
                Coalesce("category", 0),
                Coalesce("band", 0),
                "place",
                name="prize_one_winner_a_place",
                violation_error_message=_("This place of the category and band is given already."),
            ),
            models.CheckConstraint(condition=Q(place__gte=1), name="prize_place_counts_from_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="prize_has_a_reason"),
            models.CheckConstraint(condition=~Q(title=""), name="prize_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title
