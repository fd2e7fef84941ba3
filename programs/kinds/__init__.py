"""The kinds of programs: one file a kind.

A new file that defines ``KIND`` is a new kind, and nothing else has to know.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from programs.kinds.base import Kind, Measure

__all__ = ["Kind", "Measure", "all_kinds", "kind_of"]


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by its code."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__) if found.name != "base"]
    kinds = {module.KIND.code: module.KIND for module in modules}
    if len(kinds) != len(modules):
        raise RuntimeError("Two kinds of programs have one code.")
    return kinds


def kind_of(code: str) -> Kind:
    """The kind of this code; ``KeyError`` where no file defines it."""
    return all_kinds()[code]
