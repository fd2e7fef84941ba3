"""Communities that look for a partner, and who answered them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.choices import OPEN_INTRODUCTIONS, IntroductionState, WishFacet
from partnerships.models.jurisdictions import Jurisdiction


class Wish(models.Model):
    """A community looks for a partner, up to and including a day; one row a community, published again and again."""

    jurisdiction = models.OneToOneField(Jurisdiction, models.CASCADE, related_name="wish")
    countries = models.JSONField(_("countries"), default=list, blank=True)
    activities = models.JSONField(_("activities"), default=list, blank=True)
    industries = models.CharField(_("industries"), max_length=300, blank=True)
    text = models.TextField(_("what we look for"), max_length=4000, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until (last day)"))
    #: Ended by the community, by staff, or because its time was over.
    closed_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("search for a partner")
        verbose_name_plural = _("searches for a partner")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="wish_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["-since", "-id"], condition=Q(closed_on__isnull=True), name="wish_open_by_since"),
            models.Index(fields=["until"], condition=Q(closed_on__isnull=True), name="wish_open_by_until"),
        ]

    def __str__(self) -> str:
        return str(self.jurisdiction)


class WishAim(models.Model):
    """Read model of the board's filters: a country or theme that a wish names. Kept by ``services.seeking``."""

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="aims")
    facet = models.CharField(max_length=8, choices=WishFacet)
    code = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "code", "wish"], name="wish_aim_once")]

    def __str__(self) -> str:
        return f"{self.facet}: {self.code}"


class Introduction(models.Model):
    """A community has told another one, which looks for a partner, that it is interested; and what came of it."""

    seeker = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="introductions_received", verbose_name=_("looks for a partner")
    )
    interested = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="introductions_sent", verbose_name=_("is interested")
    )
    message = models.TextField(_("message"), max_length=2000)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    sent_on = models.DateField(_("sent on"))
    state = models.CharField(_("outcome"), max_length=8, choices=IntroductionState, default=IntroductionState.SENT)
    note = models.CharField(_("what staff know of it"), max_length=500, blank=True)
    noted_on = models.DateField(_("noted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(seeker=F("interested")), name="introduction_of_two"),
            models.CheckConstraint(condition=Q(state__in=IntroductionState.values), name="introduction_state_known"),
            models.UniqueConstraint(
                fields=["seeker", "interested"],
                condition=Q(state__in=OPEN_INTRODUCTIONS),
                name="introduction_open_once",
                violation_error_message=_("Your community has told them already."),
            ),
        ]
        indexes = [models.Index(fields=["interested", "sent_on"], name="introduction_by_sender")]

    def __str__(self) -> str:
        return f"{self.interested} → {self.seeker}"
