"""Who may answer a call, and what an application lacks: the rules that hold for every kind of program.

``of_community`` is asked before anything is typed, so that members see why a call is not for them; ``check`` is asked
at the pre-flight and when the application is handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from partnerships.choices import Severity
from partnerships.rules.wording import gettext_noop
from programs.choices import CycleState, PersonRole
from programs.rules.ages import age_on
from programs.rules.facts import ApplicationFacts, CallFacts, CommunityFacts, TieFacts
from programs.rules.findings import Finding
from programs.rules.instants import is_open
from programs.rules.money import Sum

#: Whose age a cycle's rules speak of, and who needs a parent or guardian while under age.
YOUNG = frozenset({PersonRole.STUDENT})
OF_AGE = 18


def of_call(call: CallFacts, at: datetime) -> Iterator[Finding]:
    """Whether the call takes applications at this instant; entries from the record are not bound to its instants."""
    if call.historical:
        return
    if call.state != CycleState.ANNOUNCED:
        yield Finding("call", gettext_noop("This call is not open."))
    elif call.opens_at is not None and at < call.opens_at:
        yield Finding("call", gettext_noop("This call is not open yet."))
    elif not is_open(at, call.opens_at, call.closes_at):
        yield Finding("call", gettext_noop("This call is closed."))


def of_community(call: CallFacts, community: CommunityFacts, *, needs_affiliation: bool) -> Iterator[Finding]:
    """Why this community may not answer the call, whatever it would write."""
    if call.needs_good_standing and not community.good_standing:
        yield _standing(community, call)
    if needs_affiliation or call.needs_recognised or call.countries or call.affiliation_kind:
        yield from _ties(call, community)


def fits(call: CallFacts, tie: TieFacts) -> bool:
    """Whether an affiliation is one that the call asks for."""
    return (
        tie.in_force
        and (tie.recognised or not call.needs_recognised)
        and (not call.affiliation_kind or tie.kind == call.affiliation_kind)
        and (not call.countries or not tie.countries.isdisjoint(call.countries))
    )


def _standing(community: CommunityFacts, call: CallFacts) -> Finding:
    return Finding(
        "standing",
        gettext_noop("%(name)s is not a member in good standing today."),
        params={"name": community.name},
        severity=Severity.ADVICE if call.historical else Severity.BLOCKING,
    )


def _ties(call: CallFacts, community: CommunityFacts) -> Iterator[Finding]:
    severity = Severity.ADVICE if call.historical else Severity.BLOCKING
    if any(fits(call, tie) for tie in community.ties):
        return
    message = gettext_noop("%(name)s has no affiliation in force.")
    if call.countries and all(tie.countries.isdisjoint(call.countries) for tie in community.ties):
        message = gettext_noop("%(name)s has no affiliation with one of the countries of this call.")
    elif call.needs_recognised:
        message = gettext_noop("%(name)s has no affiliation that is recognised today and fits this call.")
    elif call.affiliation_kind:
        message = gettext_noop("%(name)s has no affiliation of the kind that this call asks for.")
    yield Finding("affiliation", message, params={"name": community.name}, severity=severity)


def check(
    facts: ApplicationFacts, at: datetime, *, needs_affiliation: bool, works_compete: bool = False
) -> Iterator[Finding]:
    """Everything that holds for each kind; what differs is added by the kind itself.

    Where works compete, each of them has the category, and the application none.
    """
    call = facts.call
    yield from of_call(call, at)
    yield from of_community(call, facts.community, needs_affiliation=needs_affiliation)
    if needs_affiliation and facts.tie is None:
        yield Finding("affiliation", gettext_noop("Choose the affiliation under which this takes place."), "about")
    if facts.tie is not None and not call.historical and not fits(call, facts.tie):
        yield Finding(
            "affiliation", gettext_noop("The affiliation chosen is not one that this call asks for."), "about"
        )
    if not facts.title:
        yield Finding("title", gettext_noop("Give it a title."), "about")
    if call.has_categories and not facts.category and not works_compete:
        yield Finding("category", gettext_noop("Choose a category."), "about")
    if call.has_population_bands and not facts.band:
        yield Finding(
            "band", gettext_noop("The population of %(name)s fits no band."), "about", {"name": facts.community.name}
        )
    yield from money(facts)
    for person in facts.people:
        if person.role in YOUNG:
            yield from of_young(facts, person.birth_date, has_guardian=person.has_guardian)


def money(facts: ApplicationFacts) -> Iterator[Finding]:
    """More than the cap of the pair, or than is left of the budget, is never asked for."""
    call, asked = facts.call, facts.asked
    if asked is None:
        return
    if call.cap_per_pair is not None and asked > call.cap_per_pair:
        most = Sum(call.cap_per_pair, call.currency)
        yield Finding("cap", gettext_noop("At most %(most)s may be asked for by one pair."), "about", {"most": most})
    if call.budget_left is not None and asked > call.budget_left:
        left = Sum(call.budget_left, call.currency)
        yield Finding("budget", gettext_noop("Only %(left)s of the budget is left."), "about", {"left": left})


def of_young(facts: ApplicationFacts, birth: date | None, *, has_guardian: bool) -> Iterator[Finding]:
    """The age of a student on the day that the call names, and a guardian for those under age."""
    call = facts.call
    if birth is None:
        yield Finding("age", gettext_noop("The birth date of each student is needed."), "people")
        return
    day = call.ages_on
    if day is None:
        return
    if birth > day:
        yield Finding("age", gettext_noop("A birth date lies in the future."), "people")
        return
    age = age_on(birth, day)
    if (call.age_from is not None and age < call.age_from) or (call.age_to is not None and age > call.age_to):
        yield Finding(
            "age",
            gettext_noop("A student is %(age)s years old on %(day)s; this call is for %(low)s to %(high)s."),
            "people",
            {"age": age, "day": day, "low": call.age_from or 0, "high": call.age_to or "–"},
        )
    if age < OF_AGE and not has_guardian:
        yield Finding("guardian", gettext_noop("Name a parent or guardian of each student under 18."), "people")
