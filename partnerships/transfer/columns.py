"""What a column of a published table is: how it is read from a row, and what the dictionary says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import TextChoices


@dataclass(frozen=True)
class Column:
    """``kind`` is a type of a Table Schema; ``words``: the closed list that values come from; ``separated``: several of
    them in one cell, with blanks between; ``refers``: the table and the column that a value is found in."""

    read: Callable[[Any], Any]
    about: Any
    kind: str = "string"
    required: bool = False
    unique: bool = False
    words: type[TextChoices] | None = None
    separated: bool = False
    pattern: str = ""
    refers: tuple[str, str] | None = None
    #: A template that names a column means what it is, not what it reads.
    do_not_call_in_templates: ClassVar[bool] = True

    def __call__(self, row: Any) -> Any:
        return self.read(row)


Columns = Mapping[str, Column]
