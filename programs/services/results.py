"""Figures with their provenance: claimed with a source, verified by staff, withdrawn with a reason; and reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import PUBLIC_STATES, CycleState, ParticipationState
from programs.models import Activity, Cycle, Participation, Result
from programs.selectors import addresses
from programs.services import cycles, participations, rights

FIELDS = (
    "measure",
    "unit",
    "group",
    "value",
    "approximate",
    "on",
    "claimed_by",
    "method",
    "source",
    "source_url",
)
_REPORTING = (ParticipationState.ACCEPTED, ParticipationState.COMPLETED)


@transaction.atomic
def claim(
    *,
    cycle_id: int,
    values: Mapping[str, Any],
    by: Actor,
    at: datetime,
    participation_id: int | None = None,
    activity_id: int | None = None,
) -> Result:
    """Write down a figure that somebody claims: of a whole cycle (officers), a participation, or an activity of one.

    ``values`` are those of ``FIELDS``; ``on`` is a partial date as text or as such. Raises ``Invalid`` with one message
    a field, also where the same figure is recorded already; nothing is kept then.
    """
    register.lock()
    cycle = cycles.locked(cycle_id)
    participation = _reporting(cycle, participation_id, by)
    if cycle.state == CycleState.DRAFT:
        raise WrongState(_("Figures are recorded once the cycle is announced."))
    if unknown := [name for name in values if name not in FIELDS]:
        raise Invalid({name: [_("This cannot be set.")] for name in unknown})
    result = Result(
        cycle=cycle,
        participation=participation,
        activity=_activity(participation, activity_id),
        recorded_by=by.user,
        recorded_at=at,
        fictional=participation.fictional if participation else cycle.fictional,
        **{name: value.strip() if isinstance(value, str) else value for name, value in values.items()},
    )
    _check(result)
    result.save()
    ledger.record(subject=result, act="result.claimed", by=by, now=result)
    return _publish(result, "result.claimed")


def _reporting(cycle: Cycle, participation_id: int | None, by: Actor) -> Participation | None:
    if participation_id is None:
        access.require(by, "result.claim")
        return None
    participation = participations.locked(participation_id)
    access.require(by, "result.claim", rights.relations(by, participation))
    if participation.cycle_id != cycle.pk:
        raise Missing(_("There is no such application."))
    if participation.state not in _REPORTING:
        raise WrongState(_("Results are reported once the application was accepted."))
    return participation


def _activity(participation: Participation | None, activity_id: int | None) -> Activity | None:
    if activity_id is None:
        return None
    found = Activity.objects.filter(pk=activity_id, participation=participation).first()
    if participation is None or found is None:
        raise Missing(_("There is no such activity."))
    return found


def _check(result: Result) -> None:
    typed.check(result, leave={"cycle", "participation", "activity", "recorded_by"})
    if not result.value.is_finite() or result.value < Decimal(0):
        raise Invalid({"value": [_("A result is a number from zero upwards.")]})
    same = Result.objects.filter(
        cycle=result.cycle,
        participation=result.participation,
        activity=result.activity,
        measure__iexact=result.measure,
        unit__iexact=result.unit,
        group__iexact=result.group,
        on=result.on,
        claimed_by__iexact=result.claimed_by,
        withdrawn_at__isnull=True,
    )
    if same.exists():
        raise Invalid(
            {"value": [_("This figure is recorded already. Withdraw it first where it has to be corrected.")]}
        )


def _locked(result_id: int, verb: str, by: Actor) -> Result:
    register.lock()
    found = Result.objects.select_for_update(of=("self",)).select_related("cycle__program").filter(pk=result_id).first()
    if found is None:
        raise Missing(_("There is no such result."))
    found.participation = participations.locked(found.participation_id) if found.participation_id else None
    related = rights.relations(by, found.participation) if found.participation else frozenset()
    access.require(by, verb, related)
    rights.refuse_conflict(related)
    if found.withdrawn_at is not None:
        raise WrongState(_("This figure was withdrawn already."))
    return found


@transaction.atomic
def verify(*, result_id: int, how: str, by: Actor, at: datetime) -> Result:
    """Staff have checked a claimed figure, and say how; from now on it counts among the verified."""
    result = _locked(result_id, "result.verify", by)
    how = typed.words(how, field="how", missing=_("Write how it was checked: it is published."), most=500)
    if result.verified_at is not None:
        raise WrongState(_("This figure was verified already, by %(name)s.") % {"name": result.verified_by_name})
    result.verified_at, result.verified_by_name, result.verified_how = at, by.name[:200], how
    result.save()
    ledger.record(subject=result, act="result.verified", by=by, was="claimed", now="verified", note=how)
    return _publish(result, "result.verified")


@transaction.atomic
def withdraw(*, result_id: int, reason: str, by: Actor, at: datetime) -> Result:
    """Take a figure that was wrong out of every list and total; the reason is published."""
    result = _locked(result_id, "result.withdraw", by)
    result.withdrawn_because = typed.words(
        reason, field="reason", missing=_("Write the reason: it is published."), most=500
    )
    result.withdrawn_at = at
    result.save()
    ledger.record(subject=result, act="result.withdrawn", by=by, was=result, note=result.withdrawn_because)
    return _publish(result, "result.withdrawn")


@transaction.atomic
def report(*, participation_id: int, by: Actor, at: datetime) -> Participation:
    """The community says that its report is complete: no reminder is sent any more. A second call changes nothing."""
    register.lock()
    participation = participations.locked(participation_id)
    access.require(by, "result.claim", rights.relations(by, participation))
    if participation.state not in _REPORTING:
        raise WrongState(_("Results are reported once the application was accepted."))
    if participation.reported_at is not None:
        return participation
    participation.reported_at = at
    participations.touch(participation)
    ledger.record(subject=participation, act="participation.reported", by=by, now=at.date())
    register.append(
        event="participation.reported",
        subject=addresses.of_participation(participation),
        payload={"participation": participation.pk, "reported_on": str(at.date())},
    )
    return participation


def _publish(result: Result, event: str) -> Result:
    cycle, participation = result.cycle, result.participation
    if cycles.is_public(cycle) and (participation is None or participation.state in PUBLIC_STATES):
        subject = addresses.of_participation(participation) if participation else addresses.of_cycle(cycle)
        register.append(event=event, subject=subject, payload=payload(result))
    return result


def payload(result: Result) -> dict[str, Any]:
    """The figure as the register publishes it: with everything that says whose it is and how far it is proved."""
    return {
        "result": result.pk,
        "participation": result.participation_id,
        "activity": result.activity_id,
        "measure": result.measure,
        "group": result.group,
        "value": str(result.value),
        "unit": result.unit,
        "approximate": result.approximate,
        "on": str(result.on),
        "claimed_by": result.claimed_by,
        "method": result.method,
        "source": result.source,
        "source_url": result.source_url,
        "verified": result.verified_at is not None,
        "verified_how": result.verified_how,
        "withdrawn_because": result.withdrawn_because,
        "fictional": result.fictional,
    }
