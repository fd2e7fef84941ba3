"""An application from its first step to its submission, as members make it; programs officers may enter
one for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import Severity
from partnerships.exceptions import Invalid, Missing, Unmet, WrongState
from partnerships.models import Affiliation, Jurisdiction
from partnerships.rules.wording import gettext_noop
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import EDITABLE_STATES, PUBLIC_STATES, BandMeasure, ParticipationState
from programs.exceptions import CallNotOpen
from programs.kinds import kind_of
from programs.models import Cycle, Participation
from programs.rules import details, eligibility, findings, transitions
from programs.rules.ages import band_of
from programs.selectors import addresses
from programs.selectors import facts as gather
from programs.services import announcements, quotas, rights

COLUMNS = ("title", "summary", "asked", "role")


def locked(participation_id: int) -> Participation:
    """The application, for this transaction alone, with its cycle and parties; raises ``Missing``."""
    found = (
        Participation.objects.select_for_update(of=("self",))
        .select_related(
            "cycle__program", "jurisdiction", "affiliation__first", "affiliation__second", "category", "band"
        )
        .filter(pk=participation_id)
        .first()
    )
    if found is None:
        raise Missing(_("There is no such application."))
    return found


def check(participation: Participation, *, at: datetime) -> list[findings.Finding]:
    """What the rules find, those of every kind and those of its own; the same for pre-flight, submission and staff."""
    kind = kind_of(participation.cycle.program.kind)
    facts = gather.application(participation, timezone.localdate(at))
    asks = {"needs_affiliation": kind.needs_affiliation, "works_compete": kind.entries}
    found = list(eligibility.check(facts, at, **asks))
    step = "about"
    found += [
        findings.Finding("needed", gettext_noop("%(label)s: this is needed."), step, {"label": field.label})
        for field in details.missing(kind.fields, participation.detail)
    ]
    found += kind.check(facts)
    if participation.cycle.historical:
        # What is entered from the record says what is known; nothing is invented to fill a form.
        return [replace(one, severity=Severity.ADVICE) for one in found]
    return found


@transaction.atomic
def start(
    *, cycle_id: int, jurisdiction_id: int, by: Actor, at: datetime, role: str = "", fictional: bool = False
) -> Participation:
    """Begin an application to an open call, for a community that the actor represents (or as programs officer for it).

    A second click finds what the first one began, as long as nothing was typed into it. Raises ``CallNotOpen``, and
    ``Unmet`` with what keeps this community from answering the call.
    """
    related = frozenset({"submitter"}) if access.represents(by, [jurisdiction_id]) else frozenset()
    access.require(by, "participation.start", related)
    cycle = Cycle.objects.public().select_related("program").filter(pk=cycle_id).first()
    # Locked, so that of two clicks one waits for the other.
    community = Jurisdiction.objects.select_for_update().filter(pk=jurisdiction_id, successor__isnull=True).first()
    if cycle is None or community is None:
        raise Missing(_("There is no such call."))
    if cycle.historical:
        # What the record says is entered by staff; no call is open for it.
        access.require(by, "program.manage")
    kind, facts = kind_of(cycle.program.kind), gather.call(cycle)
    if closed := next(iter(eligibility.of_call(facts, at)), None):
        raise CallNotOpen(closed.text(_))
    known = gather.communities([community], timezone.localdate(at))[community.pk]
    blocking = findings.blocking(list(eligibility.of_community(facts, known, needs_affiliation=kind.needs_affiliation)))
    if blocking:
        raise Unmet(blocking)
    if untouched := _untouched(cycle, community, by):
        return untouched
    participation = Participation.objects.create(
        cycle=cycle,
        jurisdiction=community,
        role=role or kind.roles[0],
        fictional=fictional or cycle.fictional,
        started_by=by.user,
    )
    ledger.record(subject=participation, act="participation.started", by=by, now=participation.state)
    return participation


def _untouched(cycle: Cycle, community: Jurisdiction, by: Actor) -> Participation | None:
    """What the same person began for the same call and left empty."""
    drafts = Participation.objects.filter(cycle=cycle, jurisdiction=community, started_by=by.user)
    return drafts.filter(state=ParticipationState.DRAFT, revision=0, title="").order_by("pk").first()


def editable(participation_id: int, by: Actor) -> Participation:
    """Lock, permission and state for a change of what is applied for; used by every service that keeps a part of it."""
    participation = locked(participation_id)
    access.require(by, "participation.edit", rights.relations(by, participation))
    if participation.state not in EDITABLE_STATES:
        raise WrongState(
            _("This application can no longer be changed: it is %(state)s.")
            % {"state": participation.get_state_display().lower()}
        )
    return participation


@transaction.atomic
def save(*, participation_id: int, values: Mapping[str, Any], by: Actor) -> Participation:
    """Keep what was typed at the first step: columns, ``affiliation`` (its number), ``category`` (its code),
    ``detail``.

    ``detail`` holds the fields of the kind; those that are left out keep their value. Raises ``Invalid`` with one
    message a field (``detail.<name>`` for those of the kind); nothing is saved then.
    """
    participation = editable(participation_id, by)
    kind, errors, entered = kind_of(participation.cycle.program.kind), {}, quotas.of_participation(participation)
    for name in values:
        if name not in (*COLUMNS, "affiliation", "category", "detail"):
            errors[name] = [_("This cannot be set.")]
    for name in COLUMNS:
        if name in values:
            setattr(participation, name, values[name])
    if participation.role not in kind.roles:
        errors["role"] = [_("Choose from the list.")]
    errors |= _choose(participation, values)
    kept, problems = details.clean(kind.fields, {**participation.detail, **values.get("detail", {})})
    errors |= {f"detail.{name}": [_(problem.message) % problem.params] for name, problem in problems.items()}
    if errors:
        raise Invalid(errors)
    participation.detail = kept
    participation.band = band_of(
        participation.jurisdiction.population, participation.cycle.bands.filter(measure=BandMeasure.POPULATION)
    )
    typed.check(participation)
    # Quotas for each partner follow the affiliation that was chosen.
    quotas.change(participation.cycle_id, before=entered, after=quotas.of_participation(participation))
    return touch(participation)


def _choose(participation: Participation, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Set the affiliation and the category that are named, and say which cannot be chosen."""
    errors: dict[str, list[str]] = {}
    if "affiliation" in values:
        number = str(values["affiliation"] or "")
        found = Affiliation.objects.visible().filter(number=number).first() if number else None
        if number and (found is None or participation.jurisdiction_id not in found.party_ids):
            errors["affiliation"] = [_("Choose an affiliation of this community.")]
        participation.affiliation = found
    if "category" in values:
        code = str(values["category"] or "")
        category = participation.cycle.categories.filter(code=code).first() if code else None
        if code and category is None:
            errors["category"] = [_("Choose from the list.")]
        participation.category = category
    return errors


def touch(participation: Participation) -> Participation:
    participation.revision += 1
    participation.save()
    return participation


@transaction.atomic
def submit(*, participation_id: int, by: Actor, at: datetime) -> Participation:
    """Hand the application in. Where its kind decides nothing, what meets the rules is accepted in the same breath.

    Raises ``CallNotOpen``, ``WrongState`` (a second click, or somebody else was first) and ``Unmet`` with what is
    missing.
    """
    register.lock()
    participation = locked(participation_id)
    access.require(by, "participation.submit", rights.relations(by, participation))
    was = participation.state
    participation.state = transitions.after(transitions.PARTICIPATION, was, "submit")
    if closed := next(iter(eligibility.of_call(gather.call(participation.cycle), at)), None):
        raise CallNotOpen(closed.text(_))
    blocking = findings.blocking(check(participation, at=at))
    if blocking:
        raise Unmet(blocking)
    participation.submitted_by, participation.submitted_at = by.user, at
    touch(participation)
    entry = ledger.record(subject=participation, act="participation.submitted", by=by, was=was, now=participation.state)
    if kind_of(participation.cycle.program.kind).accepts_at_once:
        announcements.received(participation, entry, waits=False)
        return accepted_at_once(participation, by=by, at=at)
    announcements.received(participation, entry, waits=True)
    return participation


def accepted_at_once(participation: Participation, *, by: Actor, at: datetime) -> Participation:
    """What needs no decision: public from now on."""
    participation.state = transitions.after(transitions.PARTICIPATION, participation.state, "accept")
    participation.decided_by_name, participation.decided_at = settings.REGISTRY_NAME[:200], at
    touch(participation)
    ledger.record(subject=participation, act="participation.accepted", by=by, now=participation.state)
    register.append(
        event="participation.accepted",
        subject=addresses.of_participation(participation),
        payload=payload(participation),
    )
    return participation


@transaction.atomic
def withdraw(*, participation_id: int, by: Actor, comment: str = "") -> Participation:
    """Take the application back; what was public of it is withdrawn in the register too."""
    register.lock()
    participation = locked(participation_id)
    access.require(by, "participation.withdraw", rights.relations(by, participation))
    comment = typed.words(comment, field="comment", most=2000)
    was = participation.state
    participation.state = transitions.after(transitions.PARTICIPATION, was, "withdraw")
    if participation.awarded is not None:
        raise WrongState(_("Money was awarded: ask the programs office to end the grant first."))
    touch(participation)
    quotas.release(participation)
    ledger.record(
        subject=participation, act="participation.withdrawn", by=by, was=was, now=participation.state, note=comment
    )
    if was in PUBLIC_STATES:
        register.append(
            event="participation.withdrawn",
            subject=addresses.of_participation(participation),
            payload={"participation": participation.pk, "state": ParticipationState.WITHDRAWN},
        )
    return participation


def payload(participation: Participation) -> dict[str, Any]:
    """The participation as the register publishes it: never a person, only communities and public words."""
    cycle, kind = participation.cycle, kind_of(participation.cycle.program.kind)
    return {
        "program": cycle.program.slug,
        "cycle": cycle.slug,
        "participation": participation.pk,
        "state": participation.state,
        "role": participation.role,
        "title": participation.title,
        "community": {"id": participation.jurisdiction_id, "name": participation.jurisdiction.name},
        "affiliation": participation.affiliation.number if participation.affiliation else None,
        "category": participation.category.code if participation.category else None,
        "detail": {field.name: value for field, value in details.public(kind.fields, participation.detail)},
        "fictional": participation.fictional,
    }
