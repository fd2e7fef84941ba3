"""The lasting absolute addresses of programs, as files and answers name them."""

from __future__ import annotations

from partnerships.transfer.addresses import page


def of(path: str) -> str:
    """The page of a row's ``path``."""
    return page(f"{path}/")


def activity(path: str, pk: int) -> str:
    """An activity stands on the page of its participation."""
    return page(f"{path}/#activity-{pk}")
