"""Annual Awards: members nominate in categories; each competes with communities of its size; a jury finds the winners.

Categories, bands of population and who may nominate are rules of a cycle; who sponsors a category is its backer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerships.rules.wording import gettext_noop
from programs.choices import AttachmentRole, ParticipationRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding

_CYCLE_FIELDS = (
    Detail("achieved_from", gettext_noop("Achievements from this day"), "date"),
    Detail("achieved_to", gettext_noop("Achievements until this day (included)"), "date"),
)
_FIELDS = (
    Detail("achievement", gettext_noop("What was achieved"), "long", required=True),
    Detail("partner_share", gettext_noop("What the sister city did for it"), "long"),
    Detail("began_on", gettext_noop("First day"), "date", required=True),
    Detail("ended_on", gettext_noop("Last day"), "date", gettext_noop("Leave it empty where the work goes on.")),
    Detail("people", gettext_noop("People who took part"), "integer"),
    Detail("evidence", gettext_noop("Where it can be seen"), "url"),
)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    began, ended = (_day(facts.detail.get(name)) for name in ("began_on", "ended_on"))
    first, last = (_day(facts.call.rules.get(name)) for name in ("achieved_from", "achieved_to"))
    if began and ended and ended < began:
        yield Finding("period", gettext_noop("The last day is before the first."), "about")
    if (began and last and began > last) or (ended and first and ended < first):
        yield Finding(
            "period",
            gettext_noop("The awards look at what was achieved from %(first)s to %(last)s."),
            "about",
            {"first": first or "–", "last": last or "–"},
        )


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


KIND = Kind(
    code="awards",
    name=gettext_noop("Annual awards"),
    application=gettext_noop("Nomination"),
    invites=gettext_noop("Nominate for an award"),
    cycle_fields=_CYCLE_FIELDS,
    fields=_FIELDS,
    roles=(ParticipationRole.NOMINATOR,),
    scored=True,
    prizes=True,
    attachment_roles=(AttachmentRole.PLAN, AttachmentRole.PHOTOGRAPH, AttachmentRole.OTHER),
    measures=(
        Measure(gettext_noop("Energy saved"), "kWh a year"),
        Measure(gettext_noop("People reached"), "people"),
    ),
    check=_check,
)
