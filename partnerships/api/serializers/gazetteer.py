"""The shape of a place of the gazetteer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.examples import PLACES, example
from partnerships.api.serializers.jurisdictions import PopulationSerializer
from partnerships.choices import JurisdictionKind

#: The words for ``selectors.gazetteer.Match``.
MATCHES = [
    ("exact", "The very name."),
    ("prefix", "A name that begins with it."),
    ("fuzzy", "A name that looks alike."),
]


class PlaceSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="The same over editions: GeoNames id, US-FIPS-<county> or ISO 3166-2 code.")
    geonames_id = serializers.IntegerField(allow_null=True, help_text="Its id in GeoNames.")
    name = serializers.CharField(help_text="Its usual name in Latin letters.")
    matched = serializers.CharField(help_text="The name that fits what was asked for.")
    match = serializers.SerializerMethodField(help_text="How well it fits.")
    kind = serializers.ChoiceField(
        JurisdictionKind.choices, help_text="What it is; every populated place is called a city."
    )
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2 code.")
    subdivision = serializers.CharField(allow_blank=True, help_text="ISO 3166-2 code; may be empty.")
    subdivision_name = serializers.CharField(allow_blank=True, help_text="Its name; may be empty.")
    latitude = serializers.FloatField(allow_null=True, help_text="Degrees north (WGS 84).")
    longitude = serializers.FloatField(allow_null=True, help_text="Degrees east (WGS 84).")
    population = serializers.SerializerMethodField(help_text="How many people, published when and by whom.")
    timezone = serializers.CharField(allow_blank=True, help_text="Such as Europe/Berlin; may be empty.")
    jurisdiction = serializers.SerializerMethodField(help_text="Id of the community on record that it is, or null.")
    jurisdiction_url = serializers.SerializerMethodField(help_text="Its address in the API, or null.")

    @extend_schema_field(serializers.ChoiceField(MATCHES))
    def get_match(self, row: Any) -> str:
        return MATCHES[row.match][0]

    @extend_schema_field(PopulationSerializer(allow_null=True))
    def get_population(self, row: Any) -> dict[str, Any] | None:
        if row.population is None:
            return None
        return {"value": row.population, "year": row.population_year, "source": row.population_source}

    def get_jurisdiction(self, row: Any) -> int | None:
        known = self.context["known"].get(row.key)
        return known.pk if known else None

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_jurisdiction_url(self, row: Any) -> str | None:
        known = self.context["known"].get(row.key)
        return addresses.jurisdiction(known.pk) if known else None


@extend_schema_serializer(examples=[example("Munich by its Russian name", PLACES)])
class PlacesSerializer(serializers.Serializer[Any]):
    q = serializers.CharField(help_text="What was asked for.")
    attribution = serializers.CharField(help_text="Whom to name where the places are used, and the licence.")
    source = serializers.CharField(  # type: ignore[assignment]
        allow_blank=True, help_text="The edition that is loaded; empty before the first load."
    )
    results = PlaceSerializer(many=True, help_text="At most 20: by match, then the country asked for, then size.")
