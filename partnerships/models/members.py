"""Membership, organisations, and who may speak for a community."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.choices import Capacity, MembershipClass, OrganisationKind, RequestState, Role
from partnerships.models.jurisdictions import Jurisdiction
from partnerships.querysets.members import RepresentationQuerySet


class MembershipTerm(models.Model):
    """One paid term of membership; the last day paid for is included."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="membership_terms")
    membership_class = models.CharField(
        _("class"), max_length=16, choices=MembershipClass, default=MembershipClass.CITY
    )
    from_date = models.DateField(_("from"))
    paid_through = models.DateField(_("paid through"))

    class Meta:
        verbose_name = _("membership term")
        verbose_name_plural = _("membership terms")
        ordering = ["-from_date"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(paid_through__gte=models.F("from_date")),
                name="membership_term_ends_after_it_begins",
                violation_error_message=_("The term must end after it begins."),
            ),
            models.UniqueConstraint(fields=["jurisdiction", "from_date"], name="membership_term_once"),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}: {self.from_date} – {self.paid_through}"


class Organisation(models.Model):
    """Who runs a community's sister-city work; never the same thing as the community."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind, default=OrganisationKind.MUNICIPALITY)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="organisations")
    website = models.URLField(_("web site"), blank=True)
    public = models.BooleanField(_("public"), default=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """How to reach an organisation; private unless marked public."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=200)
    office = models.CharField(_("office"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    public = models.BooleanField(_("public"), default=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name


class Representation(models.Model):
    """A person may file for a community, in a stated capacity, from a day to a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="representations")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="representations")
    capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity)
    proof = models.CharField(_("proof of capacity"), max_length=500, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("to (last day)"), null=True, blank=True)

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_date__isnull=True) | models.Q(to_date__gte=models.F("from_date")),
                name="representation_ends_after_it_begins",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.UniqueConstraint(
                fields=["user", "jurisdiction"],
                condition=models.Q(to_date__isnull=True),
                name="representation_open_once",
                violation_error_message=_("This person already represents this community."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.jurisdiction}"


class Invitation(models.Model):
    """An invitation to open an account, for a community or as staff; its link is signed, not stored."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, default=settings.LANGUAGE_CODE)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity, blank=True)
    proof = models.CharField(_("proof of capacity"), max_length=500, blank=True)
    role = models.CharField(_("staff role"), max_length=16, choices=Role, blank=True)
    invited_by_name = models.CharField(max_length=200, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role="", jurisdiction__isnull=False, capacity__gt="")
                | (~models.Q(role="") & models.Q(jurisdiction__isnull=True)),
                name="invitation_for_a_community_or_a_role",
                violation_error_message=_("Invite either for a community with a capacity, or for a staff role."),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()


class AccessRequest(models.Model):
    """Somebody asks to represent a community; staff grant or refuse."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=12, default=settings.LANGUAGE_CODE)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    community = models.CharField(_("community and country"), max_length=300)
    capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity)
    statement = models.TextField(_("how this can be checked"), max_length=2000)
    proof_file = models.FileField(_("proof of capacity"), upload_to="access/%Y/", blank=True)
    state = models.CharField(_("state"), max_length=8, choices=RequestState, default=RequestState.WAITING)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decision = models.TextField(_("reason"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=RequestState.WAITING, decided_at__isnull=True)
                | (~models.Q(state=RequestState.WAITING) & models.Q(decided_at__isnull=False)),
                name="access_request_decided_with_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.community}"
