"""Cyber Sister Cities: a sponsored technology partnership on an affiliation: a centre, its projects and results."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.rules.wording import gettext_noop, ngettext_noop
from programs.choices import ActivityKind, AttachmentRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding

_CYCLE_FIELDS = (
    Detail("support", gettext_noop("What the sponsor gives"), "long"),
    Detail("least_projects", gettext_noop("Projects that a partnership begins with, at least"), "integer", most=20),
)
_FIELDS = (
    Detail("centre", gettext_noop("Name of the centre"), required=True),
    Detail("centre_place", gettext_noop("Where it is"), required=True),
    Detail("technologies", gettext_noop("Technologies"), "lines", gettext_noop("One on each line."), required=True),
    Detail("users", gettext_noop("Who will use it"), "long", required=True),
    Detail("runs_it", gettext_noop("Who runs and maintains it"), required=True),
)
_ACTIVITY_FIELDS = (
    Detail("area", gettext_noop("Field of work"), help=gettext_noop("Such as aquaculture or hydroponics.")),
)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    projects = [activity for activity in facts.activities if activity.kind == ActivityKind.PROJECT]
    least = facts.call.rules.get("least_projects", 0)
    if len(projects) < least:
        few = ngettext_noop("Enter at least %(least)s project.", "Enter at least %(least)s projects.", "least")
        yield Finding("projects", few, "activities", {"least": least})


KIND = Kind(
    code="cyber",
    name=gettext_noop("Technology partnership"),
    application=gettext_noop("Partnership"),
    invites=gettext_noop("Propose a technology partnership"),
    cycle_fields=_CYCLE_FIELDS,
    fields=_FIELDS,
    needs_affiliation=True,
    activity_kinds=(ActivityKind.PROJECT, ActivityKind.VISIT),
    activity_fields=_ACTIVITY_FIELDS,
    activities_when_applying=True,
    attachment_roles=(AttachmentRole.PLAN, AttachmentRole.DELIVERABLE, AttachmentRole.PHOTOGRAPH),
    deliverables=True,
    measures=(
        Measure(gettext_noop("People trained"), "people"),
        Measure(gettext_noop("Computers in use"), "computers"),
        Measure(gettext_noop("Projects running"), "projects"),
    ),
    check=_check,
)
