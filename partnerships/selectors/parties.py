"""Communities as parties of affiliations, in the few columns that are kept or published with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from partnerships.models import Jurisdiction

MOST = 5_000


class Party(NamedTuple):
    """``country`` is the ISO code."""

    pk: int
    name: str
    folded: str
    kind: str
    country: str
    subdivision: str
    fictional: bool


def by_id(ids: Iterable[int]) -> dict[int, Party]:
    """These communities, in a statement for so many of them."""
    wanted, found = sorted(set(ids)), {}
    for start in range(0, len(wanted), MOST):
        rows = Jurisdiction.objects.filter(pk__in=wanted[start : start + MOST]).order_by()
        for row in rows.values_list(*Party._fields):
            found[row[0]] = Party(*row)
    return found
