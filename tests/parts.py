"""The parts of the suite that need more than Python: what each needs, and why it did not run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Part:
    """A marker, what people call it, and what is missing here for it (nothing: an empty text)."""

    marker: str
    name: str
    missing: Callable[[], str]


def chromium() -> str:
    """Path of the browser, or nothing."""
    return os.environ.get("CHROMIUM", "") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")


def _postgres() -> str:
    return "" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "DATABASE_URL names no PostgreSQL"


def _services() -> str:
    if os.environ.get("REDIS_URL") or shutil.which("redis-server"):
        return ""
    return "REDIS_URL is not set and there is no redis-server to start"


def _browser() -> str:
    return "" if chromium() else "there is no Chromium here: install it or set CHROMIUM to its path"


PARTS = (
    Part("postgres", "PostgreSQL", _postgres),
    Part("services", "Redis, worker and mail server", _services),
    Part("browser", "headless Chromium", _browser),
)
