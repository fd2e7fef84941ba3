"""Jurors of a cycle and the points they give."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from partnerships.models import Jurisdiction
from programs.models.participations import Participation
from programs.models.people import Entry
from programs.models.programs import Criterion, Cycle


class Juror(models.Model):
    """Somebody who judges in a cycle; ``community`` is their own, which they do not judge."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="jurors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    community = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    appointed_by_name = models.CharField(max_length=200)
    appointed_at = models.DateTimeField(db_default=Now())
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        constraints = [models.UniqueConstraint(fields=["cycle", "user"], name="juror_once_a_cycle")]

    def __str__(self) -> str:
        return str(self.user)


class Score(models.Model):
    """The points of one juror for one criterion of one application or entry."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="scores")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="scores")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                "juror", "participation", Coalesce("entry", 0), "criterion", name="score_once_a_criterion"
            ),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_not_negative"),
        ]
        indexes = [models.Index(fields=["participation", "entry"], name="score_by_application")]

    def __str__(self) -> str:
        return f"{self.juror_id}: {self.points}"
