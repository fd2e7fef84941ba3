"""The light: how long ago somebody last confirmed an affiliation, or a milestone showed it alive (domain section 5)."""

from __future__ import annotations

import calendar
from datetime import date

from partnerships.choices import Light


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where it is shorter (29 February, the 31st)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def light(last: date | None, on: date, green_months: int = 12, yellow_months: int = 24) -> str:
    """Green under ``green_months`` since ``last``, yellow under ``yellow_months``, red from then on; grey for never."""
    if last is None:
        return Light.GREY
    if on < add_months(last, green_months):
        return Light.GREEN
    return Light.YELLOW if on < add_months(last, yellow_months) else Light.RED
