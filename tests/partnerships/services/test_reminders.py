"""Periodic duties: due and not yet done, once, whatever happened to the run before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils import timezone

from partnerships.choices import NoticeKind, Role
from partnerships.models import Affiliation, Filing, Jurisdiction, MembershipTerm, Notice, User
from partnerships.services import filings, letters, reminders, review
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
def waiting(irondequoit: Jurisdiction, poltava: Jurisdiction, representative_of_irondequoit: User) -> Filing:
    """A filing that was handed in on the Thursday before."""
    filing = cast.submitted(representative_of_irondequoit, [irondequoit, poltava])
    Filing.objects.filter(pk=filing.pk).update(submitted_at=MONDAY - timedelta(days=4))
    return Filing.objects.get(pk=filing.pk)


def owed(kind: str) -> list[Notice]:
    return list(Notice.objects.filter(kind=kind).select_related("user").order_by("email"))


def test_every_registrar_gets_one_digest_a_week(waiting: Filing, registrar: User, second_registrar: User) -> None:
    for hours in (0, 1, 50):
        reminders.digest_queue(MONDAY + timedelta(hours=hours))
    assert {row.email for row in owed(NoticeKind.QUEUE_DIGEST)} == {registrar.email, second_registrar.email}
    assert len(owed(NoticeKind.QUEUE_DIGEST)) == 2
    reminders.digest_queue(MONDAY + timedelta(days=7))
    assert len(owed(NoticeKind.QUEUE_DIGEST)) == 4


def test_the_digest_lists_what_waits_and_for_how_long(waiting: Filing, registrar: User) -> None:
    reminders.digest_queue(MONDAY)
    body = str(letters.write(owed(NoticeKind.QUEUE_DIGEST)[0]).body)
    assert "one filing was waiting" in body
    assert "Irondequoit – Poltava: 4 days" in body
    assert f"/admin/partnerships/filing/{waiting.pk}/change/" in body


def test_a_digest_missed_on_monday_is_sent_later_in_the_week(waiting: Filing, registrar: User) -> None:
    assert reminders.digest_queue(MONDAY + timedelta(days=5)) == {"told": 1}


def test_what_came_in_this_week_is_not_in_this_weeks_digest(waiting: Filing, registrar: User) -> None:
    Filing.objects.filter(pk=waiting.pk).update(submitted_at=MONDAY + timedelta(hours=1))
    assert reminders.digest_queue(MONDAY + timedelta(days=2)) == {"told": 0}
    assert reminders.digest_queue(MONDAY + timedelta(days=7)) == {"told": 1}


def test_the_week_turns_with_the_iso_year(waiting: Filing, registrar: User) -> None:
    """Thursday 31 December 2026 and Friday 1 January 2027 are one week, 2026-W53."""
    reminders.digest_queue(datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert reminders.digest_queue(datetime(2027, 1, 1, 12, tzinfo=UTC)) == {"told": 0}


def test_a_filing_is_late_from_the_day_the_office_allows_on(waiting: Filing, registrar: User, settings: Any) -> None:
    late = waiting.submitted_at + timedelta(days=settings.REGISTRY_WAIT_DAYS)
    assert reminders.warn_of_long_waits(late) == {"told": 0}
    assert reminders.warn_of_long_waits(late + timedelta(seconds=1)) == {"told": 1}
    assert owed(NoticeKind.FILING_WAITS_LONG)[0].context["days"] == settings.REGISTRY_WAIT_DAYS


def test_a_warning_comes_once_even_when_many_runs_were_missed(waiting: Filing, registrar: User) -> None:
    for days in (40, 41, 90):
        reminders.warn_of_long_waits(MONDAY + timedelta(days=days))
    assert [row.subject_id for row in owed(NoticeKind.FILING_WAITS_LONG)] == [str(waiting.pk)]
    assert "has waited for 44 days" in str(letters.write(owed(NoticeKind.FILING_WAITS_LONG)[0]).body)


def test_one_that_is_handed_in_again_is_watched_again(waiting: Filing, registrar: User) -> None:
    reminders.warn_of_long_waits(MONDAY + timedelta(days=40))
    by = Actor.of(registrar)
    review.take(filing_id=waiting.pk, by=by)
    assert reminders.warn_of_long_waits(MONDAY + timedelta(days=41)) == {"told": 0}
    review.return_(filing_id=waiting.pk, by=by, comment="The date is wrong.")
    assert waiting.submitted_by is not None
    filings.submit(filing_id=waiting.pk, by=Actor.of(waiting.submitted_by), on=timezone.localdate())
    assert reminders.warn_of_long_waits(timezone.now() + timedelta(days=15)) == {"told": 1}


def test_what_is_decided_waits_no_more(waiting: Filing, registrar: User) -> None:
    by = Actor.of(registrar)
    review.take(filing_id=waiting.pk, by=by)
    review.reject(filing_id=waiting.pk, by=by, reason="This is no community.")
    assert reminders.warn_of_long_waits(MONDAY + timedelta(days=40)) == {"told": 0}
    assert reminders.digest_queue(MONDAY + timedelta(days=7)) == {"told": 0}


def test_an_interval_of_recognition_that_is_over_makes_way_for_the_next(
    irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    MembershipTerm.objects.all().delete()
    for year in (2026, 2028):
        MembershipTerm.objects.create(
            jurisdiction=irondequoit, from_date=date(year, 1, 1), paid_through=date(year, 12, 31)
        )
    cast.registered([irondequoit, poltava], on=date(2026, 11, 24))
    assert Affiliation.objects.get().recognised_until == date(2026, 12, 31)
    assert reminders.renew_recognition(datetime(2026, 12, 31, 12, tzinfo=UTC)) == {"renewed": 0}
    assert reminders.renew_recognition(datetime(2027, 1, 1, 12, tzinfo=UTC)) == {"renewed": 1}
    kept = Affiliation.objects.get()
    assert (kept.recognised_from, kept.recognised_until) == (date(2028, 1, 1), date(2028, 12, 31))
    assert reminders.renew_recognition(datetime(2027, 1, 1, 13, tzinfo=UTC)) == {"renewed": 0}
    assert reminders.renew_recognition(datetime(2029, 1, 1, 13, tzinfo=UTC)) == {"renewed": 1}
    assert Affiliation.objects.get().recognised_from is None


def test_expired_sessions_are_forgotten_and_others_are_not() -> None:
    for key, days in (("gone", -1), ("here", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days))
    reminders.sweep_sessions(timezone.now())
    assert [row.session_key for row in Session.objects.all()] == ["here"]


def test_all_duties_run_and_what_they_queue_is_delivered_by_the_same_run(waiting: Filing) -> None:
    cast.staff(Role.REGISTRAR, email="ruth@example.org")
    done = reminders.run_all(timezone.now() + timedelta(days=40))
    assert [row.error for row in done] == [""] * len(reminders.duties())
    assert {row.duty: row.counts for row in done}["notices"]["delivered"] == Notice.objects.count()
    assert {message.to[0] for message in mail.outbox} >= {"ruth@example.org"}
    assert all(sum(row.counts.values()) == 0 for row in reminders.run_all(timezone.now() + timedelta(days=40)))


def test_a_duty_that_fails_is_reported_and_keeps_no_other_from_running(
    waiting: Filing, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_now: datetime) -> dict[str, int]:
        raise ZeroDivisionError

    monkeypatch.setattr(reminders, "DUTIES", (("broken", broken, True), *reminders.DUTIES))
    first, *others = reminders.run_all(MONDAY + timedelta(days=40))
    assert (first.duty, first.error) == ("broken", "ZeroDivisionError")
    assert not any(row.error for row in others)
    assert owed(NoticeKind.FILING_WAITS_LONG)
