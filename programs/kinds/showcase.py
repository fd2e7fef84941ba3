"""Young Artists and Authors Showcase: works of students, by category and age group, judged by a jury."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.choices import Severity
from partnerships.rules.wording import gettext_noop
from programs.choices import AttachmentRole, ParticipationRole, PersonRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding

_CONSENT_FORMS = Detail(
    "consent_forms",
    gettext_noop("A signed consent form of parents or guardians is asked for"),
    "boolean",
)
_LEAST_WORKS = Detail(
    "least_works", gettext_noop("Least number of works of a community"), "integer", least=1, most=1000
)
_LOCAL_ROUND = Detail(
    "local_round",
    gettext_noop("How the works were chosen in the community"),
    "long",
    gettext_noop("Who chose, and from how many works. Name no student."),
)
_EXHIBITION = Detail(
    "exhibition", gettext_noop("Where the works are shown locally"), "text", gettext_noop("Name no student.")
)
_GRADE = Detail("grade", gettext_noop("School year"), "text", public=False, most=40)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    least = facts.call.rules.get("least_works", 1)
    if len(facts.entries) < least:
        yield Finding(
            "works",
            gettext_noop("Works entered: %(there)s. At least %(least)s are needed."),
            "entries",
            {"there": len(facts.entries), "least": least},
        )
    empty = sum(not entry.has_work for entry in facts.entries)
    if empty:
        yield Finding(
            "work-file",
            gettext_noop("Attach a file or an address to each work; it is missing for %(count)s."),
            "entries",
            {"count": empty},
        )
    if facts.call.rules.get("consent_forms") and AttachmentRole.CONSENT_FORM not in facts.attachment_roles:
        yield Finding("consent-form", gettext_noop("Attach the signed consent forms."), "files")
    yield from _left_out(facts)


def _left_out(facts: ApplicationFacts) -> Iterator[Finding]:
    """A student without a work was added by mistake, or the work was forgotten."""
    entered = {entry.person_id for entry in facts.entries}
    without = sum(person.role == PersonRole.STUDENT and person.id not in entered for person in facts.people)
    if without:
        yield Finding(
            "student-without-work",
            gettext_noop("Students without a work: %(count)s."),
            "entries",
            {"count": without},
            Severity.ADVICE,
        )


KIND = Kind(
    code="showcase",
    name=gettext_noop("Competition of works by students"),
    application=gettext_noop("Entry in the showcase"),
    invites=gettext_noop("Enter the showcase"),
    cycle_fields=(_CONSENT_FORMS, _LEAST_WORKS),
    fields=(_LOCAL_ROUND, _EXHIBITION),
    roles=(ParticipationRole.APPLICANT,),
    scored=True,
    prizes=True,
    entries=True,
    person_roles=(PersonRole.STUDENT, PersonRole.TEACHER, PersonRole.CONTACT),
    person_fields=(_GRADE,),
    attachment_roles=(AttachmentRole.WORK, AttachmentRole.CONSENT_FORM),
    measures=(
        Measure(gettext_noop("Works in the local round"), "works"),
        Measure(gettext_noop("Students taking part"), "people", gettext_noop("students")),
        Measure(gettext_noop("Visitors of the exhibition"), "people"),
    ),
    check=_check,
)
