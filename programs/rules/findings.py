"""What stands in the way of an application: the shape of one result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from partnerships.choices import Severity
from partnerships.rules.wording import Translate, untranslated, worded


@dataclass(frozen=True)
class Finding:
    """``message`` is an English msgid with ``%(name)s`` places; ``step`` is the form's step where it can
    be put right.
    """

    code: str
    message: str
    step: str = "about"
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    severity: str = Severity.BLOCKING
    source: str = ""

    def text(self, translate: Translate = untranslated) -> str:
        return worded(self.message, self.params, translate)


def blocking(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.severity == Severity.BLOCKING]
