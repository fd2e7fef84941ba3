"""People of an application, as the entering community and the programs office keep them, and their consents.

Nothing here puts a name, a birth date or a contact into the ledger, the register, a message or an error: acts name
people by their number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import EDITABLE_STATES, ConsentGiver, ConsentUse, EntryState, ParticipationState
from programs.kinds import kind_of
from programs.models import Attachment, Consent, Participation, Person
from programs.rules import consents as consent_rules
from programs.rules import details
from programs.rules.ages import age_on
from programs.rules.eligibility import YOUNG
from programs.selectors import facts as gather
from programs.services import attachments, entrants, identities, participations, publications, rights

MOST_PEOPLE = 300
#: What says who somebody is, and what the rules of the call look at: it stays as it was handed in.
WHO = ("role", "given_name", "family_name", "birth_date", "country")
REACH = ("town", "school", "email", "phone", "guardian_name", "guardian_email", "guardian_phone")
COLUMNS = (*WHO, *REACH)
#: Host families are found and telephone numbers change after the decision too.
OPEN_LATER = (ParticipationState.SUBMITTED, ParticipationState.FINALIST, ParticipationState.ACCEPTED)


# --- Looking


@transaction.atomic
def look(*, participation_id: int, by: Actor) -> list[Person]:
    """The people of an application with their consents (``person.open_consents``), for those who may know them.

    Each look by staff is recorded in the ledger, with the numbers of the people and never a name. Raises ``Missing``
    and ``NotAllowed``.
    """
    participation = _participation(participation_id)
    access.require(by, "person.view", rights.relations(by, participation))
    found = list(_with_consents(participation.people.filter(erased_at__isnull=True)))
    _record_view(participation, [person.pk for person in found], by)
    return found


@transaction.atomic
def look_at(*, person_id: int, by: Actor) -> Person:
    """One person, on the same terms as ``look``."""
    person = _with_consents(Person.objects.filter(pk=person_id, erased_at__isnull=True)).first()
    if person is None:
        raise Missing(_("There is no such person."))
    participation = _participation(person.participation_id)
    access.require(by, "person.view", rights.relations(by, participation))
    _record_view(participation, [person.pk], by)
    return person


def _with_consents(people: Any) -> Any:
    given = Consent.objects.filter(withdrawn_at__isnull=True)
    return people.prefetch_related(Prefetch("consents", queryset=given, to_attr="open_consents"), "forms")


def _participation(participation_id: int) -> Participation:
    found = (
        Participation.objects.select_related("cycle__program", "affiliation", "jurisdiction")
        .filter(pk=participation_id)
        .first()
    )
    if found is None:
        raise Missing(_("There is no such application."))
    return found


def _record_view(participation: Participation, people: list[int], by: Actor) -> None:
    if by.is_staff and people:
        ledger.record(subject=participation, act="people.viewed", by=by, detail={"people": people})


# --- Keeping


@transaction.atomic
def save(*, participation_id: int, values: Mapping[str, Any], by: Actor, person_id: int | None = None) -> Person:
    """Add somebody, or correct what is kept of them: columns, and ``detail`` with the fields of the kind.

    ``age`` and ``identity`` follow from the birth date. After the application was handed in, only how to reach people
    can change, and grown-ups can join. Raises ``Invalid`` with one message a field (``detail.<name>``), ``WrongState``
    and, where an entry moves to another age group, ``QuotaFull``; nothing is saved then.
    """
    participation = _open(participation_id, by)
    person = _own(participation, person_id) if person_id else Person(participation=participation)
    changed = _write(person, participation, values)
    _refuse_late(participation, person, changed)
    _count_age(person, participation)
    try:
        with transaction.atomic():
            person.save()
            entrants.follow(participation, person)
    except IntegrityError:
        # The words of the database hold the row with everything that is in it: they stop here.
        raise Invalid({"given_name": [_("This student has a piece in this competition already.")]}) from None
    _end_unfit_consents(person, participation, by)
    publications.changed(participation)
    _touch(participation)
    act = "person.corrected" if person_id else "person.added"
    ledger.record(subject=person, act=act, by=by, now=person.role, detail={"participation": participation.pk})
    return person


def _open(participation_id: int, by: Actor) -> Participation:
    register.lock()
    participation = participations.locked(participation_id)
    access.require(by, "person.edit", rights.relations(by, participation))
    if participation.state not in (*EDITABLE_STATES, *OPEN_LATER):
        raise WrongState(_("The people of this application can no longer be changed."))
    return participation


def _own(participation: Participation, person_id: int) -> Person:
    """Somebody of this application; another application's person is as good as none."""
    person = (
        Person.objects.select_for_update()
        .filter(pk=person_id, participation=participation, erased_at__isnull=True)
        .first()
    )
    if person is None:
        raise Missing(_("There is no such person."))
    return person


def _write(person: Person, participation: Participation, values: Mapping[str, Any]) -> set[str]:
    """Set the values and check them; answers the names of the columns that are different now."""
    kind = kind_of(participation.cycle.program.kind)
    errors = {name: [_("This cannot be set.")] for name in values if name not in (*COLUMNS, "detail")}
    was = {name: getattr(person, name) for name in COLUMNS}
    for name in COLUMNS:
        if name in values:
            value = values[name]
            setattr(person, name, value.strip() if isinstance(value, str) else value)
    if not person.birth_date:
        person.birth_date = None
    if person.role not in kind.person_roles:
        errors["role"] = [_("Choose from the list.")]
    if not person.given_name:
        errors["given_name"] = [_("Write the given name.")]
    kept, problems = details.clean(kind.person_fields, {**person.detail, **(values.get("detail") or {})})
    errors |= {f"detail.{name}": [_(problem.message) % problem.params] for name, problem in problems.items()}
    if person._state.adding and participation.people.count() >= MOST_PEOPLE:
        errors["__all__"] = [_("An application holds at most %(most)s people.") % {"most": MOST_PEOPLE}]
    if errors:
        raise Invalid(errors)
    person.detail = kept
    typed.check(person)
    return {name for name in COLUMNS if getattr(person, name) != was[name]}


def _refuse_late(participation: Participation, person: Person, changed: set[str]) -> None:
    if participation.state in EDITABLE_STATES:
        return
    if person._state.adding and person.role in YOUNG:
        raise WrongState(_("Students are named before the application is handed in."))
    if not person._state.adding and changed & set(WHO):
        raise WrongState(_("Who takes part stays as it was handed in; how to reach people can be changed."))


def _count_age(person: Person, participation: Participation) -> None:
    """Age and identity, as the rules of the cycle count them."""
    person.age, person.identity = None, ""
    born = person.birth_date
    if born is None:
        return
    day = gather.call(participation.cycle).ages_on or timezone.localdate()
    if born > min(day, timezone.localdate()):
        raise Invalid({"birth_date": [_("Write the day of birth: this one cannot be.")]})
    person.age = age_on(born, day)
    person.identity = identities.of(person, participation.cycle_id)


def _touch(participation: Participation) -> None:
    if participation.state in EDITABLE_STATES:
        participations.touch(participation)


@transaction.atomic
def remove(*, person_id: int, by: Actor) -> None:
    """Take somebody off an application that is not handed in, and forget them. Raises ``WrongState`` with a work.

    Where a withdrawn work or a consent form that was taken off still points at them, everything personal is emptied
    instead.
    """
    found = Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
    if found is None:
        raise Missing(_("There is no such person."))
    participation = participations.editable(found.participation_id, by)
    access.require(by, "person.edit", rights.relations(by, participation))
    person = _own(participation, person_id)
    if person.entries.exclude(state=EntryState.WITHDRAWN).exists():
        raise WrongState(_("Withdraw the work of this student first."))
    for form in person.forms.all():
        attachments.remove(attachment_id=form.pk, by=by)
    ledger.record(
        subject=person, act="person.removed", by=by, was=person.role, detail={"participation": participation.pk}
    )
    if person.entries.exists() or Attachment.everything.filter(person=person).exists():
        entrants.empty(person)
        Person.objects.filter(pk=person.pk).update(age=None)  # never took part: not in the statistics
    else:
        person.delete()
    participations.touch(participation)


# --- Consents


@transaction.atomic
def give_consent(
    *, person_id: int, use: str, given_by: str, giver_name: str, given_on: date, how: str, by: Actor
) -> Consent:
    """Record leave to use one thing of somebody in public, from whom, since when and how it was given.

    What is public follows at once. Raises ``Invalid`` with one message a field.
    """
    participation, person = _consenting(person_id, by)
    giver_name, how = giver_name.strip(), how.strip()
    errors = _refused(person, use, given_by, giver_name, given_on)
    if person.consents.filter(use=use, withdrawn_at__isnull=True).exists():
        errors["use"] = [_("This consent is recorded already.")]
    if errors:
        raise Invalid(errors)
    consent = Consent(
        person=person,
        use=use,
        given_by=given_by,
        giver_name=giver_name,
        given_on=given_on,
        how=how,
        recorded_by=by.user,
    )
    typed.check(consent)
    consent.save()
    _record_consent(participation, person, "consent.given", use, by)
    return consent


@transaction.atomic
def withdraw_consent(*, consent_id: int, by: Actor) -> Consent:
    """End a consent; what it had opened is closed at once. Raises ``WrongState`` where it had ended before."""
    found = Consent.objects.filter(pk=consent_id).first()
    if found is None:
        raise Missing(_("There is no such consent."))
    participation, person = _consenting(found.person_id, by)
    consent = Consent.objects.select_for_update().get(pk=consent_id)
    if consent.withdrawn_at is not None:
        raise WrongState(_("This consent was withdrawn already."))
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    _record_consent(participation, person, "consent.withdrawn", consent.use, by)
    return consent


def _consenting(person_id: int, by: Actor) -> tuple[Participation, Person]:
    """Lock the register's head and the application: what is public changes, and nobody else changes it meanwhile."""
    register.lock()
    person = Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
    if person is None:
        raise Missing(_("There is no such person."))
    participation = participations.locked(person.participation_id)
    access.require(by, "person.consent", rights.relations(by, participation))
    return participation, _own(participation, person_id)


def _refused(person: Person, use: str, given_by: str, giver_name: str, given_on: date) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if use not in ConsentUse.values:
        errors["use"] = [_("Choose from the list.")]
    if given_by not in ConsentGiver.values:
        errors["given_by"] = [_("Choose from the list.")]
    found = consent_rules.check(
        use=use,
        given_by=given_by,
        giver_name=giver_name,
        given_on=given_on,
        today=timezone.localdate(),
        role=person.role,
        birth_date=person.birth_date,
    )
    for finding in found:
        errors.setdefault(finding.step, [finding.text(_)])
    return errors


def _end_unfit_consents(person: Person, participation: Participation, by: Actor) -> None:
    """A corrected birth date may make a grown-up a minor, who cannot have consented alone."""
    for consent in person.consents.filter(withdrawn_at__isnull=True):
        if _refused(person, consent.use, consent.given_by, consent.giver_name, consent.given_on):
            consent.withdrawn_at = timezone.now()
            consent.save(update_fields=["withdrawn_at"])
            _record_consent(participation, person, "consent.withdrawn", consent.use, by)


def _record_consent(participation: Participation, person: Person, act: str, use: str, by: Actor) -> None:
    ledger.record(subject=person, act=act, by=by, now=use, detail={"participation": participation.pk})
    publications.changed(participation)
