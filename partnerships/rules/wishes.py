"""What a community may say of the partner that it looks for, and for how long it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: How long a wish may stand before it is renewed.
MONTHS = (3, 6, 12)
USUAL_MONTHS = 6
#: How long before its end the representatives are reminded.
REMINDER_DAYS = 30


@dataclass(frozen=True)
class WishText:
    """What a representative says; ``countries`` empty means any. The last three describe the community itself."""

    countries: Sequence[str] = ()
    themes: Sequence[str] = ()
    industries: str = ""
    text: str = ""
    traits: Sequence[str] = ()
    diaspora: Sequence[str] = ()
    languages: Sequence[str] = ()
