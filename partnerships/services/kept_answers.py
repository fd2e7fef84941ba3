"""What a program was answered when it asked to change something, so that asking twice changes nothing twice.

The answer is kept in the transaction of the change: both are there or neither is. Of two that ask at the same time the
database lets one wait for the other. What was refused is not kept: it changed nothing and may be tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import KeyReused, NotAllowed
from partnerships.models import KeptAnswer
from partnerships.services.access import Actor

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    """``repeated``: this was answered before, and nothing was done now."""

    status: int
    body: str
    headers: dict[str, str]
    repeated: bool = False


def once(*, by: Actor, key: str, request: str, now: datetime, make: Callable[[], Answer]) -> Answer:
    """The answer of ``make``, or the one that this person was given for the same key within a day.

    ``request`` tells what was asked; raises ``KeyReused`` where it was something else.
    """
    if by.user is None:
        raise NotAllowed(_("You are not allowed to do this."))
    KeptAnswer.objects.filter(user=by.user, key=key, at__lte=now - KEPT_FOR).delete()
    if known := KeptAnswer.objects.filter(user=by.user, key=key).first():
        return _again(known, request)
    with transaction.atomic():
        try:
            with transaction.atomic():
                kept = KeptAnswer.objects.create(user=by.user, key=key, request=request, status=0, at=now)
        except IntegrityError:  # another process was answered while this one waited
            return _again(KeptAnswer.objects.get(user=by.user, key=key), request)
        made = make()
        kept.status, kept.body, kept.headers = made.status, made.body, made.headers
        kept.save()
    return made


def _again(known: KeptAnswer, request: str) -> Answer:
    if known.request != request:
        raise KeyReused(_("This Idempotency-Key was used for another request."))
    return Answer(known.status, known.body, known.headers, repeated=True)


def sweep(now: datetime) -> dict[str, int]:
    """Forget what nobody may ask for again."""
    gone, _by_table = KeptAnswer.objects.filter(at__lte=now - KEPT_FOR).delete()
    return {"forgotten": gone}
