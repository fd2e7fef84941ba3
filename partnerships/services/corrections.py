"""Affiliations that name the wrong community: corrected in the open, nothing lost."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.choices import ClaimFact, EvidenceGrade
from partnerships.exceptions import Invalid, WrongState
from partnerships.models import Affiliation, AffiliationSide, Claim, Jurisdiction
from partnerships.selectors import affiliations as selector
from partnerships.services import (
    access,
    affiliation_merges,
    affiliations,
    bulk_totals,
    claims,
    joins,
    ledger,
    register,
    typed,
)
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
    affiliation = affiliation_merges.locked(number)
    rows = Jurisdiction.objects.select_for_update().order_by("pk").in_bulk([wrong_id, right_id])
    wrong, right = rows.get(wrong_id), rows.get(right_id)
    if wrong is None or wrong_id not in affiliation.party_ids:
        raise Invalid({"wrong": [_("This community is not a party of the affiliation.")]})
    if right is None or right.provisional or right.successor_id or right_id in affiliation.party_ids:
        raise Invalid({"right": [_("Choose another community that is on record.")]})
    if selector.stands_on_papers(affiliation):
        raise WrongState(_("It stands on a registered agreement. If that names the wrong community, annul it."))
    return affiliation, wrong, right


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
        affiliation_merges.keep(affiliation, rival, moved, by=by, on=on, reason=reason)
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
