"""What a search finds, by noun."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.affiliations import AffiliationSerializer
from partnerships.api.serializers.fields import AddressField
from partnerships.api.serializers.parties import PartySerializer
from partnerships.transfer import addresses as pages


class CommunityHitSerializer(serializers.Serializer[Any]):
    community = PartySerializer(source="party", help_text="The community.")
    open_affiliations = serializers.IntegerField(source="open_count", help_text="Those that have not ended.")
    similar = serializers.BooleanField(help_text="Found because the names look alike, not because they are the same.")


class PersonHitSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Who signed.")
    office = serializers.CharField(allow_blank=True, help_text="In which office; may be empty.")
    party = serializers.CharField(help_text="Name of the community that they signed for.")
    agreement = serializers.CharField(help_text="Number of the agreement.")
    similar = serializers.BooleanField(help_text="Found because the names look alike, not because they are the same.")
    url = AddressField(lambda hit: pages.agreement(hit.agreement), help_text="Page of the agreement.")
    api_url = AddressField(lambda hit: addresses.agreement(hit.agreement), help_text="Its address in the API.")


class AgreementHitSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(source="*", help_text="Number of the agreement.")
    url = AddressField(pages.agreement, help_text="Its page.")
    api_url = AddressField(addresses.agreement, help_text="Its address in the API.")


class OtherHitSerializer(serializers.Serializer[Any]):
    type = serializers.CharField(source="noun", help_text="What it is: program or cycle.")
    name = serializers.CharField(help_text="Its name.")
    text = serializers.CharField(allow_blank=True, help_text="One line about it; may be empty.")
    similar = serializers.BooleanField(help_text="Found because the names look alike, not because they are the same.")
    fictional = serializers.BooleanField(help_text="An example, not a fact.")
    url = AddressField(lambda hit: pages.page(hit.path.lstrip("/")), help_text="Its page.")


class FacetSerializer(serializers.Serializer[Any]):
    value = serializers.CharField(help_text="The value to give to the parameter.")
    name = serializers.CharField(source="label", help_text="The same in words, in the language of the answer.")
    count = serializers.IntegerField(help_text="Affiliations that would be left.")
    chosen = serializers.BooleanField(help_text="Whether this answer is narrowed down to it.")
    whole = serializers.BooleanField(help_text="false: at least so many; only the first 1,000 found are counted.")


class FacetsSerializer(serializers.Serializer[Any]):
    country = FacetSerializer(many=True, help_text="Countries of a party: chosen ones, then those with most.")
    kind = FacetSerializer(many=True, help_text="sister, friendship.")
    standing = FacetSerializer(many=True, help_text="in_force, suspended, emeritus, ended.")
    count = serializers.IntegerField(help_text="Affiliations that fit; the first of them are listed.")
    whole = serializers.BooleanField(help_text="false: at least so many; only the first 1,000 found are counted.")


class FoundSerializer(serializers.Serializer[Any]):
    q = serializers.CharField(help_text="What was asked for.")
    jurisdictions = CommunityHitSerializer(source="communities", many=True, help_text="At most 30, the best first.")
    affiliations = AffiliationSerializer(many=True, help_text="At most 20, open ones first.")
    agreements = AgreementHitSerializer(many=True, help_text="The agreement that was asked for by its number.")
    others = OtherHitSerializer(many=True, help_text="At most 20 programs and what else can be found.")
    facets = FacetsSerializer(help_text="By what the affiliations can be narrowed down, with counts.")
    people = PersonHitSerializer(many=True, help_text="At most 20 who signed a registered agreement.")
