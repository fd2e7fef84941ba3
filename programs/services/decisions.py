"""What programs officers decide about an application, one function a verb. Money is awarded in ``services.grants``."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import Unmet, WrongState
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import CycleState
from programs.models import Participation
from programs.rules import findings, transitions
from programs.selectors import addresses
from programs.services import announcements, participations, rights


def begin(participation_id: int, move: str, by: Actor, comment: str) -> tuple[Participation, str, str]:
    """Lock, permission, state and conflict of interest; answers the application, the state that was, the words."""
    register.lock()
    participation = participations.locked(participation_id)
    related = rights.relations(by, participation)
    access.require(by, f"participation.{move}", related)
    rights.refuse_conflict(related)
    if participation.cycle.state == CycleState.CANCELLED:
        raise WrongState(_("This cycle was cancelled; nothing is decided in it any more."))
    row = transitions.PARTICIPATION[move]
    missing = _("Write why: the applicants will read it.") if row.comment_required else ""
    comment = typed.words(comment, field="comment", missing=missing, most=4000)
    was = participation.state
    participation.state = transitions.after(transitions.PARTICIPATION, was, move)
    return participation, was, comment


def finish(participation: Participation, move: str, by: Actor, was: str, comment: str) -> Participation:
    """Write, record and announce; the register says what became public."""
    row = transitions.PARTICIPATION[move]
    participations.touch(participation)
    entry = ledger.record(subject=participation, act=row.past, by=by, was=was, now=participation.state, note=comment)
    if row.event:
        payload = participations.payload(participation)
        register.append(event=row.event, subject=addresses.of_participation(participation), payload=payload)
    for kind in row.follows:
        announcements.tell(kind, participation, entry, comment=comment)
    return participation


def _decided(participation: Participation, by: Actor, at: datetime, comment: str) -> None:
    participation.decided_by_name, participation.decided_at, participation.comment = by.name[:200], at, comment


@transaction.atomic
def return_(*, participation_id: int, by: Actor, comment: str) -> Participation:
    """Ask the applicants for changes; they may hand it in again while the call is open, or when staff reopen it."""
    participation, was, comment = begin(participation_id, "return", by, comment)
    participation.comment = comment
    return finish(participation, "return", by, was, comment)


@transaction.atomic
def shortlist(*, participation_id: int, by: Actor, at: datetime, comment: str = "") -> Participation:
    """Name a finalist; that is public at once."""
    participation, was, comment = begin(participation_id, "shortlist", by, comment)
    _decided(participation, by, at, comment)
    return finish(participation, "shortlist", by, was, comment)


@transaction.atomic
def accept(*, participation_id: int, by: Actor, at: datetime, comment: str = "") -> Participation:
    """Decide in favour. Raises ``Unmet`` where a rule other than the call's instants does not hold any more."""
    participation, was, comment = begin(participation_id, "accept", by, comment)
    blocking = [
        found for found in findings.blocking(participations.check(participation, at=at)) if found.code != "call"
    ]
    if blocking:
        raise Unmet(blocking)
    _decided(participation, by, at, comment)
    return finish(participation, "accept", by, was, comment)


@transaction.atomic
def decline(*, participation_id: int, by: Actor, at: datetime, comment: str) -> Participation:
    """Decide against, for a reason that the applicants read."""
    participation, was, comment = begin(participation_id, "decline", by, comment)
    _decided(participation, by, at, comment)
    return finish(participation, "decline", by, was, comment)


@transaction.atomic
def complete(*, participation_id: int, by: Actor, comment: str = "") -> Participation:
    """Everything that was promised was done."""
    participation, was, comment = begin(participation_id, "complete", by, comment)
    return finish(participation, "complete", by, was, comment)


@transaction.atomic
def resume(*, participation_id: int, by: Actor, comment: str) -> Participation:
    """It was not complete after all."""
    participation, was, comment = begin(participation_id, "resume", by, comment)
    return finish(participation, "resume", by, was, comment)
