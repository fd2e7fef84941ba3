"""Figures: claimed with a source, verified by staff, withdrawn with a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from partnerships.exceptions import Invalid, Missing, NotAllowed, WrongState
from partnerships.models import RegisterEntry, Representation
from partnerships.services.access import Actor
from programs.models import Participation, Result
from programs.selectors import outcomes
from programs.selectors.outcomes import ResultCriteria
from programs.services import decisions, results
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db
FIGURE = {
    "measure": "Beneficiaries",
    "unit": "people",
    "value": Decimal(900),
    "on": "2026",
    "claimed_by": "Irondequoit",
    "source": "Report of the town",
}


@pytest.fixture
def running() -> Participation:
    town, _partner, tie = troupe.pair()
    made = troupe.handed_in(
        troupe.cycle(kind="africa_grant"), town, cast.representative(town), affiliation=tie.number, asked=Decimal(900)
    )
    return decisions.accept(participation_id=made.pk, by=troupe.officer(), at=troupe.DURING)


def claim(of: Participation, by: Actor | None = None, **values: object) -> Result:
    return results.claim(
        cycle_id=of.cycle_id,
        participation_id=of.pk,
        values=FIGURE | values,
        by=by or Actor.of(of.submitted_by),
        at=troupe.DURING,
    )


def test_a_claim_is_public_as_a_claim_with_its_source(running: Participation) -> None:
    claim(running)
    entry = RegisterEntry.objects.latest("seq")
    assert entry.event == "result.claimed"
    assert '"verified":false' in entry.payload
    assert '"source":"Report of the town"' in entry.payload


@pytest.mark.parametrize("name", ["measure", "unit", "on", "claimed_by", "source"])
def test_a_figure_without_its_provenance_is_refused_at_the_field(running: Participation, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        claim(running, **{name: ""})
    assert list(refused.value.errors) == [name]


@pytest.mark.parametrize("value", ["-1", "NaN", "many", "1.234", "", None])
def test_what_is_no_figure_is_refused(running: Participation, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        claim(running, value=value)
    assert list(refused.value.errors) == ["value"]


def test_the_same_figure_is_not_counted_twice(running: Participation) -> None:
    claim(running)
    with pytest.raises(Invalid, match="already"):
        claim(running, value=Decimal(901), measure="beneficiaries")
    claim(running, group="children", value=Decimal(300))
    assert Result.objects.count() == 2


def test_nobody_reports_for_another_community_nor_before_it_is_accepted(running: Participation) -> None:
    with pytest.raises(NotAllowed):
        claim(running, by=Actor.of(cast.representative(cast.jurisdiction("Elsewhere"))))
    Participation.objects.update(state="submitted")
    with pytest.raises(WrongState, match="accepted"):
        claim(running)


def test_a_figure_of_the_whole_cycle_is_recorded_by_officers_only(running: Participation) -> None:
    of_cycle = {"cycle_id": running.cycle_id, "values": FIGURE, "at": troupe.DURING}
    with pytest.raises(NotAllowed):
        results.claim(by=Actor.of(running.submitted_by), **of_cycle)
    assert results.claim(by=troupe.officer(), **of_cycle).participation is None


def test_an_activity_of_another_participation_is_not_counted_here(running: Participation) -> None:
    with pytest.raises(Missing):
        results.claim(
            cycle_id=running.cycle_id,
            participation_id=running.pk,
            activity_id=999,
            values=FIGURE,
            by=troupe.officer(),
            at=troupe.DURING,
        )


def test_staff_verify_once_and_say_how(running: Participation) -> None:
    made, by = claim(running), troupe.officer()
    with pytest.raises(Invalid, match="published"):
        results.verify(result_id=made.pk, how="", by=by, at=troupe.DURING)
    with pytest.raises(NotAllowed):
        results.verify(result_id=made.pk, how="I know.", by=Actor.of(running.submitted_by), at=troupe.DURING)
    results.verify(result_id=made.pk, how="Visited.", by=by, at=troupe.DURING)
    assert '"verified":true' in RegisterEntry.objects.latest("seq").payload
    with pytest.raises(WrongState, match="Olga"):
        results.verify(result_id=made.pk, how="Again.", by=by, at=troupe.DURING)


def test_an_officer_of_the_community_does_not_verify_its_figures(running: Participation) -> None:
    made, officer = claim(running), troupe.officer()
    Representation.objects.create(
        user=officer.user, jurisdiction=running.jurisdiction, capacity="employee", from_date="2000-01-01"
    )
    with pytest.raises(NotAllowed, match="somebody else"):
        results.verify(result_id=made.pk, how="Visited.", by=officer, at=troupe.DURING)


def test_a_withdrawn_figure_can_be_recorded_anew(running: Participation) -> None:
    made = claim(running)
    results.withdraw(result_id=made.pk, reason="Counted twice.", by=troupe.officer(), at=troupe.DURING)
    assert "Counted twice." in RegisterEntry.objects.latest("seq").payload
    claim(running, value=Decimal(450))
    with pytest.raises(WrongState, match="withdrawn"):
        results.verify(result_id=made.pk, how="Visited.", by=troupe.officer(), at=troupe.DURING)


def test_a_report_is_handed_in_once(running: Participation) -> None:
    by = Actor.of(running.submitted_by)
    before = RegisterEntry.objects.count()
    for _twice in range(2):
        reported = results.report(participation_id=running.pk, by=by, at=troupe.DURING)
        assert reported.reported_at == troupe.DURING
    assert RegisterEntry.objects.count() == before + 1


def test_the_database_refuses_figures_without_provenance(running: Participation) -> None:
    made = Result.objects.filter(pk=claim(running).pk)
    for wrong in (
        {"source": ""},
        {"claimed_by": ""},
        {"on": ""},
        {"unit": ""},
        {"verified_at": troupe.DURING},
        {"verified_by_name": "Olga"},
        {"withdrawn_at": troupe.DURING},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            made.update(**wrong)


def test_figures_of_a_whole_cycle_never_add_up_with_those_of_its_participations(running: Participation) -> None:
    by, cycle = troupe.officer(), running.cycle
    claim(running, value=Decimal(900), measure="Beneficiaries")
    claim(running, value=Decimal(100), measure="Beneficiaries", on="2026-09")
    claim(running, value=Decimal(300), measure="Beneficiaries", group="children")
    of_cycle = Result.objects.latest("pk")
    of_cycle.pk, of_cycle.participation, of_cycle.group, of_cycle.value = None, None, "", Decimal(5000)
    of_cycle.save(force_insert=True)
    first = Result.objects.earliest("pk")
    results.verify(result_id=first.pk, how="Counted on site", by=by, at=troupe.DURING)
    found = outcomes.sums(ResultCriteria(program=cycle.program.slug, cycle=cycle.slug))
    assert [(one.level, one.group, one.verified, one.value) for one in found] == [
        ("cycle", "", False, Decimal(5000)),
        ("participation", "", True, Decimal(900)),
        ("participation", "", False, Decimal(100)),
        ("participation", "children", False, Decimal(300)),
    ]
