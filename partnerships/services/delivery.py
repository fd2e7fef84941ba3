"""Delivering notices: claimed, written, sent, marked; retried until they arrive or staff cancel them.

What is promised: a committed notice is sent **at least once**, and every attempt at it carries the same
``Message-ID``. A notice is claimed by a conditional UPDATE before it is sent, so of two processes one sends; and one
claim sends once. What no sender can close is the gap between the mail server's "accepted" and our own note of it: a
process that dies in it leaves a lease to run out, and the next attempt sends the message again, with the same
``Message-ID``, by which mail systems recognise the second copy.

A failure is never the end: the waits grow to half a day and stay there, the reason stands in ``last_error`` for the
admin, and ``/readyz/`` shows since when the oldest notice is owed.
"""

from __future__ import annotations

import smtplib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic

import structlog
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import NoticeState
from partnerships.exceptions import Missing, WrongState
from partnerships.models import Notice
from partnerships.selectors import notices as selector
from partnerships.services import access, ledger, letters, outbox
from partnerships.services.access import Actor

logger = structlog.get_logger(__name__)

#: How long a claim holds: longer than a session with a mail server that uses up its timeout at every step.
LEASE = timedelta(minutes=5)

#: The wait after the first failed attempt, the second, …; the last one repeats.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60))

#: No new message is begun after this many seconds: the next run goes on.
SECONDS_A_RUN = 240

#: What the mail server says of one message; any other failure to send means that the server itself is in trouble.
_ABOUT_ONE_MESSAGE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError)


@dataclass(frozen=True)
class Counts:
    """What came of a run. ``left`` are notices which somebody else had, or which a run that ended early left."""

    delivered: int = 0
    failed: int = 0
    cancelled: int = 0
    left: int = 0


class _ServerTrouble(Exception):
    """The mail server does not answer as it should: more messages now would only wait for the same."""


def deliver_due(*, limit: int = 500, now: datetime | None = None) -> Counts:
    """Deliver what is due, the longest due first. Safe beside any other run: each notice is claimed before it is sent.

    Ends early where the mail server is in trouble; what is left stays due for the next run.
    """
    return deliver_these(selector.due_ids(now or timezone.now(), limit), now=now)


def deliver_these(notice_ids: list[int], *, now: datetime | None = None) -> Counts:
    """Deliver these notices, as far as they are due."""
    counts, end = Counts(), monotonic() + SECONDS_A_RUN
    for place, notice_id in enumerate(notice_ids):
        try:
            outcome = "left" if monotonic() > end else _deliver(notice_id, now)
        except _ServerTrouble:
            rest = len(notice_ids) - place - 1
            return replace(counts, failed=counts.failed + 1, left=counts.left + rest)
        counts = replace(counts, **{outcome: getattr(counts, outcome) + 1})
    return counts


def deliver(notice_id: int, *, now: datetime | None = None) -> Counts:
    """Deliver one notice if it is due and nobody else has it."""
    return deliver_these([notice_id], now=now)


def _deliver(notice_id: int, now: datetime | None) -> str:
    """What became of it, as a field of ``Counts``; raises ``_ServerTrouble`` after a failure that is not its own."""
    claim = _claim(notice_id, now or timezone.now())
    if claim is None:
        return "left"
    notice = Notice.objects.select_related("user").filter(pk=notice_id).first()
    if notice is None:  # erased in this moment, with the address that it was for
        return "left"
    if notice.user and not notice.user.is_active:
        return _cancelled_for_closed_account(notice, claim)
    try:
        message = letters.write(notice)
        with _mail_server() as server:
            server.send_messages([message])
            # Noted before the farewell to the server, which may take its time.
            _delivered(notice, now or timezone.now())
    except Exception as error:  # noqa: BLE001 - whatever stands in the way, the notice stays owed and says why
        _failed(notice, claim, error, now or timezone.now())
        if isinstance(error, OSError) and not isinstance(error, _ABOUT_ONE_MESSAGE):
            raise _ServerTrouble from error
        return "failed"
    return "delivered"


@contextmanager
def _mail_server() -> Iterator[BaseEmailBackend]:
    """A session of its own for each message: no server's limit a session, and no broken session, holds up the next."""
    server = mail.get_connection()
    server.open()
    try:
        yield server
    finally:
        with suppress(OSError):
            server.close()


def _claim(notice_id: int, now: datetime) -> str | None:
    """Take the notice for ``LEASE``; ``None`` where it is not due, or somebody else was first.

    ``durable``: a claim that a later rollback takes back, after the message went out, would be no claim.
    """
    claim = str(uuid.uuid4())
    with transaction.atomic(durable=True):
        taken = (
            Notice.objects.filter(pk=notice_id)
            .filter(selector.due(now))
            .update(
                state=NoticeState.SENDING,
                claim=claim,
                claimed_at=now,
                next_attempt_at=now + LEASE,
                attempts=F("attempts") + 1,
            )
        )
    return claim if taken else None


def _delivered(notice: Notice, now: datetime) -> None:
    """It was sent, whoever holds the claim by now: a sender slower than its lease must not cause another copy."""
    selector.undelivered().filter(pk=notice.pk).update(
        state=NoticeState.DELIVERED, delivered_at=now, claim="", claimed_at=None, last_error=""
    )
    logger.info("notice delivered", notice=notice.pk, kind=notice.kind, attempts=notice.attempts)


def _failed(notice: Notice, claim: str, error: Exception, now: datetime) -> None:
    """Owed again after a wait, unless somebody else has taken it over meanwhile."""
    wait = WAITS[min(notice.attempts, len(WAITS)) - 1]
    Notice.objects.filter(pk=notice.pk, state=NoticeState.SENDING, claim=claim).update(
        state=NoticeState.OWED,
        claim="",
        claimed_at=None,
        next_attempt_at=now + wait,
        last_error=_reason(error),
    )
    # The class and no more: the words of a mail server hold the address it refused.
    logger.warning(
        "notice not delivered",
        notice=notice.pk,
        kind=notice.kind,
        attempts=notice.attempts,
        error=type(error).__name__,
        exc_info=None if isinstance(error, OSError) else error,
    )


def _reason(error: Exception) -> str:
    """What staff read: of a refused recipient the code and words of the server, of anything else its own words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return f"{code} {_text(words)}"[:500]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"[:500]
    return f"{type(error).__name__}: {error}"[:500]


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _cancelled_for_closed_account(notice: Notice, claim: str) -> str:
    """Filings are private: whoever may no longer read them is no longer told of them."""
    Notice.objects.filter(pk=notice.pk, claim=claim).update(
        state=NoticeState.CANCELLED, claim="", claimed_at=None, last_error="The account is closed."
    )
    return "cancelled"


@transaction.atomic
def resend(*, notice_id: int, by: Actor) -> Notice:
    """Send a notice once more, or at once where it still waits.

    A notice that still waits is only hurried, so its ``Message-ID`` stays. One that was delivered or cancelled is owed
    anew from now on and gets another, or else mail systems would hide the copy that was asked for.
    """
    access.require(by, "notice.resend")
    notice, now = _locked(notice_id), timezone.now()
    was = notice.state
    if was in (NoticeState.DELIVERED, NoticeState.CANCELLED):
        notice.created_at, notice.attempts = now, 0
    notice.state, notice.delivered_at, notice.claim, notice.claimed_at = NoticeState.OWED, None, "", None
    notice.next_attempt_at = now
    notice.save()
    ledger.record(subject=notice, act="notice.resent", by=by, was=was, now=notice.state)
    outbox.announce_after_commit(notice.pk)
    return notice


@transaction.atomic
def cancel(*, notice_id: int, by: Actor) -> Notice:
    """Owe a notice no longer; ``WrongState`` where it was delivered already."""
    access.require(by, "notice.resend")
    notice = _locked(notice_id)
    if notice.state in (NoticeState.DELIVERED, NoticeState.CANCELLED):
        raise WrongState(
            _("This message is not waiting any more: %(state)s.") % {"state": notice.get_state_display().lower()}
        )
    was, notice.state = notice.state, NoticeState.CANCELLED
    notice.claim, notice.claimed_at = "", None
    notice.save(update_fields=["state", "claim", "claimed_at"])
    ledger.record(subject=notice, act="notice.cancelled", by=by, was=was, now=notice.state)
    return notice


def _locked(notice_id: int) -> Notice:
    notice = Notice.objects.select_for_update().filter(pk=notice_id).first()
    if notice is None:
        raise Missing(_("There is no such message."))
    if notice.state == NoticeState.SENDING and notice.next_attempt_at > timezone.now():
        raise WrongState(_("This message is being sent at this moment. Try again in a few minutes."))
    return notice
