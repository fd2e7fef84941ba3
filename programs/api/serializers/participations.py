"""The shapes of participations, activities and results, as ``transfer.shapes`` makes them."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from partnerships.api.serializers.examples import example
from programs.api.serializers import examples
from programs.api.serializers.parts import KINDS, CommunitySerializer, OfCycleSerializer, details, partial
from programs.choices import PUBLIC_STATES, ActivityKind, ActivityState, ParticipationRole, ParticipationState


@extend_schema_serializer(examples=[example("Participation", examples.PARTICIPATION)])
class ParticipationSerializer(OfCycleSerializer):
    id = serializers.IntegerField(help_text="It never changes and is never reused.")
    kind = serializers.ChoiceField(KINDS, help_text="Kind of the program.")
    community = CommunitySerializer(help_text="Who takes part.")
    partner = CommunitySerializer(allow_null=True, help_text="The other party of the affiliation, where there is one.")
    affiliation = serializers.CharField(allow_null=True, help_text="Number of the affiliation under which it is.")
    role = serializers.ChoiceField(ParticipationRole.choices, help_text="As what the community takes part.")
    state = serializers.ChoiceField(
        [(str(state), ParticipationState(state).label) for state in PUBLIC_STATES], help_text="How far it is."
    )
    title = serializers.CharField(allow_blank=True, help_text="What it is called; may be empty.")
    summary = serializers.CharField(allow_blank=True, help_text="What it is about; may be empty.")
    category = serializers.CharField(allow_null=True, help_text="Code of its category.")
    category_name = serializers.CharField(allow_blank=True, help_text="What the category is called; may be empty.")
    band = serializers.CharField(allow_blank=True, help_text="Name of its band; may be empty.")
    detail = details("Public details of its kind, by name.")
    awarded = serializers.CharField(allow_null=True, help_text="Money awarded; null where none was.")
    paid = serializers.CharField(allow_null=True, help_text="How much of it was paid.")
    currency = serializers.CharField(allow_null=True, help_text="ISO 4217 code of the money.")
    decided_at = serializers.DateTimeField(
        allow_null=True, help_text="When it was decided; null where it was entered from the record later."
    )
    fictional = serializers.BooleanField(help_text="An example that was made up.")
    url = serializers.URLField(help_text="Its page.")


@extend_schema_serializer(examples=[example("Activity", examples.ACTIVITY)])
class ActivitySerializer(OfCycleSerializer):
    id = serializers.IntegerField(help_text="It never changes and is never reused.")
    participation = serializers.IntegerField(help_text="Id of the participation to which it belongs.")
    community = CommunitySerializer(help_text="Who takes part.")
    host = CommunitySerializer(allow_null=True, help_text="Where it takes place, where that is another community.")
    kind = serializers.ChoiceField(ActivityKind.choices, help_text="What it is.")
    state = serializers.ChoiceField(ActivityState.choices, help_text="Planned, held or cancelled.")
    title = serializers.CharField(help_text="What it is called.")
    text = serializers.CharField(allow_blank=True, help_text="More about it; may be empty.")
    starts_at = serializers.DateTimeField(allow_null=True, help_text="When it begins, in UTC.")
    ends_at = serializers.DateTimeField(allow_null=True, help_text="When it ends, in UTC.")
    time_zone = serializers.CharField(allow_blank=True, help_text="Time zone of the place; may be empty.")
    starts_on = partial("The first day where it takes place, as far as is known.")
    ends_on = partial("The last day, as far as is known.")
    venue = serializers.CharField(allow_blank=True, help_text="Name of the venue; may be empty.")
    address = serializers.CharField(allow_blank=True, help_text="Address of the venue; may be empty.")
    country = serializers.CharField(allow_blank=True, help_text="ISO 3166-1 alpha-2 code of where it takes place.")
    latitude = serializers.FloatField(allow_null=True, help_text="Degrees north (WGS 84).")
    longitude = serializers.FloatField(allow_null=True, help_text="Degrees east (WGS 84).")
    placed_by = serializers.ChoiceField(
        ["venue", "community", ""], help_text="Whose coordinates they are: the venue's or the community's."
    )
    detail = details("Public details of its kind, by name.")
    stream_url = serializers.CharField(allow_blank=True, help_text="A stream or web page; may be empty.")
    fictional = serializers.BooleanField(help_text="An example that was made up.")
    url = serializers.URLField(help_text="Where it stands on its page.")


@extend_schema_serializer(examples=[example("Result", examples.RESULT)])
class ResultSerializer(OfCycleSerializer):
    id = serializers.IntegerField(help_text="It never changes and is never reused.")
    participation = serializers.IntegerField(allow_null=True, help_text="Id; null: of the whole cycle.")
    community = CommunitySerializer(allow_null=True, help_text="Who took part; null: of the whole cycle.")
    measure = serializers.CharField(help_text="What is counted.")
    group = serializers.CharField(allow_blank=True, help_text="Of whom; may be empty.")
    value = serializers.CharField(help_text="The figure, as a decimal.")
    approximate = serializers.BooleanField(help_text="Known only about.")
    unit = serializers.CharField(help_text="Only figures of one unit can be added up.")
    on = partial("What it was true of.")
    claimed_by = serializers.CharField(help_text="Who says so.")
    method = serializers.CharField(allow_blank=True, help_text="How it was found; may be empty.")
    source = serializers.CharField(help_text="Where it is said.")  # type: ignore[assignment]
    source_url = serializers.CharField(allow_blank=True, help_text="Its address; may be empty.")
    verified = serializers.BooleanField(help_text="false: only claimed. Never add claimed and verified figures.")
    verified_on = serializers.DateField(allow_null=True, help_text="When it was verified.")
    verified_by = serializers.CharField(allow_blank=True, help_text="By whom; may be empty.")
    verified_how = serializers.CharField(allow_blank=True, help_text="How; may be empty.")
    fictional = serializers.BooleanField(help_text="An example that was made up.")
    url = serializers.URLField(help_text="The page where it stands.")
