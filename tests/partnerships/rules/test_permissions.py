"""Who may do what."""

from __future__ import annotations

import pytest

from partnerships.choices import Role
from partnerships.rules import permissions
from partnerships.rules.transitions import TRANSITIONS

NOBODY: frozenset[str] = frozenset()
SUBMITTER = frozenset({"submitter"})


def roles(*names: str) -> frozenset[str]:
    return frozenset(names)


@pytest.mark.parametrize("move", ["take", "release", "return", "register", "reject", "annul"])
def test_only_registrars_decide(move: str) -> None:
    assert [role for role in Role.values if permissions.allows(f"filing.{move}", roles(role), SUBMITTER)] == [
        "registrar"
    ]


@pytest.mark.parametrize("verb", ["filing.submit", "filing.withdraw", "filing.edit", "filing.start"])
def test_a_filing_belongs_to_those_who_file_it_whatever_their_role(verb: str) -> None:
    assert permissions.allows(verb, NOBODY, SUBMITTER)
    assert not permissions.allows(verb, roles(*Role.values), NOBODY)


@pytest.mark.parametrize("verb", permissions.PERMISSIONS)
def test_a_stranger_may_do_nothing(verb: str) -> None:
    assert not permissions.allows(verb, NOBODY, NOBODY)


@pytest.mark.parametrize("verb", permissions.PERMISSIONS)
def test_a_relation_that_opens_nothing_opens_nothing(verb: str) -> None:
    assert not permissions.allows(verb, NOBODY, frozenset({"conflict", "entered"}))


def test_an_auditor_sees_everything_and_changes_nothing() -> None:
    opened = {verb for verb in permissions.PERMISSIONS if permissions.allows(verb, roles("auditor"), NOBODY)}
    assert opened == {"private.view", "filing.view", "participation.view", "score.view"}


def test_clerks_enter_paper_and_registrars_may_too() -> None:
    assert permissions.allows("filing.enter", roles("clerk"), NOBODY)
    assert permissions.allows("filing.enter", roles("registrar"), NOBODY)
    assert not permissions.allows("filing.enter", roles("programs"), SUBMITTER)


@pytest.mark.parametrize(
    "verb",
    ["register.redact", "compliance.change", "affiliation.exclude", "affiliation.emeritus", "affiliation.reactivate"],
)
def test_what_weighs_on_others_is_the_registrars(verb: str) -> None:
    assert permissions.PERMISSIONS[verb] == {"registrar"}


@pytest.mark.parametrize("move", TRANSITIONS)
def test_each_move_of_the_table_has_its_permission(move: str) -> None:
    assert permissions.PERMISSIONS[f"filing.{move}"] == TRANSITIONS[move].who


def test_a_verb_that_nobody_wrote_down_is_refused_loudly() -> None:
    with pytest.raises(KeyError):
        permissions.allows("filing.forge", roles("registrar"), NOBODY)
