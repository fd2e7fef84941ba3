"""What the showcase, the young ambassadors and the student exchange ask for, at the edges of their rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnerships.exceptions import Unmet
from partnerships.models import User
from partnerships.services.access import Actor
from programs.models import Participation
from programs.services import cycles, participations, people
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db

COHORT = {"delegation_countries": ["US", "MX"], "least_students": 2, "most_students": 3, "students_per_mentor": 2}


def codes(made: Participation) -> set[str]:
    found = participations.check(Participation.objects.get(pk=made.pk), at=troupe.DURING)
    return {finding.code for finding in found if finding.severity == "blocking"}


def delegation() -> tuple[Participation, User]:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    cycle = troupe.cycle(kind="youth_ambassadors", rules=COHORT, age_from=14, age_to=17, ages_on=date(2026, 6, 30))
    return troupe.application(cycle, town, clerk, role="delegation"), clerk


def mentor(made: Participation, clerk: User, born: date = date(1980, 1, 1)) -> None:
    values = {"role": "mentor", "given_name": "Mira", "birth_date": born}
    people.save(participation_id=made.pk, values=values, by=Actor.of(clerk))


def test_a_delegation_has_as_many_students_and_mentors_as_the_cohort_asks_for() -> None:
    made, clerk = delegation()
    assert codes(made) == {"students", "mentors"}
    for _ in range(2):
        students.student(made, clerk, birth_date=date(2010, 1, 1))
    mentor(made, clerk)
    assert codes(made) == set()
    students.student(made, clerk, birth_date=date(2010, 1, 1))
    assert codes(made) == {"mentors"}
    mentor(made, clerk)
    assert codes(made) == set()
    students.student(made, clerk, birth_date=date(2010, 1, 1))
    assert codes(made) == {"students"}


@pytest.mark.parametrize(("born", "refused"), [(date(2008, 6, 30), False), (date(2008, 7, 1), True)])
def test_a_mentor_is_of_age_on_the_day_of_the_rules(born: date, refused: bool) -> None:
    made, clerk = delegation()
    mentor(made, clerk, born)
    assert ("mentor-age" in codes(made)) is refused


@pytest.mark.parametrize(
    ("born", "refused"),
    [(date(2012, 6, 30), False), (date(2012, 7, 1), True), (date(2008, 7, 1), False), (date(2008, 6, 30), True)],
)
def test_students_are_of_the_ages_of_the_call_on_its_day(born: date, refused: bool) -> None:
    made, clerk = delegation()
    students.student(made, clerk, birth_date=born)
    assert ("age" in codes(made)) is refused


def test_a_delegation_from_a_country_that_sends_none_is_told_so() -> None:
    town = cast.jurisdiction("Osaka", "JP")
    clerk = cast.representative(town)
    cycle = troupe.cycle(kind="youth_ambassadors", rules=COHORT)
    made = troupe.application(cycle, town, clerk, role="delegation")
    assert "country" in codes(made)
    participations.save(participation_id=made.pk, values={"role": "host"}, by=Actor.of(clerk))
    assert codes(made) == {"places"}


def test_one_application_nominates_one_student_of_the_partner() -> None:
    town, _partner, tie = troupe.pair()
    clerk = cast.representative(town)
    cycle = troupe.cycle(kind="student_exchange", rules={"lengths": ["year"]}, age_from=15, age_to=18)
    detail = {"length": "semester", "sponsorship": "A fund.", "host_family": "sought"}
    made = troupe.application(cycle, town, clerk, affiliation=tie.number, detail=detail)
    assert codes(made) == {"student", "length"}
    participations.save(participation_id=made.pk, values={"detail": {"length": "year"}}, by=Actor.of(clerk))
    students.student(made, clerk, birth_date=date(2010, 1, 1), country="UA")
    assert codes(made) == set()
    students.student(made, clerk, birth_date=date(2010, 1, 1), country="UA")
    assert codes(made) == {"student"}


def test_a_showcase_application_without_a_work_or_with_one_that_cannot_be_seen_is_refused() -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(students.showcase(rules={"consent_forms": True}), town, clerk)
    with pytest.raises(Unmet, match="At least 1"):
        participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)
    pupil = students.student(made, clerk)
    students.work(made, pupil, clerk, url="")
    assert codes(made) == {"work-file", "consent-form"}
    students.attach(made, clerk, entry=made.entries.get())
    students.attach(made, clerk, students.photograph(colour="blue"), role="consent_form")
    assert codes(made) == set()


def test_a_student_under_age_without_a_guardian_is_not_handed_in() -> None:
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(students.showcase(), town, clerk)
    students.work(made, students.student(made, clerk, guardian_email=""), clerk)
    assert codes(made) == {"guardian"}


def test_ages_are_counted_on_the_last_day_of_the_call_and_stay_when_its_closing_is_put_off() -> None:
    """The cast's call closes at midnight in New York: 30 April is its last day."""
    cycle = troupe.cycle(kind="youth_ambassadors", rules=COHORT)
    assert cycle.ages_on == date(2026, 4, 30)
    later = cycles.save(
        cycle_id=cycle.pk, values={"closes_at": troupe.CLOSES + timedelta(days=20)}, by=troupe.officer()
    )
    assert later.ages_on == date(2026, 4, 30)


def test_a_showcase_without_a_work_is_asked_for_works_and_not_for_a_category() -> None:
    town = cast.jurisdiction("Irondequoit")
    made = troupe.application(students.showcase(), town, cast.representative(town))
    assert "works" in codes(made)
    assert "category" not in codes(made)
