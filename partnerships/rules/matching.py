"""Folding of names for look-up."""

from __future__ import annotations

from anyascii import anyascii


def fold(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in anyascii(text).casefold()).split())


def words(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())
