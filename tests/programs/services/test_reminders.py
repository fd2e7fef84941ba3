"""Calls and reports: told in time, once, to those whom it concerns, whatever happened to the run before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.choices import NoticeKind
from partnerships.models import Jurisdiction, Notice, User
from partnerships.services import letters
from partnerships.services import reminders as every_duty
from programs.models import Cycle, Participation
from programs.services import cycles, reminders
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Jurisdiction:
    return cast.jurisdiction("Irondequoit")


@pytest.fixture
def clerk(town: Jurisdiction) -> User:
    return cast.representative(town)


def owed(kind: str) -> list[Notice]:
    return list(Notice.objects.filter(kind=kind).select_related("user").order_by("pk"))


def body(notice: Notice) -> str:
    return str(letters.write(notice).body)


def test_who_may_answer_is_told_once_that_a_call_has_opened(clerk: User) -> None:
    troupe.cycle()
    assert reminders.announce_calls(troupe.OPENS - timedelta(seconds=1)) == {"told": 0}
    assert reminders.announce_calls(troupe.OPENS) == {"told": 1}
    assert reminders.announce_calls(troupe.OPENS + timedelta(days=1)) == {"told": 0}
    (notice,) = owed(NoticeKind.CALL_OPENED)
    assert notice.email == clerk.email
    assert "/account/calls/" in body(notice)
    assert "Irondequoit" in body(notice)
    assert "May 1, 2026" in body(notice)


def test_a_run_that_was_missed_is_caught_up_while_the_call_is_open(clerk: User) -> None:
    troupe.cycle()
    assert reminders.announce_calls(troupe.CLOSES - timedelta(days=20)) == {"told": 1}
    assert reminders.announce_calls(troupe.CLOSES) == {"told": 0}


def test_who_may_not_answer_hears_nothing(clerk: User) -> None:
    troupe.cycle(needs_recognised=True)
    troupe.cycle(announced=False)
    assert reminders.announce_calls(troupe.DURING) == {"told": 0}
    town, _partner, _tie = troupe.pair()
    assert reminders.announce_calls(troupe.DURING)["told"] == len({row.email for row in owed("call_opened")}) > 0
    assert clerk.email not in {row.email for row in owed("call_opened")}


def test_whoever_speaks_for_several_communities_gets_one_letter(clerk: User) -> None:
    other = cast.jurisdiction("Rochester")
    cast.Representation.objects.create(user=clerk, jurisdiction=other, capacity="employee", from_date="2000-01-01")
    troupe.cycle()
    assert reminders.announce_calls(troupe.DURING) == {"told": 1}
    assert "Irondequoit, Rochester" in body(owed(NoticeKind.CALL_OPENED)[0])


def test_an_account_that_was_closed_and_a_representation_that_ended_are_left_alone(town: Jurisdiction) -> None:
    closed, former = cast.representative(town), cast.representative(town)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    cast.Representation.objects.filter(user=former).update(to_date=date(2025, 1, 1))
    troupe.cycle()
    assert reminders.announce_calls(troupe.DURING) == {"told": 0}


@pytest.mark.parametrize(
    ("days", "seconds", "told"), [(14, -1, 0), (14, 0, 1), (3, -1, 1), (3, 0, 1), (0, 0, 0)], ids=str
)
def test_the_closing_is_told_14_and_3_days_before(clerk: User, days: int, seconds: int, told: int) -> None:
    troupe.cycle()
    now = troupe.CLOSES - timedelta(days=days) + timedelta(seconds=seconds)
    assert reminders.warn_of_closing(now) == {"told": told}


def test_both_warnings_come_once_and_a_missed_one_is_not_sent_beside_the_nearer(clerk: User) -> None:
    troupe.cycle()
    for days in (14, 13, 3, 2):
        reminders.warn_of_closing(troupe.CLOSES - timedelta(days=days))
    assert len(owed(NoticeKind.CALL_CLOSES)) == 2
    Notice.objects.all().delete()
    for days in (2, 1):
        reminders.warn_of_closing(troupe.CLOSES - timedelta(days=days))
    assert len(owed(NoticeKind.CALL_CLOSES)) == 1


def test_a_call_that_opened_a_week_before_its_end_is_not_said_to_close_in_two(clerk: User) -> None:
    troupe.cycle(opens_at=troupe.CLOSES - timedelta(days=7))
    assert reminders.warn_of_closing(troupe.CLOSES - timedelta(days=6)) == {"told": 0}
    assert reminders.warn_of_closing(troupe.CLOSES - timedelta(days=3)) == {"told": 1}


def test_a_closing_that_was_put_off_is_told_anew(clerk: User) -> None:
    cycle = troupe.cycle()
    reminders.warn_of_closing(troupe.CLOSES - timedelta(days=14))
    later = troupe.CLOSES + timedelta(days=30)
    cycles.save(cycle_id=cycle.pk, values={"closes_at": later}, by=troupe.officer())
    assert reminders.warn_of_closing(later - timedelta(days=14)) == {"told": 1}


def test_a_draft_is_mentioned_and_what_was_handed_in_is_left_alone(town: Jurisdiction, clerk: User) -> None:
    made = troupe.application(troupe.cycle(), town, clerk)
    assert reminders.warn_of_closing(troupe.CLOSES - timedelta(days=10)) == {"told": 1}
    assert "One application was begun" in body(owed(NoticeKind.CALL_CLOSES)[0])
    Participation.objects.filter(pk=made.pk).update(state="submitted", submitted_at=troupe.DURING)
    assert reminders.warn_of_closing(troupe.CLOSES - timedelta(days=2)) == {"told": 0}


# --- Reports


DUE = date(2026, 12, 31)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


@pytest.fixture
def accepted(town: Jurisdiction, clerk: User) -> Participation:
    made = troupe.application(troupe.cycle(report_due_on=DUE), town, clerk)
    Participation.objects.filter(pk=made.pk).update(
        state="accepted", submitted_at=troupe.DURING, decided_at=troupe.DURING
    )
    return made


def test_a_report_is_asked_for_30_and_7_days_before_it_is_due(accepted: Participation) -> None:
    told = {left: reminders.ask_for_reports(noon(DUE - timedelta(days=left)))["told"] for left in (31, 30, 29, 7, 6, 0)}
    assert told == {31: 0, 30: 1, 29: 0, 7: 1, 6: 0, 0: 0}
    first = owed(NoticeKind.REPORT_DUE)[0]
    assert f"/applications/{accepted.pk}/report/" in body(first)
    assert "Dec. 31, 2026" in body(first)


def test_the_day_after_it_is_overdue_and_said_once(accepted: Participation) -> None:
    told = [reminders.ask_for_overdue_reports(noon(DUE + timedelta(days=days)))["told"] for days in (0, 1, 2, 90)]
    assert told == [0, 1, 0, 0]
    assert "nothing has come yet" in body(owed(NoticeKind.REPORT_OVERDUE)[0])


def test_nobody_is_asked_for_a_report_that_has_come(accepted: Participation) -> None:
    Participation.objects.update(reported_at=troupe.DURING)
    assert reminders.ask_for_reports(noon(DUE)) == {"told": 0}
    assert reminders.ask_for_overdue_reports(noon(DUE + timedelta(days=5))) == {"told": 0}


def test_a_day_that_was_put_off_is_said_anew(accepted: Participation) -> None:
    reminders.ask_for_reports(noon(DUE))
    Cycle.objects.update(report_due_on=DUE + timedelta(days=60))
    assert reminders.ask_for_reports(noon(DUE + timedelta(days=31))) == {"told": 1}


def test_what_is_not_accepted_owes_no_report(accepted: Participation) -> None:
    for state in ("submitted", "declined", "withdrawn", "completed"):
        Participation.objects.update(state=state)
        assert reminders.ask_for_reports(noon(DUE)) == {"told": 0}


# --- The whole


def test_every_run_delivers_what_it_owes_and_the_next_owes_nothing(clerk: User) -> None:
    troupe.cycle()
    done = {row.duty: row for row in every_duty.run_all(troupe.DURING)}
    assert not [row for row in done.values() if row.error]
    assert done["calls that have opened"].counts == {"told": 1}
    assert [message.to for message in mail.outbox if "Call open" in message.subject] == [[clerk.email]]
    assert {row.duty: row.counts for row in every_duty.run_all(troupe.DURING)}["calls that have opened"] == {"told": 0}


def test_the_letter_speaks_the_language_of_who_reads_it(clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(language="uk")
    troupe.cycle()
    reminders.announce_calls(troupe.DURING)
    assert owed(NoticeKind.CALL_OPENED)[0].language == "uk"


def test_the_decision_is_told_in_words(town: Jurisdiction, clerk: User) -> None:
    from programs.services import decisions

    made = troupe.application(troupe.cycle(), town, clerk)
    Participation.objects.filter(pk=made.pk).update(state="submitted", submitted_at=troupe.DURING)
    decisions.decline(participation_id=made.pk, by=troupe.officer(), at=troupe.DURING, comment="No room.")
    (notice,) = owed(NoticeKind.APPLICATION_DECIDED)
    assert letters.write(notice).subject == "Declined: A title"
    assert "No room." in body(notice)


def test_a_run_in_batches_tells_everybody_once(
    clerk: User, town: Jurisdiction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who speaks for two communities gets one letter that names both; a colleague gets their own."""
    monkeypatch.setattr(reminders, "BATCH", 2)
    other = cast.jurisdiction("Rochester")
    own = clerk.representations.get()
    own.pk, own.jurisdiction = None, other
    own.save(force_insert=True)
    for number in range(4):
        cast.representative(town, f"Colleague {number}")
    troupe.cycle()
    assert reminders.announce_calls(troupe.DURING) == {"told": 5}
    assert "Irondequoit, Rochester" in body(next(one for one in owed(NoticeKind.CALL_OPENED) if one.user == clerk))
    assert reminders.announce_calls(troupe.DURING) == {"told": 0}


def test_more_communities_do_not_mean_more_statements(clerk: User) -> None:
    troupe.cycle(), troupe.cycle()
    with CaptureQueriesContext(connection) as few:
        reminders.announce_calls(troupe.DURING)
        reminders.warn_of_closing(troupe.CLOSES - timedelta(days=3))
    for number in range(60):
        cast.representative(cast.jurisdiction(f"Town {number}"))
    Notice.objects.all().delete()
    with CaptureQueriesContext(connection) as many:
        told = reminders.announce_calls(troupe.DURING)
        reminders.warn_of_closing(troupe.CLOSES - timedelta(days=3))
    assert told == {"told": 122}
    assert len(many) == len(few)


def test_calls_are_told_of_in_batches_and_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "CYCLES", 2)
    town = cast.jurisdiction("Irondequoit", "US")
    cast.representative(town)
    made = {troupe.cycle().pk for _number in range(5)}
    assert [len(batch) for batch in reminders._open(troupe.DURING)] == [2, 2, 1]
    assert {cycle.pk for batch in reminders._open(troupe.DURING) for cycle in batch} == made
    assert reminders.announce_calls(troupe.DURING)["told"] == 5
    assert reminders.announce_calls(troupe.DURING)["told"] == 0
