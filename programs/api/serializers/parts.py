"""Shapes that several nouns of programs share."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from programs.kinds import all_kinds

#: The kinds of programs with their words.
KINDS = [(code, kind.name) for code, kind in sorted(all_kinds().items())]


class CommunitySerializer(serializers.Serializer[Any]):
    """A community as participations name it."""

    id = serializers.IntegerField(help_text="It never changes and is never reused.")
    name = serializers.CharField(help_text="Name in Latin letters.")
    native_name = serializers.CharField(allow_blank=True, help_text="Name in its own script; may be empty.")
    kind = serializers.CharField(help_text="What kind of community it is.")
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2 code.")
    country_name = serializers.CharField(help_text="In the language of the answer.")
    subdivision = serializers.CharField(allow_blank=True, help_text="ISO 3166-2 code; may be empty.")
    subdivision_name = serializers.CharField(allow_blank=True, help_text="Its name; may be empty.")
    latitude = serializers.FloatField(allow_null=True, help_text="Degrees north (WGS 84).")
    longitude = serializers.FloatField(allow_null=True, help_text="Degrees east (WGS 84).")
    fictional = serializers.BooleanField(help_text="An example that was made up.")
    url = serializers.URLField(help_text="Its page.")


class OfCycleSerializer(serializers.Serializer[Any]):
    """The cycle to which something belongs."""

    program = serializers.CharField(help_text="Name of the program in its address.")
    program_name = serializers.CharField(help_text="What the program is called.")
    cycle = serializers.CharField(help_text="Name of the cycle in its address.")
    cycle_name = serializers.CharField(help_text="What the cycle is called.")


def partial(help_text: str) -> serializers.RegexField:
    """A date as far as it is known."""
    return serializers.RegexField(r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", allow_null=True, help_text=help_text)


def details(help_text: str) -> serializers.DictField:
    return serializers.DictField(help_text=help_text)
