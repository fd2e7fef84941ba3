"""Keeping the list of likely duplicates, and dismissing what staff know to be two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import Missing, WrongState
from partnerships.models import Counter, LikelyDuplicate, RegisterHead
from partnerships.rules.likely_duplicates import Verdict
from partnerships.selectors import likely_duplicates as selector
from partnerships.services import access, ledger, typed
from partnerships.services.access import Actor

_BATCH = 1_000
#: The series that holds the entry of the register up to which the record was looked through.
_SEEN = "duplicates:seen"


def find_if_moved(*, by: Actor, on: date) -> int | None:
    """Look the record through if it moved on since the last time; answers how many pairs wait, or ``None``."""
    head = RegisterHead.objects.values_list("seq", flat=True).first() or 0
    seen = Counter.objects.filter(pk=_SEEN).values_list("value", flat=True).first()
    if seen == head:
        return None
    count = find(by=by, on=on)
    Counter.objects.update_or_create(name=_SEEN, defaults={"value": head})
    return count


def find(*, by: Actor, on: date) -> int:
    """Look the whole record through and keep what may be one; answers how many pairs wait for staff.

    The search reads without a lock; what it found is written in one transaction. What was dismissed stays dismissed;
    what is no longer alike goes.
    """
    access.require(by, "duplicate.find")
    communities = selector.communities()
    affiliations = selector.affiliations(communities)
    with transaction.atomic():
        _keep(communities, ("one_id", "other_id"), on)
        _keep(affiliations, ("one_affiliation_id", "other_affiliation_id"), on)
    return LikelyDuplicate.objects.filter(dismissed_on__isnull=True).count()


def _keep(verdicts: Iterable[Verdict], columns: tuple[str, str], on: date) -> None:
    found = {(verdict.one, verdict.other): verdict for verdict in verdicts}
    kept = LikelyDuplicate.objects.filter(**{f"{columns[0]}__isnull": False})
    known = {(getattr(row, columns[0]), getattr(row, columns[1])): row for row in kept}
    gone = [row.pk for pair, row in known.items() if pair not in found and row.dismissed_on is None]
    for start in range(0, len(gone), _BATCH):
        LikelyDuplicate.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    changed = []
    for pair, verdict in found.items():
        row = known.get(pair)
        if row is not None and (row.score, row.reasons) != (verdict.score, list(verdict.reasons)):
            row.score, row.reasons = verdict.score, list(verdict.reasons)
            changed.append(row)
    LikelyDuplicate.objects.bulk_update(changed, ["score", "reasons"], batch_size=_BATCH)
    LikelyDuplicate.objects.bulk_create(
        [
            LikelyDuplicate(
                **dict(zip(columns, pair, strict=True)),
                score=verdict.score,
                reasons=list(verdict.reasons),
                found_on=on,
            )
            for pair, verdict in found.items()
            if pair not in known
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


@transaction.atomic
def dismiss(*, pair_id: int, by: Actor, on: date, reason: str) -> LikelyDuplicate:
    """They are two: not shown again. Raises ``WrongState`` where somebody was first."""
    access.require(by, "duplicate.dismiss")
    reason = typed.words(reason, field="reason", missing=_("Write how you know that they are two."))
    pair = LikelyDuplicate.objects.select_for_update().filter(pk=pair_id).first()
    if pair is None:
        raise Missing(_("There is no such pair."))
    if pair.dismissed_on is not None:
        raise WrongState(_("Dismissed already by %(name)s.") % {"name": pair.dismissed_by})
    pair.dismissed_on, pair.dismissed_by, pair.dismissed_because = on, by.name[:200], reason
    pair.save()
    ledger.record(subject=pair, act="duplicate.dismissed", by=by, now=pair, note=reason)
    return pair
