"""Communities that can hold an affiliation, and the names by which people look for them."""

from __future__ import annotations

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from partnerships.choices import JurisdictionKind, NameKind
from partnerships.models.fields import ByteOrderedField, CountryField
from partnerships.rules import matching


class Jurisdiction(models.Model):
    """A subnational community in a country or territory; provisional until staff accept it."""

    name = models.CharField(_("name"), max_length=200)
    native_name = models.CharField(_("name in own script"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=JurisdictionKind, default=JurisdictionKind.CITY)
    local_term = models.CharField(_("local term for the kind"), max_length=80, blank=True)
    country = CountryField(_("country or territory"), db_index=True)
    subdivision = models.CharField(_("subdivision (ISO 3166-2)"), max_length=6, blank=True, db_index=True)
    subdivision_name = models.CharField(_("name of the subdivision"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("merged into")
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("year of the population"), null=True, blank=True)
    population_source = models.CharField(_("source of the population"), max_length=200, blank=True)
    geonames_id = models.PositiveBigIntegerField(_("GeoNames id"), null=True, blank=True, unique=True)
    wikidata_id = models.CharField(_("Wikidata id"), max_length=20, null=True, blank=True, unique=True)  # noqa: DJ001
    website = models.URLField(_("web site"), blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    traits = models.JSONField(_("geography"), default=list, blank=True)
    diaspora = models.JSONField(_("diaspora communities"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False, db_index=True)
    fictional = models.BooleanField(_("fictional example"), default=False)
    folded = ByteOrderedField(max_length=200, editable=False, db_index=True)
    open_count = models.PositiveIntegerField(_("open affiliations"), default=0, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["folded", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                # a NULL in a comparison passes a CHECK, so both are asked for by name
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="jurisdiction_coordinates_on_earth",
                violation_error_message=_("Give both coordinates: latitude -90 to 90, longitude -180 to 180."),
            ),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("id")),
                name="jurisdiction_not_its_own_successor",
            ),
            models.CheckConstraint(
                condition=models.Q(subdivision="") | models.Q(subdivision__regex=r"^[A-Z]{2}-[A-Z0-9]{1,3}$"),
                name="jurisdiction_subdivision_is_iso_3166_2",
                violation_error_message=_("Write an ISO 3166-2 code such as US-NY."),
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="jurisdiction_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["country", "subdivision", "folded"], name="jurisdiction_by_place"),
            models.Index(fields=["country", "latitude"], name="jurisdiction_by_latitude"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = matching.fold(self.name)[:200]
        self.wikidata_id = self.wikidata_id or None
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def full_name(self) -> str:
        """The name with its place, which tells namesakes apart: ``Toledo, Ohio, United States of America``."""
        return ", ".join(filter(None, (self.name, self.subdivision_name, str(self.country.name))))

    @property
    def slug(self) -> str:
        return slugify(matching.fold(self.name)) or "community"

    @property
    def standing_ids(self) -> list[int]:
        """Its own id, and of one that was merged the id of the community that stands for it: who speaks for either."""
        return [pk for pk in (self.pk, self.successor_id) if pk is not None]


class JurisdictionName(models.Model):
    """One of the names of a community: current, former, in another language or script."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=12, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=NameKind, default=NameKind.ALTERNATIVE)
    folded = ByteOrderedField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "name", "language", "kind"], name="name_once"),
        ]
        indexes = [models.Index(fields=["folded", "jurisdiction"], name="name_by_folded")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = matching.fold(self.name)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class NameWord(models.Model):
    """Read model of search: each word of each name of a community, folded. Kept by ``services.jurisdictions``."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="words")
    word = ByteOrderedField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "jurisdiction"], name="word_once_per_jurisdiction")]

    def __str__(self) -> str:
        return self.word
