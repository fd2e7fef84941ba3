"""The shape of a community."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.examples import JURISDICTION, example
from partnerships.api.serializers.fields import AddressField
from partnerships.choices import JurisdictionKind, NameKind
from partnerships.selectors.jurisdiction_list import JurisdictionRow
from partnerships.transfer import addresses as pages


class NameSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="The name.")
    language = serializers.CharField(allow_blank=True, help_text="Its language (BCP 47); may be empty.")
    kind = serializers.ChoiceField(NameKind.choices, help_text="What kind of name it is.")


class PopulationSerializer(serializers.Serializer[Any]):
    value = serializers.IntegerField(help_text="How many people.")
    year = serializers.IntegerField(allow_null=True, help_text="In which year.")
    source = serializers.CharField(  # type: ignore[assignment]
        allow_blank=True, help_text="Who says so; may be empty."
    )


@extend_schema_serializer(examples=[example("Community", JURISDICTION)])
class JurisdictionSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="party.id", help_text="It never changes and is never reused.")
    name = serializers.CharField(source="party.name", help_text="Name in Latin letters.")
    native_name = serializers.CharField(
        source="party.native_name", allow_blank=True, help_text="Name in its own script; may be empty."
    )
    names = NameSerializer(many=True, help_text="Its other names: former, in other languages.")
    kind = serializers.ChoiceField(
        JurisdictionKind.choices, source="party.kind", help_text="What kind of community it is."
    )
    local_term = serializers.CharField(allow_blank=True, help_text="What it calls its kind; may be empty.")
    country = serializers.CharField(source="party.country", help_text="ISO 3166-1 alpha-2 code.")
    country_name = serializers.CharField(source="party.country_name", help_text="In the language of the answer.")
    subdivision = serializers.CharField(
        source="party.subdivision", allow_blank=True, help_text="ISO 3166-2 code; may be empty."
    )
    subdivision_name = serializers.CharField(
        source="party.subdivision_name", allow_blank=True, help_text="Its name; may be empty."
    )
    latitude = serializers.FloatField(source="party.latitude", allow_null=True, help_text="Degrees north (WGS 84).")
    longitude = serializers.FloatField(source="party.longitude", allow_null=True, help_text="Degrees east (WGS 84).")
    population = serializers.SerializerMethodField(help_text="How many people live there, when, and who says so.")
    geonames_id = serializers.IntegerField(allow_null=True, help_text="Its id in GeoNames.")
    wikidata_id = serializers.CharField(allow_blank=True, help_text="Its id in Wikidata, such as Q60; may be empty.")
    website = serializers.CharField(allow_blank=True, help_text="Its own web site; may be empty.")
    in_good_standing = serializers.BooleanField(
        allow_null=True, help_text="A member in good standing today; null abroad, where there is no membership."
    )
    open_affiliations = serializers.IntegerField(
        source="open_count", help_text="How many affiliations it has that have not ended."
    )
    fictional = serializers.BooleanField(source="party.fictional", help_text="An example that was made up.")
    url = AddressField(lambda row: pages.jurisdiction(row.party), help_text="Its page.")
    api_url = AddressField(lambda row: addresses.jurisdiction(row.party.id), help_text="Its address in the API.")
    affiliations_url = AddressField(
        lambda row: addresses.of("affiliations/", jurisdiction=str(row.party.id)), help_text="Its affiliations."
    )

    @extend_schema_field(PopulationSerializer(allow_null=True))
    def get_population(self, row: JurisdictionRow) -> dict[str, Any] | None:
        if row.population is None:
            return None
        return {"value": row.population, "year": row.population_year, "source": row.population_source}
