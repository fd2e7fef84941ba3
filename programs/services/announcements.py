"""Which messages follow from what happens to applications and calls, and to whom they are owed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from partnerships.choices import NoticeKind, Role
from partnerships.models import LedgerEntry, Representation, User
from partnerships.services import outbox
from programs.models import Participation


def context(participation: Participation) -> dict[str, Any]:
    """What the letters about an application print: plain values, and no person but who reads it."""
    cycle = participation.cycle
    return {
        "application": participation.pk,
        "program": cycle.program.name,
        "cycle": cycle.name,
        "community": participation.jurisdiction.name,
        "title": participation.title,
        "state": participation.state,
    }


def applicants(participation: Participation) -> list[User]:
    """Those who may speak for the community today; who handed it in comes first."""
    active = Representation.objects.active(timezone.localdate()).filter(
        jurisdiction__in=participation.jurisdiction.standing_ids
    )
    found = list(User.objects.filter(pk__in=active.values("user"), is_active=True).order_by("pk"))
    return sorted(found, key=lambda user: user.pk != participation.submitted_by_id)


def officers() -> list[User]:
    """Programs officers with an open account."""
    return list(User.objects.filter(is_active=True, is_staff=True, groups__name=Role.PROGRAMS).order_by("pk"))


def received(participation: Participation, entry: LedgerEntry, *, waits: bool) -> None:
    """It was handed in: the applicants have it in writing, and officers know that it ``waits`` for a decision."""
    tell(NoticeKind.APPLICATION_RECEIVED, participation, entry)
    if waits:
        for officer in officers():
            _owe(NoticeKind.APPLICATION_WAITS, participation, entry, officer, {})


def tell(kind: str, participation: Participation, entry: LedgerEntry, **more: Any) -> None:
    """Owe the applicants a message about what the ledger entry records, once for each entry."""
    for user in applicants(participation):
        _owe(kind, participation, entry, user, more)


def _owe(kind: str, participation: Participation, entry: LedgerEntry, user: User, more: dict[str, Any]) -> None:
    outbox.enqueue(
        kind=kind,
        key=f"{kind}:{entry.pk}",
        to=user,
        about=participation,
        context={**context(participation), **more},
    )
