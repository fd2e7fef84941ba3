"""What people change of their own account."""

from __future__ import annotations

from django.db import transaction

from partnerships.exceptions import NotAllowed
from partnerships.models import User
from partnerships.services import ledger, typed
from partnerships.services.access import Actor


@transaction.atomic
def change_profile(*, by: Actor, name: str, language: str) -> User:
    """Set one's own name, and the language of letters; raises ``Invalid`` at their fields."""
    if by.user is None:
        raise NotAllowed("Only people have a profile.")
    user = User.objects.select_for_update().get(pk=by.user.pk)
    was, user.name, user.language = user.name, name.strip(), language
    typed.check(user, leave=["password"])
    user.save(update_fields=["name", "language"])
    ledger.record(subject=user, act="account.changed", by=by, was=was, now=user.name)
    return user
