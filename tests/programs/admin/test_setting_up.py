"""A programs officer sets a program and a year up, announces the call, and decides what comes in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.choices import Role
from partnerships.exceptions import Invalid
from partnerships.models import LedgerEntry, RegisterEntry, User
from programs.choices import CycleState, ParticipationState
from programs.kinds import all_kinds
from programs.models import Band, Cycle, Participation, Program
from programs.services import cycles
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return cast.staff(Role.PROGRAMS, "Olga Officer")


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def do(name: str, record: Program | Cycle | Participation | None = None, table: str = "") -> str:
    table = table or str(record._meta.model_name if record else "")
    return reverse(f"admin:programs_{table}_{name}", args=[record.pk] if record else [])


def rows(*lines: dict[str, object], prefix: str = "row") -> dict[str, object]:
    """What a browser sends for the rows of a page."""
    typed: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(lines), f"{prefix}-INITIAL_FORMS": 0}
    for place, line in enumerate(lines):
        typed |= {f"{prefix}-{place}-{name}": value for name, value in line.items()}
    return typed


def test_a_program_of_each_kind_is_set_up_without_a_developer(desk: Client) -> None:
    for code in all_kinds():
        slug = code.replace("_", "-")
        typed = {"name": f"Our {code}", "slug": slug, "kind": code, "summary": "What it is."}
        answer = desk.post(do("set-up", table="program"), typed)
        assert answer.status_code == 302, code
        assert Program.objects.get(slug=slug).kind == code


def test_a_year_is_set_up_announced_and_public(desk: Client) -> None:
    program = troupe.program("concert")
    desk.post(do("set-up", table="cycle"), {"program": program.pk, "name": "2026", "slug": "2026"})
    cycle = Cycle.objects.get(slug="2026")
    answer = desk.post(
        do("rules", cycle),
        {
            "name": "Concerts 2026",
            "time_zone": "America/New_York",
            "opens_at": "2026-03-01T09:00",
            "closes_at": "2026-04-01T23:59",
            "rules.day": "09-11",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    cycle.refresh_from_db()
    assert cycle.opens_at == datetime(2026, 3, 1, 14, tzinfo=UTC)
    assert cycle.closes_at == datetime(2026, 4, 2, 3, 59, tzinfo=UTC)  # summer time has begun
    assert cycle.rules == {"day": "09-11"}
    assert desk.post(do("announce", cycle)).status_code == 302
    cycle.refresh_from_db()
    assert cycle.state == CycleState.ANNOUNCED
    assert RegisterEntry.objects.latest("seq").event == "cycle.announced"


def test_a_closing_at_an_hour_that_never_was_is_refused_at_its_field_and_the_rest_is_kept(desk: Client) -> None:
    cycle = troupe.cycle(announced=False)
    answer = desk.post(
        do("rules", cycle),
        {
            "name": "Kept as typed",
            "time_zone": "America/New_York",
            "opens_at": "2026-03-01T09:00",
            "closes_at": "2026-03-08T02:30",
        },
    )
    assert answer.status_code == 200
    assert "put forward" in str(answer.context["form"].errors["closes_at"])
    assert "Kept as typed" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong", ["31 February", "2026-13-01T00:00", "x" * 10_000, "\x00", "2026-03-01T09:00+01:00", "٢٠٢٦"]
)
def test_an_instant_that_is_none_is_refused(desk: Client, wrong: str) -> None:
    cycle = troupe.cycle(announced=False)
    answer = desk.post(do("rules", cycle), {"name": "A", "time_zone": "America/New_York", "opens_at": wrong})
    assert answer.status_code == 200
    assert answer.context["form"].errors["opens_at"]


def test_bands_are_entered_as_rows_and_overlaps_are_refused(desk: Client) -> None:
    cycle = troupe.cycle(announced=False)
    small = {"name": "Small", "measure": "population", "low": "0", "high": "25000"}
    large = {"name": "Large", "measure": "population", "low": "25000", "high": ""}
    assert desk.post(do("bands", cycle), rows(small, large, {"name": ""})).status_code == 302
    assert list(cycle.bands.values_list("name", "low", "high")) == [("Small", 0, 25000), ("Large", 25000, None)]
    answer = desk.post(do("bands", cycle), rows(small, large | {"low": "24999"}))
    assert "overlap" in answer.content.decode()
    assert Band.objects.count() == 2


def test_an_announced_call_keeps_its_rules_and_its_closing_can_be_put_off(desk: Client) -> None:
    cycle = troupe.cycle()
    page = desk.get(do("rules", cycle))
    form = page.context["form"]
    assert form.fields["opens_at"].disabled
    later = {"name": cycle.name, "closes_at": "2026-06-01T00:00", "description": "Put off."}
    answer = desk.post(do("rules", cycle), later)
    assert answer.status_code == 302, answer.context["form"].errors
    cycle.refresh_from_db()
    assert cycle.closes_at == datetime(2026, 6, 1, 4, tzinfo=UTC)
    assert cycle.rules == {"day": "09-11"}
    assert desk.get(do("bands", cycle)).status_code in (200, 403)
    assert "stay as they are" in desk.post(do("bands", cycle), rows()).content.decode()


def test_an_officer_declines_with_a_reason_that_the_applicants_read(desk: Client) -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(troupe.cycle(), town, clerk)
    Participation.objects.filter(pk=made.pk).update(state="submitted", submitted_at=troupe.DURING)
    page = reverse("admin:programs_participation_change", args=[made.pk])
    assert do("decline", made) in desk.get(page).content.decode()
    assert desk.post(do("decline", made), {"comment": ""}).status_code == 200
    assert desk.post(do("decline", made), {"comment": "Too late for this year."}).status_code == 302
    made.refresh_from_db()
    assert made.state == ParticipationState.DECLINED
    assert made.comment == "Too late for this year."
    assert LedgerEntry.objects.filter(act="participation.declined", note="Too late for this year.").exists()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CLERK, Role.AUDITOR])
def test_nobody_else_sets_up_or_decides(client: Client, role: str) -> None:
    client.force_login(cast.staff(role))
    cycle = troupe.cycle()
    assert client.post(do("set-up", table="program"), {}).status_code == 403
    assert client.post(do("close", cycle)).status_code == 403
    assert client.get(reverse("admin:programs_cycle_change", args=[cycle.pk])).status_code == 200


def test_what_waits_is_listed_first_in_few_statements(desk: Client, django_assert_max_num_queries: object) -> None:
    cycle = troupe.cycle()
    for place in range(6):
        town = cast.jurisdiction(f"Town {place}")
        made = troupe.application(cycle, town, cast.representative(town), title=f"Number {place}")
        Participation.objects.filter(pk=made.pk).update(state="submitted", submitted_at=troupe.DURING)
    troupe.application(cycle, town, cast.representative(town), title="A draft")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = desk.get(reverse("admin:programs_participation_changelist")).content.decode()
    assert "Number 5" in page
    assert "A draft" not in page


def test_a_cycle_with_people_is_not_announced_without_a_day_of_erasure() -> None:
    kinds = [code for code, kind in all_kinds().items() if kind.person_roles]
    for code in kinds:
        cycle = troupe.cycle(kind=code, announced=False, retention_until=None)
        with pytest.raises(Invalid) as refused:
            cycles.announce(cycle_id=cycle.pk, by=troupe.officer())
        assert "retention_until" in refused.value.errors
