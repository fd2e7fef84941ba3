"""Keeping count of entries, so that the database itself refuses one too many however many enter at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.exceptions import WrongState
from programs.choices import EntryState, QuotaPer
from programs.exceptions import QuotaFull
from programs.models import Entry, Participation, Quota, QuotaUse
from programs.rules import quotas as rules
from programs.rules.quotas import Counted, Limit


def counted(participation: Participation, entry: Entry) -> Counted:
    """What the entry is counted by now."""
    tie = participation.affiliation
    partners = [pk for pk in (tie.party_ids if tie else ()) if pk != participation.jurisdiction_id]
    return Counted(
        community=participation.jurisdiction_id,
        partner=partners[0] if partners else 0,
        category=entry.category_id,
        age_group=entry.age_group_id or 0,
    )


def of_participation(participation: Participation) -> list[Counted]:
    """Everything that its entries use of the quotas, those withdrawn left out."""
    kept = Entry.objects.filter(participation=participation).exclude(state=EntryState.WITHDRAWN)
    return [counted(participation, entry) for entry in kept.order_by("pk")]


def change(cycle_id: int, *, before: Iterable[Counted] = (), after: Iterable[Counted] = ()) -> None:
    """Count what is after instead of what was before. Raises ``QuotaFull``; belongs in the transaction of the change.

    The rows are taken in one order. What is given back is never refused.
    """
    limits = [Limit(quota.pk, tuple(quota.per), quota.most) for quota in Quota.objects.filter(cycle=cycle_id)]
    for limit, key, by in rules.changes(limits, before, after):
        _count(limit, key, by)


def release(participation: Participation) -> None:
    """Its works are out of the competition with it: their places and their students are free again.

    Raises ``WrongState`` where one has won a prize, which has to be taken back first.
    """
    if Entry.objects.filter(participation=participation, state=EntryState.WINNER).exists():
        raise WrongState(_("One of its works has won a prize, which has to be taken back first."))
    change(participation.cycle_id, before=of_participation(participation))
    Entry.objects.filter(participation=participation).update(state=EntryState.WITHDRAWN)


def _count(limit: Limit, key: str, by: int) -> None:
    use = QuotaUse.objects.filter(quota=limit.id, key=key)
    if by < 0:
        use.update(used=F("used") + by)
        return
    QuotaUse.objects.get_or_create(quota_id=limit.id, key=key, defaults={"most": limit.most})
    if not use.filter(used__lte=F("most") - by).update(used=F("used") + by):
        raise QuotaFull(_full(limit))


def _full(limit: Limit) -> str:
    per = ", ".join(str(QuotaPer(code).label).lower() for code in limit.per)
    if not per:
        return ngettext(
            "This competition takes at most %(most)s work.",
            "This competition takes at most %(most)s works.",
            limit.most,
        ) % {"most": limit.most}
    return ngettext(
        "There is %(most)s work already, and no more are taken for each: %(per)s.",
        "There are %(most)s works already, and no more are taken for each: %(per)s.",
        limit.most,
    ) % {"most": limit.most, "per": per}
