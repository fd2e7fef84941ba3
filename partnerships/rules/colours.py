"""Colors that somebody else chooses: whether they are any, and what of them can be read on our paper (WCAG 2.2, 1.4.3).

A color is six hexadecimal digits without a number sign.
"""

from __future__ import annotations

import re

#: What is read needs this contrast to what it is written on.
LEAST_CONTRAST = 4.5
#: The papers that pages are written on; static/css/tokens.css has the same as ``--surface``.
LIGHT_PAPER, DARK_PAPER = "fffefb", "152327"
_STEPS = 100


def parse(text: str) -> str:
    """The color of ``#0D3B44`` or ``0d3b44``. Raises ``ValueError`` for anything else."""
    if not re.fullmatch(r"#?[0-9A-Fa-f]{6}", text):
        raise ValueError("no color")
    return text.removeprefix("#").lower()


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(color: str, paper: str) -> str:
    """The color itself where it can be read on this paper, else the nearest mix of it with black or white that can."""
    toward = max(("000000", "ffffff"), key=lambda pole: contrast(pole, paper))
    mixed = (_mixed(color, toward, step / _STEPS) for step in range(_STEPS + 1))
    return next(one for one in mixed if contrast(one, paper) >= LEAST_CONTRAST)


def _channels(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color))


def _mixed(color: str, other: str, share: float) -> str:
    pairs = zip(_channels(color), _channels(other), strict=True)
    return bytes(round(own + (its - own) * share) for own, its in pairs).hex()


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
