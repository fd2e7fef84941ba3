"""The shape of an entry of the register: exactly what its hash protects."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from partnerships.api.serializers.examples import ENTRY, example


@extend_schema_serializer(examples=[example("Entry", ENTRY)])
class EntrySerializer(serializers.Serializer[Any]):
    seq = serializers.IntegerField(help_text="Sequence number, from 1 without gaps.")
    recorded_at = serializers.CharField(help_text="When it was recorded: UTC, microseconds.")
    event = serializers.CharField(help_text="What happened, such as agreement.registered.")
    subject = serializers.CharField(help_text="What it is about, such as agreements/SCI-2026-000123.")
    payload = serializers.DictField(
        allow_null=True, help_text="What is said. null: taken away on lawful request, which a later entry announces."
    )
    payload_hash = serializers.CharField(help_text="SHA-256 of the payload as canonical JSON (RFC 8785).")
    previous_hash = serializers.CharField(help_text="hash of the entry before; 64 zeros before the first.")
    hash = serializers.CharField(
        help_text="SHA-256 of previous hash, payload hash and the header {event, recorded_at, seq, subject} (RFC 8785)."
    )
