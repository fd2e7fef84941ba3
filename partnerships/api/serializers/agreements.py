"""The shape of a registered agreement."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.examples import AGREEMENT, example
from partnerships.api.serializers.fields import AddressField, PartialDateField, words
from partnerships.api.serializers.jurisdictions import JurisdictionSerializer
from partnerships.api.serializers.parties import PartySerializer
from partnerships.choices import Act, AffiliationKind, DocumentRole, EvidenceGrade, Reason, SignatoryCapacity, Theme
from partnerships.selectors.agreement_list import ListedAgreement
from partnerships.selectors.dossiers import AgreementRow, DocumentRow
from partnerships.transfer import addresses as pages


class AnnulmentSerializer(serializers.Serializer[Any]):
    on = serializers.DateField(help_text="When the entry was annulled.")
    reason = serializers.CharField(help_text="What was wrong with it.")


class AffiliationRefSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(source="*", help_text="Number of the affiliation.")
    url = AddressField(pages.affiliation, help_text="Its page.")
    api_url = AddressField(addresses.affiliation, help_text="Its address in the API.")


class SignatorySerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Who signed.")
    office = serializers.CharField(allow_blank=True, help_text="In which office; may be empty.")
    capacity = serializers.ChoiceField(SignatoryCapacity.choices, help_text="In which capacity.")
    party = serializers.IntegerField(source="party_id", help_text="Id of the community that they signed for.")
    signed_on = PartialDateField(help_text="When they signed, as far as it is known.")


class DocumentSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(DocumentRole.choices, help_text="What it is.")
    language = serializers.CharField(allow_blank=True, help_text="Its language (BCP 47); may be empty.")
    sha256 = serializers.CharField(help_text="SHA-256 of the file, in hexadecimal.")
    size = serializers.IntegerField(help_text="In bytes.")
    media_type = serializers.CharField(help_text="Such as application/pdf.")
    url = serializers.URLField(help_text="Where it can be downloaded.")


class ExpandedAgreementSerializer(serializers.Serializer[Any]):
    parties = JurisdictionSerializer(
        many=True, required=False, help_text="The communities in full; expand=parties asks for them."
    )


@extend_schema_serializer(examples=[example("Agreement", AGREEMENT)])
class AgreementSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(source="row.number", help_text="It never changes and is never reused.")
    act = serializers.ChoiceField(Act.choices, source="row.act", help_text="What it did.")
    kind = serializers.ChoiceField(
        AffiliationKind.choices, source="row.kind", help_text="The kind of affiliation that it is about."
    )
    title = serializers.CharField(source="row.title", allow_blank=True, help_text="Its title; may be empty.")
    signed_on = PartialDateField(source="row.signed_on", help_text="When it was signed.")
    effective_on = PartialDateField(source="row.effective_on", help_text="From when it holds.")
    place = serializers.CharField(source="row.place", allow_blank=True, help_text="Where it was signed; may be empty.")
    term_end = serializers.DateField(source="row.term_end", allow_null=True, help_text="Agreed end of the term.")
    perpetual = serializers.BooleanField(source="row.perpetual", help_text="It states that it never expires.")
    languages = serializers.ListField(
        source="row.languages", child=serializers.CharField(), help_text="Languages of its text (BCP 47)."
    )
    evidence = serializers.ChoiceField(
        EvidenceGrade.choices, source="row.evidence", help_text="How well the act is proved."
    )
    registered_on = serializers.DateField(source="row.registered_on", help_text="When it was registered.")
    annulled = serializers.SerializerMethodField(help_text="When and why the entry was annulled as an error, or null.")
    reasons = words(Reason.choices, "Why these communities.", source="row.reasons")
    themes = words(Theme.choices, "What they want to do together.", source="row.themes")
    story = serializers.CharField(source="row.story", allow_blank=True, help_text="How it came about; may be empty.")
    fictional = serializers.BooleanField(source="row.fictional", help_text="An example that was made up.")
    parties = PartySerializer(many=True, help_text="The communities that it binds.")
    affiliations = AffiliationRefSerializer(many=True, help_text="One for each pair of its parties.")
    signatories = SignatorySerializer(source="row.signatories", many=True, help_text="Those who signed.")
    documents = serializers.SerializerMethodField(help_text="Its public documents.")
    register_url = AddressField(
        lambda one: addresses.entries_about(f"agreements/{one.row.number}"),
        help_text="What the register says about it.",
    )
    url = AddressField(lambda one: pages.agreement(one.row.number), help_text="Its page.")
    api_url = AddressField(lambda one: addresses.agreement(one.row.number), help_text="Its address in the API.")

    expanded = ExpandedAgreementSerializer(required=False, help_text="What expand asked for; else it is not there.")

    @extend_schema_field(AnnulmentSerializer(allow_null=True))
    def get_annulled(self, one: ListedAgreement) -> dict[str, Any] | None:
        if one.row.annulled_on is None:
            return None
        return {"on": str(one.row.annulled_on), "reason": one.row.annulled_because}

    @extend_schema_field(DocumentSerializer(many=True))
    def get_documents(self, one: ListedAgreement) -> list[dict[str, Any]]:
        return [_document(one.row, document) for document in one.row.documents]


def _document(agreement: AgreementRow, document: DocumentRow) -> dict[str, Any]:
    return {
        "role": document.role,
        "language": document.language,
        "sha256": document.sha256,
        "size": document.size,
        "media_type": document.media_type,
        "url": pages.document(agreement.number, document),
    }
