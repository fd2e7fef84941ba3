"""SEVLUP: one grant in strands, each an affiliation with deliverables, sessions, and participants by group.

A cycle is the grant, a participation is one strand of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.rules.wording import gettext_noop
from programs.choices import ActivityKind, AttachmentRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding

_CYCLE_FIELDS = (Detail("purpose", gettext_noop("Purpose of the grant"), "long"),)
_FIELDS = (
    Detail(
        "strand",
        gettext_noop("Strand of the grant"),
        help=gettext_noop("In a few words, such as: special-education training."),
        required=True,
    ),
    Detail("objective", gettext_noop("What it will change"), "long", required=True),
    Detail(
        "groups",
        gettext_noop("Groups that take part"),
        "lines",
        gettext_noop("One on each line, such as: teachers. Participants are reported by these groups."),
        required=True,
    ),
    Detail("languages", gettext_noop("Languages worked in"), "lines", gettext_noop("Sign languages too.")),
    Detail("partners", gettext_noop("Schools, universities and other partners"), "lines"),
)
_ACTIVITY_FIELDS = (
    Detail("group", gettext_noop("Group it was for")),
    Detail("participants", gettext_noop("Participants expected"), "integer", least=1),
)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    groups = [group.casefold() for group in facts.detail.get("groups", ())]
    if len(set(groups)) != len(groups):
        yield Finding("groups", gettext_noop("Name each group once: they are counted apart."), "about")
    for session in facts.activities:
        group = str(session.detail.get("group", ""))
        if group and group.casefold() not in groups:
            yield Finding(
                "group",
                gettext_noop("%(title)s: %(group)s is none of the groups that take part."),
                "activities",
                {"title": session.title, "group": group},
            )


KIND = Kind(
    code="sevlup",
    name=gettext_noop("Grant in strands"),
    application=gettext_noop("Strand"),
    invites=gettext_noop("Propose a strand"),
    cycle_fields=_CYCLE_FIELDS,
    fields=_FIELDS,
    needs_affiliation=True,
    grants=True,
    activity_kinds=(ActivityKind.SESSION, ActivityKind.VISIT),
    activity_fields=_ACTIVITY_FIELDS,
    activities_when_applying=True,
    attachment_roles=(
        AttachmentRole.PLAN,
        AttachmentRole.DELIVERABLE,
        AttachmentRole.REPORT,
        AttachmentRole.PHOTOGRAPH,
    ),
    deliverables=True,
    measures=(
        Measure(gettext_noop("Participants"), "people", groups="groups"),
        Measure(gettext_noop("Sessions held"), "sessions"),
        Measure(gettext_noop("Videos published"), "videos"),
    ),
    check=_check,
)
