"""Where a call stands on a calendar day, as public pages say it.

Public pages hold for a whole day (they depend on the register's head and the calendar day), so on the days on which a
call opens or closes they name the hour instead of saying whether it has struck; ``rules.phases`` answers at an instant.
"""

from __future__ import annotations

from datetime import date

from partnerships.rules.wording import gettext_noop
from programs.choices import CycleState

UPCOMING, OPENS_TODAY, OPEN, CLOSES_TODAY = "upcoming", "opens_today", "open", "closes_today"
RUNNING, CLOSED, CANCELLED, RECORD = "running", "closed", "cancelled", "record"
#: Code -> words (a msgid), tone and icon of its badge.
WORDS = {
    UPCOMING: (gettext_noop("Opens later"), "neutral", "waits"),
    OPENS_TODAY: (gettext_noop("Opens today"), "info", "waits"),
    OPEN: (gettext_noop("Open for applications"), "positive", "check-circle"),
    CLOSES_TODAY: (gettext_noop("Closes today"), "caution", "waits"),
    RUNNING: (gettext_noop("Applications are closed"), "info", "check"),
    CLOSED: (gettext_noop("Completed"), "neutral", "archive"),
    CANCELLED: (gettext_noop("Cancelled"), "negative", "annulled"),
    RECORD: (gettext_noop("From the record"), "neutral", "archive"),
}


def stage(state: str, opens: date | None, closes: date | None, day: date) -> str:
    """``opens`` and ``closes`` are the days of the instants in the zone in which ``day`` is counted, too."""
    if state == CycleState.CANCELLED:
        return CANCELLED
    if state == CycleState.CLOSED:
        return CLOSED
    if opens is None or closes is None:
        return RECORD
    if day <= opens:
        return OPENS_TODAY if day == opens else UPCOMING
    if day <= closes:
        return CLOSES_TODAY if day == closes else OPEN
    return RUNNING
