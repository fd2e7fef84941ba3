"""Laws that restrict the partner countries of a subdivision. The registry flags; it never decides (domain 2.7)."""

from __future__ import annotations

from datetime import date

from partnerships.rules.facts import ComplianceFacts
from partnerships.rules.territories import place_of


def applies(
    rule: ComplianceFacts, *, subdivision: str, country: str, on: date, until: date | None = None, partner: str = ""
) -> bool:
    """Whether the rule covers a community of ``subdivision`` with a partner in ``country`` on a day.

    With ``until``, whether it does on any day from ``on`` to then, both included (an act dated by its year only).
    ``partner`` is the partner's own subdivision, where one is known: its territory may be named instead of its country.
    """
    covers_place = rule.subdivision == subdivision and bool({country, place_of(country, partner)} & rule.countries)
    return covers_place and (rule.from_date or on) <= (until or on) and on <= (rule.to_date or on)
