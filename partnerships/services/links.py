"""Signed links for people without an account: nothing secret is stored, an answer makes a link worthless."""

from __future__ import annotations

from django.core import signing

from partnerships.exceptions import Missing

INVITATION = "invitation"
PARTNER = "partner"
CONFIRMATION = "confirmation"


def sign(purpose: str, pk: int) -> str:
    return signing.dumps(pk, salt=f"partnerships.{purpose}")


def read(purpose: str, token: str) -> int:
    """The primary key that was signed; raises ``Missing`` for a link that this registry did not write."""
    try:
        return int(signing.loads(token, salt=f"partnerships.{purpose}"))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Missing("This link is not valid.") from error
