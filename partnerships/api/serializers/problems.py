"""The shape of everything that goes wrong (RFC 9457)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from partnerships.api.serializers.examples import PROBLEM, example
from partnerships.choices import Severity


class FaultSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="The parameter, or where the value stood, such as signatories.0.name.")
    code = serializers.CharField(help_text="What is wrong with it, for programs.")
    message = serializers.CharField(help_text="The same for people, in the language of the answer.")
    severity = serializers.ChoiceField(
        Severity.choices, required=False, help_text="Of a finding of the recognition rules: how much it weighs."
    )
    source = serializers.CharField(  # type: ignore[assignment]
        required=False, help_text="Of a finding: the practice from which its rule follows."
    )


@extend_schema_serializer(examples=[example("Problem", PROBLEM, "application/problem+json", (400, 404, 406))])
class ProblemSerializer(serializers.Serializer[Any]):
    type = serializers.CharField(help_text="about:blank: the status says what kind of problem it is.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What went wrong, in the language of the answer.")
    request_id = serializers.CharField(
        required=False, help_text="Of a mistake of the registry (status 500): name it when you report it."
    )
    errors = FaultSerializer(  # type: ignore[assignment]
        many=True, help_text="What is wrong with which parameter; may be empty."
    )
