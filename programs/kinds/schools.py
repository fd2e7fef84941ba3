"""Sister Schools: schools that are linked under an affiliation, and what their classes do together."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.rules.wording import gettext_noop, ngettext_noop
from programs.choices import ActivityKind, AttachmentRole, ParticipationRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding

_SETTINGS = (
    ("classroom", gettext_noop("In the classroom")),
    ("school", gettext_noop("Across the school")),
    ("after_school", gettext_noop("After school")),
)
_LEAST = Detail(
    "least_activities",
    gettext_noop("Activities that each link plans, at least"),
    "integer",
    gettext_noop("Empty: links without a plan are taken, too."),
    least=0,
    most=20,
)
_PLANNED = (
    ActivityKind.LETTERS,
    ActivityKind.VIDEO,
    ActivityKind.WEBCAST,
    ActivityKind.LEADERSHIP,
    ActivityKind.FUNDRAISING,
    ActivityKind.PROJECT,
)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    own, partner = (str(facts.detail.get(name, "")).casefold() for name in ("school", "partner_school"))
    if own and own == partner:
        yield Finding("schools", gettext_noop("Name two different schools."), "about")
    least = int(facts.call.rules.get("least_activities", 0))
    if len(facts.activities) < least:
        few = ngettext_noop("Plan at least %(least)s activity.", "Plan at least %(least)s activities.", "least")
        yield Finding("activities", few, "activities", {"least": least})


KIND = Kind(
    code="schools",
    name=gettext_noop("Links between schools"),
    application=gettext_noop("School link"),
    invites=gettext_noop("Propose a school link"),
    cycle_fields=(_LEAST,),
    fields=(
        Detail("school", gettext_noop("School in your community"), required=True),
        Detail("partner_school", gettext_noop("School in the partner community"), required=True),
        Detail("setting", gettext_noop("Where it takes place"), "choice", required=True, choices=_SETTINGS),
        Detail("grades", gettext_noop("Grades or ages"), "text", gettext_noop("Such as grades 6 to 8.")),
        Detail("pupils", gettext_noop("Pupils who take part, about"), "integer", least=1, most=100_000),
        Detail("languages", gettext_noop("Languages used"), "lines", gettext_noop("One on each line.")),
        Detail(
            "school_contact",
            gettext_noop("Whom the programs office may ask at the school"),
            "text",
            gettext_noop("Name and e-mail address of a teacher. Never published."),
            public=False,
        ),
    ),
    roles=(ParticipationRole.APPLICANT,),
    needs_affiliation=True,
    activity_kinds=(*_PLANNED, ActivityKind.OTHER),
    activity_fields=(
        Detail("topic", gettext_noop("Topic"), "text"),
        Detail("pupils", gettext_noop("Pupils"), "integer", least=1, most=100_000),
    ),
    activities_when_applying=True,
    attachment_roles=(AttachmentRole.PLAN, AttachmentRole.PHOTOGRAPH),
    measures=(
        Measure(gettext_noop("Pupils who took part"), "pupils"),
        Measure(gettext_noop("Letters exchanged"), "letters"),
        Measure(gettext_noop("Money raised"), "USD"),
    ),
    check=_check,
)
