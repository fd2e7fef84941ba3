"""Whatever happened, and in whatever order it was done: the lists as of a day say what the register says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from partnerships.choices import Act, Role, StaffAct
from partnerships.exceptions import Invalid, RegistryError
from partnerships.models import Affiliation, Agreement, Exclusion, Jurisdiction
from partnerships.rules.dates import PartialDate
from partnerships.selectors import as_of, browse
from partnerships.selectors.browse import ANY, Criteria
from partnerships.services import affiliations, members, review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.selectors.replay import Replay

TODAY = date(2026, 11, 24)
FIRST = date(1990, 1, 1)
GRACE = 60
ACTS = (Act.UPGRADE, Act.SUSPEND, Act.RESUME, Act.END, Act.AMEND, Act.ESTABLISH)
OPERATIONS = (*ACTS, *StaffAct, "annul", "term", "exclude", "include")


@st.composite
def histories(draw: Any) -> tuple[str, list[tuple[str, int, int]]]:
    """How it begins, and operations, each with the days since the one before and a length of time."""
    steps = st.tuples(st.sampled_from(OPERATIONS), st.integers(1, 900), st.integers(0, 1500))
    return draw(st.sampled_from(("friendship", "sister"))), draw(st.lists(steps, min_size=3, max_size=9))


class Desk:
    """Does the operations, as staff would; what the rules refuse is not done."""

    def __init__(self, parties: list[Jurisdiction]) -> None:
        self.parties, self.day = parties, FIRST
        self.clerk = cast.representative(parties[0])
        self.registrar = Actor.of(cast.staff(Role.REGISTRAR))

    def do(self, operation: str, days: int, length: int) -> None:
        self.day = min(self.day + timedelta(days=days), TODAY)
        doing: dict[str, Callable[[int], object]] = {
            "annul": self._annul,
            "term": self._term,
            "exclude": self._exclude,
            "include": self._include,
        }
        with suppress(RegistryError, Affiliation.DoesNotExist), transaction.atomic():
            if operation in StaffAct:
                self._decide(operation)
            elif operation in ACTS:
                self.act(operation)
            else:
                doing[operation](length)

    def act(self, act: str, kind: str = "sister") -> Agreement:
        """Registered whether or not the home party is a member today."""
        declared = self.parties[0].pk if act == Act.END else None
        filing = cast.submitted(
            self.clerk, self.parties, act=act, kind=kind, signed_on=str(self.day), declared_by_id=declared
        )
        review.take(filing_id=filing.pk, by=self.registrar)
        with suppress(Invalid):
            review.waive(filing_id=filing.pk, code="standing", by=self.registrar, on=TODAY, reason="On record only.")
        return review.register(filing_id=filing.pk, by=self.registrar, on=TODAY)

    def _number(self) -> str:
        return Affiliation.objects.order_by("-serial").values_list("number", flat=True)[0]

    def _decide(self, act: str) -> None:
        when = PartialDate.of(self.day)
        affiliations.decide(number=self._number(), act=act, by=self.registrar, on=TODAY, effective=when, reason="So.")

    def _annul(self, length: int) -> None:
        for last in Agreement.objects.filter(annulled_on=None).order_by("-pk").select_related("filing")[:1]:
            review.annul(filing_id=last.filing.pk, by=self.registrar, on=TODAY, reason="Entered in error.")

    def _term(self, length: int) -> None:
        through = self.day + timedelta(days=length)
        members.set_term(
            jurisdiction_id=self.parties[0].pk, from_date=self.day, paid_through=through, by=self.registrar, on=TODAY
        )

    def _exclude(self, length: int) -> None:
        end = self.day + timedelta(days=length) if length % 2 else None
        affiliations.exclude(
            number=self._number(), by=self.registrar, on=TODAY, from_date=self.day, to_date=end, reason="Under review."
        )

    def _include(self, length: int) -> None:
        last = Exclusion.objects.order_by("-pk").values_list("pk", flat=True)[:1]
        for pk in last:
            affiliations.end_exclusion(exclusion_id=pk, by=self.registrar, on=TODAY, last_day=self.day)


def told(day: date, *, full: bool = False) -> dict[str, tuple[str, str, bool]]:
    rows = list(as_of.stream(day=day, full=full))
    assert len({row.number for row in rows}) == len(rows)
    return {row.number: (row.kind, row.standing, row.recognised.value) for row in rows}


def days_that_matter(replay: Replay) -> set[date]:
    """Every day on which something began or ended, the days beside it, and days far from all."""
    days = {date.fromisoformat(when) for record in replay.records.values() for when, _act, _kind in record.acts}
    days |= {day for record in replay.records.values() for stretch in record.exclusions for day in stretch}
    for terms in replay.terms.values():
        days |= {*terms, *terms.values(), *(through + replay.grace for through in terms.values())}
    beside = {day + timedelta(days=step) for day in days if day.year < 3000 for step in (-1, 0, 1)}
    return {day for day in beside | {date(1, 1, 1), date(1950, 6, 1)} if day <= TODAY} | {TODAY}


@pytest.mark.django_db
@given(history=histories())
@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a history takes a second: making one smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_every_day_is_answered_as_the_register_tells_it(history: Any, settings: Any) -> None:
    settings.REGISTRY_GRACE_DAYS = GRACE
    kind, steps = history
    with transaction.atomic():
        home, abroad = cast.jurisdiction("Home", "US"), cast.jurisdiction("Abroad", "JP")
        desk = Desk([home, abroad])
        desk.do("term", 0, 700)
        desk.act(Act.ESTABLISH, kind)
        for step in steps:
            desk.do(*step)
        check(Replay(grace_days=GRACE))
        transaction.set_rollback(True)


def check(replay: Replay) -> None:
    for day in sorted(days_that_matter(replay)):
        expected = replay.on(day)
        assert told(day) == expected, day
        totals = as_of.totals(day)
        is_open = [state for state in expected.values() if state[1] != "ended"]
        assert (totals.open, totals.ended) == (len(is_open), len(expected) - len(is_open)), day
        assert totals.recognised == sum(state[2] for state in expected.values()), day
    assert told(TODAY, full=True) == replay.on(TODAY)
    now = browse.stream(Criteria(standings=(ANY,)), on=TODAY)
    assert {row.number: (row.kind, row.standing, row.recognised.value) for row in now} == replay.on(TODAY)
