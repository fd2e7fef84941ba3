"""Personal tokens for the API: made, shown once, used, revoked.

Tokens of staff need a second factor. The seam is ``has_second_factor``: whatever the accounts know as one counts, when
a token is made and each time it is used.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partnerships.choices import TokenScope
from partnerships.exceptions import Invalid, Missing, NotAllowed
from partnerships.models import AccessToken, User
from partnerships.rules import tokens as rules
from partnerships.selectors import tokens as selector
from partnerships.services import ledger, typed
from partnerships.services.access import Actor

_HINT = 8
#: How exactly it is known when a token was last used: nobody pays a write for every read.
_USED_EVERY = timedelta(minutes=5)


def has_second_factor(user: User) -> bool:
    """Whether the account is guarded by more than a password: an authenticator or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()


def scopes_of(user: User) -> tuple[str, ...]:
    """The scopes that somebody may give to a token now."""
    own: tuple[str, ...] = (TokenScope.READ, TokenScope.FILE)
    return (*own, TokenScope.STAFF) if user.is_staff and has_second_factor(user) else own


@transaction.atomic
def create(*, by: Actor, name: str, scope: str, days: int, now: datetime) -> tuple[AccessToken, str]:
    """A token and its text, which nobody can read again. Raises ``Invalid`` at ``name``, ``scope`` or ``days``."""
    user = _person(by)
    name = typed.words(name, field="name", missing=_("Give it a name, such as the program that uses it."), most=80)
    if scope not in scopes_of(user):
        raise Invalid({"scope": [_("Choose from the list. Tokens of staff need a second factor.")]})
    if days not in rules.LIFETIMES:
        raise Invalid({"days": [_("Choose from the list.")]})
    if selector.of(user, now).count() >= rules.MOST:
        raise Invalid({"name": [_("You have %(most)s tokens: revoke one first.") % {"most": rules.MOST}]})
    # A name is free again when its token has run out.
    AccessToken.objects.filter(user=user, name=name, revoked_at__isnull=True, expires_at__lte=now).update(
        revoked_at=now
    )
    text = f"{settings.REGISTRY_PREFIX.lower()}_{secrets.token_urlsafe(32)}"
    token = AccessToken(
        user=user,
        name=name,
        hint=text[:_HINT],
        digest=_digest(text),
        scope=scope,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    try:
        with transaction.atomic():
            token.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid({"name": [_("You have a token of this name already.")]}) from error
    ledger.record(subject=token, act="token.made", by=by, now=name, detail={"scope": scope, "days": days})
    return token, text


@transaction.atomic
def revoke(*, token_id: int, by: Actor, now: datetime) -> AccessToken:
    """Make a token of one's own worthless at once; raises ``Missing`` for any other."""
    token = AccessToken.objects.select_for_update().filter(pk=token_id, user=_person(by)).first()
    if token is None:
        raise Missing(_("There is no such token."))
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        ledger.record(subject=token, act="token.revoked", by=by, was=token.name)
    return token


def recognise(text: str, now: datetime) -> AccessToken | None:
    """The valid token of this text, of an active account; that it was used is kept."""
    found = AccessToken.objects.select_related("user").filter(
        digest=_digest(text), revoked_at__isnull=True, expires_at__gt=now, user__is_active=True
    )
    token = found.first()
    if token is None:
        return None
    if token.last_used_at is None or token.last_used_at < now - _USED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - _USED_EVERY)
        AccessToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token


def actor(token: AccessToken) -> Actor:
    """Whoever shows the token, with no more rights than it has: the roles of staff only by a token of staff."""
    by = Actor.of(token.user)
    as_staff = token.scope == TokenScope.STAFF and token.user.is_staff and has_second_factor(token.user)
    return replace(by, roles=by.roles if as_staff else frozenset(), token=f"{token.pk} {token.name}")


def _person(by: Actor) -> User:
    if by.user is None:
        raise NotAllowed(_("You are not allowed to do this."))
    return by.user


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
