"""The lasting absolute addresses that lists, files and answers name: the same in every language."""

from __future__ import annotations

from django.conf import settings

from partnerships.selectors.rows import PartyRow


def page(path: str) -> str:
    return f"{settings.SITE_URL}/{path}"


def jurisdiction(row: PartyRow) -> str:
    return page(f"jurisdictions/{row.id}-{row.slug}/")


def affiliation(number: str) -> str:
    return page(f"affiliations/{number}/")


def agreement(number: str) -> str:
    return page(f"agreements/{number}/")
