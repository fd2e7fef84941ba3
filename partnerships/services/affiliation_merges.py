"""One partnership on record under two numbers: merged in the open, nothing lost, and parted again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.choices import Standing
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import Affiliation, Merge
from partnerships.selectors import affiliations as selector
from partnerships.services import access, affiliations, joins, ledger, register, typed
from partnerships.services.access import Actor


def locked(number: str) -> Affiliation:
    """The affiliation, to be changed in this transaction, the head of the register before it."""
    register.lock()
    found = Affiliation.objects.select_for_update().filter(number=number).first()
    if found is None:
        raise Missing(_("There is no affiliation %(number)s.") % {"number": number})
    if found.standing == Standing.ANNULLED:
        raise WrongState(_("%(number)s was entered in error or merged into another.") % {"number": number})
    return found


def keep(gone: Affiliation, kept: Affiliation, moved: dict[str, Any], *, by: Actor, on: date, reason: str) -> Merge:
    """Note the merge with what has to be put back; ``gone`` was joined to ``kept`` already."""
    return Merge.objects.create(
        gone_affiliation=gone,
        kept_affiliation=kept,
        reason=reason,
        merged_on=on,
        merged_by=by.name[:200],
        moved={"joins": [moved]},
    )


@transaction.atomic
def merge(*, gone: str, kept: str, by: Actor, on: date, reason: str) -> Merge:
    """One partnership is on record under two numbers, perhaps once for a city and once for its county: ``gone`` leads
    to ``kept`` from now on, with all its papers. One entry of the register; ``undo`` puts it back."""
    access.require(by, "jurisdiction.merge")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    if gone == kept:
        raise Invalid({"kept": [_("Choose another affiliation.")]})
    leaving, staying = (locked(number) for number in (gone, kept))
    if not set(leaving.party_ids) & set(staying.party_ids):
        raise WrongState(_("The two have no community in common. If one was entered twice, merge the communities."))
    moved = joins.join(leaving, staying, on=on)
    made = keep(leaving, staying, moved, by=by, on=on, reason=reason)
    entry = register.append(
        event="affiliation.merged",
        subject=f"affiliations/{kept}",
        payload={"kept": selector.state_in_words(staying), "merged": gone, "reason": reason},
    )
    affiliations.refresh(staying, on=on, seq=entry.seq)
    Affiliation.objects.filter(pk=leaving.pk).update(changed_seq=entry.seq)
    ledger.record(subject=leaving, act="affiliation.merged", by=by, was=gone, now=kept, note=reason)
    return made


@transaction.atomic
def undo(*, merge_id: int, by: Actor, on: date, reason: str) -> Merge:
    """They are two after all; raises ``WrongState`` where it was undone already or a later merge builds on it."""
    access.require(by, "jurisdiction.merge")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    register.lock()
    made = Merge.objects.select_for_update().filter(pk=merge_id, gone_affiliation__isnull=False).first()
    if made is None or made.kept_affiliation_id is None:
        raise Missing(_("There is no such merge."))
    if made.undone_on is not None:
        raise WrongState(_("Undone already by %(name)s.") % {"name": made.undone_by})
    staying = Affiliation.objects.get(pk=made.kept_affiliation_id)
    if staying.standing == Standing.ANNULLED:
        raise WrongState(_("%(number)s was merged in its turn: undo that first.") % {"number": staying.number})
    leaving, staying = joins.part(made.moved["joins"][0], on=on)
    entry = register.append(
        event="affiliation.merge-undone",
        subject=f"affiliations/{staying.number}",
        payload={"kept": staying.number, "parted": leaving.number, "reason": reason},
    )
    for affiliation in (leaving, staying):
        affiliations.refresh(affiliation, on=on, seq=entry.seq)
    made.undone_on, made.undone_by, made.undone_because = on, by.name[:200], reason
    made.save()
    ledger.record(subject=leaving, act="affiliation.merge-undone", by=by, was=staying, now=leaving, note=reason)
    return made
