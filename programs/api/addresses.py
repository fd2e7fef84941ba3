"""Absolute addresses of programs under ``/api/v1/``."""

from __future__ import annotations

from partnerships.api import addresses


def participation(pk: int) -> str:
    return addresses.of(f"participations/{pk}/")


def program(slug: str) -> str:
    return addresses.of(f"programs/{slug}/")


def cycle(program_slug: str, slug: str) -> str:
    return addresses.of(f"programs/{program_slug}/{slug}/")
