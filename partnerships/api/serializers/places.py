"""The shapes of a country and of a state or province, with their totals."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.fields import AddressField
from partnerships.transfer.addresses import page


class _TotalsSerializer(serializers.Serializer[Any]):
    sister = serializers.IntegerField(help_text="Sister affiliations that have not ended.")
    friendship = serializers.IntegerField(help_text="Friendship affiliations that have not ended.")
    open = serializers.IntegerField(help_text="Both together.")
    ended = serializers.IntegerField(help_text="Affiliations that have ended.")


class CountrySerializer(_TotalsSerializer):
    code = serializers.CharField(help_text="ISO 3166-1 alpha-2 code.")
    name = serializers.CharField(help_text="In the language of the answer.")
    url = AddressField(lambda row: page(f"countries/{row.code}/"), help_text="Its page.")
    affiliations_url = AddressField(
        lambda row: addresses.of("affiliations/", country=row.code), help_text="Its affiliations."
    )


class SubdivisionSerializer(_TotalsSerializer):
    code = serializers.CharField(help_text="ISO 3166-2 code.")
    name = serializers.CharField(help_text="Its name by ISO 3166-2.")
    country = serializers.SerializerMethodField(help_text="ISO 3166-1 alpha-2 code.")
    url = AddressField(lambda row: page(f"subdivisions/{row.code}/"), help_text="Its page.")
    affiliations_url = AddressField(
        lambda row: addresses.of("affiliations/", subdivision=row.code), help_text="Its affiliations."
    )

    def get_country(self, row: Any) -> str:
        return str(row.code[:2])
