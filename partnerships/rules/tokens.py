"""What a personal token opens, and how long one may live."""

from __future__ import annotations

from partnerships.choices import TokenScope

#: Days that somebody may choose; nothing lasts for ever.
LIFETIMES = (30, 90, 365)
USUAL_LIFETIME = 90
#: Tokens of one person that are valid at a time.
MOST = 20

_ORDER = (TokenScope.READ, TokenScope.FILE, TokenScope.STAFF)


def opens(held: str, needed: str) -> bool:
    """Whether a token of this scope does for what needs another one."""
    return _ORDER.index(TokenScope(held)) >= _ORDER.index(TokenScope(needed))
