"""Statistics are worked out when the record moved on, and kept for whoever asks."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from partnerships.choices import PublicationKind
from partnerships.selectors import register, statistics
from partnerships.selectors.publications import Stand
from partnerships.selectors.snapshot import snapshot
from partnerships.services import publications


def compute(now: datetime) -> bool:
    """Work them out anew unless they still hold, or somebody is at it. Answers whether new ones were published."""
    today = timezone.localdate(now)
    work = publications.begin(PublicationKind.STATISTICS, at=now, on=today)
    if work is None:
        return False
    try:
        with snapshot():
            stand = Stand(*register.head(), day=today)
            content = statistics.collect(on=today)
        publications.finish(work, stand=stand, content=content, at=timezone.now())
    except BaseException:
        publications.abandon(work)
        raise
    return True
