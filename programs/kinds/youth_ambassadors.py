"""Youth Ambassador Program: a cohort of delegations by country, students with adult mentors, legs with hosts."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.rules.wording import gettext_noop
from programs.choices import ActivityKind, AttachmentRole, ParticipationRole, PersonRole
from programs.kinds.base import Kind, Measure
from programs.rules.ages import age_on
from programs.rules.details import Detail
from programs.rules.eligibility import OF_AGE
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding

_CYCLE = (
    Detail(
        "delegation_countries",
        gettext_noop("Countries that send delegations"),
        "countries",
        gettext_noop("Two-letter codes, such as CA MX US."),
        required=True,
    ),
    Detail("weeks", gettext_noop("Length of the exchange in weeks"), "integer", least=1, most=52),
    Detail("least_students", gettext_noop("Students in one delegation, at least"), "integer", least=1, most=200),
    Detail("most_students", gettext_noop("Students in one delegation, at most"), "integer", least=1, most=200),
    Detail("students_per_mentor", gettext_noop("Students for whom one mentor is enough"), "integer", least=1, most=100),
    Detail("themes", gettext_noop("Themes of the cohort"), "lines", gettext_noop("One on each line.")),
)
_FIELDS = (
    Detail("themes", gettext_noop("Themes of interest"), "lines", gettext_noop("One on each line.")),
    Detail("weeks_offered", gettext_noop("Weeks for which a host can receive"), "integer", least=1, most=52),
    Detail("places_offered", gettext_noop("Places that a host can offer"), "integer", least=1, most=500),
    Detail(
        "follow_on",
        gettext_noop("What the delegation means to do at home afterwards"),
        "long",
        gettext_noop("An idea for a project. Name no student."),
    ),
)


def _check(facts: ApplicationFacts) -> Iterator[Finding]:
    if facts.role == ParticipationRole.HOST:
        yield from _of_host(facts)
    else:
        yield from _of_delegation(facts)


def _of_host(facts: ApplicationFacts) -> Iterator[Finding]:
    if not facts.detail.get("places_offered"):
        yield Finding("places", gettext_noop("Say how many places can be offered."), "about")


def _of_delegation(facts: ApplicationFacts) -> Iterator[Finding]:
    rules = facts.call.rules
    if facts.community.country not in rules.get("delegation_countries", ()):
        yield Finding(
            "country",
            gettext_noop("Delegations come from: %(countries)s."),
            "about",
            {"countries": ", ".join(rules.get("delegation_countries", ()))},
        )
    students = sum(person.role == PersonRole.STUDENT for person in facts.people)
    least, most = rules.get("least_students", 1), rules.get("most_students")
    if students < least or (most is not None and students > most):
        yield Finding(
            "students",
            gettext_noop("Students in the delegation: %(there)s. There have to be %(least)s to %(most)s."),
            "people",
            {"there": students, "least": least, "most": most or "–"},
        )
    yield from _mentors(facts, students)


def _mentors(facts: ApplicationFacts, students: int) -> Iterator[Finding]:
    """Grown-ups on the day on which ages are counted, and enough of them."""
    mentors = [person for person in facts.people if person.role == PersonRole.MENTOR]
    needed = max(1, -(-students // facts.call.rules.get("students_per_mentor", max(1, students))))
    if len(mentors) < needed:
        yield Finding(
            "mentors",
            gettext_noop("Adult mentors: %(there)s. At least %(needed)s are needed."),
            "people",
            {"there": len(mentors), "needed": needed},
        )
    day = facts.call.ages_on
    for mentor in mentors:
        if mentor.birth_date is None:
            yield Finding("mentor-age", gettext_noop("The birth date of each mentor is needed."), "people")
        elif day is not None and mentor.birth_date <= day and age_on(mentor.birth_date, day) < OF_AGE:
            yield Finding("mentor-age", gettext_noop("A mentor has to be of age."), "people")


KIND = Kind(
    code="youth_ambassadors",
    name=gettext_noop("Exchange of young people"),
    application=gettext_noop("Delegation or offer to host"),
    invites=gettext_noop("Send a delegation or offer to host"),
    cycle_fields=_CYCLE,
    fields=_FIELDS,
    roles=(ParticipationRole.DELEGATION, ParticipationRole.HOST),
    person_roles=(PersonRole.STUDENT, PersonRole.MENTOR, PersonRole.HOST_FAMILY, PersonRole.CONTACT),
    person_fields=(
        Detail("languages", gettext_noop("Languages"), "lines", gettext_noop("One on each line."), public=False),
        Detail("needs", gettext_noop("What hosts have to know (health, food)"), "long", public=False),
    ),
    activity_kinds=(ActivityKind.LEG, ActivityKind.SESSION, ActivityKind.FOLLOW_ON),
    activity_fields=(Detail("theme", gettext_noop("Theme"), "text"),),
    attachment_roles=(AttachmentRole.PLAN, AttachmentRole.PHOTOGRAPH),
    deliverables=True,
    measures=(
        Measure(gettext_noop("Students taking part"), "people", gettext_noop("students")),
        Measure(gettext_noop("Mentors taking part"), "people", gettext_noop("mentors")),
        Measure(gettext_noop("Follow-on projects"), "projects"),
    ),
    check=_check,
)
