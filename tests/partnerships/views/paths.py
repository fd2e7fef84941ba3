"""What the tests of the form share: a browser that is signed in, and the fields of a step."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from partnerships.models import Filing, Jurisdiction, User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def step(filing: Filing, name: str) -> str:
    return reverse(f"filing_{name}", args=[filing.pk])


def lines(party: Jurisdiction, *people: dict[str, str]) -> dict[str, str]:
    """The fields of the signatories step for one party."""
    fields = {f"lines-{party.pk}": str(len(people))}
    for place, person in enumerate(people):
        fields |= {f"party{party.pk}-{place}-{name}": value for name, value in person.items()}
    return fields


def text(answer: Any) -> str:
    """What a reader sees: without tags, entities and white space beyond one."""
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(bare).split())
