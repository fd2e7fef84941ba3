"""Which community stands today for one that was merged into another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from partnerships.models import Jurisdiction


def last(ids: Iterable[int]) -> Mapping[int, int]:
    """Each community with the one that stands for it after all merges, itself where none was.

    One statement, and one more for each link of the longest chain of merges.
    """
    found = {pk: pk for pk in ids}
    seen = set[int]()
    while beyond := _merged(set(found.values()) - seen):
        seen |= beyond.keys()
        found = {pk: beyond.get(now, now) for pk, now in found.items()}
    return found


def _merged(ids: set[int]) -> dict[int, int]:
    rows = Jurisdiction.objects.filter(pk__in=ids, successor__isnull=False).order_by()
    return dict(rows.values_list("pk", "successor_id")) if ids else {}


def family(ids: Iterable[int]) -> tuple[int, ...]:
    """These communities with all that they were merged into and all that were merged into them.

    For what stays with the community that it was entered for. As many statements as ``last``.
    """
    found, beyond = set[int](), set(ids)
    while beyond:
        found |= beyond
        merges = Jurisdiction.objects.filter(
            Q(pk__in=beyond, successor__isnull=False) | Q(successor__in=beyond)
        ).order_by()
        beyond = {pk for pair in merges.values_list("pk", "successor_id") for pk in pair} - found
    return tuple(sorted(found))
