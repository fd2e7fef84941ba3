"""The rule ``dates``: what the dates of a filing may be, and what they may be to each other (domain section 5).

Partial dates get the benefit of the doubt: "2026" is not after a day in 2026, and only what is certainly wrong blocks.
An agreement is signed on the day of its last signature. Partners often sign one after the other and by post, so the
others may be earlier, but not by more than two years; and none can be later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerships.choices import Act
from partnerships.rules.dates import PartialDate
from partnerships.rules.facts import FilingFacts, SignatoryFacts
from partnerships.rules.freshness import add_months
from partnerships.rules.remarks import Remark
from partnerships.rules.wording import gettext_noop

FIRST_YEAR = 1900
#: Bounds against slips of the pen such as 2999, wider than any agreement on record.
MOST_YEARS_AHEAD = 10
MOST_YEARS_OF_TERM = 100
MOST_MONTHS_BETWEEN_SIGNATURES = 24


def remarks(facts: FilingFacts, today: date) -> Iterator[Remark]:
    yield from _signing(facts, today)
    yield from _effect(facts, today)
    yield from _term(facts, today)
    for signatory in facts.signatories:
        if signatory.signed_on is not None:
            yield from _signature(signatory, signatory.signed_on, facts.signed_on, today)


def _signing(facts: FilingFacts, today: date) -> Iterator[Remark]:
    signed = facts.signed_on
    if signed is None:
        if not facts.historical:
            yield Remark(gettext_noop("Say when it was signed; the year is enough where no more is known."))
    elif signed.earliest > today:
        yield Remark(gettext_noop("It was signed on %(date)s, which is still to come."), {"date": signed})
    elif signed.year < FIRST_YEAR:
        yield Remark(
            gettext_noop("It was signed in %(date)s: the registry keeps agreements from %(first)s on."),
            {"date": signed, "first": FIRST_YEAR},
        )


def _effect(facts: FilingFacts, today: date) -> Iterator[Remark]:
    """May lie before the signature (a renewal signed late) or after it."""
    effective = facts.effective_on
    if effective and not FIRST_YEAR <= effective.year <= today.year + MOST_YEARS_AHEAD:
        yield Remark(
            gettext_noop("It takes effect in %(date)s: expected is a year from %(first)s to %(last)s."),
            {"date": effective, "first": FIRST_YEAR, "last": today.year + MOST_YEARS_AHEAD},
        )


def _term(facts: FilingFacts, today: date) -> Iterator[Remark]:
    end = facts.term_end
    if end is None:
        if facts.act == Act.RENEW and not facts.perpetual:
            yield Remark(gettext_noop("Say until when it is renewed, or that it never expires."))
        return
    start = facts.effective_on or facts.signed_on
    if facts.perpetual:
        yield Remark(gettext_noop("It cannot both have an end of term and never expire."))
    if start is not None and end <= start.earliest:
        yield Remark(
            gettext_noop("The term ends on %(end)s, which is not after its start (%(start)s)."),
            {"end": end, "start": start},
        )
    elif end.year > (start.year if start else today.year) + MOST_YEARS_OF_TERM:
        yield Remark(
            gettext_noop("The term ends on %(end)s, more than %(most)s years on. Say that it never expires instead."),
            {"end": end, "most": MOST_YEARS_OF_TERM},
        )


def _signature(signatory: SignatoryFacts, own: PartialDate, whole: PartialDate | None, today: date) -> Iterator[Remark]:
    params = {"name": signatory.name, "date": own, "signed": whole, "first": FIRST_YEAR}
    if own.earliest > today:
        message = gettext_noop("%(name)s signed on %(date)s, which is still to come.")
    elif own.year < FIRST_YEAR:
        message = gettext_noop("%(name)s signed in %(date)s: the registry keeps agreements from %(first)s on.")
    elif whole is None:
        return
    elif own.earliest > whole.latest:
        message = gettext_noop(
            "%(name)s signed on %(date)s, after the date of the agreement (%(signed)s), which is that of the last "
            "signature."
        )
    elif add_months(own.latest, MOST_MONTHS_BETWEEN_SIGNATURES) < whole.earliest:
        message = gettext_noop("%(name)s signed on %(date)s, over two years before the agreement's date (%(signed)s).")
    else:
        return
    yield Remark(message, params, step="signatories")
