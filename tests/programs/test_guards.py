"""What the database refuses by itself, whoever goes around the services: one case for each rule of the programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from partnerships.models import Affiliation
from partnerships.services.access import Actor
from programs.models import (
    Activity,
    Attachment,
    Backer,
    Band,
    Category,
    Consent,
    Criterion,
    Cycle,
    Deliverable,
    Entry,
    PairGrant,
    Participation,
    Person,
    Prize,
    Program,
    Result,
    Score,
    Tranche,
)
from programs.services import deliverables, grants, prizes, results, scoring
from tests import cast
from tests.partnerships.services.test_races import at_once
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db
GUARDS = import_module("programs.migrations.0006_guard_across_tables").GUARDS
ON = date(2026, 6, 1)


@dataclass
class Stage:
    """A grant in full swing beside a competition: something of every table."""

    grant: Participation
    rival: Participation
    showcase: Cycle
    entry: Entry


def grant() -> Participation:
    """Awarded 800, of which 500 is paid and 300 planned on what was delivered and accepted."""
    town, _partner, tie = troupe.pair()
    by, user = troupe.officer(), cast.representative(town)
    made = troupe.handed_in(
        troupe.cycle(kind="africa_grant", budget=Decimal(5000)),
        town,
        user,
        affiliation=tie.number,
        asked=Decimal(900),
    )
    juror = cast.person()
    scoring.appoint(cycle_id=made.cycle_id, user_id=juror.pk, by=by)
    points = {one.pk: Decimal(5) for one in made.cycle.criteria.all()}
    scoring.give(participation_id=made.pk, points=points, by=Actor.of(juror))
    grants.award(participation_id=made.pk, amount=Decimal(800), by=by, at=troupe.DURING)
    well = deliverables.promise(participation_id=made.pk, values={"title": "A well"}, by=by)
    deliverables.deliver(deliverable_id=well.pk, upload=students.photograph(), by=Actor.of(user), on=ON)
    deliverables.accept(deliverable_id=well.pk, by=by, on=ON)
    tranches = grants.plan(participation_id=made.pk, tranches=[(Decimal(500), well.pk), (Decimal(300), None)], by=by)
    grants.pay(tranche_id=tranches[0].pk, reference="T-1", by=by, on=ON)
    figure = {"measure": "Wells", "unit": "wells", "value": "1", "on": "2026", "claimed_by": "T", "source": "Report"}
    results.claim(cycle_id=made.cycle_id, participation_id=made.pk, values=figure, by=by, at=troupe.DURING)
    return made


@pytest.fixture
def stage() -> Stage:
    town = cast.jurisdiction("Irondequoit")
    cycle, clerk = students.showcase(), cast.representative(town)
    made, pupil, entry = students.published(cycle, town, clerk)
    students.consent(pupil, clerk)
    students.attach_work(entry, clerk)
    prizes.give(
        cycle_id=cycle.pk,
        participation_id=made.pk,
        entry_id=entry.pk,
        title="First prize",
        reason="Best.",
        by=troupe.officer(),
        at=troupe.DURING,
    )
    one = grant()
    Backer.objects.create(program=one.cycle.program, name="Fund", role="funder")
    Category.objects.create(cycle=one.cycle, code="water", name="Water")
    Activity.objects.create(participation=one, kind="project", title="Drilling")
    return Stage(one, grant(), cycle, entry)


def change(model: type, of: Callable[[Stage], Any] | None = None, **values: Any) -> Callable[[Stage], object]:
    """An UPDATE of every row of the table, or of those that ``of`` names."""
    return lambda stage: model.objects.filter(**(of(stage) if of else {})).update(  # type: ignore[attr-defined]
        **{name: value(stage) if callable(value) else value for name, value in values.items()}
    )


def of_grant(stage: Stage) -> dict[str, Any]:
    return {"participation": stage.grant}


ROW: dict[str, Callable[[Stage], object]] = {
    "program_ends_after_it_begins": change(Program, since="2009-05", ended="2009-04"),
    "cycle_ends_after_it_begins": change(Cycle, starts_on="2026", ends_on="2025-12-31"),
    "cycle_budget_is_some_money": change(Cycle, budget=0, committed=0),
    "cycle_currency_has_a_code": change(Cycle, currency="$"),
    "backer_has_a_name": change(Backer, name=""),
    "category_has_a_name": change(Category, name=""),
    "participation_role_known": change(Participation, role="guest"),
    "participation_paid_within_award": change(Participation, lambda s: {"pk": s.grant.pk}, paid=801),
    "activity_kind_known": change(Activity, kind="party"),
    "activity_state_known": change(Activity, state="lost"),
    "activity_days_in_order": change(Activity, starts_on="2026-09-11", ends_on="2026-09-10"),
    "attachment_of_a_person_is_their_form": change(Attachment, person=lambda s: s.entry.person),
    "attachment_role_known": change(Attachment, role="secret", public=False, public_copy=""),
    "person_born_believably": change(Person, birth_date=date(1899, 12, 31)),
    "person_age_believable": change(Person, age=131),
    "consent_of_a_guardian_names_them": change(Consent, giver_name=""),
    "consent_says_how": change(Consent, how=""),
    "consent_to_the_full_name_is_ones_own": change(Consent, use="publish_full_name"),
    "prize_has_a_title": change(Prize, title=""),
    "deliverable_accepted_after_it_was_delivered": change(Deliverable, accepted_on=ON - timedelta(days=1)),
    "deliverable_missing_while_promised": change(Deliverable, missing="Something"),
    "tranche_paid_with_a_reference": change(Tranche, reference=""),
    "tranche_is_some_money": change(Tranche, amount=0),
    "result_not_negative": change(Result, value=Decimal("-0.01")),
    "result_of_an_activity_names_its_participation": change(
        Result, activity=lambda s: Activity.objects.get(), participation=None
    ),
    "score_not_negative": change(Score, points=Decimal("-0.01")),
}


def stranger(to: Participation) -> Person:
    return Person.objects.create(participation=to, role="student", given_name="A")


def earlier(tie: Affiliation | None) -> Affiliation:
    """An affiliation of the same pair that had ended before this one."""
    assert tie is not None
    return Affiliation.objects.create(
        number="SCI-999999",
        serial=999_999,
        kind=tie.kind,
        first=tie.first,
        second=tie.second,
        standing="ended",
        ended="2020",
    )


def copied(row: Any, **values: Any) -> object:
    """An INSERT of the same row with other values."""
    row.pk = None
    for name, value in values.items():
        setattr(row, name, value)
    return row.save(force_insert=True)


ACROSS: dict[str, Callable[[Stage], object]] = {
    "score_within_its_criterion": lambda s: Score.objects.update(points=F("points") * 3),
    "criterion_holds_its_scores": change(Criterion, lambda s: {"cycle": s.grant.cycle}, most=4),
    "score_of_one_cycle": change(Score, of_grant, participation=lambda s: s.rival),
    "tranches_within_the_award": lambda s: Tranche.objects.create(
        participation=s.grant, position=9, amount=Decimal("0.01")
    ),
    "award_holds_its_tranches": change(Participation, lambda s: {"pk": s.grant.pk}, awarded=Decimal("799.99")),
    "tranche_on_its_own_deliverable": change(
        Tranche, of_grant, deliverable=lambda s: Deliverable.objects.get(participation=s.rival)
    ),
    "deliverable_with_its_own_file": change(
        Deliverable, of_grant, attachment=lambda s: Attachment.objects.get(participation=s.rival)
    ),
    "consent_form_of_its_own_person": lambda s: copied(
        Attachment.objects.get(participation=s.grant), role="consent_form", person=s.entry.person, sha256="0" * 64
    ),
    "attachment_of_its_own_entry": change(Attachment, of_grant, entry=lambda s: s.entry),
    "bands_apart": lambda s: Band.objects.create(cycle=s.showcase, measure="age", name="Late", low=18),
    "participation_of_its_cycle": change(
        Participation, lambda s: {"pk": s.rival.pk}, category=lambda s: Category.objects.get(code="water")
    ),
    "entry_of_its_cycle": lambda s: copied(s.entry, person=stranger(s.grant), identity=""),
    "prize_of_its_cycle": change(Prize, participation=lambda s: s.grant),
    "result_of_its_cycle": change(Result, of_grant, cycle=lambda s: s.showcase),
    "pair_grant_once_whichever_affiliation": lambda s: PairGrant.objects.filter(cycle=s.rival.cycle).update(
        cycle=s.grant.cycle, affiliation=earlier(s.grant.affiliation)
    ),
}


def refused(act: Callable[[Stage], object], stage: Stage) -> str:
    """What the database said, or nothing where it let it pass."""
    try:
        with transaction.atomic():
            act(stage)
    except IntegrityError as error:
        return str(error)
    return ""


def test_a_row_that_must_not_be_is_refused_by_the_rule_that_it_breaks(stage: Stage) -> None:
    said = {rule: refused(act, stage) for rule, act in ROW.items()}
    assert {rule: words for rule, words in said.items() if rule not in words} == {}


def test_rows_that_do_not_go_together_are_refused_by_the_rule_that_they_break(stage: Stage) -> None:
    said = {rule: refused(act, stage) for rule, act in ACROSS.items()}
    assert {rule: words for rule, words in said.items() if rule not in words} == {}


def refusals(answers: Sequence[object]) -> int:
    """How many the database refused; anything else that went wrong is a fault."""
    assert not [one for one in answers if isinstance(one, Exception) and not isinstance(one, IntegrityError)]
    return sum(isinstance(one, IntegrityError) for one in answers)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_payments_planned_at_once_around_the_service_never_pass_the_award() -> None:
    made = grant()
    Tranche.objects.filter(participation=made, state="planned").delete()
    acts = [
        partial(Tranche.objects.create, participation=made, position=10 + place, amount=Decimal(100))
        for place in range(6)
    ]
    assert refusals(at_once(*acts)) == 3
    assert sum(Tranche.objects.values_list("amount", flat=True)) == Decimal(800)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_bands_set_at_once_around_the_service_never_overlap() -> None:
    cycle = troupe.cycle(kind="awards", announced=False)
    acts = [
        partial(Band.objects.create, cycle=cycle, measure="population", name=f"Band {low}", low=low, high=1000)
        for low in range(5)
    ]
    assert refusals(at_once(*acts)) == 4
    assert Band.objects.count() == 1


def test_every_guard_has_its_case_and_stands_in_the_database() -> None:
    """Red where a migration rebuilt a table of SQLite and did not set its triggers up again."""
    assert {one.name for one in GUARDS} == set(ACROSS)
    asked = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'programs%%'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'programs%%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    ends = ("",) if connection.vendor == "postgresql" else ("_insert", "_update")
    assert {f"programs_{one.name}{end}" for one in GUARDS for end in ends} <= found


@pytest.mark.parametrize(
    ("first", "last", "in_order"),
    [
        ("", "2009", True),
        ("2009", "", True),
        ("2009", "2009", True),
        ("2009-05", "2009", True),
        ("2009", "2009-01", True),
        ("2009-05-31", "2009-05", True),
        ("2009-05", "2009-04-30", False),
        ("2010", "2009-12-31", False),
        ("2009-05-02", "2009-05-01", False),
    ],
)
def test_partial_dates_are_compared_as_far_as_they_are_known(first: str, last: str, in_order: bool) -> None:
    program = Program.objects.filter(pk=troupe.program().pk)
    if in_order:
        assert program.update(since=first, ended=last) == 1
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        program.update(since=first, ended=last)
