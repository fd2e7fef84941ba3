"""Sentences whose form follows a number: one project, two projects, and what other languages make of it."""

from __future__ import annotations

import pytest

from partnerships.rules.wording import ngettext_noop, worded
from programs.rules.findings import Finding
from programs.templatetags.programs import finding_text
from sci_registry import catalogues

FEW = ngettext_noop("Enter at least %(least)s project.", "Enter at least %(least)s projects.", "least")


@pytest.mark.parametrize(
    ("least", "said"),
    [(1, "Enter at least 1 project."), (2, "Enter at least 2 projects."), (0, "Enter at least 0 projects.")],
)
def test_one_is_told_in_the_singular(least: int, said: str) -> None:
    finding = Finding("projects", FEW, "activities", {"least": least})
    assert finding.text() == said
    assert finding_text(finding) == said


def test_the_door_chooses_the_form_by_the_plurals_of_its_language() -> None:
    def three_forms(one: str, many: str, number: int) -> str:
        return f"{one}|{many}|{number}"

    told = worded(FEW, {"least": 5}, str, counted=three_forms)
    assert told == "Enter at least 5 project.|Enter at least 5 projects.|5"


def test_translators_are_given_both_forms() -> None:
    message = catalogues.words().get(("Enter at least %(least)s project.", "Enter at least %(least)s projects."))
    assert message is not None
    assert message.pluralizable
