"""Places of the world to look up; reference data from GeoNames (CC BY 4.0) and ISO 3166-2, never part of the record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.choices import JurisdictionKind
from partnerships.models.fields import ByteOrderedField


class Place(models.Model):
    """A populated place, a county or a first-level subdivision.

    ``id`` is the rank by population, 1 the largest, so that the index which finds a name also brings its largest
    places first. ``key`` stays the same over loads: the GeoNames id, else ``US-FIPS-36055`` for a county of the
    United States and the ISO 3166-2 code for a subdivision.
    """

    id = models.PositiveIntegerField(primary_key=True)
    key = models.CharField(max_length=24, unique=True)
    geonames_id = models.PositiveBigIntegerField(_("GeoNames id"), null=True, blank=True, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=JurisdictionKind)
    country = models.CharField(_("country (ISO 3166-1)"), max_length=2)
    subdivision = models.CharField(_("subdivision (ISO 3166-2)"), max_length=6, blank=True)
    subdivision_name = models.CharField(_("name of the subdivision"), max_length=120, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("place of the gazetteer")
        verbose_name_plural = _("places of the gazetteer")

    def __str__(self) -> str:
        return self.name


class PlaceName(models.Model):
    """One name of a place, in any language and script, folded for look-up.

    ``skeleton`` is what is left of the folded name without vowels and double letters: names that differ by a typing
    error often share it.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="names", db_index=False)
    country = models.CharField(max_length=2)
    name = models.CharField(max_length=200)
    folded = ByteOrderedField(max_length=100)
    skeleton = ByteOrderedField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["folded", "place"], name="place_name_folded"),
            models.Index(fields=["country", "folded", "place"], name="place_name_in_country"),
            models.Index(fields=["skeleton", "place"], name="place_name_skeleton"),
        ]

    def __str__(self) -> str:
        return self.name


class GazetteerEdition(models.Model):
    """What was loaded: the packages it came from and the smallest population; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    source = models.CharField(_("source"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year of publication"), null=True, blank=True)
    min_population = models.PositiveIntegerField(_("smallest population"))
    places = models.PositiveIntegerField(_("places"))
    names = models.PositiveIntegerField(_("names"))
    loaded_at = models.DateTimeField(_("loaded"), auto_now=True)

    class Meta:
        verbose_name = _("edition of the gazetteer")
        verbose_name_plural = _("editions of the gazetteer")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="gazetteer_one_edition")]

    def __str__(self) -> str:
        return self.source
