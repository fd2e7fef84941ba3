"""Forgetting people when the time for which their data may be kept is over; what was counted stays.

Of each person role, age and country stay, of each file its hash and size, of each work its category, age group and
what became of it. Names, contacts, birth dates, words, files, and what an application said that was never public go.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from partnerships.exceptions import Missing
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import AttachmentRole
from programs.kinds import kind_of
from programs.models import Attachment, Cycle, Participation, Person
from programs.rules import details
from programs.rules.instants import day_at
from programs.selectors import addresses
from programs.services import attachments, cycles, entrants, participations, publications

#: People or files that one transaction forgets.
BATCH = 200


def erase_due(now: datetime) -> dict[str, int]:
    """The periodic duty: every cycle whose time is over, and content that was taken off. A second run finds nothing."""
    by, people, files = Actor.system("retention"), 0, attachments.sweep()
    for cycle in due(now):
        counts = erase_cycle(cycle_id=cycle.pk, by=by)
        people, files = people + counts["people"], files + counts["files"]
    return {"people": people, "files": files}


def due(now: datetime) -> list[Cycle]:
    """Cycles that still hold what may be kept no longer: the last day counts in the time zone of the cycle."""
    people = Person.objects.filter(participation__cycle=OuterRef("pk"), erased_at__isnull=True)
    files = Attachment.everything.filter(participation__cycle=OuterRef("pk"), erased_at__isnull=True)
    found = Cycle.objects.filter(Exists(people) | Exists(files), retention_until__isnull=False)
    return [
        cycle
        for cycle in found.select_related("program").order_by("pk")
        if kind_of(cycle.program.kind).person_roles and _is_over(cycle.retention_until, day_at(now, cycle.time_zone))
    ]


def _is_over(until: date | None, today: date) -> bool:
    return until is not None and today > until


def erase_cycle(*, cycle_id: int, by: Actor) -> dict[str, int]:
    """Erase the personal data of a whole cycle, some people at a time; the ledger keeps how many, never whom.

    Safe to run again, also after it was interrupted. Answers counts of ``people`` and ``files``.
    """
    access.require(by, "person.erase")
    totals = {"people": 0, "files": 0}
    for counts in _batches(cycle_id, by):
        totals = {name: totals[name] + counts[name] for name in totals}
    return totals


def _batches(cycle_id: int, by: Actor) -> Iterator[dict[str, int]]:
    while counts := _erase_some(cycle_id, by):
        yield counts


@transaction.atomic
def _erase_some(cycle_id: int, by: Actor) -> dict[str, int] | None:
    """One batch; ``None`` where nothing is left."""
    register.lock()
    cycle = cycles.locked(cycle_id)
    people = list(_people(cycle)[:BATCH])
    files = list(_files(cycle)[:BATCH])
    if not people and not files:
        return None
    _erase(people, files)
    _forget_details(cycle)
    counts = {"people": len(people), "files": len(files)}
    ledger.record(subject=cycle, act="people.erased", by=by, detail=counts)
    if cycles.is_public(cycle):
        register.append(
            event="publication.changed",
            subject=addresses.of_cycle(cycle),
            payload={"program": cycle.program.slug, "cycle": cycle.slug},
        )
    return counts


def _people(cycle: Cycle) -> Any:
    found = Person.objects.select_for_update(of=("self",)).filter(participation__cycle=cycle, erased_at__isnull=True)
    return found.order_by("pk")


def _files(cycle: Cycle) -> Any:
    found = Attachment.everything.select_for_update(of=("self",)).filter(
        participation__cycle=cycle, erased_at__isnull=True
    )
    return found.order_by("pk")


def _erase(people: list[Person], files: list[Attachment]) -> None:
    """Files go first: a row never claims that something is gone which is still there."""
    for attachment in files:
        attachments.empty(attachment)
    for person in people:
        entrants.empty(person)


def _forget_details(cycle: Cycle) -> None:
    """What applications of this cycle said beside what was public: school places, who looks after guests."""
    fields = kind_of(cycle.program.kind).fields
    private = [field.name for field in fields if not field.public]
    for participation in Participation.objects.filter(cycle=cycle) if private else ():
        kept = {field.name: value for field, value in details.public(fields, participation.detail)}
        if kept != participation.detail:
            Participation.objects.filter(pk=participation.pk).update(detail=kept)


@transaction.atomic
def erase_person(*, person_id: int, by: Actor, reason: str) -> Person:
    """Forget one person before the time is over, because they or their parents ask for it.

    Their works' words and files go with them, and their consent forms. Forms of the whole application, which name
    nobody in the database, may hold them too and go as well: what others consented to stays on record. Raises
    ``Missing`` and, without a reason, ``Invalid``.
    """
    access.require(by, "person.erase")
    reason = typed.words(reason, field="reason", missing=_("Write why, without a name: it is kept in the ledger."))
    register.lock()
    found = Person.objects.filter(pk=person_id, erased_at__isnull=True).values_list("participation", flat=True).first()
    if found is None:
        raise Missing(_("There is no such person."))
    participation = participations.locked(found)
    person = Person.objects.select_for_update().get(pk=person_id)
    of_all = Q(participation=participation, role=AttachmentRole.CONSENT_FORM, person__isnull=True)
    kept = Attachment.everything.filter(erased_at__isnull=True)
    files = list(kept.filter(Q(entry__person=person) | Q(person=person) | of_all).order_by("pk"))
    _erase([person], files)
    detail = {"participation": participation.pk, "files": [one.pk for one in files]}
    ledger.record(subject=person, act="person.erased", by=by, note=reason, detail=detail)
    publications.changed(participation)
    return person


#: For ``partnerships.services.reminders``: name, what to do, and whether it is one transaction.
DUTY = ("personal data kept no longer", erase_due, False)
