"""Two communities at once: real threads on PostgreSQL, and the database as the last guard."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from partnerships.services.access import Actor
from programs.choices import EntryState
from programs.exceptions import QuotaFull
from programs.models import Attachment, Consent, Entry, Person, QuotaUse
from programs.services import entries, participations, people
from tests import cast
from tests.partnerships.services.test_races import at_once, split
from tests.programs import cast as troupe
from tests.programs import students

postgres = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def enter(made: object, pupil: Person, clerk: object, **values: object) -> object:
    return lambda: students.work(made, pupil, clerk, **values)  # type: ignore[arg-type]


class TestAtOnce:
    pytestmark = postgres

    def test_of_eight_works_at_once_the_quota_of_three_takes_three(self) -> None:
        town = cast.jurisdiction("Irondequoit")
        clerk = cast.representative(town)
        made = troupe.application(students.showcase(most=3), town, clerk)
        pupils = [students.student(made, clerk) for _ in range(8)]
        won, lost = split(at_once(*(enter(made, pupil, clerk) for pupil in pupils)))  # type: ignore[arg-type]
        assert (len(won), len(lost), Entry.objects.count()) == (3, 5, 3)
        assert all(isinstance(answer, QuotaFull) for answer in lost)
        assert QuotaUse.objects.get().used == 3

    def test_a_quota_for_all_communities_holds_when_each_enters_at_once(self) -> None:
        cycle = students.showcase(most=4, per=("category", "age_group"))
        acts = []
        for number in range(7):
            town = cast.jurisdiction(f"Town {number}")
            clerk = cast.representative(town)
            made = troupe.application(cycle, town, clerk)
            acts.append(enter(made, students.student(made, clerk), clerk))
        won, lost = split(at_once(*acts))  # type: ignore[arg-type]
        assert (len(won), len(lost), QuotaUse.objects.get().used) == (4, 3, 4)

    def test_two_communities_that_enter_one_student_at_once_enter_one_piece(self) -> None:
        cycle, acts = students.showcase(), []
        for name, given in (("Irondequoit", "Zoë"), ("Rochester", "ZOE"), ("Greece", "zoé")):
            town = cast.jurisdiction(name)
            clerk = cast.representative(town)
            made = troupe.application(cycle, town, clerk)
            acts.append(enter(made, students.student(made, clerk, given_name=given, family_name="Neil"), clerk))
        won, lost = split(at_once(*acts))  # type: ignore[arg-type]
        assert (len(won), len(lost), Entry.objects.count()) == (1, 2, 1)
        assert all("already" in answer.message for answer in lost)
        assert sum(QuotaUse.objects.values_list("used", flat=True)) == 1

    def test_moving_works_between_categories_at_once_never_waits_in_a_circle(self) -> None:
        town = cast.jurisdiction("Irondequoit")
        clerk = cast.representative(town)
        cycle = students.showcase(most=50, per=("category",))
        works = []
        for number in range(6):
            made = troupe.application(cycle, town, clerk)
            code = ("art", "poetry")[number % 2]
            works.append((made, students.work(made, students.student(made, clerk), clerk, category=code), code))
        turned = {"art": "poetry", "poetry": "art"}
        won, lost = split(
            at_once(
                *(
                    lambda made=made, work=work, code=code: entries.save(  # type: ignore[misc]
                        participation_id=made.pk,
                        entry_id=work.pk,
                        values={"category": turned[code]},
                        by=Actor.of(clerk),
                    )
                    for made, work, code in works
                )
            )
        )
        assert (len(won), lost) == (6, [])
        assert sorted(QuotaUse.objects.values_list("used", flat=True)) == [3, 3]

    def test_a_work_entered_while_its_application_is_withdrawn_is_not_left_behind(self) -> None:
        town = cast.jurisdiction("Irondequoit")
        clerk = cast.representative(town)
        made = troupe.application(students.showcase(), town, clerk)
        pupil = students.student(made, clerk)
        at_once(
            enter(made, pupil, clerk),  # type: ignore[arg-type]
            lambda: participations.withdraw(participation_id=made.pk, by=Actor.of(clerk)),
        )
        assert not Entry.objects.exclude(state=EntryState.WITHDRAWN).exists()
        assert sum(QuotaUse.objects.values_list("used", flat=True)) == 0

    def test_a_consent_given_twice_at_once_is_kept_once(self) -> None:
        town = cast.jurisdiction("Irondequoit")
        clerk = cast.representative(town)
        made = troupe.application(students.showcase(), town, clerk)
        pupil = students.student(made, clerk)
        won, lost = split(at_once(*(lambda: students.consent(pupil, clerk) for _ in range(3))))
        assert (len(won), len(lost), Consent.objects.count()) == (1, 2, 1)


@pytest.mark.django_db
class TestAroundTheService:
    """What the database refuses by itself."""

    def entered(self) -> tuple[Entry, Person]:
        town = cast.jurisdiction("Irondequoit")
        clerk = cast.representative(town)
        _made, pupil, entry = students.entered(students.showcase(), town, clerk)
        return entry, pupil

    def refused(self, constraint: str, act: object) -> None:
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            act()  # type: ignore[operator]
        assert constraint in str(refusal.value) or "UNIQUE" in str(refusal.value)

    def test_a_second_piece_of_one_student(self) -> None:
        entry, _pupil = self.entered()
        entry.pk = None
        self.refused("entry_one_piece", lambda: entry.save(force_insert=True))

    def test_a_second_piece_under_another_person_of_the_same_identity(self) -> None:
        entry, pupil = self.entered()
        pupil.pk = None
        pupil.save(force_insert=True)
        copy = Entry(
            participation=entry.participation,
            cycle=entry.cycle,
            person=pupil,
            category=entry.category,
            title="Again",
            identity=entry.identity,
        )
        self.refused("entry_one_piece_a_student", copy.save)

    def test_more_uses_than_a_quota_has(self) -> None:
        self.entered()
        self.refused("quota_use_within", lambda: QuotaUse.objects.update(used=6))

    def test_a_public_consent_form_and_a_public_original(self) -> None:
        town = cast.jurisdiction("Irondequoit")
        clerk = cast.representative(town)
        made, _pupil, entry = students.entered(students.showcase(), town, clerk)
        kept = students.attach(made, clerk, role="consent_form")
        self.refused(
            "attachment_consent_form_private",
            lambda: Attachment.objects.filter(pk=kept.pk).update(public=True, public_copy="x.jpg"),
        )
        work = students.attach(made, clerk, students.photograph(colour="blue"), entry=entry)
        self.refused("attachment_public_by_its_copy", lambda: Attachment.objects.filter(pk=work.pk).update(public=True))

    def test_a_name_that_survives_its_erasure(self) -> None:
        _entry, pupil = self.entered()
        self.refused(
            "person_erased_is_empty",
            lambda: Person.objects.filter(pk=pupil.pk).update(erased_at=troupe.DURING),
        )

    def test_two_open_consents_to_one_use(self) -> None:
        _entry, pupil = self.entered()
        clerk = Consent(
            person=pupil, use="publish_work", given_by="guardian", giver_name="P", given_on="2026-01-01", how="-"
        )
        clerk.save()
        clerk.pk = None
        self.refused("consent_open_once", lambda: clerk.save(force_insert=True))


@pytest.mark.django_db
def test_what_the_database_says_of_a_refused_person_never_reaches_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL puts the whole row into its words."""
    town = cast.jurisdiction("Irondequoit")
    clerk = cast.representative(town)
    made = troupe.application(students.showcase(), town, clerk)

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise IntegrityError("Failing row contains (Secretia, 2012-06-01)")

    monkeypatch.setattr(Person, "save", refuse)
    with pytest.raises(Exception, match="already") as refusal:
        people.save(participation_id=made.pk, values={"role": "student", "given_name": "Secretia"}, by=Actor.of(clerk))
    assert refusal.value.__suppress_context__
    assert "Secretia" not in str(refusal.value)
