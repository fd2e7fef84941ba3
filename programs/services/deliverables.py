"""What a participation promised: promised by officers with it, delivered by the community, accepted or sent back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.choices import NoticeKind
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import LedgerEntry
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import PUBLIC_STATES, AttachmentRole, DeliverableState, ParticipationState
from programs.models import Attachment, Deliverable, Participation
from programs.selectors import addresses
from programs.services import announcements, attachments, participations, rights

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
    return _record(deliverable, "promised", by)[0]


@transaction.atomic
def deliver(
    *, deliverable_id: int, by: Actor, on: date, note: str = "", url: str = "", upload: File | None = None
) -> Deliverable:
    """The community hands in what it promised: in words, as an address, as a file, or several of them.

    ``upload`` becomes a private file of the application and takes the place of one that was delivered before; without
    it, that one stays. Raises ``Invalid`` at ``note``, ``url`` or ``file``; nothing is kept then.
    """
    deliverable = _locked(deliverable_id)
    access.require(by, "deliverable.deliver", rights.relations(by, deliverable.participation))
    _refuse_unless_running(deliverable.participation)
    _require(deliverable, DeliverableState.PROMISED)
    deliverable.note = typed.words(note, field="note", most=3000)
    deliverable.url = url.strip()
    before = deliverable.kept_file
    if not (deliverable.note or deliverable.url or upload or before):
        raise Invalid({"note": [_("Say what was done, give an address where it can be seen, or attach a file.")]})
    deliverable.state, deliverable.delivered_on, deliverable.missing = DeliverableState.DELIVERED, on, ""
    typed.check(deliverable)
    deliverable.attachment = _attached(deliverable, upload, by) if upload else before
    deliverable.save()
    return _record(deliverable, "delivered", by)[0]


def _attached(deliverable: Deliverable, upload: File, by: Actor) -> Attachment:
    """Checked and kept as every file of the application is; last, because a file outlives a transaction that fails."""
    return attachments.attach(
        participation_id=deliverable.participation_id, upload=upload, role=AttachmentRole.DELIVERABLE, by=by
    )


@transaction.atomic
def accept(*, deliverable_id: int, by: Actor, on: date) -> Deliverable:
    """An officer finds that it is what was promised; money that hangs on it may be paid from now on."""
    deliverable = _decidable(deliverable_id, by)
    deliverable.state, deliverable.accepted_on = DeliverableState.ACCEPTED, on
    typed.check(deliverable)
    deliverable.save()
    return _record(deliverable, "accepted", by)[0]


@transaction.atomic
def send_back(*, deliverable_id: int, by: Actor, comment: str) -> Deliverable:
    """It is not yet what was promised: the community is told why by letter, and reads it at the deliverable."""
    deliverable = _decidable(deliverable_id, by)
    comment = typed.words(comment, field="comment", missing=_("Write what is missing."), most=2000)
    deliverable.state, deliverable.delivered_on = DeliverableState.PROMISED, None
    deliverable.missing = comment
    deliverable.save()
    back, entry = _record(deliverable, "sent_back", by, note=comment)
    announcements.tell(
        NoticeKind.DELIVERABLE_SENT_BACK,
        back.participation,
        entry,
        deliverable=back.pk,
        promised=back.title,
        comment=comment,
    )
    return back


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


def _record(deliverable: Deliverable, past: str, by: Actor, note: str = "") -> tuple[Deliverable, LedgerEntry]:
    """The ledger keeps every step; the register says what of it everybody may see."""
    act = f"deliverable.{past}"
    entry = ledger.record(subject=deliverable, act=act, by=by, now=deliverable.state, note=note)
    participation = deliverable.participation
    if deliverable.public and participation.state in PUBLIC_STATES:
        register.append(
            event=act, subject=addresses.of_participation(participation), payload=_payload(deliverable, participation)
        )
    return deliverable, entry


def _payload(deliverable: Deliverable, participation: Participation) -> dict[str, Any]:
    return {
        "participation": participation.pk,
        "deliverable": deliverable.pk,
        "title": deliverable.title,
        "state": deliverable.state,
        "due_on": str(deliverable.due_on) if deliverable.due_on else None,
        "fictional": participation.fictional,
    }
