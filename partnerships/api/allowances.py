"""How many requests somebody may make in a minute: by token, else by the address of the network they come from.

Counted in the cache, which is Redis for all processes together, or the process's own. A Redis that is away counts
nothing: it never stops anybody. Answers say what is left (RateLimit and RateLimit-Policy of the IETF's draft).
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

SECONDS = 60
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Allowance:
    """``most`` in a minute, of which ``left`` are left for ``seconds``; ``exceeded``: this request is one too many."""

    policy: str
    most: int
    left: int
    seconds: int
    exceeded: bool = False

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.most};w={SECONDS}',
            "RateLimit": f'"{self.policy}";r={self.left};t={self.seconds}',
        }


def spend(policy: str, whom: str, most: int, now: float | None = None) -> Allowance | None:
    """Count one request of somebody; ``None`` where any number is allowed."""
    if not most:
        return None
    window, gone = divmod(time.time() if now is None else now, SECONDS)
    key, rest = f"allowance:{policy}:{whom}:{int(window)}", max(1, int(SECONDS - gone))
    try:
        used = cache.incr(key)
    except ValueError:  # the first of this minute, or of two that are first at once
        used = 1 if cache.add(key, 1, timeout=2 * SECONDS) else _again(key)
    return Allowance(policy, most, max(0, most - used), rest, exceeded=used > most)


def _again(key: str) -> int:
    try:
        return int(cache.incr(key))
    except ValueError:  # gone already: a cache that is too full
        return 1


def network(request: Any) -> str:
    """Whom an address stands for: itself, or all that one line of IPv6 has."""
    given = BaseThrottle().get_ident(request) or ""  # none over a socket of this machine
    try:
        known = ipaddress.ip_address(given.strip())
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)


def of_address(request: Any) -> Allowance | None:
    return spend("address", network(request), settings.API_PER_ADDRESS)


class Allowances(BaseThrottle):
    """Counts a request and keeps what is left for the headers of the answer."""

    tightest: Allowance | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        counted = self._counted(request)
        if not counted:
            return True
        self.tightest = min(counted, key=lambda one: (not one.exceeded, one.left))
        view.headers.update(self.tightest.headers)
        return not self.tightest.exceeded

    def wait(self) -> float | None:
        return self.tightest.seconds if self.tightest else None

    def _counted(self, request: Request) -> list[Allowance]:
        token = request.auth
        if token is None:
            counted = [of_address(request)]
        else:
            counted = [spend("token", str(token.pk), settings.API_PER_TOKEN)]
            if request.method not in SAFE:
                counted.append(spend("writes", str(token.pk), settings.API_WRITES_PER_TOKEN))
        return [one for one in counted if one is not None]
