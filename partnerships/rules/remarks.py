"""What one rule has to say; the table of findings adds code, severity and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Remark:
    """``step`` and ``source`` only where they differ from those of the rule's row."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    step: str = ""
    source: str = ""
