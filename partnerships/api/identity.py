"""Who asks: whoever shows a personal token in ``Authorization: Bearer``. Sessions and cookies mean nothing here."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from partnerships.api import allowances
from partnerships.choices import TokenScope
from partnerships.models import AccessToken, User
from partnerships.rules import tokens as rules
from partnerships.services import tokens

REALM = 'Bearer realm="api"'
_LONGEST = 200


class Bearer(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        """Nobody where no token is shown; one that is not valid is refused and never taken for none."""
        given = get_authorization_header(request)
        if not given:
            return None
        kind, _space, text = given.decode("latin-1").strip().partition(" ")
        token = None
        if kind.lower() == "bearer" and text.isascii() and len(text) <= _LONGEST:
            token = tokens.recognise(text.strip(), timezone.now())
        if token is None:
            counted = allowances.of_address(request)
            if counted is not None and counted.exceeded:
                raise exceptions.Throttled(counted.seconds)
            raise exceptions.AuthenticationFailed(
                _("This token is not valid: it is wrong, has run out or was revoked.")
            )
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return REALM


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "partnerships.api.identity.Bearer"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal token, made on the account page. Public reads need none.",
        }


class TokenOpens(BasePermission):
    """A token has to be shown, and open what the view needs: ``scopes`` by method."""

    def has_permission(self, request: Request, view: Any) -> bool:
        token: Any = request.auth
        if token is None:
            raise exceptions.NotAuthenticated(_("Show a personal token in the header Authorization."))
        needed = view.scope_of(request.method)
        if not rules.opens(token.scope, needed):
            raise InsufficientScope(needed)
        return True


class InsufficientScope(exceptions.PermissionDenied):
    """The token is valid, and opens less than this."""

    def __init__(self, needed: str) -> None:
        super().__init__(_("This needs a token that may do more: “%(scope)s”.") % {"scope": TokenScope(needed).label})
        self.auth_header = f'{REALM}, error="insufficient_scope", scope="{needed}"'
