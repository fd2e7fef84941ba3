"""Periodic duties: each asks what is due and not yet done, so that a missed or a doubled run does no harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib import import_module

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from partnerships.choices import NoticeKind
from partnerships.selectors import filings as filing_selector
from partnerships.selectors import notices as selector
from partnerships.services import (
    affiliations,
    confirmations,
    delivery,
    filings,
    followers,
    kept_answers,
    likely_duplicates,
    outbox,
    seeking,
    statistics,
    subscriptions,
)
from partnerships.services.access import Actor

logger = structlog.get_logger(__name__)

#: A digest lists this many filings and counts the others.
DIGEST_ROWS = 20


@dataclass(frozen=True)
class Done:
    """What one duty did: how many things under which name, or the class of the error that stopped it."""

    duty: str
    counts: dict[str, int]
    error: str = ""


def digest_queue(now: datetime) -> dict[str, int]:
    """Tell every registrar once a week what waited when the ISO week began; nothing where nothing waited."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    begin = timezone.make_aware(datetime.combine(monday, time.min))
    waiting = selector.waiting_since_before(begin)
    if not waiting:
        return {"told": 0}
    year, week, _day = today.isocalendar()
    context = {
        "count": len(waiting),
        "oldest": (now - waiting[0].submitted_at).days,
        "rows": [
            {"filing": row.id, "parties": row.parties, "days": (now - row.submitted_at).days}
            for row in waiting[:DIGEST_ROWS]
        ],
    }
    told = [
        outbox.enqueue(
            kind=NoticeKind.QUEUE_DIGEST, key=f"{NoticeKind.QUEUE_DIGEST}:{year}-W{week:02}", to=user, context=context
        )
        for user in filing_selector.registrars()
    ]
    return {"told": sum(notice is not None for notice in told)}


def warn_of_long_waits(now: datetime) -> dict[str, int]:
    """Tell every registrar, once for each handing-in, of a filing that has waited longer than the office allows."""
    told = 0
    for row in selector.waiting_since_before(now - timedelta(days=settings.REGISTRY_WAIT_DAYS)):
        facts = {**filings.context(row.filing), "days": (now - row.submitted_at).days}
        for user in filing_selector.registrars():
            notice = outbox.enqueue(
                kind=NoticeKind.FILING_WAITS_LONG,
                key=f"{NoticeKind.FILING_WAITS_LONG}:{row.submission}",
                to=user,
                about=row.filing,
                context=facts,
            )
            told += notice is not None
    return {"told": told}


def renew_recognition(now: datetime) -> dict[str, int]:
    """Where the kept interval of recognition is over, keep the next one."""
    return {"renewed": affiliations.renew_recognition(on=timezone.localdate(now))}


def sweep_sessions(now: datetime) -> dict[str, int]:
    """Forget sessions that have expired."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return {}


def work_out_statistics(now: datetime) -> dict[str, int]:
    """Where the record moved on, work the statistics out anew."""
    return {"worked out": int(statistics.compute(now))}


def find_duplicates(now: datetime) -> dict[str, int]:
    """Where the record moved on, look it through for what may be on it twice."""
    found = likely_duplicates.find_if_moved(by=Actor.system("duplicates"), on=timezone.localdate(now))
    return {} if found is None else {"pairs": found}


def deliver_notices(now: datetime) -> dict[str, int]:
    """Deliver what is due, the notices of the duties before included."""
    counts = delivery.deliver_due()
    return {"delivered": counts.delivered, "failed": counts.failed, "cancelled": counts.cancelled, "left": counts.left}


#: Name, what to do, and whether it is one transaction.
Duty = tuple[str, Callable[[datetime], dict[str, int]], bool]
DUTIES: tuple[Duty, ...] = (
    ("weekly digest of the queue", digest_queue, True),
    ("filings that wait too long", warn_of_long_waits, True),
    ("yearly confirmations", confirmations.ask_due, False),
    ("recognition", renew_recognition, False),
    ("expired sessions", sweep_sessions, False),
    ("searches for a partner that end", seeking.remind, True),
    ("searches for a partner that are over", seeking.expire, False),
    ("answers kept for programs", kept_answers.sweep, False),
    ("news for followers", followers.tell, False),
    ("followers to forget", subscriptions.forget, False),
)
#: Delivery comes after whatever owes notices, and is no transaction: each notice is its own.
LAST_DUTIES: tuple[Duty, ...] = (
    ("notices", deliver_notices, False),
    ("statistics", work_out_statistics, False),
    ("likely duplicates", find_duplicates, False),
)
#: Those of other apps, by name.
_joined: dict[str, Duty] = {}


def join(*duties: Duty) -> None:
    """Take up duties of another app, which calls this when it is ready; once for a name."""
    _joined.update({duty[0]: duty for duty in duties})


def duties() -> tuple[Duty, ...]:
    """All of them, in the order in which they are run."""
    return (*DUTIES, *_joined.values(), *LAST_DUTIES)


def run_all(now: datetime, further: Iterable[Duty] = ()) -> list[Done]:
    """Every duty once, and those of other rooms after them. One that fails does not keep the others from running."""
    return [_run(name, duty, now, atomic) for name, duty, atomic in (*duties(), *further)]


def _run(name: str, duty: Callable[[datetime], dict[str, int]], now: datetime, atomic: bool) -> Done:
    try:
        if not atomic:
            return Done(name, duty(now))
        with transaction.atomic():
            return Done(name, duty(now))
    except Exception as error:
        logger.exception("a periodic duty failed", duty=name)
        return Done(name, {}, type(error).__name__)
