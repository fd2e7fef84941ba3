"""A kind that the registry has never heard of: pairs of communities that plant gardens for each other."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.rules.wording import gettext_noop
from programs.choices import ActivityKind, AttachmentRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    if facts.detail.get("trees", 0) < facts.call.rules.get("least_trees", 0):
        few = gettext_noop("Plant at least %(least)s trees.")
        yield Finding("trees", few, "about", {"least": facts.call.rules["least_trees"]})


KIND = Kind(
    code="gardens",
    name=gettext_noop("Gardens of friendship"),
    application=gettext_noop("Garden"),
    invites=gettext_noop("Propose a garden"),
    cycle_fields=(Detail("least_trees", gettext_noop("Least trees of a garden"), "integer", required=True, least=1),),
    fields=(
        Detail("plot", gettext_noop("Where it is planted"), required=True),
        Detail("trees", gettext_noop("Trees"), "integer", required=True, least=1, most=10_000),
        Detail("gardener", gettext_noop("Who waters it"), public=False),
    ),
    needs_affiliation=True,
    activity_kinds=(ActivityKind.PROJECT,),
    attachment_roles=(AttachmentRole.PLAN,),
    deliverables=True,
    measures=(Measure(gettext_noop("Trees that grew"), "trees"),),
    check=_check,
)
