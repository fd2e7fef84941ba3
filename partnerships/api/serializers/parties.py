"""The shape of a community as a party of an affiliation or an agreement."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.fields import AddressField
from partnerships.choices import JurisdictionKind
from partnerships.transfer import addresses as pages


class PartySerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="Id of the community; it never changes and is never reused.")
    name = serializers.CharField(help_text="Name in Latin letters.")
    native_name = serializers.CharField(allow_blank=True, help_text="Name in its own script; may be empty.")
    kind = serializers.ChoiceField(JurisdictionKind.choices, help_text="What kind of community it is.")
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2 code of the country or territory.")
    country_name = serializers.CharField(help_text="Its name, in the language of the answer.")
    subdivision = serializers.CharField(allow_blank=True, help_text="ISO 3166-2 code, such as US-NY; may be empty.")
    subdivision_name = serializers.CharField(allow_blank=True, help_text="Its name; may be empty.")
    latitude = serializers.FloatField(allow_null=True, help_text="Degrees north (WGS 84).")
    longitude = serializers.FloatField(allow_null=True, help_text="Degrees east (WGS 84).")
    url = AddressField(pages.jurisdiction, help_text="Its page.")
    api_url = AddressField(lambda row: addresses.jurisdiction(row.id), help_text="Its address in the API.")
