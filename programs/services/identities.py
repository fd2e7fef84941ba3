"""Digests that find one student twice in a competition, with a key of their own, and giving all of them a new one.

The key comes from ``IDENTITY_KEY``; without that setting from ``SECRET_KEY``. A digest under another key matches none,
so a new key comes with ``renew``, which works all of them out again from what is kept of the people.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from partnerships.services import ledger
from partnerships.services.access import Actor
from programs.choices import EntryState
from programs.models import Cycle, Entry, Person
from programs.rules import identity
from programs.services import cycles


def of(person: Person, competition: int) -> str:
    """The digest of somebody in the competition of a cycle; empty without a birth date."""
    if person.birth_date is None:
        return ""
    return identity.digest(
        key=_key(),
        competition=competition,
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.birth_date,
    )


def _key() -> bytes:
    """A key of its own for each registry, which nobody can work out from the database."""
    secret = settings.IDENTITY_KEY or settings.SECRET_KEY
    return salted_hmac("programs.people.identity", "key", secret=secret, algorithm="sha256").digest()


@dataclass
class Renewed:
    """How many people have another digest now, and the works that turned out to be second ones of a student."""

    people: int = 0
    doubles: list[int] = field(default_factory=list)


def renew(*, by: Actor) -> Renewed:
    """Work out every digest anew, a cycle at a time; a second run changes nothing.

    Where a student was entered twice because the key had changed in between, the second work keeps its old digest and
    is named: the programs office decides. The ledger keeps counts, never whom.
    """
    done = Renewed()
    held = Cycle.objects.filter(participations__people__identity__gt="").distinct()
    for pk in list(held.order_by("pk").values_list("pk", flat=True)):
        _renew_cycle(pk, by, done)
    return done


@transaction.atomic
def _renew_cycle(cycle_id: int, by: Actor, done: Renewed) -> None:
    cycle, changed = cycles.locked(cycle_id), 0
    people = Person.objects.filter(participation__cycle=cycle, erased_at__isnull=True).exclude(identity="")
    for person in people.order_by("pk").iterator():
        new = of(person, cycle_id)
        if new == person.identity:
            continue
        try:
            with transaction.atomic():
                Person.objects.filter(pk=person.pk).update(identity=new)
                Entry.objects.filter(person=person).exclude(identity="").update(identity=new)
        except IntegrityError:
            open_works = Entry.objects.filter(person=person).exclude(state=EntryState.WITHDRAWN)
            done.doubles.extend(open_works.values_list("pk", flat=True))
        else:
            changed += 1
    if changed:
        ledger.record(subject=cycle, act="people.identities_renewed", by=by, now=changed)
    done.people += changed
