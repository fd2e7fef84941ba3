"""What a search finds, by noun."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.affiliations import AffiliationSerializer, PartySerializer
from partnerships.api.serializers.fields import AddressField
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
    url = AddressField(lambda hit: pages.agreement(hit.agreement), help_text="Page of the agreement.")
    api_url = AddressField(lambda hit: addresses.agreement(hit.agreement), help_text="Its address in the API.")


class AgreementHitSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(source="*", help_text="Number of the agreement.")
    url = AddressField(pages.agreement, help_text="Its page.")
    api_url = AddressField(addresses.agreement, help_text="Its address in the API.")


class FoundSerializer(serializers.Serializer[Any]):
    q = serializers.CharField(help_text="What was asked for.")
    jurisdictions = CommunityHitSerializer(source="communities", many=True, help_text="At most 30, the best first.")
    affiliations = AffiliationSerializer(many=True, help_text="At most 20, open ones first.")
    agreements = AgreementHitSerializer(many=True, help_text="The agreement that was asked for by its number.")
    people = PersonHitSerializer(many=True, help_text="At most 20 who signed a registered agreement.")
