"""The shapes of programs and cycles."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from partnerships.api import addresses
from partnerships.api.serializers.examples import example
from partnerships.api.serializers.fields import AddressField, PartialDateField
from programs.api import addresses as own
from programs.api.serializers import examples
from programs.api.serializers.parts import KINDS
from programs.choices import BackerRole, BandMeasure, CycleState
from programs.rules import stages
from programs.selectors.catalogue import CycleRow
from programs.transfer import addresses as pages
from programs.transfer import shapes


class BackerSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Name of the organisation.")
    role = serializers.ChoiceField(BackerRole.choices, help_text="What it does for the program.")
    website = serializers.CharField(allow_blank=True, help_text="Its web site; may be empty.")
    category = serializers.CharField(
        allow_blank=True, help_text="Code of the one category that it sponsors; empty: the whole."
    )


@extend_schema_serializer(examples=[example("Program", examples.PROGRAM)])
class ProgramSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField(help_text="Its name in addresses; it never changes.")
    kind = serializers.ChoiceField(
        KINDS,
        source="kind.code",
        help_text="What kind of program it is.",
    )
    name = serializers.CharField(help_text="What it is called.")
    summary = serializers.CharField(help_text="What it is, in one sentence.")
    description = serializers.CharField(allow_blank=True, help_text="More about it; may be empty.")
    since = PartialDateField(help_text="When it began, as far as is known.")
    ended = PartialDateField(help_text="When it ended; null while it goes on.")
    website = serializers.CharField(allow_blank=True, help_text="Its web site; may be empty.")
    backers = BackerSerializer(many=True, help_text="Who funds, administers or partners it.")
    cycles = serializers.IntegerField(help_text="How many public cycles it has.")
    fictional = serializers.BooleanField(help_text="An example that was made up.")
    url = AddressField(lambda row: pages.of(row.path), help_text="Its page.")
    api_url = AddressField(lambda row: own.program(row.slug), help_text="Its address in the API.")
    cycles_url = AddressField(lambda row: addresses.of("cycles/", program=row.slug), help_text="Its cycles.")
    participations_url = AddressField(
        lambda row: addresses.of("participations/", program=row.slug), help_text="Those who took part."
    )


class CategorySerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Its code in filters.")
    name = serializers.CharField(help_text="What it is called.")


class BandSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="What it is called.")
    measure = serializers.ChoiceField(BandMeasure.choices, help_text="What is measured.")
    low = serializers.IntegerField(help_text="From this value.")
    high = serializers.IntegerField(allow_null=True, help_text="Up to and without this value; null: without end.")


class CriterionSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="What is judged.")
    help = serializers.CharField(allow_blank=True, help_text="What to look at; may be empty.")
    weight = serializers.DecimalField(max_digits=6, decimal_places=3, help_text="How much it counts.")
    most = serializers.IntegerField(help_text="The most points.")


class EligibilitySerializer(serializers.Serializer[Any]):
    good_standing = serializers.BooleanField(help_text="Only members in good standing.")
    recognised = serializers.BooleanField(help_text="Only with an affiliation that is recognised.")
    affiliation_kind = serializers.CharField(allow_blank=True, help_text="sister or friendship; empty: either.")
    countries = serializers.ListField(
        child=serializers.CharField(), help_text="The partner's country is one of these; empty: any."
    )
    age_from = serializers.IntegerField(allow_null=True, help_text="Youngest age of students.")
    age_to = serializers.IntegerField(allow_null=True, help_text="Oldest age of students, included.")
    ages_on = serializers.DateField(allow_null=True, help_text="Ages are counted on this day; null: day of closing.")


@extend_schema_serializer(examples=[example("Cycle", examples.CYCLE)])
class CycleSerializer(serializers.Serializer[Any]):
    program = serializers.CharField(source="program.slug", help_text="Name of the program in its address.")
    program_name = serializers.CharField(source="program.name", help_text="What the program is called.")
    slug = serializers.CharField(help_text="Its name in addresses, under that of the program.")
    name = serializers.CharField(help_text="What it is called.")
    theme = serializers.CharField(allow_blank=True, help_text="Its theme; may be empty.")
    description = serializers.CharField(allow_blank=True, help_text="More about it; may be empty.")
    state = serializers.ChoiceField(
        [choice for choice in CycleState.choices if choice[0] != CycleState.DRAFT], help_text="As staff set it."
    )
    stage = serializers.ChoiceField(
        [(code, words) for code, (words, _tone, _icon) in stages.WORDS.items()],
        help_text="Where its call stands on the registry's calendar day.",
    )
    time_zone = serializers.CharField(help_text="Where its instants were set and its days are counted.")
    opens_at = serializers.DateTimeField(allow_null=True, help_text="The call takes applications from this instant,")
    closes_at = serializers.DateTimeField(allow_null=True, help_text="up to and without this one.")
    starts_on = PartialDateField(help_text="When it begins.")
    ends_on = PartialDateField(help_text="When it ends.")
    report_due_on = serializers.DateField(allow_null=True, help_text="When reports are due.")
    eligibility = EligibilitySerializer(help_text="Whom the call is for.")
    currency = serializers.CharField(help_text="ISO 4217 code of its money.")
    budget = serializers.DecimalField(14, 2, allow_null=True, help_text="Money that can be awarded.")
    cap_per_pair = serializers.DecimalField(14, 2, allow_null=True, help_text="The most for one pair.")
    committed = serializers.DecimalField(14, 2, help_text="Money awarded so far.")
    rules = serializers.SerializerMethodField(help_text="Further rules of its kind, by name.")
    categories = serializers.SerializerMethodField(help_text="What is competed in, or supported.")
    bands = BandSerializer(many=True, help_text="Half-open ranges of population or age.")
    criteria = CriterionSerializer(many=True, help_text="What is judged.")
    backers = BackerSerializer(many=True, help_text="Who stands behind this cycle, beside those of the program.")
    participations = serializers.IntegerField(help_text="How many take part.")
    activities = serializers.IntegerField(help_text="How many public activities there are.")
    outcome = serializers.CharField(allow_blank=True, help_text="What came of it, in words; may be empty.")
    cancelled_because = serializers.CharField(allow_blank=True, help_text="Why it was cancelled; empty otherwise.")
    historical = serializers.BooleanField(help_text="Entered from the record, not run in this registry.")
    fictional = serializers.BooleanField(help_text="An example that was made up.")
    url = AddressField(lambda row: pages.of(row.path), help_text="Its page.")
    api_url = AddressField(lambda row: own.cycle(row.program.slug, row.slug), help_text="Its address in the API.")

    @extend_schema_field(serializers.DictField())
    def get_rules(self, row: CycleRow) -> dict[str, Any]:
        return shapes.detail(row.rules)

    @extend_schema_field(CategorySerializer(many=True))
    def get_categories(self, row: CycleRow) -> list[dict[str, str]]:
        return [{"code": code, "name": name} for code, name in row.categories]
