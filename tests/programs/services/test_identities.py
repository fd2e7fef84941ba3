"""One student is found twice whatever becomes of the keys."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from partnerships.exceptions import Invalid
from partnerships.models import LedgerEntry, User
from programs.models import Cycle, Entry, Participation, Person
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db
NAMED = {"given_name": "Zoë", "family_name": "Neil"}


@pytest.fixture
def cycle() -> Cycle:
    return students.showcase()


def community(name: str, cycle: Cycle) -> tuple[Participation, User]:
    town = cast.jurisdiction(name)
    clerk = cast.representative(town)
    return troupe.application(cycle, town, clerk), clerk


def enter(made: Participation, clerk: User) -> Entry:
    return students.work(made, students.student(made, clerk, **NAMED), clerk)


def test_a_new_secret_key_does_not_hide_a_second_work_where_identities_have_a_key(cycle: Cycle, settings: Any) -> None:
    settings.IDENTITY_KEY = "k" * 50
    enter(*community("Irondequoit", cycle))
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(Invalid, match="already"):
        enter(*community("Rochester", cycle))


def test_without_a_key_of_their_own_identities_hang_on_the_secret_key(cycle: Cycle, settings: Any) -> None:
    settings.IDENTITY_KEY = ""
    enter(*community("Irondequoit", cycle))
    with pytest.raises(Invalid, match="already"):
        enter(*community("Rochester", cycle))


def test_after_a_new_key_the_command_lets_students_be_found_again(cycle: Cycle, settings: Any, capsys: Any) -> None:
    first = enter(*community("Irondequoit", cycle))
    settings.IDENTITY_KEY = "another" * 10
    call_command("renew_identities")
    assert "1 people" in capsys.readouterr().out
    first.refresh_from_db()
    assert first.identity == Person.objects.get().identity
    assert LedgerEntry.objects.get(act="people.identities_renewed").now == "1"
    with pytest.raises(Invalid, match="already"):
        enter(*community("Rochester", cycle))
    call_command("renew_identities")
    assert "0 people" in capsys.readouterr().out


def test_works_entered_twice_between_two_keys_are_named_and_kept(cycle: Cycle, settings: Any) -> None:
    enter(*community("Irondequoit", cycle))
    settings.IDENTITY_KEY = "another" * 10
    second = enter(*community("Rochester", cycle))
    settings.IDENTITY_KEY = "a third" * 10
    with pytest.raises(CommandError, match=f"#{second.pk}") as said:
        call_command("renew_identities")
    assert "Zoë" not in str(said.value)
    assert Entry.objects.exclude(state="withdrawn").count() == 2


def test_who_was_erased_gets_no_digest_again(cycle: Cycle, settings: Any) -> None:
    from programs.services import retention

    made, clerk = community("Irondequoit", cycle)
    enter(made, clerk)
    retention.erase_person(person_id=Person.objects.get().pk, by=troupe.officer(), reason="Asked.")
    settings.IDENTITY_KEY = "another" * 10
    call_command("renew_identities")
    assert Person.objects.get().identity == ""
