"""Africa Urban Poverty Alleviation Program: grants to pairs of communities, scored, capped, paid on milestones.

Sectors (water, sanitation, health) are the categories of a cycle, its countries, cap and budget the common rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.rules.wording import gettext_noop, ngettext_noop
from programs.choices import ActivityKind, AttachmentRole, ParticipationRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding

_MONTHS = Detail("most_months", gettext_noop("Longest duration of a project, in months"), "integer", least=1, most=120)
_FIELDS = (
    Detail(
        "place",
        gettext_noop("Where the project works"),
        help=gettext_noop("The quarter or settlement of the city."),
        required=True,
    ),
    Detail("problem", gettext_noop("What the people there lack"), "long", required=True),
    Detail("approach", gettext_noop("What both communities will do about it"), "long", required=True),
    Detail(
        "beneficiaries",
        gettext_noop("People whom it will reach"),
        "integer",
        gettext_noop("An estimate; what was reached is reported later."),
        required=True,
        least=1,
    ),
    Detail("counted_how", gettext_noop("How they are counted"), required=True),
    Detail("months", gettext_noop("Duration in months"), "integer", required=True, least=1, most=120),
    Detail("own_share", gettext_noop("What both communities add, in the currency of the grant"), "decimal"),
    Detail("partners", gettext_noop("Local partners"), "lines", gettext_noop("One on each line.")),
    Detail("afterwards", gettext_noop("Who keeps it running afterwards"), "long", required=True),
)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    if facts.asked is None:
        yield Finding("asked", gettext_noop("Say how much money is asked for."), "about")
    months, most = facts.detail.get("months"), facts.call.rules.get("most_months")
    if months is not None and most is not None and months > most:
        yield Finding(
            "months",
            ngettext_noop(
                "A project of this call lasts at most %(most)s month.",
                "A project of this call lasts at most %(most)s months.",
                "most",
            ),
            "about",
            {"most": most},
        )


KIND = Kind(
    code="africa_grant",
    name=gettext_noop("Grants for projects of pairs"),
    application=gettext_noop("Proposal"),
    invites=gettext_noop("Propose a project"),
    cycle_fields=(_MONTHS,),
    fields=_FIELDS,
    roles=(ParticipationRole.APPLICANT, ParticipationRole.PARTNER),
    needs_affiliation=True,
    grants=True,
    scored=True,
    activity_kinds=(ActivityKind.PROJECT, ActivityKind.VISIT),
    attachment_roles=(
        AttachmentRole.PLAN,
        AttachmentRole.DELIVERABLE,
        AttachmentRole.REPORT,
        AttachmentRole.PHOTOGRAPH,
    ),
    deliverables=True,
    measures=(
        Measure(gettext_noop("Beneficiaries"), "people"),
        Measure(gettext_noop("People with access to drinking water"), "people"),
        Measure(gettext_noop("Water points built"), "points"),
        Measure(gettext_noop("Latrines built"), "latrines"),
    ),
    check=_check,
)
