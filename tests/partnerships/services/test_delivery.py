"""Delivery: claimed once, retried with growing waits, never given up, never two from one claim."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from partnerships.choices import NoticeKind, NoticeState
from partnerships.exceptions import Missing, NotAllowed, WrongState
from partnerships.models import LedgerEntry, Notice, User
from partnerships.services import delivery, letters, outbox
from partnerships.services.access import Actor
from sci_registry import places

pytestmark = pytest.mark.django_db

REFUSED = smtplib.SMTPRecipientsRefused({"clerk@example.org": (550, b"5.1.1 No such user")})
FACTS = {"filing": 7, "parties": "Irondequoit – Poltava", "act": "establish", "kind": "sister"}


def owed(key: str = "one", to: User | str = "clerk@example.org", **context: Any) -> Notice:
    made = outbox.enqueue(kind=NoticeKind.FILING_RECEIVED, key=key, to=to, context={**FACTS, **context})
    assert made is not None
    return Notice.objects.get(pk=made.pk)


@pytest.fixture
def server_says(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], None]:
    """What the mail server answers from now on; ``None``: it takes everything."""
    answers: list[Exception | None] = [None]
    take = EmailBackend.send_messages

    def send(self: EmailBackend, messages: Any) -> int:
        if answers[-1] is not None:
            raise answers[-1]
        return take(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    return answers.append


def test_what_is_owed_is_sent_once_and_marked() -> None:
    notice = owed()
    assert delivery.deliver_due() == delivery.Counts(delivered=1)
    assert delivery.deliver_due() == delivery.Counts()
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.last_error) == (NoticeState.DELIVERED, 1, "")
    assert notice.delivered_at is not None
    assert [message.to for message in mail.outbox] == [["clerk@example.org"]]


def test_what_is_not_due_yet_waits() -> None:
    notice = owed()
    assert delivery.deliver(notice.pk, now=notice.next_attempt_at - timedelta(seconds=1)).left == 1
    assert mail.outbox == []


def test_the_longest_due_goes_first_and_a_run_has_a_limit() -> None:
    now = timezone.now()
    for hours, name in ((1, "late"), (3, "first"), (2, "second")):
        row = owed(name, to=f"{name}@example.org")
        Notice.objects.filter(pk=row.pk).update(next_attempt_at=now - timedelta(hours=hours))
    assert delivery.deliver_due(limit=2).delivered == 2
    assert [message.to[0] for message in mail.outbox] == ["first@example.org", "second@example.org"]


def test_somebody_elses_claim_is_respected_until_its_lease_runs_out() -> None:
    notice, now = owed(), timezone.now()
    Notice.objects.filter(pk=notice.pk).update(
        state=NoticeState.SENDING, claim="other", claimed_at=now, next_attempt_at=now + delivery.LEASE
    )
    assert delivery.deliver(notice.pk, now=now + delivery.LEASE - timedelta(seconds=1)) == delivery.Counts(left=1)
    assert delivery.deliver_due(now=now + delivery.LEASE) == delivery.Counts(delivered=1)
    assert len(mail.outbox) == 1


def test_a_lease_is_longer_than_a_session_with_a_mail_server_that_is_slow_at_every_step() -> None:
    seconds = places.mail("smtps://mail.example.org")["EMAIL_TIMEOUT"]
    steps = ("connect", "tls", "greeting", "ehlo", "auth", "auth", "mail", "rcpt", "data", "end of data")
    assert timedelta(seconds=seconds * len(steps)) < delivery.LEASE


def test_every_failure_waits_longer_up_to_half_a_day_and_never_ends(server_says: Any) -> None:
    notice = owed()
    server_says(ConnectionRefusedError("no mail server"))
    now, waits = notice.next_attempt_at, []
    for _attempt in range(9):
        assert delivery.deliver_due(now=now) == delivery.Counts(failed=1)
        notice.refresh_from_db()
        waits.append(notice.next_attempt_at - now)
        now = notice.next_attempt_at
    assert waits[:6] == list(delivery.WAITS)
    assert set(waits[6:]) == {timedelta(hours=12)}
    assert (notice.state, notice.attempts) == (NoticeState.OWED, 9)
    assert notice.last_error == "ConnectionRefusedError: no mail server"


def test_a_server_that_is_back_gets_the_message_with_the_same_message_id(server_says: Any) -> None:
    notice, seen = owed(), letters.write(owed("other")).extra_headers["Message-ID"]
    before = letters.message_id(notice)
    server_says(TimeoutError())
    delivery.deliver(notice.pk)
    server_says(None)
    assert delivery.deliver(notice.pk, now=timezone.now() + timedelta(minutes=2)).delivered == 1
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [before]
    assert seen != before


def test_a_refused_recipient_is_retried_shown_to_staff_and_keeps_nobody_waiting(server_says: Any) -> None:
    owed("one"), owed("two")
    server_says(REFUSED)
    assert delivery.deliver_due() == delivery.Counts(failed=2)
    assert set(Notice.objects.values_list("state", "last_error")) == {(NoticeState.OWED, "550 5.1.1 No such user")}


@pytest.mark.parametrize(
    "trouble",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPServerDisconnected(),
        smtplib.SMTPSenderRefused(421, b"", ""),
    ],
)
def test_a_server_in_trouble_is_asked_once_a_run(server_says: Any, trouble: Exception) -> None:
    rows = [owed(str(place)) for place in range(3)]
    server_says(trouble)
    assert delivery.deliver_due() == delivery.Counts(failed=1, left=2)
    assert sum(Notice.objects.values_list("attempts", flat=True)) == 1
    server_says(None)
    assert delivery.deliver_due().delivered == len(rows) - 1


def test_a_run_that_takes_too_long_leaves_the_rest_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    owed("one"), owed("two")
    monkeypatch.setattr(delivery, "SECONDS_A_RUN", -1)
    assert delivery.deliver_due() == delivery.Counts(left=2)


def test_a_letter_that_cannot_be_written_stays_owed_and_says_why() -> None:
    good, bad = owed("good"), owed("bad")
    Notice.objects.filter(pk=bad.pk).update(kind="unheard-of")
    assert delivery.deliver_due() == delivery.Counts(delivered=1, failed=1)
    bad.refresh_from_db()
    assert (bad.state, bad.last_error) == (NoticeState.OWED, "KeyError: 'unheard-of'")
    assert Notice.objects.get(pk=good.pk).state == NoticeState.DELIVERED


def test_a_slow_sender_that_lost_its_claim_still_notes_that_it_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the one who took over would fail and send the same message a third time."""
    notice, take = owed(), EmailBackend.send_messages

    def slow(self: EmailBackend, messages: Any) -> int:
        Notice.objects.filter(pk=notice.pk).update(claim="taken over")
        return take(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    assert delivery.deliver(notice.pk).delivered == 1
    assert Notice.objects.get().state == NoticeState.DELIVERED


def test_a_slow_sender_that_failed_does_not_take_the_claim_from_who_took_over(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = owed()

    def slow(_self: EmailBackend, _messages: Any) -> int:
        Notice.objects.filter(pk=notice.pk).update(claim="taken over")
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    delivery.deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.claim) == (NoticeState.SENDING, "taken over")


def test_whoever_lost_the_account_is_told_nothing_more(stranger: User) -> None:
    owed(to=stranger)
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    assert delivery.deliver_due() == delivery.Counts(cancelled=1)
    assert mail.outbox == []
    assert Notice.objects.get().last_error == "The account is closed."


@pytest.mark.django_db(transaction=True)
def test_nothing_is_delivered_inside_a_transaction(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    notice = owed()
    with transaction.atomic(), pytest.raises(RuntimeError):
        delivery.deliver(notice.pk)


def test_resending_what_was_delivered_owes_it_anew_under_another_message_id(registrar: User) -> None:
    notice = owed()
    delivery.deliver_due()
    delivery.resend(notice_id=notice.pk, by=Actor.of(registrar))
    row = Notice.objects.get()
    assert (row.state, row.delivered_at, row.attempts) == (NoticeState.OWED, None, 0)
    assert delivery.deliver_due().delivered == 1
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first != second
    entry = LedgerEntry.objects.get(act="notice.resent")
    assert (entry.actor, entry.was, entry.now) == (registrar, "delivered", "owed")


def test_hurrying_what_still_waits_keeps_its_message_id(registrar: User, server_says: Any) -> None:
    notice = owed()
    before = letters.message_id(notice)
    server_says(TimeoutError())
    delivery.deliver(notice.pk)
    server_says(None)
    delivery.resend(notice_id=notice.pk, by=Actor.of(registrar))
    assert delivery.deliver_due().delivered == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == before


def test_resending_wakes_the_worker(registrar: User, django_capture_on_commit_callbacks: Any) -> None:
    notice = owed()
    delivery.deliver_due()
    with django_capture_on_commit_callbacks(execute=True):
        delivery.resend(notice_id=notice.pk, by=Actor.of(registrar))
    assert len(mail.outbox) == 2


def test_what_is_being_sent_is_neither_resent_nor_cancelled(registrar: User) -> None:
    notice, now = owed(), timezone.now()
    Notice.objects.filter(pk=notice.pk).update(
        state=NoticeState.SENDING, claim="other", claimed_at=now, next_attempt_at=now + delivery.LEASE
    )
    for act in (delivery.resend, delivery.cancel):
        with pytest.raises(WrongState, match="at this moment"):
            act(notice_id=notice.pk, by=Actor.of(registrar))


def test_what_was_cancelled_is_not_sent(registrar: User) -> None:
    notice = owed()
    delivery.cancel(notice_id=notice.pk, by=Actor.of(registrar))
    assert delivery.deliver_due() == delivery.Counts()
    with pytest.raises(WrongState, match="cancelled"):
        delivery.cancel(notice_id=notice.pk, by=Actor.of(registrar))
    assert LedgerEntry.objects.filter(act="notice.cancelled").count() == 1


def test_only_staff_who_may_resend_do(auditor: User, stranger: User, registrar: User) -> None:
    notice = owed()
    for user in (auditor, stranger):
        for act in (delivery.resend, delivery.cancel):
            with pytest.raises(NotAllowed):
                act(notice_id=notice.pk, by=Actor.of(user))
    with pytest.raises(Missing):
        delivery.resend(notice_id=0, by=Actor.of(registrar))


def test_the_clock_of_the_run_is_the_one_that_is_written() -> None:
    notice = owed()
    now: datetime = timezone.now() + timedelta(days=3)
    delivery.deliver_due(now=now)
    notice.refresh_from_db()
    assert notice.delivered_at == now
