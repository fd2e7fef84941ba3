"""Money: awarded within the cap of a pair and the budget of the cycle, planned in tranches, paid, given back.

``Cycle.committed`` and ``PairGrant.committed`` are what was awarded so far, so that the database itself refuses what
neither holds. Whoever changes them holds the head of the register and the rows of the cycle and of the pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid, Missing, Unmet, WrongState
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import DeliverableState, ParticipationState, TrancheState
from programs.exceptions import OverBudget
from programs.kinds import kind_of
from programs.models import Cycle, Deliverable, PairGrant, Participation, Tranche
from programs.rules import findings, money
from programs.selectors import addresses
from programs.services import cycles, decisions, participations, rights

MOST_TRANCHES = 24
#: What is asked for is no obstacle to an award of less.
_ABOUT_THE_SUM = frozenset({"call", "cap", "budget"})


@transaction.atomic
def award(*, participation_id: int, amount: Decimal, by: Actor, at: datetime, comment: str = "") -> Participation:
    """Accept the application where that is still to be done, and award it money.

    Raises ``OverBudget`` with what the pair or the budget still holds, ``Unmet``, ``Invalid`` at ``amount``, and
    ``WrongState`` where it was decided otherwise or awarded already.
    """
    access.require(by, "grant.award")
    amount = _money(amount, "amount")
    participation, was, comment = _accepting(participation_id, by, at, comment)
    if not kind_of(participation.cycle.program.kind).grants:
        raise WrongState(_("Programs of this kind award no money."))
    if participation.awarded is not None:
        raise WrongState(_("Money was awarded to this application already."))
    if participation.asked is not None and amount > participation.asked:
        asked = money.Sum(participation.asked, participation.cycle.currency)
        raise Invalid({"amount": [_("At most what was asked for: %(asked)s.") % {"asked": asked}]})
    _commit(participation, amount)
    participation.awarded = amount
    if was is None:
        participations.touch(participation)
    else:
        decisions.finish(participation, "accept", by, was, comment)
    return _record(participation, "grant.awarded", by, note=comment, now=amount)


def _accepting(participation_id: int, by: Actor, at: datetime, comment: str) -> tuple[Participation, str | None, str]:
    """The application, accepted; with the state that was, or ``None`` where it had been accepted before."""
    if Participation.objects.filter(pk=participation_id, state=ParticipationState.ACCEPTED).exists():
        participation = _locked(participation_id, "grant.award", by)
        if participation.state == ParticipationState.ACCEPTED:
            return participation, None, typed.words(comment, field="comment", most=4000)
    participation, was, comment = decisions.begin(participation_id, "accept", by, comment)
    blocking = [
        found
        for found in findings.blocking(participations.check(participation, at=at))
        if found.code not in _ABOUT_THE_SUM
    ]
    if blocking:
        raise Unmet(blocking)
    participation.decided_by_name, participation.decided_at = by.name[:200], at
    participation.comment = comment
    return participation, was, comment


@transaction.atomic
def plan(*, participation_id: int, tranches: Sequence[tuple[Decimal, int | None]], by: Actor) -> list[Tranche]:
    """Say in which parts the award is paid, each perhaps on a deliverable, instead of those not paid yet."""
    participation = _locked(participation_id, "grant.award", by)
    if participation.awarded is None:
        raise WrongState(_("No money was awarded to this application."))
    if len(tranches) > MOST_TRANCHES:
        raise Invalid({"tranches": [_("Plan at most %(most)s tranches.") % {"most": MOST_TRANCHES}]})
    amounts = [_money(amount, "tranches") for amount, _deliverable in tranches]
    if participation.paid + sum(amounts) > participation.awarded:
        raise Invalid({"tranches": [_("Together with what was paid this is more than the award.")]})
    wanted = {pk for _amount, pk in tranches if pk is not None}
    if wanted - set(
        Deliverable.objects.filter(participation=participation, pk__in=wanted).values_list("pk", flat=True)
    ):
        raise Invalid({"tranches": [_("Choose a deliverable of this application.")]})
    participation.tranches.filter(state=TrancheState.PLANNED).delete()
    last = participation.tranches.aggregate(last=Max("position"))["last"] or 0
    made = [
        Tranche.objects.create(participation=participation, position=place, amount=amount, deliverable_id=on)
        for place, (amount, (_typed, on)) in enumerate(zip(amounts, tranches, strict=True), last + 1)
    ]
    ledger.record(subject=participation, act="tranches.planned", by=by, now=", ".join(map(str, amounts)))
    return made


@transaction.atomic
def pay(*, tranche_id: int, reference: str, by: Actor, on: date) -> Tranche:
    """Record that a tranche was paid. Raises ``WrongState`` before what it hangs on was accepted, or a second time."""
    owner = Tranche.objects.filter(pk=tranche_id).values_list("participation", flat=True).first()
    if owner is None:
        raise Missing(_("There is no such tranche."))
    participation = _locked(owner, "grant.pay", by)
    tranche = Tranche.objects.select_for_update(of=("self",)).filter(pk=tranche_id).first()
    if tranche is None:
        raise Missing(_("There is no such tranche."))
    if tranche.state == TrancheState.PAID:
        raise WrongState(_("This tranche was paid already."))
    if tranche.deliverable is not None and tranche.deliverable.state != DeliverableState.ACCEPTED:
        raise WrongState(_("It is paid when “%(title)s” was accepted.") % {"title": tranche.deliverable.title})
    if participation.awarded is None or participation.paid + tranche.amount > participation.awarded:
        raise OverBudget(_("The award does not hold this payment."))
    missing = _("Write the reference of the payment.")
    tranche.reference = typed.words(reference, field="reference", missing=missing, most=120)
    tranche.state, tranche.paid_on = TrancheState.PAID, on
    tranche.save()
    participation.paid += tranche.amount
    participations.touch(participation)
    _record(participation, "grant.paid", by, note=tranche.reference, now=tranche.amount, paid_on=str(on))
    return tranche


@transaction.atomic
def reduce(*, participation_id: int, amount: Decimal, reason: str, by: Actor) -> Participation:
    """Lower an award to ``amount``, for a reason that is published; the rest goes back to the budget and to the pair.

    What is planned has to fit the lower award already, so that no tranche is lost without being seen.
    """
    participation, amount = _locked(participation_id, "grant.award", by), _money(amount, "amount")
    reason = typed.words(reason, field="reason", missing=_("Write why: it is published."))
    if participation.awarded is None or amount >= participation.awarded:
        raise Invalid({"amount": [_("Write less than what was awarded.")]})
    planned = participation.tranches.aggregate(all=Sum("amount"))["all"] or Decimal(0)
    if amount < max(planned, participation.paid):
        bound = money.Sum(max(planned, participation.paid), participation.cycle.currency)
        raise Invalid({"amount": [_("%(sum)s of it is planned or paid in tranches.") % {"sum": bound}]})
    return _give_back(participation, amount, "grant.reduced", by, reason)


@transaction.atomic
def end(*, participation_id: int, reason: str, by: Actor) -> Participation:
    """End a grant: nothing more is paid, and what was not paid goes back to the budget and to the pair."""
    participation = _locked(participation_id, "grant.award", by)
    reason = typed.words(reason, field="reason", missing=_("Write why: it is published."))
    if participation.awarded is None or participation.awarded == participation.paid:
        raise WrongState(_("There is no money left to give back."))
    participation.tranches.filter(state=TrancheState.PLANNED).delete()
    return _give_back(participation, participation.paid, "grant.ended", by, reason)


def _give_back(participation: Participation, left: Decimal, event: str, by: Actor, reason: str) -> Participation:
    was = participation.awarded or Decimal(0)
    cycle = cycles.locked(participation.cycle_id)
    cycle.committed -= was - left
    cycle.save()
    if (pair := _pair(participation, cycle)) is not None:
        pair.committed -= was - left
        pair.save()
    participation.awarded = left or None
    participations.touch(participation)
    return _record(participation, event, by, note=reason, was=was, now=left, reason=reason)


def _commit(participation: Participation, amount: Decimal) -> None:
    """Take the money out of the budget and of what the pair may have; raises ``OverBudget``."""
    cycle = cycles.locked(participation.cycle_id)
    if cycle.budget is not None and cycle.committed + amount > cycle.budget:
        left = money.Sum(cycle.budget - cycle.committed, cycle.currency)
        raise OverBudget(_("Only %(left)s of the budget is left.") % {"left": left})
    pair = _pair(participation, cycle)
    if pair is None and cycle.cap_per_pair is not None:
        raise WrongState(_("The cap holds for a pair: this application names no affiliation."))
    if pair is not None:
        if pair.cap is not None and pair.committed + amount > pair.cap:
            left = money.Sum(pair.cap - pair.committed, cycle.currency)
            raise OverBudget(_("Only %(left)s is left for this pair.") % {"left": left})
        pair.committed += amount
        pair.save()
    cycle.committed += amount
    cycle.save()


def _pair(participation: Participation, cycle: Cycle) -> PairGrant | None:
    """What the two communities have been awarded, whichever of them applied and under whichever affiliation."""
    tie = participation.affiliation
    if tie is None:
        return None
    same = PairGrant.objects.filter(cycle=cycle, affiliation__first=tie.first_id, affiliation__second=tie.second_id)
    found = same.select_for_update(of=("self",)).first()
    return found or PairGrant.objects.create(cycle=cycle, affiliation=tie, cap=cycle.cap_per_pair)


def _locked(participation_id: int, verb: str, by: Actor) -> Participation:
    register.lock()
    participation = participations.locked(participation_id)
    related = rights.relations(by, participation)
    access.require(by, verb, related)
    rights.refuse_conflict(related)
    if participation.state not in (ParticipationState.ACCEPTED, ParticipationState.COMPLETED):
        raise WrongState(_("This is possible once the application was accepted."))
    return participation


def _money(value: object, field: str) -> Decimal:
    try:
        return money.amount(value)
    except ValueError as error:
        raise Invalid({field: [_(str(error))]}) from error


def _record(
    participation: Participation,
    event: str,
    by: Actor,
    *,
    note: str,
    now: Decimal,
    was: object = "",
    **public: Any,
) -> Participation:
    ledger.record(subject=participation, act=event, by=by, was=was, now=now, note=note)
    cycle = participation.cycle
    register.append(
        event=event,
        subject=addresses.of_participation(participation),
        payload={
            "program": cycle.program.slug,
            "cycle": cycle.slug,
            "participation": participation.pk,
            "affiliation": participation.affiliation.number if participation.affiliation else None,
            "amount": str(now),
            "awarded": str(participation.awarded or 0),
            "paid": str(participation.paid),
            "currency": cycle.currency,
            "fictional": participation.fictional,
            **public,
        },
    )
    return participation
