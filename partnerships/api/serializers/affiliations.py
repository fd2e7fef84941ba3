"""The shape of an affiliation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.examples import AFFILIATION, AFFILIATION_DETAIL, example
from partnerships.api.serializers.expanded import ExpandedAffiliationSerializer
from partnerships.api.serializers.fields import AddressField, PartialDateField, words
from partnerships.api.serializers.parties import PartySerializer
from partnerships.choices import (
    Act,
    AffiliationKind,
    Charter,
    ClaimFact,
    ConflictState,
    EvidenceGrade,
    Light,
    Reason,
    Standing,
    Theme,
)
from partnerships.selectors.claims import Disagreement
from partnerships.selectors.dossiers import AffiliationDossier
from partnerships.selectors.rows import AffiliationRow, AgreementRef
from partnerships.selectors.timeline import Event
from partnerships.transfer import addresses as pages

#: The codes of ``rules.recognition``.
RECOGNITION_CODES = [
    ("recognised", "Recognised."),
    ("not-in-force", "It is not in force."),
    ("no-agreement", "No agreement is registered."),
    ("no-member", "No party in the home country is a member."),
    ("lapsed", "The membership has run out."),
    ("excluded", "Excluded by the registry, with a reason."),
]


class RecognisedSerializer(serializers.Serializer[Any]):
    value = serializers.BooleanField(help_text="Recognised today, or on the day of as_of.")
    since = serializers.DateField(
        allow_null=True, help_text="First day of the present recognition; null where there is none, or nobody knows."
    )
    reason = serializers.CharField(
        source="text", help_text="Why it is recognised or not, in words, in the language of the answer."
    )
    code = serializers.ChoiceField(
        RECOGNITION_CODES,
        source="reason",
        help_text="The same for programs.",
    )


class AgreementRefSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(help_text="Number of the agreement.")
    act = serializers.ChoiceField(Act.choices, help_text="What it did.")
    signed_on = PartialDateField(help_text="When it was signed, as far as it is known.")
    annulled = serializers.BooleanField(help_text="Whether the entry was annulled as an error.")
    url = AddressField(lambda ref: pages.agreement(ref.number), help_text="Its page.")
    api_url = AddressField(lambda ref: addresses.agreement(ref.number), help_text="Its address in the API.")


@extend_schema_serializer(examples=[example("Affiliation", AFFILIATION)])
class AffiliationSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(help_text="Number of the affiliation; it never changes and is never reused.")
    kind = serializers.ChoiceField(AffiliationKind.choices, help_text="sister, or friendship: a first step.")
    standing = serializers.ChoiceField(
        Standing.choices, help_text="annulled: entered in error; no list holds such ones, their addresses stay."
    )
    recognised = RecognisedSerializer(help_text="Whether the registry recognises it today, and why or why not.")
    light = serializers.ChoiceField(
        Light.choices,
        allow_blank=True,
        help_text="How long ago somebody confirmed that it is alive; empty where as_of lies before that.",
    )
    charter = serializers.ChoiceField(
        Charter.choices,
        allow_blank=True,
        help_text="charter: the earliest home partner of the community abroad; tie: one of several; or empty.",
    )
    since = PartialDateField(help_text="When it began.")
    ended = PartialDateField(help_text="When it ended.")
    term_end = serializers.DateField(allow_null=True, help_text="Agreed end of the term.")
    perpetual = serializers.BooleanField(help_text="The agreement states that it never expires.")
    last_confirmed_on = serializers.DateField(allow_null=True, help_text="When somebody last confirmed it.")
    parties = PartySerializer(many=True, help_text="The two communities.")
    reasons = words(Reason.choices, "Why these two.")
    themes = words(Theme.choices, "What they do together.")
    agreements = AgreementRefSerializer(many=True, help_text="Its agreements, in the order of registration.")
    fictional = serializers.BooleanField(help_text="An example that was made up.")
    url = AddressField(lambda row: pages.affiliation(row.number), help_text="Its page.")
    api_url = AddressField(lambda row: addresses.affiliation(row.number), help_text="Its address in the API.")
    expanded = ExpandedAffiliationSerializer(required=False, help_text="What expand asked for; else it is not there.")


class EventSerializer(serializers.Serializer[Any]):
    when = PartialDateField(help_text="When it happened.")
    title = serializers.CharField(help_text="What happened.")
    text = serializers.CharField(allow_blank=True, help_text="More about it; may be empty.")
    agreement = serializers.CharField(allow_blank=True, help_text="Number of the agreement it comes from, or empty.")
    sources = serializers.ListField(child=serializers.CharField(), help_text="Where this is known from.")


class ClaimSerializer(serializers.Serializer[Any]):
    value = serializers.CharField(help_text="What the source says: a date, a standing, a kind, the id of a community.")
    source = serializers.CharField(help_text="Who says so.")  # type: ignore[assignment]
    source_url = serializers.CharField(allow_blank=True, help_text="Where, if it is on the web; may be empty.")
    stated_on = PartialDateField(help_text="When the source said so, as far as it is known.")
    recorded_on = serializers.DateField(help_text="When the registry recorded it.")
    evidence = serializers.ChoiceField(EvidenceGrade.choices, help_text="How well it is proved.")
    disputed_because = serializers.CharField(
        allow_blank=True, help_text="Why the registry found this claim wrong; empty where it did not."
    )


class DisagreementSerializer(serializers.Serializer[Any]):
    fact = serializers.ChoiceField(ClaimFact.choices, help_text="What it is about.")
    value = serializers.CharField(allow_blank=True, help_text="What the registry shows; empty where nobody knows.")
    on_record = serializers.BooleanField(help_text="Whether that is on record; if not, it is the best evidenced claim.")
    state = serializers.ChoiceField(
        ConflictState.choices, allow_blank=True, help_text="What the registry made of it; empty: it only adds a fact."
    )
    reason = serializers.CharField(allow_blank=True, help_text="Why, in the words of the registrar; may be empty.")
    claims = ClaimSerializer(many=True, help_text="What sources say otherwise, or say at all.")
    disputed = ClaimSerializer(many=True, help_text="Claims that the registry found wrong.")


@extend_schema_serializer(examples=[example("Affiliation", AFFILIATION_DETAIL)])
class AffiliationDetailSerializer(AffiliationSerializer):
    story = serializers.CharField(allow_blank=True, help_text="How it came about, in the words of the parties.")
    events = EventSerializer(many=True, help_text="What happened, in the order of time.")
    disagreements = DisagreementSerializer(many=True, help_text="Where sources differ, with what each one says.")
    register_url = AddressField(
        lambda row: addresses.entries_about(f"affiliations/{row.number}"),
        help_text="What the register says about it.",
    )


@dataclass(frozen=True)
class AffiliationDetail(AffiliationRow):
    """An affiliation with what only its own address tells."""

    story: str = ""
    events: tuple[Event, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    @classmethod
    def of(cls, dossier: AffiliationDossier) -> AffiliationDetail:
        agreements = tuple(
            AgreementRef(kept.number, kept.act, kept.signed_on, kept.annulled_on is not None)
            for kept in dossier.agreements
        )
        known = {**vars(dossier.row), "agreements": agreements}
        return cls(**known, story=dossier.story, events=dossier.events, disagreements=dossier.disagreements)
