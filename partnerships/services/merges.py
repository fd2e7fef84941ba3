"""Two communities that are one: merged, with everything that belongs to them, and parted again where that was wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partnerships.choices import FilingState
from partnerships.exceptions import Missing, WrongState
from partnerships.models import (
    Affiliation,
    AffiliationSide,
    ClaimedPair,
    Filing,
    FilingParty,
    Jurisdiction,
    Merge,
    RegisterEntry,
)
from partnerships.services import (
    access,
    affiliations,
    belongings,
    bulk_totals,
    filings,
    joins,
    jurisdictions,
    ledger,
    register,
    typed,
)
from partnerships.services.access import Actor

_OPEN_STATES = (FilingState.DRAFT, FilingState.SUBMITTED, FilingState.IN_REVIEW, FilingState.RETURNED)


@transaction.atomic
def merge(*, gone_id: int, kept_id: int, by: Actor, on: date, reason: str) -> Merge:
    """``gone`` is the same community as ``kept``: names, numbers, affiliations and all else move over to it, and its
    address leads there for good. One entry of the register; ``undo`` puts it back.

    Where both have an open affiliation with the same partner, one of the two stays by rule (``rules.joining``) and the
    other leads to it. Raises ``Missing``, and ``WrongState`` where one was merged already, where the two are partners
    of each other, or where a filing that waits names both.
    """
    access.require(by, "jurisdiction.merge")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    waiting = _lock_filings(gone_id)
    register.lock()
    gone, kept = _pair(gone_id, kept_id)
    _require_apart(gone, kept)
    ClaimedPair.objects.filter(filing__in=waiting).delete()
    moved = belongings.move(gone, kept)
    touched, moved["joins"] = _move_affiliations(gone, kept, on=on)
    moved["affiliations"] = [affiliation.pk for affiliation in touched]
    moved["rows"] += belongings.move_offered(gone, kept)
    moved["waiting"] = _claim_again(waiting)
    entry = _publish(gone, kept, moved, reason)
    ends = {row[end] for row in moved["joins"] for end in ("gone", "kept")}
    _refresh({*moved["affiliations"], *ends}, on=on, seq=entry.seq)
    _count(gone, kept)
    ledger.record(subject=gone, act="jurisdiction.merged", by=by, was=gone.pk, now=kept.pk, note=reason)
    return Merge.objects.create(gone=gone, kept=kept, reason=reason, merged_on=on, merged_by=by.name[:200], moved=moved)


def _lock_filings(jurisdiction_id: int) -> list[int]:
    """Filings about a community, before the head of the register: whoever registers one takes the two in this order."""
    about = Filing.objects.filter(
        Q(party_rows__jurisdiction=jurisdiction_id) | Q(on_behalf_of=jurisdiction_id), agreement__isnull=True
    )
    ids = sorted(set(about.values_list("pk", flat=True)))
    list(Filing.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    return list(ClaimedPair.objects.filter(filing__in=ids).values_list("filing_id", flat=True).distinct())


def _pair(gone_id: int, kept_id: int) -> tuple[Jurisdiction, Jurisdiction]:
    rows = Jurisdiction.objects.select_for_update().order_by("pk").in_bulk([gone_id, kept_id])
    gone, kept = rows.get(gone_id), rows.get(kept_id)
    if gone is None or kept is None or gone_id == kept_id:
        raise Missing(_("There is no such community."))
    for community in (gone, kept):
        if community.successor is not None:
            names = {"name": community, "other": community.successor.full_name}
            raise WrongState(_("%(name)s was merged into %(other)s already.") % names)
        if community.provisional:
            raise WrongState(_("%(name)s is provisional: match it in its filing instead.") % {"name": community})
    if gone.fictional != kept.fictional:
        raise WrongState(_("A fictional example is not merged with a community that exists."))
    return gone, kept


def _require_apart(gone: Jurisdiction, kept: Jurisdiction) -> None:
    """A community cannot be its own partner, nor sign twice."""
    partners = Affiliation.objects.visible().between(gone.pk, kept.pk).first()
    if partners is not None:
        raise WrongState(
            _("They are partners of each other (%(number)s). If that is an error, annul it first.")
            % {"number": partners.number}
        )
    own, others = (FilingParty.objects.filter(jurisdiction=party).values("filing") for party in (gone, kept))
    both = Filing.objects.filter(pk__in=own, state__in=_OPEN_STATES).filter(pk__in=others).first()
    if both is not None:
        raise WrongState(_("%(filing)s names both of them. Decide it first.") % {"filing": both})


def _move_affiliations(
    gone: Jurisdiction, kept: Jurisdiction, *, on: date
) -> tuple[list[Affiliation], list[dict[str, Any]]]:
    """Those that are of the other community now, and those of which one leads to the other."""
    own = Affiliation.objects.filter(Q(first=gone) | Q(second=gone), successor__isnull=True)
    moved, made = [], []
    for affiliation in own.select_for_update().order_by("pk"):
        partner = _partner(affiliation, gone.pk)
        if partner == kept.pk:
            continue  # annulled long ago, between the two themselves: it stays as it was written
        rival = Affiliation.objects.open().between(kept.pk, partner).select_for_update().first()
        if affiliation.is_open and rival is not None:
            leaving, staying = joins.choose(affiliation, rival)
            made.append(joins.join(leaving, staying, on=on))
            staying.save()
            if leaving.pk == affiliation.pk:
                continue
        _set_party(affiliation.pk, was=gone.pk, now=kept.pk)
        moved.append(affiliation)
    return moved, made


def _partner(affiliation: Affiliation, own: int) -> int:
    return affiliation.second_id if affiliation.first_id == own else affiliation.first_id


def _set_party(affiliation_id: int, *, was: int, now: int) -> None:
    """Another party for an affiliation and its side, which ``refresh`` then writes anew."""
    affiliation = Affiliation.objects.get(pk=affiliation_id)
    low, high = sorted((_partner(affiliation, was), now))
    Affiliation.objects.filter(pk=affiliation_id).update(first=low, second=high)
    AffiliationSide.objects.filter(affiliation=affiliation_id, jurisdiction=was).update(jurisdiction=now)


def _claim_again(filing_ids: list[int]) -> list[int]:
    """Filings that wait are about the community that stays; two of them about one pair cannot both wait."""
    for filing in Filing.objects.filter(pk__in=filing_ids).order_by("pk"):
        filings.claim_pairs(filing)
    return filing_ids


def _publish(gone: Jurisdiction, kept: Jurisdiction, moved: dict[str, Any], reason: str) -> RegisterEntry:
    numbers = dict(
        Affiliation.objects.filter(
            pk__in=[*moved["affiliations"], *(row[end] for row in moved["joins"] for end in ("gone", "kept"))]
        ).values_list("pk", "number")
    )
    return register.append(
        event="jurisdiction.merged",
        subject=f"jurisdictions/{kept.pk}",
        payload={
            "kept": jurisdictions.in_words(kept),
            "merged": jurisdictions.in_words(gone),
            "reason": reason,
            "affiliations": sorted(numbers[pk] for pk in moved["affiliations"]),
            "joined": [{"number": numbers[row["gone"]], "into": numbers[row["kept"]]} for row in moved["joins"]],
        },
    )


def _refresh(affiliation_ids: set[int], *, on: date, seq: int) -> None:
    for pk in sorted(affiliation_ids):
        affiliations.refresh(Affiliation.objects.select_related("first", "second").get(pk=pk), on=on, seq=seq)


def _count(gone: Jurisdiction, kept: Jurisdiction) -> None:
    """Totals of both, and who is the charter partner of either."""
    for party in (gone, kept):
        total = AffiliationSide.objects.open().filter(jurisdiction=party).count()
        Jurisdiction.objects.filter(pk=party.pk).update(open_count=total)
    bulk_totals.charters([gone.pk, kept.pk])


@transaction.atomic
def undo(*, merge_id: int, by: Actor, on: date, reason: str) -> Merge:
    """They are two after all: everything goes back to where it was, as another entry of the register.

    What came after the merge stays with the community that stayed, or goes along with what it belongs to. Raises
    ``WrongState`` where it was undone already or a later merge builds on it.
    """
    access.require(by, "jurisdiction.merge")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    merge = Merge.objects.filter(pk=merge_id, gone__isnull=False).first()
    if merge is None or merge.gone_id is None or merge.kept_id is None:
        raise Missing(_("There is no such merge."))
    waiting = _lock_filings(merge.kept_id)
    register.lock()
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    rows = Jurisdiction.objects.select_for_update().order_by("pk").in_bulk([merge.gone_id, merge.kept_id])
    gone, kept = rows[merge.gone_id], rows[merge.kept_id]
    _require_last(merge)
    ClaimedPair.objects.filter(filing__in=waiting).delete()
    gone.successor = None
    belongings.move_back(gone, kept, merge.moved)
    entry = register.append(
        event="jurisdiction.merge-undone",
        subject=f"jurisdictions/{kept.pk}",
        payload={"kept": jurisdictions.in_words(kept), "parted": jurisdictions.in_words(gone), "reason": reason},
    )
    _part_affiliations(merge, on=on, seq=entry.seq)
    _claim_again(waiting)
    _count(gone, kept)
    merge.undone_on, merge.undone_by, merge.undone_because = on, by.name[:200], reason
    merge.save()
    ledger.record(subject=gone, act="jurisdiction.merge-undone", by=by, was=kept.pk, now=gone.pk, note=reason)
    return merge


def _require_last(merge: Merge) -> None:
    if merge.undone_on is not None:
        raise WrongState(_("Undone already by %(name)s.") % {"name": merge.undone_by})
    both = (merge.gone_id, merge.kept_id)
    later = Merge.objects.filter(Q(gone__in=both) | Q(kept__in=both), pk__gt=merge.pk, undone_on__isnull=True).first()
    if later is not None:
        raise WrongState(_("A later merge builds on this one: undo %(merge)s first.") % {"merge": later})


def _part_affiliations(merge: Merge, *, on: date, seq: int) -> None:
    touched = set(merge.moved["affiliations"])
    for pk in merge.moved["affiliations"]:
        _set_party(pk, was=merge.kept_id or 0, now=merge.gone_id or 0)
    for row in reversed(merge.moved["joins"]):
        gone, kept = joins.part(row, on=on)
        touched |= {gone.pk, kept.pk}
    _refresh(touched, on=on, seq=seq)
