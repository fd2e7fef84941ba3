"""The programs of the example: each with a cycle, figures as claims with their source, and nothing twice."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from partnerships.models import User
from programs.kinds import all_kinds
from programs.models import Cycle, Juror, Participation, Program, Result
from programs.selectors import catalogue

pytestmark = pytest.mark.django_db


def browser(email: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(email=email))
    return made


def test_the_logins_of_the_demo_have_something_to_do_in_programs() -> None:
    out = StringIO()
    call_command("load_example", with_logins=True, stdout=out)
    assert "representative, and juror" in out.getvalue()
    ida = browser("irondequoit@example.org").get("/account/calls/")
    assert {call.cycle.name for call in ida.context["calls"]} == {
        "Fictional example: concerts to come",
        "Fictional example: a grant under way",
    }
    assert [call.cycle.name for call in ida.context["others"]] == ["Fictional example: awards of this year"]
    assert "Irondequoit is not a member in good standing today." in ida.text
    judith = browser("juror@example.org")
    cycle = Cycle.objects.get(slug="fictional-example", program__slug="annual-awards")
    sheet = judith.get(reverse("judging_cycle", args=[cycle.pk]))
    assert "street lamps that sleep" in sheet.text
    assert not Juror.objects.get().scores.exists()


def test_what_nobody_did_is_marked_wherever_the_public_reads_it() -> None:
    call_command("load_example", with_logins=True, verbosity=0)
    for cycle in Cycle.objects.filter(slug="fictional-example").select_related("program"):
        assert cycle.fictional
        assert all(one.fictional for one in cycle.participations.all())
        page = Client().get(f"/programs/{cycle.program.slug}/{cycle.slug}/").text
        assert "Fictional" in page
    assert not Participation.objects.filter(fictional=False, jurisdiction__fictional=True).exists()


def test_every_kind_has_a_program_with_a_cycle_and_a_second_run_changes_nothing() -> None:
    call_command("load_example", verbosity=0)
    programs = catalogue.program_page().rows
    assert {row.kind.code for row in programs} == set(all_kinds())
    assert all(row.cycles for row in programs)
    kept = [model.objects.count() for model in (Program, Cycle, Participation, Result)]
    call_command("load_example", verbosity=0)
    assert [model.objects.count() for model in (Program, Cycle, Participation, Result)] == kept
    assert len({cycle.slug for cycle in Cycle.objects.filter(fictional=True)}) == 1
    millions = Result.objects.get(value=9_100_000)
    assert (millions.verified_at, millions.approximate, str(millions.on)) == (None, True, "2021")
    assert set(Participation.objects.values_list("affiliation__first__name", flat=True)) | set(
        Participation.objects.values_list("affiliation__second__name", flat=True)
    ) >= {"Gainesville", "Qalqilya", "Muscatine", "Ramallah", "Agogo"}
