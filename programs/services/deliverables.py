"""What a participation promised: promised by officers with it, delivered by the community, accepted or sent back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import PUBLIC_STATES, DeliverableState, ParticipationState
from programs.models import Deliverable, Participation
from programs.selectors import addresses
from programs.services import participations, rights

FIELDS = ("title", "text", "due_on", "public")
#: Something is promised, delivered and accepted while the participation runs, or when reports come in after it.
RUNNING = (ParticipationState.ACCEPTED, ParticipationState.COMPLETED)


@transaction.atomic
def promise(
    *, participation_id: int, values: Mapping[str, Any], by: Actor, deliverable_id: int | None = None
) -> Deliverable:
    """Write down what is promised, or change it while nothing was delivered. Raises ``Invalid``; nothing is kept then.

    ``values``: ``title``, ``text``, ``due_on`` (a day), ``public``.
    """
    register.lock()
    participation = participations.locked(participation_id)
    access.require(by, "deliverable.promise", rights.relations(by, participation))
    _refuse_unless_running(participation)
    deliverable = _of(participation, deliverable_id) if deliverable_id else Deliverable(participation=participation)
    _require(deliverable, DeliverableState.PROMISED)
    if unknown := [name for name in values if name not in FIELDS]:
        raise Invalid({name: [_("This cannot be set.")] for name in unknown})
    for name, value in values.items():
        setattr(deliverable, name, value)
    deliverable.title = str(deliverable.title or "").strip()
    typed.check(deliverable)
    deliverable.save()
    return _record(deliverable, "promised", by)


@transaction.atomic
def deliver(*, deliverable_id: int, by: Actor, on: date, note: str = "", url: str = "") -> Deliverable:
    """The community hands in what it promised, in words, as an address, or both."""
    deliverable = _locked(deliverable_id)
    access.require(by, "deliverable.deliver", rights.relations(by, deliverable.participation))
    _refuse_unless_running(deliverable.participation)
    _require(deliverable, DeliverableState.PROMISED)
    deliverable.note = typed.words(note, field="note", most=3000)
    deliverable.url = url.strip()
    if not (deliverable.note or deliverable.url):
        raise Invalid({"note": [_("Say what was done, or give an address where it can be seen.")]})
    deliverable.state, deliverable.delivered_on = DeliverableState.DELIVERED, on
    typed.check(deliverable)
    deliverable.save()
    return _record(deliverable, "delivered", by)


@transaction.atomic
def accept(*, deliverable_id: int, by: Actor, on: date) -> Deliverable:
    """An officer finds that it is what was promised; money that hangs on it may be paid from now on."""
    deliverable = _decidable(deliverable_id, by)
    deliverable.state, deliverable.accepted_on = DeliverableState.ACCEPTED, on
    typed.check(deliverable)
    deliverable.save()
    return _record(deliverable, "accepted", by)


@transaction.atomic
def send_back(*, deliverable_id: int, by: Actor, comment: str) -> Deliverable:
    """It is not yet what was promised, for a reason that the community reads at the deliverable."""
    deliverable = _decidable(deliverable_id, by)
    comment = typed.words(comment, field="comment", missing=_("Write what is missing."), most=2000)
    deliverable.state, deliverable.delivered_on = DeliverableState.PROMISED, None
    deliverable.save()
    return _record(deliverable, "sent_back", by, note=comment)


def _decidable(deliverable_id: int, by: Actor) -> Deliverable:
    deliverable = _locked(deliverable_id)
    related = rights.relations(by, deliverable.participation)
    access.require(by, "deliverable.accept", related)
    rights.refuse_conflict(related)
    _require(deliverable, DeliverableState.DELIVERED)
    return deliverable


def _locked(deliverable_id: int) -> Deliverable:
    register.lock()
    owner = Deliverable.objects.filter(pk=deliverable_id).values_list("participation", flat=True).first()
    if owner is None:
        raise Missing(_("There is no such deliverable."))
    return _of(participations.locked(owner), deliverable_id)


def _of(participation: Participation, deliverable_id: int) -> Deliverable:
    deliverable = Deliverable.objects.select_for_update().filter(pk=deliverable_id, participation=participation).first()
    if deliverable is None:
        raise Missing(_("There is no such deliverable."))
    deliverable.participation = participation
    return deliverable


def _refuse_unless_running(participation: Participation) -> None:
    if participation.state not in RUNNING:
        raise WrongState(_("This is possible once the application was accepted."))


_NOT_NOW: dict[str, Any] = {
    DeliverableState.PROMISED: gettext_lazy("This is not possible now: it was not delivered yet."),
    DeliverableState.DELIVERED: gettext_lazy("This is not possible now: it was delivered and waits to be accepted."),
    DeliverableState.ACCEPTED: gettext_lazy("This is not possible any more: it was accepted."),
}


def _require(deliverable: Deliverable, state: str) -> None:
    if deliverable.state != state:
        raise WrongState(str(_NOT_NOW[deliverable.state]))


def _record(deliverable: Deliverable, past: str, by: Actor, note: str = "") -> Deliverable:
    """The ledger keeps every step; the register says what of it everybody may see."""
    act = f"deliverable.{past}"
    ledger.record(subject=deliverable, act=act, by=by, now=deliverable.state, note=note)
    participation = deliverable.participation
    if deliverable.public and participation.state in PUBLIC_STATES:
        register.append(
            event=act, subject=addresses.of_participation(participation), payload=_payload(deliverable, participation)
        )
    return deliverable


def _payload(deliverable: Deliverable, participation: Participation) -> dict[str, Any]:
    return {
        "participation": participation.pk,
        "deliverable": deliverable.pk,
        "title": deliverable.title,
        "state": deliverable.state,
        "due_on": str(deliverable.due_on) if deliverable.due_on else None,
        "fictional": participation.fictional,
    }
