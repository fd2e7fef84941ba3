"""How allauth signs people in here: by e-mail address, and nobody signs up without an invitation."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Accounts come from an invitation or from a request that staff grant, never from allauth's own page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
