"""Student Exchange Partnership: a member sponsors a high-school student of its partner for a semester or a year."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.choices import Severity
from partnerships.rules.wording import gettext_noop
from programs.choices import AttachmentRole, ParticipationRole, PersonRole
from programs.kinds.base import Kind, Measure
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding

_LENGTHS = (("semester", gettext_noop("Semester")), ("year", gettext_noop("School year")))
_PLACEMENT = (
    ("sought", gettext_noop("Family and school are sought")),
    ("family", gettext_noop("A host family is found")),
    ("school", gettext_noop("Family and school place are confirmed")),
    ("arrived", gettext_noop("Arrived")),
    ("home", gettext_noop("Back home")),
    ("ended", gettext_noop("Ended early")),
)
_OFFERED = Detail("lengths", gettext_noop("Lengths offered"), "choices", required=True, choices=_LENGTHS)
_LENGTH = Detail("length", gettext_noop("Length of the stay"), "choice", required=True, choices=_LENGTHS)
_SPONSORSHIP = Detail(
    "sponsorship",
    gettext_noop("How the community sponsors the student"),
    "long",
    gettext_noop("Money, places, people who help. Do not name the student."),
    required=True,
)
_FAMILY = Detail(
    "host_family",
    gettext_noop("A host family is found or sought by the community"),
    "choice",
    required=True,
    choices=(("found", gettext_noop("Found")), ("sought", gettext_noop("Sought"))),
    public=False,
)
_SCHOOL = Detail(
    "school_place",
    gettext_noop("School that offers a place"),
    "text",
    gettext_noop("Empty while none is found. Never published."),
    public=False,
)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    students = sum(person.role == PersonRole.STUDENT for person in facts.people)
    if students != 1:
        yield Finding(
            "student",
            gettext_noop("One application nominates one student; there are %(there)s."),
            "people",
            {"there": students},
        )
    length, offered = facts.detail.get("length"), facts.call.rules.get("lengths", ())
    if length and length not in offered:
        yield Finding("length", gettext_noop("This call does not offer a stay of this length."), "about")
    if facts.community.country != facts.call.home_country and facts.call.home_country:
        yield Finding("sponsor", gettext_noop("A member of this registry's country nominates and sponsors."), "about")
    families = any(person.role == PersonRole.HOST_FAMILY for person in facts.people)
    if facts.detail.get("host_family") == "found" and not families:
        yield Finding("family", gettext_noop("Enter the host family that was found."), "people")
    if not facts.detail.get("school_place"):
        yield Finding(
            "school",
            gettext_noop("No school place is named yet; it is needed before the student can come."),
            "about",
            severity=Severity.ADVICE,
        )


KIND = Kind(
    code="student_exchange",
    name=gettext_noop("Exchange of high-school students"),
    application=gettext_noop("Nomination of a student"),
    invites=gettext_noop("Nominate a student"),
    cycle_fields=(_OFFERED,),
    fields=(_LENGTH, _SPONSORSHIP, _FAMILY, _SCHOOL),
    roles=(ParticipationRole.NOMINATOR,),
    needs_affiliation=True,
    person_roles=(PersonRole.STUDENT, PersonRole.HOST_FAMILY, PersonRole.CONTACT),
    person_fields=(
        Detail("placement", gettext_noop("Placement"), "choice", choices=_PLACEMENT, public=False),
        Detail("grade", gettext_noop("School year"), "text", public=False, most=40),
        Detail("languages", gettext_noop("Languages"), "lines", gettext_noop("One on each line."), public=False),
        Detail("needs", gettext_noop("What a host family has to know"), "long", public=False),
    ),
    attachment_roles=(AttachmentRole.PLAN, AttachmentRole.OTHER),
    deliverables=True,
    measures=(
        Measure(gettext_noop("Students placed"), "people", gettext_noop("students")),
        Measure(gettext_noop("Host families"), "families"),
    ),
    check=_check,
)
