"""What other apps of the registry say on the pages of communities and affiliations.

The register knows none of them: at start-up an app offers a section, which is a template and what the database
gathers for it. The gathered lists come with the page's own row, so that a section costs no statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from partnerships.selectors.gathered import Gathered


@dataclass(frozen=True)
class Section:
    """``expressions`` are made of ``OuterRef`` to the row of ``noun`` (``jurisdiction`` or ``affiliation``);
    ``shown`` turns what they answered, by name, into the values of the template, or into none where there is nothing
    to say."""

    noun: str
    name: str
    template: str
    expressions: Callable[[], Mapping[str, Gathered]]
    shown: Callable[[Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Shown:
    template: str
    values: dict[str, Any]


_OFFERED: dict[tuple[str, str], Section] = {}


def offer(section: Section) -> None:
    """Show the section on every page of its noun from now on; once, however often it is offered."""
    _OFFERED[section.noun, section.name] = section


def expressions(noun: str) -> dict[str, Gathered]:
    """What the query of the noun is annotated with."""
    return {
        f"{section.name}_{name}": expression
        for section in _of(noun)
        for name, expression in section.expressions().items()
    }


def shown(noun: str, row: Any) -> tuple[Shown, ...]:
    """The sections that have something to say about a row that was annotated."""
    found = []
    for section in _of(noun):
        values = section.shown({name: getattr(row, f"{section.name}_{name}") for name in section.expressions()})
        if values:
            found.append(Shown(section.template, values))
    return tuple(found)


def _of(noun: str) -> list[Section]:
    return [section for (of, _name), section in _OFFERED.items() if of == noun]
