"""Findings on an application in the reader's language, each with the step where it can be put right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from programs.choices import EDITABLE_STATES
from programs.models import Participation
from programs.rules.findings import Finding
from programs.templatetags.programs import finding_text


def in_words(found: Iterable[Finding], participation: Participation) -> list[dict[str, Any]]:
    """What the finding component prints; links only while the application can be changed."""
    editable = participation.state in EDITABLE_STATES
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "text": finding_text(finding),
            "step": finding.step,
            "url": _where(finding, participation) if editable else "",
        }
        for finding in found
    ]


def _where(finding: Finding, participation: Participation) -> str:
    """The step where it can be put right; nothing that is typed opens a call or pays a membership."""
    if finding.code in ("call", "standing"):
        return ""
    return reverse(f"application_{finding.step}", args=[participation.pk])
