"""Affiliations that name the wrong community, or that are on record twice: corrected in the open, nothing lost."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.choices import ClaimFact, EvidenceGrade, Standing
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import Affiliation, AffiliationSide, Claim, Jurisdiction, Merge
from partnerships.selectors import affiliations as selector
from partnerships.services import access, affiliations, bulk_totals, claims, joins, ledger, register, typed
from partnerships.services.access import Actor


@transaction.atomic
def correct_partner(*, number: str, wrong_id: int, right_id: int, by: Actor, on: date, reason: str) -> Affiliation:
    """A source meant a namesake: the affiliation is one of ``right``, and what the source said stays as a claim that
    was found wrong, so that the same source does not bring the error back.

    Where the right two have an open affiliation already, this one is merged into it. Raises ``WrongState`` where a
    paper names the community: then the agreement is annulled instead.
    """
    access.require(by, "affiliation.correct-partner")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    affiliation, wrong, right = _to_correct(number, wrong_id, right_id)
    claims.keep([_said(affiliation, wrong)], on=on)
    Claim.objects.filter(
        affiliation=affiliation, fact=ClaimFact.PARTNER, value=str(wrong.pk), disputed_because=""
    ).update(disputed_because=reason)
    entry = register.append(
        event="affiliation.partner-corrected",
        subject=f"affiliations/{number}",
        payload={
            "number": number,
            "was": {"id": wrong.pk, "name": wrong.full_name},
            "now": {"id": right.pk, "name": right.full_name},
            "reason": reason,
        },
    )
    ledger.record(
        subject=affiliation,
        act="affiliation.partner-corrected",
        by=by,
        was=wrong.full_name,
        now=right.full_name,
        note=reason,
    )
    return _set(affiliation, wrong, right, by=by, on=on, seq=entry.seq, reason=reason)


def _to_correct(number: str, wrong_id: int, right_id: int) -> tuple[Affiliation, Jurisdiction, Jurisdiction]:
    affiliation = _locked(number)
    rows = Jurisdiction.objects.select_for_update().order_by("pk").in_bulk([wrong_id, right_id])
    wrong, right = rows.get(wrong_id), rows.get(right_id)
    if wrong is None or wrong_id not in affiliation.party_ids:
        raise Invalid({"wrong": [_("This community is not a party of the affiliation.")]})
    if right is None or right.provisional or right.successor_id or right_id in affiliation.party_ids:
        raise Invalid({"right": [_("Choose another community that is on record.")]})
    if selector.stands_on_papers(affiliation):
        raise WrongState(_("It stands on a registered agreement. If that names the wrong community, annul it."))
    return affiliation, wrong, right


def _locked(number: str) -> Affiliation:
    register.lock()
    found = Affiliation.objects.select_for_update().filter(number=number).first()
    if found is None:
        raise Missing(_("There is no affiliation %(number)s.") % {"number": number})
    if found.standing == Standing.ANNULLED:
        raise WrongState(_("%(number)s was entered in error or merged into another.") % {"number": number})
    return found


def _said(affiliation: Affiliation, wrong: Jurisdiction) -> claims.NewClaim:
    sources = [agreement.source for agreement in affiliation.agreements.order_by("pk") if agreement.source]
    return claims.NewClaim(
        affiliation.pk,
        ClaimFact.PARTNER,
        str(wrong.pk),
        sources[0] if sources else affiliation.number,
        note=wrong.full_name,
        evidence=EvidenceGrade.IMPORTED,
        partner_of_id=next(pk for pk in affiliation.party_ids if pk != wrong.pk),
    )


def _set(
    affiliation: Affiliation, wrong: Jurisdiction, right: Jurisdiction, *, by: Actor, on: date, seq: int, reason: str
) -> Affiliation:
    (other,) = set(affiliation.party_ids) - {wrong.pk}
    rival = Affiliation.objects.open().between(other, right.pk).select_for_update().first()
    if affiliation.is_open and rival is not None:
        moved = joins.join(affiliation, rival, on=on)
        _kept(affiliation, rival, moved, by=by, on=on, reason=reason)
        affiliations.refresh(rival, on=on, seq=seq)
        Affiliation.objects.filter(pk=affiliation.pk).update(changed_seq=seq)
        return rival
    low, high = sorted((other, right.pk))
    Affiliation.objects.filter(pk=affiliation.pk).update(first=low, second=high)
    AffiliationSide.objects.filter(affiliation=affiliation, jurisdiction=wrong).update(jurisdiction=right)
    corrected = Affiliation.objects.select_related("first", "second").get(pk=affiliation.pk)
    affiliations.refresh(corrected, on=on, seq=seq)
    total = AffiliationSide.objects.open().filter(jurisdiction=wrong).count()
    Jurisdiction.objects.filter(pk=wrong.pk).update(open_count=total)
    bulk_totals.charters([wrong.pk, right.pk])
    return corrected


def _kept(gone: Affiliation, kept: Affiliation, moved: dict[str, Any], *, by: Actor, on: date, reason: str) -> Merge:
    return Merge.objects.create(
        gone_affiliation=gone,
        kept_affiliation=kept,
        reason=reason,
        merged_on=on,
        merged_by=by.name[:200],
        moved={"joins": [moved]},
    )


@transaction.atomic
def merge_affiliations(*, gone: str, kept: str, by: Actor, on: date, reason: str) -> Merge:
    """One partnership is on record under two numbers, perhaps once for a city and once for its county: ``gone`` leads
    to ``kept`` from now on, with all its papers. One entry of the register; ``undo_affiliations`` puts it back."""
    access.require(by, "jurisdiction.merge")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    if gone == kept:
        raise Invalid({"kept": [_("Choose another affiliation.")]})
    leaving, staying = (_locked(number) for number in (gone, kept))
    if not set(leaving.party_ids) & set(staying.party_ids):
        raise WrongState(_("The two have no community in common. If one was entered twice, merge the communities."))
    moved = joins.join(leaving, staying, on=on)
    merge = _kept(leaving, staying, moved, by=by, on=on, reason=reason)
    entry = register.append(
        event="affiliation.merged",
        subject=f"affiliations/{kept}",
        payload={"kept": selector.state_in_words(staying), "merged": gone, "reason": reason},
    )
    affiliations.refresh(staying, on=on, seq=entry.seq)
    Affiliation.objects.filter(pk=leaving.pk).update(changed_seq=entry.seq)
    ledger.record(subject=leaving, act="affiliation.merged", by=by, was=gone, now=kept, note=reason)
    return merge


@transaction.atomic
def undo_affiliations(*, merge_id: int, by: Actor, on: date, reason: str) -> Merge:
    """They are two after all; raises ``WrongState`` where it was undone already or a later merge builds on it."""
    access.require(by, "jurisdiction.merge")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    register.lock()
    merge = Merge.objects.select_for_update().filter(pk=merge_id, gone_affiliation__isnull=False).first()
    if merge is None or merge.kept_affiliation_id is None:
        raise Missing(_("There is no such merge."))
    if merge.undone_on is not None:
        raise WrongState(_("Undone already by %(name)s.") % {"name": merge.undone_by})
    staying = Affiliation.objects.get(pk=merge.kept_affiliation_id)
    if staying.standing == Standing.ANNULLED:
        raise WrongState(_("%(number)s was merged in its turn: undo that first.") % {"number": staying.number})
    leaving, staying = joins.part(merge.moved["joins"][0], on=on)
    entry = register.append(
        event="affiliation.merge-undone",
        subject=f"affiliations/{staying.number}",
        payload={"kept": staying.number, "parted": leaving.number, "reason": reason},
    )
    for affiliation in (leaving, staying):
        affiliations.refresh(affiliation, on=on, seq=entry.seq)
    merge.undone_on, merge.undone_by, merge.undone_because = on, by.name[:200], reason
    merge.save()
    ledger.record(subject=leaving, act="affiliation.merge-undone", by=by, was=staying, now=leaving, note=reason)
    return merge
