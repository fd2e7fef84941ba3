"""Programs and who stands behind them, as staff set them up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid, Missing
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.kinds import all_kinds
from programs.models import Backer, Category, Cycle, Program
from programs.selectors import addresses

FIELDS = ("slug", "kind", "name", "summary", "description", "since", "ended", "website", "fictional")


@dataclass(frozen=True)
class BackerRow:
    """An organisation and its role; ``category`` is a code of the cycle, where one category is sponsored."""

    name: str
    role: str
    website: str = ""
    category: str = ""


def locked(program_id: int) -> Program:
    program = Program.objects.select_for_update().filter(pk=program_id).first()
    if program is None:
        raise Missing(_("There is no such program."))
    return program


@transaction.atomic
def save(*, values: Mapping[str, Any], by: Actor, program_id: int | None = None) -> Program:
    """Set up a program, or correct it; its kind and its address stay once it is public.

    Raises ``Invalid`` with one message a field; nothing is saved then.
    """
    access.require(by, "program.manage")
    if program_id is not None:
        register.lock()
    program = locked(program_id) if program_id is not None else Program()
    was = {name: getattr(program, name) for name in FIELDS}
    _refuse_unknown(values)
    if program.published and any(name in values and values[name] != was[name] for name in ("kind", "slug")):
        raise Invalid({"slug": [_("The kind and the address of a public program stay as they are.")]})
    for name, value in values.items():
        setattr(program, name, value)
    typed.check(program)
    if Program.objects.filter(slug=program.slug).exclude(pk=program.pk).exists():
        raise Invalid({"slug": [_("Another program has this address.")]})
    program.save()
    ledger.record(subject=program, act="program.saved", by=by, now=program.name, detail=_changes(program, was))
    if program.published and any(getattr(program, name) != was[name] for name in FIELDS):
        register.append(event="program.changed", subject=addresses.of_program(program), payload=payload(program))
    return program


def _refuse_unknown(values: Mapping[str, Any]) -> None:
    errors = {name: [_("This cannot be set.")] for name in values if name not in FIELDS}
    if "kind" in values and values["kind"] not in all_kinds():
        errors["kind"] = [_("Choose a kind of program.")]
    if errors:
        raise Invalid(errors)


def _changes(program: Program, was: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {
        name: {"was": str(was[name] or "")[:500], "now": str(getattr(program, name) or "")[:500]}
        for name in FIELDS
        if getattr(program, name) != was[name]
    }


@transaction.atomic
def publish(*, program_id: int, by: Actor) -> Program:
    """Show the program to everybody; a second call changes nothing."""
    access.require(by, "program.manage")
    register.lock()
    program = locked(program_id)
    if program.published:
        return program
    program.published = True
    program.save()
    ledger.record(subject=program, act="program.published", by=by)
    register.append(event="program.published", subject=addresses.of_program(program), payload=payload(program))
    return program


@transaction.atomic
def set_backers(*, program_id: int, rows: Sequence[BackerRow], by: Actor, cycle_id: int | None = None) -> list[Backer]:
    """Say which organisations fund, administer or partner a program, or one cycle of it, instead of those before."""
    access.require(by, "program.manage")
    register.lock()
    program = locked(program_id)
    cycle = Cycle.objects.select_related("program").filter(pk=cycle_id, program=program).first() if cycle_id else None
    if cycle_id and cycle is None:
        raise Missing(_("There is no such cycle."))
    categories = {category.code: category for category in Category.objects.filter(cycle=cycle)} if cycle else {}
    made = [
        Backer(
            program=program,
            cycle=cycle,
            category=categories.get(row.category),
            name=row.name.strip(),
            role=row.role,
            website=row.website.strip(),
        )
        for row in rows
    ]
    for backer in made:
        typed.check(backer)
    Backer.objects.filter(program=program, cycle=cycle).delete()
    for backer in made:
        backer.save()
    ledger.record(subject=cycle or program, act="backers.set", by=by, now=", ".join(row.name for row in rows))
    _announce_backers(program, cycle, made)
    return made


def _announce_backers(program: Program, cycle: Cycle | None, made: Sequence[Backer]) -> None:
    shown = program.published and (cycle is None or cycle.state != "draft")
    if shown:
        register.append(
            event="backers.set",
            subject=addresses.of_cycle(cycle) if cycle else addresses.of_program(program),
            payload={"backers": [{"name": one.name, "role": one.role} for one in made]},
        )


def payload(program: Program) -> dict[str, Any]:
    """The program as the register publishes it."""
    return {
        "slug": program.slug,
        "kind": program.kind,
        "name": program.name,
        "summary": program.summary,
        "since": str(program.since) if program.since else None,
        "ended": str(program.ended) if program.ended else None,
        "website": program.website,
        "fictional": program.fictional,
    }
