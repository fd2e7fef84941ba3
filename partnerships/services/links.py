"""Signed links for people without an account: nothing secret is stored, an answer makes a link worthless."""

from __future__ import annotations

from typing import Any

from django.core import signing

from partnerships.exceptions import Missing

INVITATION = "invitation"
PARTNER = "partner"
CONFIRMATION = "confirmation"
#: What somebody asked to follow, and the settings and the end of what they follow.
FOLLOW_ASKED = "follow-asked"
FOLLOW = "follow"


def sign(purpose: str, pk: int) -> str:
    return signing.dumps(pk, salt=f"partnerships.{purpose}")


def read(purpose: str, token: str) -> int:
    """The primary key that was signed; raises ``Missing`` for a link that this registry did not write."""
    try:
        return int(signing.loads(token, salt=f"partnerships.{purpose}"))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Missing("This link is not valid.") from error


def sign_words(purpose: str, *values: int | str) -> str:
    """The same for a link that says more than one thing."""
    return signing.dumps(values, salt=f"partnerships.{purpose}")


def read_words(purpose: str, token: str) -> list[Any]:
    """What was signed, in order; raises ``Missing`` for a link that this registry did not write."""
    try:
        return list(signing.loads(token, salt=f"partnerships.{purpose}"))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Missing("This link is not valid.") from error
