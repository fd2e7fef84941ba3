"""What follows for the works of a person when the person changes, and emptying a person for good."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid
from programs.choices import BandMeasure, EntryState
from programs.models import Band, Consent, Cycle, Entry, Participation, Person
from programs.rules.ages import band_of
from programs.services import quotas


def age_group(cycle: Cycle, person: Person) -> Band | None:
    """The half-open band of ages that holds the person; raises ``Invalid`` where the cycle has bands and none does."""
    bands = list(Band.objects.filter(cycle=cycle, measure=BandMeasure.AGE))
    found = band_of(person.age, bands)
    if bands and found is None:
        raise Invalid(
            {"person_id": [_("This student is %(age)s years old and fits no age group.") % {"age": person.age}]}
        )
    return found


def follow(participation: Participation, person: Person) -> None:
    """Carry identity and age group over to the person's work, and count it anew; raises ``QuotaFull``."""
    entry = Entry.objects.filter(person=person).exclude(state=EntryState.WITHDRAWN).first()
    if entry is None:
        return
    if not person.identity:
        raise Invalid({"birth_date": [_("The birth date is needed: a work of this student is entered.")]})
    before = quotas.counted(participation, entry)
    entry.identity, entry.age_group = person.identity, age_group(participation.cycle, person)
    entry.save(update_fields=["identity", "age_group"])
    quotas.change(participation.cycle_id, before=[before], after=[quotas.counted(participation, entry)])


def empty(person: Person) -> None:
    """Erase everything personal; role, age and country stay for statistics. Consents end, without names."""
    now = timezone.now()
    for name in Person.PERSONAL:
        setattr(person, name, {"birth_date": None, "detail": {}}.get(name, ""))
    person.erased_at = now
    person.save()
    Consent.objects.filter(person=person, withdrawn_at__isnull=True).update(withdrawn_at=now)
    Consent.objects.filter(person=person).update(giver_name="", how="")
    Entry.objects.filter(person=person).update(title="–", statement="", url="", identity="")
