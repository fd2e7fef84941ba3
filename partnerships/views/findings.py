"""Findings in the reader's language, each with the step where it can be put right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from partnerships.forms import dates
from partnerships.models import Filing
from partnerships.rules.dates import PartialDate
from partnerships.rules.findings import Finding
from partnerships.rules.wording import worded

STEPS = ("parties", "terms", "signatories", "documents", "reasons", "check")


def in_words(found: Iterable[Finding], filing: Filing) -> list[dict[str, Any]]:
    """What the finding component prints; links only while the filing can be changed."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "text": _text(finding),
            "url": reverse(f"filing_{finding.step}", args=[filing.pk]) if filing.is_editable else "",
            "step": finding.step,
        }
        for finding in found
    ]


def _text(finding: Finding) -> str:
    """Dates as people write them, not as they are stored."""
    params = {
        name: dates.written(value) if isinstance(value, PartialDate) else value
        for name, value in finding.params.items()
    }
    return worded(finding.message, params, gettext)
