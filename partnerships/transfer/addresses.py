"""The lasting absolute addresses that lists, files and answers name: the same in every language."""

from __future__ import annotations

from django.conf import settings

from partnerships.selectors import documents
from partnerships.selectors.dossiers import DocumentRow
from partnerships.selectors.rows import PartyRow


def page(path: str) -> str:
    return f"{settings.SITE_URL}/{path}"


def jurisdiction(row: PartyRow) -> str:
    return page(f"jurisdictions/{row.id}-{row.slug}/")


def affiliation(number: str) -> str:
    return page(f"affiliations/{number}/")


def agreement(number: str) -> str:
    return page(f"agreements/{number}/")


def document(agreement_number: str, row: DocumentRow) -> str:
    """Where a public document of a registered agreement is downloaded."""
    name = documents.file_name(agreement_number, row.role, row.id, row.media_type)
    return page(f"documents/{row.id}/{name}")
