"""The shape of the statistics: single numbers by name, tables as lists of rows, each with how it was worked out."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from partnerships.transfer.measures import NETWORK, TOTALS, Measure


class StandSerializer(serializers.Serializer[Any]):
    seq = serializers.IntegerField(help_text="Last entry of the register that is counted.")
    hash = serializers.CharField(help_text="Its hash.")
    day = serializers.DateField(help_text="The calendar day that lights and recognition are those of.")
    finished_at = serializers.CharField(help_text="When they were worked out (UTC).")


def _number(measure: Measure) -> serializers.Field[Any, Any, Any, Any]:
    """A measure that is not defined for the record as it stands is null."""
    field = serializers.FloatField if measure.digits else serializers.IntegerField
    return field(allow_null=True, help_text=str(measure.method))


class ColumnSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Its name in each row.")
    type = serializers.CharField(help_text="string or integer.")
    title = serializers.CharField(help_text="What it holds, in the language of the answer.")


class TableSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Its name, such as decades.")
    title = serializers.CharField(help_text="The same in words.")
    method = serializers.CharField(help_text="What is counted, and how.")
    columns = ColumnSerializer(many=True, help_text="The columns, in order.")
    rows = serializers.ListField(child=serializers.DictField(), help_text="One object a row, by the names of columns.")


class StatisticsSerializer(serializers.Serializer[Any]):
    as_of = StandSerializer(allow_null=True, help_text="What they show; null before they were first worked out.")
    totals = inline_serializer(
        "Totals", {row.name: _number(row) for row in TOTALS}, allow_null=True, help_text="Single numbers by name."
    )
    network = inline_serializer(
        "Network",
        {row.name: _number(row) for row in NETWORK},
        allow_null=True,
        help_text="Measures of the network by name.",
    )
    methods = serializers.DictField(
        child=serializers.CharField(), help_text="How each number of totals and network was worked out, by its name."
    )
    tables = TableSerializer(many=True, help_text="Everything that is more than one number.")
