"""Works in a competition: ages at their edges, quotas, one piece a student."""

from __future__ import annotations

from datetime import date

import pytest

from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import User
from partnerships.services.access import Actor
from programs.choices import EntryState
from programs.exceptions import QuotaFull
from programs.models import Cycle, Entry, Participation, QuotaUse
from programs.services import entries, participations, people
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db


def town_with_clerk(name: str = "Irondequoit") -> tuple[Participation, User]:
    town = cast.jurisdiction(name)
    clerk = cast.representative(town)
    return troupe.application(students.showcase(), town, clerk), clerk


def another(cycle: Cycle, name: str) -> tuple[Participation, User]:
    town = cast.jurisdiction(name)
    clerk = cast.representative(town)
    return troupe.application(cycle, town, clerk), clerk


@pytest.mark.parametrize(
    ("born", "age", "group"),
    [
        (date(2011, 4, 2), 14, "12 to 14"),  # 15 on the day after
        (date(2011, 4, 1), 15, "15 to 18"),  # 15 on the day itself
        (date(2011, 3, 31), 15, "15 to 18"),
        (date(2012, 2, 29), 14, "12 to 14"),
        (date(2014, 4, 1), 12, "12 to 14"),
        (date(2007, 4, 2), 18, "15 to 18"),
    ],
)
def test_the_age_group_follows_the_age_on_the_day_of_the_rules(born: date, age: int, group: str) -> None:
    made, clerk = town_with_clerk()
    pupil = students.student(made, clerk, birth_date=born)
    entry = students.work(made, pupil, clerk)
    assert (pupil.age, entry.age_group.name) == (age, group)  # type: ignore[union-attr]


@pytest.mark.parametrize("born", [date(2014, 4, 2), date(2007, 4, 1)])
def test_who_is_a_day_too_young_or_too_old_enters_no_work(born: date) -> None:
    made, clerk = town_with_clerk()
    pupil = students.student(made, clerk, birth_date=born)
    with pytest.raises(Invalid, match="fits no age group"):
        students.work(made, pupil, clerk)


def test_one_work_too_many_is_refused_with_the_number_there_may_be() -> None:
    made, clerk = town_with_clerk()
    for _ in range(5):
        students.work(made, students.student(made, clerk), clerk)
    sixth = students.student(made, clerk)
    with pytest.raises(QuotaFull, match="There are 5 works already"):
        students.work(made, sixth, clerk)
    assert Entry.objects.count() == 5
    assert students.work(made, sixth, clerk, category="poetry").pk


def test_a_work_withdrawn_gives_its_place_and_its_student_back() -> None:
    made, clerk = town_with_clerk()
    entry = students.work(made, pupil := students.student(made, clerk), clerk)
    entries.withdraw(entry_id=entry.pk, by=Actor.of(clerk))
    assert QuotaUse.objects.get().used == 0
    assert students.work(made, pupil, clerk).pk != entry.pk


def test_a_work_that_changes_category_is_counted_in_the_new_one_alone() -> None:
    made, clerk = town_with_clerk()
    entry = students.work(made, students.student(made, clerk), clerk)
    entries.save(participation_id=made.pk, entry_id=entry.pk, values={"category": "poetry"}, by=Actor.of(clerk))
    assert sorted(QuotaUse.objects.values_list("used", flat=True)) == [0, 1]


def test_a_corrected_birth_date_moves_the_work_to_its_age_group() -> None:
    made, clerk = town_with_clerk()
    entry = students.work(made, pupil := students.student(made, clerk), clerk)
    older = {"birth_date": date(2009, 1, 1)}
    people.save(participation_id=made.pk, person_id=pupil.pk, values=older, by=Actor.of(clerk))
    entry.refresh_from_db()
    assert entry.age_group.name == "15 to 18"  # type: ignore[union-attr]
    assert {use.key[-1]: use.used for use in QuotaUse.objects.all()} == {
        str(entry.age_group_id)[-1]: 1,
        **{use.key[-1]: 0 for use in QuotaUse.objects.filter(used=0)},
    }


def test_one_piece_for_each_student_in_the_whole_competition() -> None:
    made, clerk = town_with_clerk()
    students.work(made, students.student(made, clerk, given_name="Zoë", family_name="O'Neil"), clerk)
    other, her_clerk = another(made.cycle, "Rochester")
    twin = students.student(other, her_clerk, given_name="ONEIL", family_name="zoe")
    with pytest.raises(Invalid, match="already") as refused:
        students.work(other, twin, her_clerk)
    assert list(refused.value.errors) == ["person_id"]


def test_the_same_student_may_enter_another_competition() -> None:
    made, clerk = town_with_clerk()
    names = {"given_name": "Zoë", "family_name": "Neil"}
    students.work(made, first := students.student(made, clerk, **names), clerk)
    other, her_clerk = another(students.showcase(), "Rochester")
    second = students.student(other, her_clerk, **names)
    assert students.work(other, second, her_clerk).pk
    assert first.identity != second.identity


def test_a_name_corrected_to_one_that_is_entered_is_refused_without_telling_whose() -> None:
    made, clerk = town_with_clerk()
    students.work(made, students.student(made, clerk, given_name="Secretia", family_name="Neil"), clerk)
    other, her_clerk = another(made.cycle, "Rochester")
    students.work(other, pupil := students.student(other, her_clerk), her_clerk)
    with pytest.raises(Invalid) as refused:
        people.save(
            participation_id=other.pk,
            person_id=pupil.pk,
            values={"given_name": "Secretia", "family_name": "Neil"},
            by=Actor.of(her_clerk),
        )
    assert refused.value.__suppress_context__
    assert "Secretia" not in refused.value.message


def test_an_application_withdrawn_takes_its_works_out_of_the_competition() -> None:
    made, clerk = town_with_clerk()
    pupil = students.student(made, clerk, given_name="Ann", family_name="Neil")
    students.work(made, pupil, clerk)
    participations.withdraw(participation_id=made.pk, by=Actor.of(clerk))
    assert Entry.objects.get().state == EntryState.WITHDRAWN
    other, her_clerk = another(made.cycle, "Rochester")
    same = students.student(other, her_clerk, given_name="Ann", family_name="Neil")
    assert students.work(other, same, her_clerk).pk


def test_another_community_neither_sees_nor_enters_somebody_elses_student() -> None:
    made, clerk = town_with_clerk()
    pupil = students.student(made, clerk)
    other, her_clerk = another(made.cycle, "Rochester")
    with pytest.raises(NotAllowed):
        people.look(participation_id=made.pk, by=Actor.of(her_clerk))
    with pytest.raises(Invalid, match="Choose a student"):
        students.work(other, pupil, her_clerk)


def test_works_are_chosen_by_staff_once_they_were_handed_in_and_not_by_their_own_community() -> None:
    made, clerk = town_with_clerk()
    entry = students.work(made, students.student(made, clerk), clerk)
    officer = troupe.officer()
    with pytest.raises(WrongState, match="handed in"):
        entries.forward(entry_id=entry.pk, by=officer)
    participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)
    with pytest.raises(NotAllowed):
        entries.forward(entry_id=entry.pk, by=Actor.of(clerk))
    assert entries.forward(entry_id=entry.pk, by=officer).state == EntryState.FORWARDED
    assert entries.shortlist(entry_id=entry.pk, by=officer).state == EntryState.FINALIST
    with pytest.raises(WrongState, match="finalists"):
        entries.shortlist(entry_id=entry.pk, by=officer)
