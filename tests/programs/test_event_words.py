"""Every event that the programs enter in the register has words that people can read.

The events are read from the source of the services: what is passed to ``register.append`` as ``event``, followed back
through local names and the arguments of the module's own functions to the words that are written there.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils.functional import Promise

import programs
from partnerships.templatetags.events import EVENTS, event_words
from programs.rules import transitions

SERVICES = sorted((Path(programs.__file__).parent / "services").glob("*.py"))
TABLES = {row.event for table in (transitions.CYCLE, transitions.PARTICIPATION) for row in table.values() if row.event}


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def calls(within: ast.AST, name: str) -> list[ast.Call]:
    found = [node for node in ast.walk(within) if isinstance(node, ast.Call)]
    return [call for call in found if ast.unparse(call.func) == name]


def words(node: ast.expr, at: ast.FunctionDef, tree: ast.Module) -> set[str]:
    """Every text that an expression of a function can be."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return words(node.body, at, tree) | words(node.orelse, at, tree)
    if isinstance(node, ast.JoinedStr):
        first, last = node.values
        assert isinstance(last, ast.FormattedValue)
        return {f"{one}{two}" for one in words(first, at, tree) for two in words(last.value, at, tree)}
    if isinstance(node, ast.Name):
        return named(node.id, at, tree)
    assert ast.unparse(node) == "row.event"
    return TABLES


def named(name: str, at: ast.FunctionDef, tree: ast.Module) -> set[str]:
    places = [argument.arg for argument in at.args.args]
    if name in places:
        place = places.index(name)
        return {
            word
            for caller in functions(tree)
            for call in calls(caller, at.name)
            for word in words(call.args[place], caller, tree)
        }
    written = [
        node.value
        for node in ast.walk(at)
        if isinstance(node, ast.Assign) and any(ast.unparse(target) == name for target in node.targets)
    ]
    return {word for value in written for word in words(value, at, tree)}


def events(source: Path) -> set[str]:
    tree = ast.parse(source.read_text())
    return {
        word
        for at in functions(tree)
        for call in calls(at, "register.append")
        for keyword in call.keywords
        if keyword.arg == "event"
        for word in words(keyword.value, at, tree)
    }


APPENDED = sorted({event for source in SERVICES for event in events(source)})


def test_the_events_of_every_service_that_writes_to_the_register_are_found() -> None:
    writing = {source.stem for source in SERVICES if "register.append(" in source.read_text()}
    assert writing == {source.stem for source in SERVICES if events(source)}
    assert {"entry.moved", "grant.paid", "prize.given", "deliverable.sent_back", "cycle.closed"} <= set(APPENDED)


@pytest.mark.parametrize("event", APPENDED)
def test_every_event_of_programs_has_words(event: str) -> None:
    assert isinstance(EVENTS.get(event), Promise)
    assert event_words(event) != event
