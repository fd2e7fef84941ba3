"""Agreements: registered acts. A row exists only once it has a number, and is never edited afterwards."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.choices import Act, AffiliationKind, EvidenceGrade
from partnerships.exceptions import Immutable
from partnerships.models.fields import PartialDateField, partial_date_is_well_formed
from partnerships.models.jurisdictions import Jurisdiction
from partnerships.querysets.record import WrittenOnceQuerySet


class Terms(models.Model):
    """What the parties agreed; shared by the filing that proposes it and the agreement that keeps it."""

    act = models.CharField(_("act"), max_length=12, choices=Act, default=Act.ESTABLISH)
    kind = models.CharField(_("kind"), max_length=12, choices=AffiliationKind, default=AffiliationKind.SISTER)
    title = models.CharField(_("title"), max_length=300, blank=True)
    signed_on = PartialDateField(_("signed on"))
    place = models.CharField(_("place of signing"), max_length=200, blank=True)
    effective_on = PartialDateField(_("in force from"))
    term_end = models.DateField(_("agreed end of the term"), null=True, blank=True)
    perpetual = models.BooleanField(_("states that it never expires"), default=False)
    languages = models.JSONField(_("languages of the text"), default=list, blank=True)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    story = models.TextField(_("story"), max_length=5000, blank=True)
    shelfmark = models.CharField(_("shelfmark of the paper original"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    declared_by = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("declared by")
    )

    class Meta:
        abstract = True

    #: The columns that a filing hands over to its agreement.
    TERMS = (
        "act",
        "kind",
        "title",
        "signed_on",
        "place",
        "effective_on",
        "term_end",
        "perpetual",
        "languages",
        "reasons",
        "themes",
        "story",
        "shelfmark",
        "source",
        "declared_by_id",
    )

    def terms(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.TERMS}


class Agreement(Terms):
    """A registered act about one affiliation, or about several when three or more communities signed together."""

    number = models.CharField(_("number"), max_length=24, unique=True)
    year = models.PositiveSmallIntegerField(_("year of registration"))
    serial = models.PositiveIntegerField(_("serial"))
    registered_on = models.DateField(_("registered on"))
    party_count = models.PositiveSmallIntegerField(_("parties"))
    affiliation_count = models.PositiveSmallIntegerField(_("affiliations"))
    evidence = models.CharField(_("evidence"), max_length=12, choices=EvidenceGrade)
    affiliations = models.ManyToManyField(
        "partnerships.Affiliation", through="partnerships.AgreementAffiliation", related_name="agreements"
    )
    fictional = models.BooleanField(_("fictional example"), default=False)
    annulled_on = models.DateField(_("annulled on"), null=True, blank=True)
    annulled_because = models.TextField(_("reason of the annulment"), blank=True)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-year", "-serial"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(number=""), name="agreement_has_a_number"),
            models.UniqueConstraint(fields=["year", "serial"], name="agreement_serial_once_a_year"),
            models.CheckConstraint(condition=models.Q(serial__gte=1), name="agreement_serial_from_one"),
            models.CheckConstraint(condition=models.Q(party_count__gte=2), name="agreement_of_two_or_more"),
            models.CheckConstraint(
                condition=models.Q(affiliation_count=models.F("party_count") * (models.F("party_count") - 1) / 2),
                name="agreement_covers_every_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(annulled_on__isnull=True, annulled_because="")
                | (models.Q(annulled_on__isnull=False) & ~models.Q(annulled_because="")),
                name="agreement_annulled_with_a_reason",
            ),
            partial_date_is_well_formed("agreement_signed_on_partial", "signed_on"),
            partial_date_is_well_formed("agreement_effective_on_partial", "effective_on"),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and set(kwargs.get("update_fields") or ()) != {"annulled_on", "annulled_because"}:
            raise Immutable("A registered agreement is never edited.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable("A registered agreement is never removed.")


class AgreementAffiliation(models.Model):
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="links")
    affiliation = models.ForeignKey("partnerships.Affiliation", models.PROTECT, related_name="links")

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "affiliation"], name="agreement_affiliation_once")]

    def __str__(self) -> str:
        return f"{self.agreement} – {self.affiliation}"


class Counter(models.Model):
    """The last number given in a series; locked while the next is given, so that no gap arises."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
