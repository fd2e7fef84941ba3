"""Works in a competition: entered and withdrawn by the community, chosen by the programs office, one function a verb.

One piece a student in the whole competition, and the quotas of the cycle, are held by the database; here they get their
words. Prizes are given in ``services.prizes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid, Missing, NotAllowed, WrongState
from partnerships.rules.wording import gettext_noop
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import CycleState, EntryState, ParticipationState
from programs.kinds import kind_of
from programs.models import Category, Entry, Participation, Person
from programs.rules import entries as moves
from programs.rules.eligibility import YOUNG
from programs.services import entrants, participations, publications, quotas, rights

FIELDS = ("person_id", "category", "title", "statement", "url")
WORDS = ("title", "statement", "url")
#: Entries are chosen from what was handed in.
TAKEN = gettext_noop("This student has a piece in this competition already: here, or entered by another community.")
JUDGED = (ParticipationState.SUBMITTED, ParticipationState.FINALIST, ParticipationState.ACCEPTED)


@transaction.atomic
def save(*, participation_id: int, values: Mapping[str, Any], by: Actor, entry_id: int | None = None) -> Entry:
    """Enter a work, or change it while the application is not handed in.

    ``values``: ``person_id`` (a student of this application with a birth date), ``category`` (its code), ``title``,
    ``statement``, ``url``; what is left out keeps its value. Raises ``Invalid`` with one message a field, ``QuotaFull``
    where no more works of this kind are taken, ``WrongState``; nothing is saved then.
    """
    participation = participations.editable(participation_id, by)
    access.require(by, "entry.edit", rights.relations(by, participation))
    if not kind_of(participation.cycle.program.kind).entries:
        raise WrongState(_("This program takes no works."))
    entry = _own(participation, entry_id) if entry_id else Entry(participation=participation, cycle=participation.cycle)
    before = [quotas.counted(participation, entry)] if entry.pk else []
    _write(entry, participation, values)
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:
        raise Invalid({"person_id": [_(TAKEN)]}) from None  # somebody else was faster
    quotas.change(entry.cycle_id, before=before, after=[quotas.counted(participation, entry)])
    participations.touch(participation)
    act = "entry.changed" if before else "entry.entered"
    detail = {"participation": participation.pk, "person": entry.person_id}
    ledger.record(subject=entry, act=act, by=by, now=entry.category.code, detail=detail)
    return entry


def _own(participation: Participation, entry_id: int) -> Entry:
    entry = Entry.objects.select_for_update().filter(pk=entry_id, participation=participation).first()
    if entry is None:
        raise Missing(_("There is no such work."))
    if entry.state != EntryState.ENTERED:
        raise WrongState(_("This work can no longer be changed."))
    return entry


def _write(entry: Entry, participation: Participation, values: Mapping[str, Any]) -> None:
    errors = {name: [_("This cannot be set.")] for name in values if name not in FIELDS}
    for name in WORDS:
        if name in values:
            setattr(entry, name, str(values[name] or "").strip())
    errors |= _choose_person(entry, participation, values) | _choose_category(entry, participation, values)
    if not entry.title:
        errors["title"] = [_("Give the work a title.")]
    if not errors and _is_taken(entry):
        errors["person_id"] = [_(TAKEN)]
    if errors:
        raise Invalid(errors)
    typed.check(entry)


def _is_taken(entry: Entry) -> bool:
    others = Entry.objects.filter(cycle=entry.cycle, identity=entry.identity).exclude(pk=entry.pk)
    return others.exclude(state=EntryState.WITHDRAWN).exists()


def _choose_person(entry: Entry, participation: Participation, values: Mapping[str, Any]) -> dict[str, list[str]]:
    if "person_id" in values or entry.person_id is None:
        wanted = str(values.get("person_id") or "")
        students = Person.objects.filter(participation=participation, role__in=YOUNG, erased_at__isnull=True)
        person = students.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 19 else None
        if person is None:
            return {"person_id": [_("Choose a student of this application.")]}
        entry.person = person
    if not entry.person.identity:
        return {"person_id": [_("Enter the birth date of this student first.")]}
    entry.identity = entry.person.identity
    try:
        entry.age_group = entrants.age_group(participation.cycle, entry.person)
    except Invalid as refused:
        return refused.errors
    return {}


def _choose_category(entry: Entry, participation: Participation, values: Mapping[str, Any]) -> dict[str, list[str]]:
    if "category" in values or entry.category_id is None:
        category = Category.objects.filter(cycle=participation.cycle, code=str(values.get("category") or "")).first()
        if category is None:
            return {"category": [_("Choose from the list.")]}
        entry.category = category
    return {}


@transaction.atomic
def withdraw(*, entry_id: int, by: Actor, comment: str = "") -> Entry:
    """Take a work out of the competition, also after it was handed in; its place and its student are free again.

    Raises ``WrongState`` for a winner, whose prize has to be taken back first.
    """
    entry, participation, was = _begin(entry_id, "withdraw", by)
    comment = typed.words(comment, field="comment")
    quotas.change(entry.cycle_id, before=[quotas.counted(participation, entry)])
    return _finish(entry, participation, "withdraw", was, comment, by)


@transaction.atomic
def forward(*, entry_id: int, by: Actor, comment: str = "") -> Entry:
    """Staff: it was chosen in the local round."""
    return _decide(entry_id, "forward", by, comment)


@transaction.atomic
def shortlist(*, entry_id: int, by: Actor, comment: str = "") -> Entry:
    """Staff: it is a finalist; public once its application is, as far as consent allows."""
    return _decide(entry_id, "shortlist", by, comment)


@transaction.atomic
def not_selected(*, entry_id: int, by: Actor, comment: str = "") -> Entry:
    """Staff: it goes no further."""
    return _decide(entry_id, "not_selected", by, comment)


@transaction.atomic
def reconsider(*, entry_id: int, by: Actor, comment: str) -> Entry:
    """Staff: what was decided about it was a slip; it stands as entered again. Why is written down."""
    return _decide(entry_id, "reconsider", by, comment)


def locked(entry_id: int) -> tuple[Entry, Participation]:
    """The work and its application for this transaction alone, the application first as everywhere.

    Raises ``Missing``.
    """
    found = Entry.objects.filter(pk=entry_id).values_list("participation", flat=True).first()
    if found is None:
        raise Missing(_("There is no such work."))
    participation = participations.locked(found)
    rows = Entry.objects.select_for_update(of=("self",)).select_related("category", "age_group", "person")
    return rows.get(pk=entry_id), participation


def _begin(entry_id: int, move: str, by: Actor) -> tuple[Entry, Participation, str]:
    """Lock, permission and state; answers the work, its application and the state that was."""
    register.lock()
    entry, participation = locked(entry_id)
    related = rights.relations(by, participation)
    row = moves.MOVES[move]
    access.require(by, "entry.decide" if row.by_staff else "entry.edit", related)
    if row.by_staff and "conflict" in related:
        raise NotAllowed(_("You represent one of the parties; somebody else has to decide."))
    was, entry.state = entry.state, moves.after(entry.state, move)
    return entry, participation, was


def _decide(entry_id: int, move: str, by: Actor, comment: str) -> Entry:
    entry, participation, was = _begin(entry_id, move, by)
    if participation.cycle.state == CycleState.CANCELLED:
        raise WrongState(_("This cycle was cancelled; nothing is decided in it any more."))
    if participation.state not in JUDGED:
        raise WrongState(_("Works are chosen once their application was handed in."))
    missing = _("Write why.") if moves.MOVES[move].comment_required else ""
    return _finish(entry, participation, move, was, typed.words(comment, field="comment", missing=missing), by)


def _finish(entry: Entry, participation: Participation, move: str, was: str, comment: str, by: Actor) -> Entry:
    entry.save(update_fields=["state"])
    detail = {"participation": participation.pk}
    ledger.record(
        subject=entry, act=moves.MOVES[move].past, by=by, was=was, now=entry.state, note=comment, detail=detail
    )
    if {was, entry.state} & set(moves.PUBLIC):
        publications.entry_moved(participation, entry)
    return entry
