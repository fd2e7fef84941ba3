"""What an affiliation refers to, in full, where ``expand`` asks for it: beside the short form, which stays as it is."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from partnerships.api.serializers.agreements import AgreementSerializer, DocumentSerializer
from partnerships.api.serializers.jurisdictions import JurisdictionSerializer


class ProofSerializer(DocumentSerializer):
    agreement = serializers.CharField(help_text="Number of the agreement that it proves.")


class ExpandedAffiliationSerializer(serializers.Serializer[Any]):
    parties = JurisdictionSerializer(
        many=True, required=False, help_text="The two communities in full; expand=parties asks for them."
    )
    agreements = AgreementSerializer(
        many=True, required=False, help_text="Its agreements in full; expand=agreements asks for them."
    )
    documents = ProofSerializer(
        many=True, required=False, help_text="The public documents of its agreements; expand=documents asks for them."
    )
