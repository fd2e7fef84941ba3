"""What other apps add to the example registry; they offer it at start-up, and the register knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

#: Enters what is not there yet, on that day; answers how much was entered.
Loader = Callable[[date], int]
_OFFERED: dict[str, Loader] = {}


def offer(name: str, loader: Loader) -> None:
    _OFFERED[name] = loader


def load(on: date) -> dict[str, int]:
    """Everything that was offered, by its name."""
    return {name: loader(on) for name, loader in _OFFERED.items()}
