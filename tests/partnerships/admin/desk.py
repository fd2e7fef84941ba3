"""How tests sit down at the desk of staff: signed in, with the addresses of its pages."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from partnerships.models import Filing, User


def at_the_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, *args: Any) -> str:
    return reverse(f"admin:partnerships_{name}", args=args)


def page(filing: Filing) -> str:
    return address("filing_change", filing.pk)


def move(filing: Filing, name: str) -> str:
    return address("filing_move", filing.pk, name)
