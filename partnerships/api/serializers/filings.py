"""Filings: what is told of one, and what may be written. Reads and writes have shapes of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django_countries import countries
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.examples import FILING, FILING_WRITTEN, example, request_example
from partnerships.api.serializers.fields import AddressField, PartialDateField, words
from partnerships.api.serializers.problems import FaultSerializer
from partnerships.choices import (
    Act,
    AffiliationKind,
    DocumentRole,
    FilingState,
    JurisdictionKind,
    Reason,
    SignatoryCapacity,
    Theme,
)
from partnerships.rules.dates import PartialDate
from partnerships.services.drafts import Written
from partnerships.services.filings import MOST_PARTIES, MOST_SIGNATORIES, SignatoryRow

_LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
MOST_LANGUAGES = 20


# --- What is told


class FilingPartySerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk", help_text="Id of the community.")
    name = serializers.CharField(help_text="Its name in Latin letters.")
    country = serializers.CharField(source="country.code", help_text="ISO 3166-1 alpha-2 code.")
    subdivision = serializers.CharField(allow_blank=True, help_text="ISO 3166-2 code; may be empty.")
    provisional = serializers.BooleanField(help_text="New to the registry; staff accept or match it.")


class FilingSignatorySerializer(serializers.Serializer[Any]):
    party = serializers.IntegerField(source="jurisdiction_id", help_text="Id of the community that they signed for.")
    name = serializers.CharField(help_text="Who signed.")
    office = serializers.CharField(allow_blank=True, help_text="In which office; may be empty.")
    capacity = serializers.ChoiceField(SignatoryCapacity.choices, help_text="In which capacity.")
    signed_on = PartialDateField(help_text="When they signed, as far as it is known.")


class FilingDocumentSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk", help_text="Id of the document.")
    role = serializers.ChoiceField(DocumentRole.choices, help_text="What it is.")
    language = serializers.CharField(allow_blank=True, help_text="Its language (BCP 47); may be empty.")
    name = serializers.CharField(source="original_name", help_text="The name that the file came with.")
    sha256 = serializers.CharField(help_text="SHA-256 of the file, in hexadecimal.")
    size = serializers.IntegerField(help_text="In bytes.")
    media_type = serializers.CharField(help_text="Such as application/pdf.")
    pages = serializers.IntegerField(allow_null=True, help_text="How many pages; null where nobody counts them.")
    public = serializers.BooleanField(help_text="Shown to everybody once the agreement is registered.")


@extend_schema_serializer(examples=[example("Filing", FILING, statuses=(200, 201))])
class FilingSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="filing.pk", help_text="It never changes and is never reused.")
    state = serializers.ChoiceField(FilingState.choices, source="filing.state", help_text="Where it stands.")
    jurisdiction = serializers.IntegerField(
        source="filing.on_behalf_of_id", allow_null=True, help_text="Id of the community that files; null from paper."
    )
    act = serializers.ChoiceField(Act.choices, source="filing.act", help_text="What the agreement does.")
    kind = serializers.ChoiceField(AffiliationKind.choices, source="filing.kind", help_text="sister or friendship.")
    title = serializers.CharField(source="filing.title", allow_blank=True, help_text="Its title; may be empty.")
    signed_on = PartialDateField(source="filing.signed_on", help_text="When it was signed.")
    effective_on = PartialDateField(source="filing.effective_on", help_text="From when it holds.")
    place = serializers.CharField(source="filing.place", allow_blank=True, help_text="Where it was signed.")
    term_end = serializers.DateField(source="filing.term_end", allow_null=True, help_text="Agreed end of the term.")
    perpetual = serializers.BooleanField(source="filing.perpetual", help_text="It states that it never expires.")
    languages = serializers.ListField(
        source="filing.languages", child=serializers.CharField(), help_text="Languages of its text (BCP 47)."
    )
    declared_by = serializers.IntegerField(
        source="filing.declared_by_id", allow_null=True, help_text="Id of the party whose statement it is, if of one."
    )
    reasons = words(Reason.choices, "Why these communities.", source="filing.reasons")
    themes = words(Theme.choices, "What they want to do together.", source="filing.themes")
    story = serializers.CharField(source="filing.story", allow_blank=True, help_text="How it came about.")
    parties = FilingPartySerializer(many=True, help_text="The communities, in order.")
    signatories = FilingSignatorySerializer(many=True, help_text="Those who signed, in order.")
    documents = FilingDocumentSerializer(many=True, help_text="The files that prove it.")
    comment = serializers.CharField(
        source="filing.comment", allow_blank=True, help_text="What to change, or why it was decided so; may be empty."
    )
    agreement = serializers.SerializerMethodField(help_text="Number of the registered agreement, or null.")
    saved_at = serializers.DateTimeField(source="filing.saved_at", help_text="When it last changed.")
    submitted_at = serializers.DateTimeField(
        source="filing.submitted_at", allow_null=True, help_text="When it was handed in."
    )
    decided_at = serializers.DateTimeField(
        source="filing.decided_at", allow_null=True, help_text="When it was decided."
    )
    api_url = AddressField(lambda row: addresses.filing(row.filing.pk), help_text="Its address in the API.")

    @extend_schema_field({"type": ["string", "null"]})
    def get_agreement(self, row: Any) -> str | None:
        return row.filing.agreement.number if row.filing.agreement else None


class FindingsSerializer(serializers.Serializer[Any]):
    findings = FaultSerializer(
        many=True, help_text="What the recognition rules find; field is the part where it can be put right."
    )


# --- What may be written


class Strict(serializers.Serializer[Any]):
    """A name that is not known is an error, not something to be left out silently."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            message = _("This is not known, or cannot be set.")
            raise serializers.ValidationError(
                {str(name): [serializers.ErrorDetail(message, code="unknown-field")] for name in unknown[:20]}
            )
        return super().to_internal_value(data)


@extend_schema_field(
    {
        "type": ["string", "null"],
        "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        "examples": ["1931", "1985-04", "1992-06-29"],
    }
)
class WrittenDateField(serializers.Field):
    """A year, a month or a day; null where nobody knows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, **kwargs)

    def to_internal_value(self, data: Any) -> PartialDate:
        try:
            if not isinstance(data, str) or len(data) > 10:
                raise ValueError
            return PartialDate.parse(data)
        except ValueError as error:
            raise serializers.ValidationError(
                _("Write a year (1931), a month (1985-04) or a day (1992-06-29)."), code="invalid"
            ) from error


class WrittenPartySerializer(Strict):
    """One of three: ``id``, ``geonames_id``, or ``name`` and ``country`` of one that is new to the registry."""

    id = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="Id of a community on record."
    )
    geonames_id = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="A place of the gazetteer by its GeoNames id."
    )
    name = serializers.CharField(required=False, max_length=200, help_text="Of a new one: its name in Latin letters.")
    native_name = serializers.CharField(required=False, max_length=200, help_text="Its name in its own script.")
    kind = serializers.ChoiceField(JurisdictionKind.choices, required=False, help_text="What kind of community.")
    country = serializers.CharField(required=False, max_length=2, help_text="ISO 3166-1 alpha-2 code.")
    subdivision_name = serializers.CharField(required=False, max_length=120, help_text="State, province or region.")

    def validate_country(self, value: str) -> str:
        if value.upper() not in dict(countries):
            raise serializers.ValidationError(_("This is no country of ISO 3166-1."), code="unknown")
        return value.upper()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("id" in attrs) + ("geonames_id" in attrs) + ("name" in attrs) != 1:
            raise serializers.ValidationError(_("Give id, geonames_id, or name and country."), code="required")
        if "name" in attrs and "country" not in attrs:
            raise serializers.ValidationError({"country": _("Say in which country it is.")}, code="required")
        if "name" not in attrs and len(attrs) > 1:
            raise serializers.ValidationError(_("Of a community that is known, give nothing else."), code="invalid")
        return attrs


class WrittenSignatorySerializer(Strict):
    party = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="Id of the community that they signed for."
    )
    name = serializers.CharField(max_length=200, help_text="Who signed.")
    office = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="In which office.")
    capacity = serializers.ChoiceField(SignatoryCapacity.choices, help_text="In which capacity.")
    signed_on = WrittenDateField(help_text="When they signed, as far as it is known.")


@extend_schema_serializer(examples=[request_example("Filing", {"story": "Since 1992.", "themes": ["youth"]})])
class FilingChangeSerializer(Strict):
    """What is left out stays as it is. ``parties`` and ``signatories`` are given as a whole."""

    act = serializers.ChoiceField(Act.choices, required=False, help_text="What the agreement does.")
    kind = serializers.ChoiceField(AffiliationKind.choices, required=False, help_text="sister or friendship.")
    title = serializers.CharField(required=False, allow_blank=True, max_length=300, help_text="Its title.")
    signed_on = WrittenDateField(help_text="When it was signed.")
    effective_on = WrittenDateField(help_text="From when it holds.")
    place = serializers.CharField(required=False, allow_blank=True, max_length=200, help_text="Where it was signed.")
    term_end = serializers.DateField(required=False, allow_null=True, help_text="Agreed end of the term.")
    perpetual = serializers.BooleanField(required=False, help_text="It states that it never expires.")
    languages = serializers.ListField(
        child=serializers.RegexField(_LANGUAGE, max_length=35),
        required=False,
        max_length=MOST_LANGUAGES,
        help_text="Languages of its text (BCP 47), such as en.",
    )
    declared_by = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="Id of the party whose statement it is, where one suspends or ends alone.",
    )
    reasons = words(Reason.choices, "Why these communities.", required=False, max_length=20)
    themes = words(Theme.choices, "What they want to do together.", required=False, max_length=20)
    story = serializers.CharField(required=False, allow_blank=True, help_text="How it came about.")
    parties = serializers.ListField(
        child=WrittenPartySerializer(), required=False, max_length=MOST_PARTIES, help_text="The communities, in order."
    )
    signatories = serializers.ListField(
        child=WrittenSignatorySerializer(),
        required=False,
        max_length=MOST_SIGNATORIES,
        help_text="Those who signed, in order; each for one of the parties.",
    )

    @property
    def written(self) -> Written:
        """Plain values for the operation."""
        said = dict(self.validated_data)
        parties, rows = said.pop("parties", None), said.pop("signatories", None)
        for name in ("jurisdiction", "affiliation"):
            said.pop(name, None)
        if "declared_by" in said:
            said["declared_by_id"] = said.pop("declared_by")
        signatories = rows and [
            SignatoryRow(row["party"], row["name"], row.get("office", ""), row["capacity"], row.get("signed_on"))
            for row in rows
        ]
        return Written(terms=said, parties=parties, signatories=signatories)


@extend_schema_serializer(examples=[request_example("Filing", FILING_WRITTEN)])
class FilingStartSerializer(FilingChangeSerializer):
    """A draft: everything but ``act`` and ``jurisdiction`` may come later."""

    act = serializers.ChoiceField(Act.choices, help_text="What the agreement does.")
    jurisdiction = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="Id of the community that files: one that you represent."
    )
    affiliation = serializers.CharField(
        required=False, max_length=24, help_text="Number of the affiliation that it is about; it names both parties."
    )


class SaidSerializer(Strict):
    comment = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=4000,
        help_text="What to change, or why; return, reject and annul need it.",
    )


class WaiverSerializer(Strict):
    code = serializers.CharField(max_length=20, help_text="Code of a finding that can be waived.")
    reason = serializers.CharField(max_length=2000, help_text="Why; it stays with the filing.")


class UploadSerializer(Strict):
    file = serializers.FileField(help_text="PDF, JPEG, PNG or TIFF; judged by its content.")
    role = serializers.ChoiceField(DocumentRole.choices, help_text="What it is.")
    language = serializers.RegexField(
        _LANGUAGE, required=False, allow_blank=True, max_length=12, help_text="Its language (BCP 47)."
    )
    public = serializers.BooleanField(
        required=False, default=True, help_text="Whether everybody may read it once it is registered."
    )
    sha256 = serializers.RegexField(
        r"^[0-9a-fA-F]{64}$", required=False, help_text="SHA-256 of the file: refused where another one arrives."
    )
