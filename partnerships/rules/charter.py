"""The charter sister city: the earliest home partner of the same foreign community; a tie is a tie (domain 2.5)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from partnerships.choices import Charter
from partnerships.rules.dates import PartialDate

Key = TypeVar("Key", bound=Hashable)


def charters(candidates: Sequence[tuple[Key, PartialDate | None]]) -> dict[Key, str]:
    """Which candidates are the charter, or tie for it; the others are left out.

    A candidate ties where its date may be the earliest of all: "1960" and "1960-05" tie, because the first may be any
    day of that year. One without a date does not compete: the title goes to the earliest *on record*, and would
    otherwise be a tie wherever a single date is missing.
    """
    dated = [(key, since) for key, since in candidates if since is not None]
    if not dated:
        return {}
    latest = min(since.latest for _key, since in dated)
    leaders = [key for key, since in dated if since.earliest <= latest]
    rank = Charter.CHARTER if len(leaders) == 1 else Charter.TIE
    return dict.fromkeys(leaders, str(rank))
