"""The public addresses of programs, as the register's subjects name them: without slashes around them."""

from __future__ import annotations

from programs.models import Cycle, Participation, Program


def of_program(program: Program) -> str:
    return f"programs/{program.slug}"


def of_cycle(cycle: Cycle) -> str:
    return f"programs/{cycle.program.slug}/{cycle.slug}"


def of_participation(participation: Participation) -> str:
    return f"{of_cycle(participation.cycle)}/{participation.pk}"
