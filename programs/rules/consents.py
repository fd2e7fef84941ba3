"""What a consent may allow, and who may give it.

A parent or guardian speaks for who is under age on the day of the consent. The full name is published of adults only,
who say so themselves (domain section 7: of minors the public sees what guardian consent allows).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerships.rules.wording import gettext_noop
from programs.choices import ConsentGiver, ConsentUse
from programs.rules.ages import age_on
from programs.rules.eligibility import OF_AGE, YOUNG
from programs.rules.findings import Finding


def is_minor(*, role: str, birth_date: date | None, on: date) -> bool:
    """Under age on that day; a student whose birth date is not known counts as a minor."""
    if birth_date is None or birth_date > on:
        return role in YOUNG
    return age_on(birth_date, on) < OF_AGE


def check(
    *, use: str, given_by: str, giver_name: str, given_on: date, today: date, role: str, birth_date: date | None
) -> Iterator[Finding]:
    """What stands in the way of recording a consent; the ``step`` of a finding is the field where it shows."""
    if given_on > today:
        yield Finding("consent-day", gettext_noop("A consent is given today or earlier."), "given_on")
        return
    minor = is_minor(role=role, birth_date=birth_date, on=given_on)
    if minor and given_by != ConsentGiver.GUARDIAN:
        yield Finding(
            "consent-giver", gettext_noop("For somebody under 18, a parent or guardian gives consent."), "given_by"
        )
    if given_by == ConsentGiver.GUARDIAN and not giver_name:
        yield Finding("consent-name", gettext_noop("Name the parent or guardian who gave consent."), "giver_name")
    if use == ConsentUse.PUBLISH_FULL_NAME and (minor or birth_date is None or given_by != ConsentGiver.SELF):
        yield Finding(
            "consent-full-name",
            gettext_noop("The full name is published of adults only, with their own consent and birth date."),
            "use",
        )
