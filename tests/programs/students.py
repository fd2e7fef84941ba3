"""Students, consents and works of the tests, made through the operations."""

from __future__ import annotations

import io
import itertools
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partnerships.models import Jurisdiction, User
from partnerships.services.access import Actor
from programs.choices import BandMeasure, ConsentUse, QuotaPer
from programs.models import Attachment, Consent, Cycle, Entry, Participation, Person
from programs.services import attachments, cycles, decisions, entries, participations, people
from programs.services.cycles import BandRow, CriterionRow, QuotaRow
from tests.programs import cast as troupe

_serial = itertools.count(1)
QUOTA = (QuotaPer.COMMUNITY, QuotaPer.CATEGORY, QuotaPer.AGE_GROUP)


def showcase(*, most: int = 5, per: tuple[str, ...] = QUOTA, **values: Any) -> Cycle:
    """The rules of 2026: 12 to 18 years at 1 April, two categories, two age groups, five works for each."""
    made = troupe.cycle(
        kind="showcase", announced=False, **{"age_from": 12, "age_to": 18, "ages_on": date(2026, 4, 1)} | values
    )
    by = troupe.officer()
    cycles.set_categories(cycle_id=made.pk, rows=[("art", "Art"), ("poetry", "Poetry")], by=by)
    groups = [BandRow("12 to 14", 12, 15, BandMeasure.AGE), BandRow("15 to 18", 15, 19, BandMeasure.AGE)]
    cycles.set_bands(cycle_id=made.pk, rows=groups, by=by)
    cycles.set_quotas(cycle_id=made.pk, rows=[QuotaRow(most, per)], by=by)
    cycles.set_criteria(cycle_id=made.pk, rows=[CriterionRow("Craft")], by=by)
    return cycles.announce(cycle_id=made.pk, by=by)


def student(of: Participation, by: User | Actor, **values: Any) -> Person:
    """A student of 13 on 1 April 2026 with a guardian, and a name like nobody else's."""
    number = next(_serial)
    return people.save(
        participation_id=of.pk,
        values={
            "role": "student",
            "given_name": f"Given{number}",
            "family_name": f"Family{number}",
            "birth_date": date(2012, 6, 1),
            "guardian_name": f"Guardian{number}",
            "guardian_email": f"guardian{number}@example.org",
        }
        | values,
        by=by if isinstance(by, Actor) else Actor.of(by),
    )


def work(of: Participation, person: Person, by: User | Actor, **values: Any) -> Entry:
    """A work that can be seen at an address."""
    filled = {"person_id": person.pk, "category": "art", "title": "A bridge", "url": "https://example.org/w"} | values
    actor = by if isinstance(by, Actor) else Actor.of(by)
    return entries.save(participation_id=of.pk, values=filled, by=actor)


def consent(person: Person, by: User | Actor, use: str = ConsentUse.PUBLISH_WORK, **values: Any) -> Consent:
    """Of a parent, on paper, some time ago."""
    given = {
        "given_by": "guardian",
        "giver_name": "Pat Parent",
        "given_on": date(2026, 3, 2),
        "how": "Signed form",
    } | values
    actor = by if isinstance(by, Actor) else Actor.of(by)
    return people.give_consent(person_id=person.pk, use=use, by=actor, **given)


def photograph(name: str = "photo.jpg", colour: str = "red", *, exif: bool = True) -> SimpleUploadedFile:
    """A JPEG that says where and by whom it was taken."""
    picture, buffer, said = Image.new("RGB", (60, 30), colour), io.BytesIO(), Image.Exif()
    if exif:
        said[0x013B] = "Hidden Photographer"
        said.get_ifd(0x8825).update({1: "N", 2: (49.0, 35.0, 18.0)})
    picture.save(buffer, "JPEG", exif=said)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def entered(cycle: Cycle, community: Jurisdiction, clerk: User, **values: Any) -> tuple[Participation, Person, Entry]:
    """An application with one student and one work, not handed in yet."""
    made = troupe.application(cycle, community, clerk)
    pupil = student(made, clerk, **values)
    return made, pupil, work(made, pupil, clerk)


def published(cycle: Cycle, community: Jurisdiction, clerk: User, **values: Any) -> tuple[Participation, Person, Entry]:
    """The same, handed in and accepted, its work a finalist; what is shown depends on consents."""
    made, pupil, entry = entered(cycle, community, clerk, **values)
    participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)
    officer = troupe.officer()
    decisions.accept(participation_id=made.pk, by=officer, at=troupe.DURING)
    entries.shortlist(entry_id=entry.pk, by=officer)
    return made, pupil, entry


def attach(of: Participation, by: User, upload: Any = None, role: str = "work", entry: Entry | None = None) -> Any:
    return attachments.attach(
        participation_id=of.pk,
        upload=upload or photograph(),
        role=role,
        by=Actor.of(by),
        entry_id=entry.pk if entry else None,
    )


def attach_work(entry: Entry, by: User) -> Attachment:
    """A published photograph of the work, wherever the application stands."""
    Participation.objects.filter(pk=entry.participation_id).update(state="draft")
    kept = attach(entry.participation, by, entry=entry)
    Participation.objects.filter(pk=entry.participation_id).update(state="accepted")
    return attachments.publish(attachment_id=kept.pk, public=True, by=troupe.officer())
