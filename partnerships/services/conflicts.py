"""What staff make of sources that disagree: settle a fact, mark it as disputed, find a claim wrong."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerships.choices import ClaimFact, ConflictState, Standing
from partnerships.exceptions import ActDoesNotFit, Invalid, Missing, WrongState
from partnerships.models import Affiliation, Claim, Conflict, RegisterEntry
from partnerships.rules import claims as rule
from partnerships.rules.dates import PartialDate
from partnerships.selectors import claims as selector
from partnerships.services import access, affiliations, ledger, register, typed
from partnerships.services.access import Actor


@transaction.atomic
def settle(
    *, conflict_id: int, by: Actor, on: date, value: str, reason: str, end: PartialDate | None = None
) -> Conflict:
    """Put on record which value holds, and why; ``end``: when it ended, where the standing is settled as ended.

    The value need not be one that a source claims. It holds from now on, whatever sources say later; a claim of
    something new opens the conflict again. Raises ``WrongState`` where somebody was first, ``Invalid`` at ``value`` or
    ``end``, and where the agreements on record do not admit it.
    """
    conflict, affiliation, reason = _begin(conflict_id, by, reason, (ConflictState.OPEN, ConflictState.DISPUTED))
    value = _readable(conflict.fact, value, affiliation, on)
    if end is not None and (value != Standing.ENDED or end.earliest > on):
        raise Invalid({"end": [_("Give a date of the end only where it has ended, and none in the future.")]})
    was = selector.on_record(affiliation)[conflict.fact]
    conflict.settled_as, conflict.settled_end = value, end
    conflict.values = sorted({*conflict.values, value})
    _decide(conflict, ConflictState.SETTLED, by, on, reason)
    entry = _publish(
        conflict,
        "affiliation.settled",
        {"was": was, "now": value, "ended": str(end) if end else None, "reason": reason, "said": conflict.values},
    )
    _refresh(affiliation, on=on, seq=entry.seq)
    _require_effect(conflict, affiliation)
    ledger.record(subject=affiliation, act="affiliation.settled", by=by, was=was, now=value, note=reason)
    return conflict


@transaction.atomic
def dispute(*, conflict_id: int, by: Actor, on: date, reason: str) -> Conflict:
    """Say in public that the fact is disputed, and why; what is on record stays as it is."""
    conflict, affiliation, reason = _begin(conflict_id, by, reason, (ConflictState.OPEN,))
    _decide(conflict, ConflictState.DISPUTED, by, on, reason)
    entry = _publish(conflict, "affiliation.disputed", {"reason": reason, "said": conflict.values})
    _touch(affiliation, entry)
    ledger.record(subject=affiliation, act="affiliation.disputed", by=by, now=conflict.fact, note=reason)
    return conflict


@transaction.atomic
def reopen(*, conflict_id: int, by: Actor, on: date, reason: str) -> Conflict:
    """Look at it again: what was settled holds until it is settled anew."""
    decided = (ConflictState.SETTLED, ConflictState.DISPUTED)
    conflict, affiliation, reason = _begin(conflict_id, by, reason, decided)
    conflict.state = ConflictState.OPEN
    conflict.save(update_fields=["state"])
    entry = _publish(conflict, "affiliation.reopened", {"reason": reason})
    _touch(affiliation, entry)
    ledger.record(subject=affiliation, act="affiliation.reopened", by=by, now=conflict.fact, note=reason)
    return conflict


@transaction.atomic
def dispute_claim(*, claim_id: int, by: Actor, on: date, reason: str) -> Claim:
    """Find one claim wrong: it stays on file with the reason, and no longer counts. A conflict that was about it alone
    is settled by that."""
    access.require(by, "claim.settle")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    register.lock()
    claim = Claim.objects.select_for_update().select_related("affiliation").filter(pk=claim_id).first()
    if claim is None:
        raise Missing(_("There is no such claim."))
    if claim.disputed_because:
        raise WrongState(_("This claim was found wrong already."))
    claim.disputed_because = reason
    claim.save(update_fields=["disputed_because"])
    _close(claim, by, on, reason)
    entry = register.append(
        event="affiliation.claim-disputed",
        subject=f"affiliations/{claim.affiliation.number}",
        payload={
            "number": claim.affiliation.number,
            "fact": claim.fact,
            "value": claim.value,
            "source": claim.source,
            "reason": reason,
        },
    )
    _touch(claim.affiliation, entry)
    ledger.record(subject=claim, act="affiliation.claim-disputed", by=by, was=claim.value, note=reason)
    return claim


def _close(claim: Claim, by: Actor, on: date, reason: str) -> None:
    conflict = Conflict.objects.select_for_update().filter(affiliation=claim.affiliation, fact=claim.fact).first()
    left = claim.affiliation.claims.filter(fact=claim.fact, disputed_because="").values_list("value", flat=True)
    known = selector.on_record(claim.affiliation)[claim.fact]
    if conflict and conflict.state != ConflictState.SETTLED and not rule.differ(claim.fact, known, left):
        _decide(conflict, ConflictState.SETTLED, by, on, reason)


def _begin(
    conflict_id: int, by: Actor, reason: str, states: tuple[ConflictState, ...]
) -> tuple[Conflict, Affiliation, str]:
    """Permission, reason, lock and state, the same for every decision."""
    access.require(by, "claim.settle")
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    register.lock()
    conflict = Conflict.objects.select_for_update().filter(pk=conflict_id).first()
    if conflict is None:
        raise Missing(_("There is no such disagreement."))
    if conflict.state not in states:
        if conflict.state == ConflictState.OPEN:
            raise WrongState(_("Nobody has decided this yet."))
        raise WrongState(_("Already decided by %(name)s.") % {"name": conflict.decided_by})
    affiliation = Affiliation.objects.select_for_update().get(pk=conflict.affiliation_id)
    if affiliation.standing == Standing.ANNULLED:
        raise WrongState(_("This affiliation was entered in error or merged into another."))
    return conflict, affiliation, reason


def _decide(conflict: Conflict, state: ConflictState, by: Actor, on: date, reason: str) -> None:
    conflict.state, conflict.reason, conflict.decided_by, conflict.decided_on = state, reason, by.name[:200], on
    conflict.save()


def _readable(fact: str, value: str, affiliation: Affiliation, on: date) -> str:
    if fact == ClaimFact.PARTNER:
        raise WrongState(_("A wrong partner is corrected on the page of the affiliation."))
    try:
        value = rule.readable(fact, value)
    except ValueError as error:
        raise Invalid({"value": [str(error)]}) from error
    if fact in (ClaimFact.SINCE, ClaimFact.ENDED) and PartialDate.parse(value).earliest > on:
        raise Invalid({"value": [_("The date lies in the future.")]})
    if fact == ClaimFact.ENDED and affiliation.standing != Standing.ENDED:
        raise WrongState(_("It has not ended as far as is on record. Settle its standing first."))
    return value


def _publish(conflict: Conflict, event: str, payload: dict[str, object]) -> RegisterEntry:
    number = conflict.affiliation.number
    facts = {"number": number, "fact": conflict.fact, **payload}
    return register.append(event=event, subject=f"affiliations/{number}", payload=facts)


def _touch(affiliation: Affiliation, entry: RegisterEntry) -> None:
    Affiliation.objects.filter(pk=affiliation.pk).update(changed_seq=entry.seq)


def _refresh(affiliation: Affiliation, *, on: date, seq: int) -> None:
    try:
        with transaction.atomic():
            affiliations.refresh(affiliation, on=on, seq=seq)
    except ActDoesNotFit as error:
        raise Invalid(
            {"value": [_("This does not fit the other acts on record: %(why)s") % {"why": error.message}]}
        ) from error
    except IntegrityError as error:
        raise WrongState(_("These two communities already have an open affiliation.")) from error


def _require_effect(conflict: Conflict, affiliation: Affiliation) -> None:
    """What papers prove is not settled away: the record says now what was settled, or nothing is kept."""
    known = selector.on_record(affiliation)[conflict.fact]
    if not rule.agree(conflict.fact, known, conflict.settled_as):
        raise WrongState(
            _("The agreements on record say otherwise. If one of them is wrong, annul it with its reason.")
        )
    if affiliation.since and affiliation.ended and affiliation.ended.latest < affiliation.since.earliest:
        raise Invalid({"value": [_("It would end before it began.")]})
