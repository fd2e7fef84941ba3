"""Typed readers for settings from the environment.

Each reader takes a name, what the setting means and its default, and gives back a value of one type.
A value that cannot be used, and a required one that is missing, stop start-up with one sentence.
What was read is remembered, so that ``docs/operations.md`` prints the table of settings from the code
itself: ``python -m sci_registry.env --write docs/operations.md`` (``--check`` only compares).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


@dataclass(frozen=True)
class Row:
    """One line of the table of settings."""

    name: str
    takes: str
    default: str
    meaning: str


class Env:
    """Reads settings and remembers what they are; ``debug`` decides whether local defaults may stand in."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.rows: list[Row] = []
        self.debug = False

    def text(self, name: str, meaning: str, *, default: str = "", matching: str = "", shown: str = "") -> str:
        """A line of text; ``matching`` is a regular expression that the whole value has to meet."""
        value = self._read(name, "text", meaning, default, shown)
        if matching and not re.fullmatch(matching, value):
            _refuse(f'{name} is "{value}", which does not match {matching}.')
        return value

    def required(self, name: str, meaning: str, *, local: Callable[[], str], shown: str) -> str:
        """A value that an operator has to give; ``local`` supplies one for a machine with DEBUG on."""
        value = self._read(name, "text", meaning, "", f"required; with `DEBUG` on: {shown}")
        if value:
            return value
        if not self.debug:
            _refuse(f"{name} is not set. Set it in the environment: {meaning[0].lower()}{meaning[1:]}")
        return local()

    def required_list(self, name: str, meaning: str, *, local: Iterable[str]) -> list[str]:
        """A comma-separated list that an operator has to give."""
        local = list(local)
        shown = f"`{','.join(local)}`"
        return _split(self.required(name, meaning, local=lambda: ",".join(local), shown=shown))

    def words(self, name: str, meaning: str) -> list[str]:
        """A comma-separated list that may be empty."""
        return _split(self._read(name, "list, separated by commas", meaning, "", ""))

    def flag(self, name: str, meaning: str, *, default: bool) -> bool:
        """On or off."""
        value = self._read(name, "on or off", meaning, "on" if default else "off", "").lower()
        if value not in YES | NO:
            _refuse(f'{name} is "{value}", but it can only be on or off.')
        return value in YES

    def number(self, name: str, meaning: str, *, default: int, least: int = 0) -> int:
        """A whole number not below ``least``."""
        value = self._read(name, "whole number", meaning, str(default), "")
        if not re.fullmatch(r"[0-9]{1,15}", value) or int(value) < least:
            _refuse(f'{name} is "{value}", but it has to be a whole number, {least} or more.')
        return int(value)

    def address(self, name: str, meaning: str, *, default: str, schemes: Iterable[str], shown: str = "") -> str:
        """A URL with one of the ``schemes``; empty stays empty."""
        value = self._read(name, "URL", meaning, default, shown)
        if value and urlsplit(value).scheme not in schemes:
            # The value may hold a password, so the sentence does not repeat it.
            _refuse(f"{name} has to begin with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
        return value

    def place(self, name: str, meaning: str, *, default: Path, shown: str) -> str:
        """A folder, or a URL of a storage."""
        return self._read(name, "folder or URL", meaning, str(default), shown)

    def refuse_unless(self, holds: bool, sentence: str) -> None:
        """Stop start-up with ``sentence`` where settings do not fit each other."""
        if not holds:
            _refuse(sentence)

    def _read(self, name: str, takes: str, meaning: str, default: str, shown: str) -> str:
        self.rows.append(Row(name, takes, shown or (f"`{default}`" if default else "empty"), meaning))
        # An empty variable means "not set": compose files and unit files pass on empty ones.
        return self.values.get(name, "").strip() or default


def parsed(name: str, value: str, read: Callable[[str], T]) -> T:
    """``read(value)``, with any ValueError turned into one sentence that names the setting."""
    try:
        return read(value)
    except ValueError as problem:
        _refuse(f"{name} cannot be used: {problem}.")


def _split(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def _refuse(sentence: str) -> NoReturn:
    raise ImproperlyConfigured(sentence)


BEGIN, END = "<!-- settings: begin -->", "<!-- settings: end -->"


def as_table(rows: Iterable[Row]) -> str:
    """The settings as a Markdown table."""
    lines = ["| setting | takes | default | what it is for |", "|---|---|---|---|"]
    lines += [f"| `{row.name}` | {row.takes} | {row.default} | {row.meaning} |" for row in rows]
    return "\n".join(lines)


def with_table(page: str, rows: Iterable[Row]) -> str:
    """``page`` with the table between its two markers replaced."""
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"the page has no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{as_table(rows)}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write or check the table of settings in a page; 0 when it is current."""
    from sci_registry import settings

    if len(arguments) != 2 or arguments[0] not in {"--write", "--check"}:
        sys.stderr.write("usage: python -m sci_registry.env --write|--check PAGE\n")
        return 2
    page = Path(arguments[1])
    was = page.read_text(encoding="utf-8")
    now = with_table(was, settings.env.rows)
    if arguments[0] == "--write":
        page.write_text(now, encoding="utf-8")
        return 0
    if was != now:
        sys.stderr.write(f"The table of settings in {page} is out of date: run make settings-table.\n")
    return int(was != now)


if __name__ == "__main__":
    os.environ.setdefault("DEBUG", "on")
    raise SystemExit(main(sys.argv[1:]))
