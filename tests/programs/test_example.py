"""The programs of the example: each with a cycle, figures as claims with their source, and nothing twice."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from programs.kinds import all_kinds
from programs.models import Cycle, Participation, Program, Result
from programs.selectors import catalogue


@pytest.mark.django_db
def test_every_kind_has_a_program_with_a_cycle_and_a_second_run_changes_nothing() -> None:
    call_command("load_example", verbosity=0)
    programs = catalogue.programs()
    assert {row.kind.code for row in programs} == set(all_kinds())
    assert all(row.cycles for row in programs)
    kept = [model.objects.count() for model in (Program, Cycle, Participation, Result)]
    call_command("load_example", verbosity=0)
    assert [model.objects.count() for model in (Program, Cycle, Participation, Result)] == kept
    millions = Result.objects.get(value=9_100_000)
    assert (millions.verified_at, millions.approximate, str(millions.on)) == (None, True, "2021")
    assert set(Participation.objects.values_list("affiliation__first__name", flat=True)) | set(
        Participation.objects.values_list("affiliation__second__name", flat=True)
    ) >= {"Gainesville", "Qalqilya", "Muscatine", "Ramallah", "Agogo"}
