"""Fields that several nouns share: what they print, and how the OpenAPI description tells of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(
    {
        "type": "string",
        "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        "examples": ["1931", "1985-04", "1992-06-29"],
    }
)
class PartialDateField(serializers.Field):
    """A year, a month or a day, as far as it is known; texts in this form sort by date."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return str(value)


@extend_schema_field({"type": "string", "format": "uri"})
class AddressField(serializers.Field):
    """An absolute address that is worked out from the whole row."""

    def __init__(self, make: Callable[[Any], str], **kwargs: Any) -> None:
        self.make = make
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, value: Any) -> str:
        return self.make(value)


def words(choices: Any, help_text: str, **kwargs: Any) -> serializers.ListField:
    """Several words of a closed list."""
    return serializers.ListField(child=serializers.ChoiceField(choices=choices), help_text=help_text, **kwargs)
