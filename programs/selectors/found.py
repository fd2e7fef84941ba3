"""Programs and their cycles for the one search box, by their names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value

from partnerships.selectors.searchers import Entry
from programs.models import Cycle, Program

#: Columns that a program and a cycle have in common here; a program's own slug is that of no cycle.
_PROGRAM = ("slug", Value(""), "name", "summary", Value(""), Value(""), "fictional")
_CYCLE = ("program__slug", "slug", "name", Value(""), "program__name", "theme")


def entries(on: date) -> Iterator[Entry]:
    """Every public program, then every public cycle by its name, its theme and the name of its program. One statement;
    nothing of it differs from day to day."""
    programs: QuerySet[Any, Any] = Program.objects.filter(published=True).order_by().values_list(*_PROGRAM)
    fictional = ExpressionWrapper(Q(fictional=True) | Q(program__fictional=True), BooleanField())
    cycles = Cycle.objects.public().order_by().values_list(*_CYCLE, fictional)
    for slug, cycle, name, summary, program, theme, marked in sorted(
        programs.union(cycles, all=True), key=itemgetter(1)
    ):
        if not cycle:
            yield Entry(name, f"/programs/{slug}/", summary, fictional=bool(marked))
            continue
        text = " · ".join(filter(None, (program, theme)))
        yield Entry(name, f"/programs/{slug}/{cycle}/", text, (program, theme), noun="cycle", fictional=bool(marked))
