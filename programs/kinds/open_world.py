"""Open World: delegations from abroad whom a community receives, with host families, an agenda and a report."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.rules.wording import gettext_noop, ngettext_noop
from programs.choices import ActivityKind, AttachmentRole, ParticipationRole, PersonRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding

_COUNTRIES = Detail(
    "delegation_countries",
    gettext_noop("Countries that send delegations"),
    "countries",
    gettext_noop("Two-letter codes, such as UA LT UZ."),
    required=True,
)
_THEMES = Detail("themes", gettext_noop("Themes offered"), "lines", gettext_noop("One on each line."))
_MOST_DELEGATES = Detail(
    "most_delegates", gettext_noop("Delegates in one delegation, at most"), "integer", least=1, most=200
)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    detail, rules = facts.detail, facts.call.rules
    sent = rules.get("delegation_countries", [])
    if detail.get("country") and detail["country"] not in sent:
        yield Finding(
            "country",
            gettext_noop("This call is for delegations from: %(countries)s."),
            "about",
            {"countries": ", ".join(sent)},
        )
    if rules.get("themes") and detail.get("theme") and detail["theme"] not in rules["themes"]:
        yield Finding(
            "theme",
            gettext_noop("Choose one of the themes of this call: %(themes)s."),
            "about",
            {"themes": "; ".join(rules["themes"])},
        )
    most = rules.get("most_delegates")
    delegates = max(int(detail.get("delegates", 0)), sum(person.role == PersonRole.DELEGATE for person in facts.people))
    if most and delegates > most:
        yield Finding(
            "delegates",
            ngettext_noop(
                "A delegation has at most %(most)s delegate.", "A delegation has at most %(most)s delegates.", "most"
            ),
            "about",
            {"most": most},
        )
    if detail.get("arrives") and detail.get("leaves") and detail["leaves"] < detail["arrives"]:
        yield Finding("dates", gettext_noop("The delegation has to leave after it arrives."), "about")


KIND = Kind(
    code="open_world",
    name=gettext_noop("Delegations from abroad"),
    application=gettext_noop("Offer to host a delegation"),
    invites=gettext_noop("Offer to host a delegation"),
    cycle_fields=(_COUNTRIES, _THEMES, _MOST_DELEGATES),
    fields=(
        Detail("country", gettext_noop("Country of the delegation"), "country", required=True),
        Detail("theme", gettext_noop("Theme"), "text", required=True),
        Detail(
            "delegates", gettext_noop("Delegates whom you can receive"), "integer", required=True, least=1, most=200
        ),
        Detail("host_families", gettext_noop("Host families"), "integer", required=True, least=0, most=200),
        Detail("arrives", gettext_noop("Arrives"), "date"),
        Detail("leaves", gettext_noop("Leaves"), "date"),
        Detail("delegation_from", gettext_noop("Where the delegation comes from"), "lines"),
        Detail(
            "host_contact",
            gettext_noop("Who looks after the delegation"),
            "text",
            gettext_noop("Name and telephone. Never published."),
            public=False,
        ),
    ),
    roles=(ParticipationRole.HOST,),
    person_roles=(PersonRole.DELEGATE, PersonRole.HOST_FAMILY),
    activity_kinds=(ActivityKind.AGENDA, ActivityKind.SESSION, ActivityKind.VISIT),
    activity_fields=(Detail("with", gettext_noop("Whom the delegation meets"), "text"),),
    activities_when_applying=True,
    attachment_roles=(AttachmentRole.PLAN, AttachmentRole.REPORT, AttachmentRole.PHOTOGRAPH),
    deliverables=True,
    measures=(
        Measure(gettext_noop("Delegates"), "people"),
        Measure(gettext_noop("Host families"), "families"),
        Measure(gettext_noop("Leaders hosted"), "people"),
    ),
    check=_check,
)
