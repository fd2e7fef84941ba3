"""Absolute addresses under ``/api/v1/``."""

from __future__ import annotations

from urllib.parse import urlencode

from partnerships.transfer.addresses import page


def of(path: str, **query: str) -> str:
    return page(f"api/v1/{path}") + (f"?{urlencode(query)}" if query else "")


def jurisdiction(pk: int) -> str:
    return of(f"jurisdictions/{pk}/")


def affiliation(number: str) -> str:
    return of(f"affiliations/{number}/")


def agreement(number: str) -> str:
    return of(f"agreements/{number}/")


def filing(pk: int) -> str:
    return of(f"filings/{pk}/")


def entries_about(subject: str) -> str:
    return of("register/", subject=subject)
