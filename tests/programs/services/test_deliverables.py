"""What was promised, delivered, accepted or sent back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from partnerships.choices import NoticeKind
from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import LedgerEntry, Notice, RegisterEntry, Representation
from partnerships.services.access import Actor
from partnerships.services.letters import write
from programs.models import Attachment, Deliverable, Participation
from programs.services import attachments, decisions, deliverables
from tests import cast
from tests.programs import cast as troupe
from tests.programs.students import photograph

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


@pytest.fixture
def strand() -> Participation:
    town, _partner, tie = troupe.pair()
    made = troupe.handed_in(
        troupe.cycle(kind="sevlup"), town, cast.representative(town), affiliation=tie.number, asked=Decimal(900)
    )
    return decisions.accept(participation_id=made.pk, by=troupe.officer(), at=troupe.DURING)


def promised(of: Participation, **values: object) -> Deliverable:
    return deliverables.promise(
        participation_id=of.pk, values={"title": "Video dictionary", "due_on": ON} | values, by=troupe.officer()
    )


def test_a_promise_is_kept_in_steps_and_each_is_public(strand: Participation) -> None:
    made, by = promised(strand), troupe.officer()
    deliverables.deliver(deliverable_id=made.pk, note="600 signs.", by=Actor.of(strand.submitted_by), on=ON)
    deliverables.accept(deliverable_id=made.pk, by=by, on=ON)
    events = list(RegisterEntry.objects.order_by("seq").values_list("event", flat=True))[-3:]
    assert events == ["deliverable.promised", "deliverable.delivered", "deliverable.accepted"]


def test_what_is_not_public_never_reaches_the_register(strand: Participation) -> None:
    before = RegisterEntry.objects.count()
    promised(strand, public=False)
    assert RegisterEntry.objects.count() == before


def test_what_is_sent_back_is_delivered_anew(strand: Participation) -> None:
    made, by, clerk = promised(strand), troupe.officer(), Actor.of(strand.submitted_by)
    deliverables.deliver(deliverable_id=made.pk, url="https://example.org/signs", by=clerk, on=ON)
    with pytest.raises(Invalid, match="missing"):
        deliverables.send_back(deliverable_id=made.pk, by=by, comment="")
    back = deliverables.send_back(deliverable_id=made.pk, by=by, comment="Half of it is missing.")
    assert (back.state, back.delivered_on) == ("promised", None)
    assert LedgerEntry.objects.get(act="deliverable.sent_back").note == "Half of it is missing."
    assert back.missing == "Half of it is missing."
    assert deliverables.deliver(deliverable_id=made.pk, note="All of it.", by=clerk, on=ON).missing == ""


def test_who_represents_the_community_is_told_each_time_what_is_missing(strand: Participation) -> None:
    made, by = promised(strand), troupe.officer()
    cast.representative(strand.jurisdiction, "Second Speaker")
    for _time in range(2):
        deliverables.deliver(deliverable_id=made.pk, note="x", by=Actor.of(strand.submitted_by), on=ON)
        deliverables.send_back(deliverable_id=made.pk, by=by, comment="Half <b>of</b> it is missing.")
    letters = Notice.objects.filter(kind=NoticeKind.DELIVERABLE_SENT_BACK)
    people = Representation.objects.filter(jurisdiction=strand.jurisdiction).values_list("user", flat=True)
    assert sorted(letters.values_list("user", flat=True)) == sorted([*people, *people])
    message = write(letters[0])
    assert message.subject == "Not complete yet: Video dictionary"
    assert "Half <b>of</b> it is missing." in message.body
    assert "Half &lt;b&gt;of&lt;/b&gt; it" in str(message.alternatives[0][0])
    assert f"/applications/{strand.pk}/deliverables/{made.pk}/" in message.body


def test_a_file_alone_delivers_and_stays_until_another_takes_its_place(strand: Participation) -> None:
    made, clerk, by = promised(strand), Actor.of(strand.submitted_by), troupe.officer()
    first = deliverables.deliver(deliverable_id=made.pk, upload=photograph("first.jpg"), by=clerk, on=ON).attachment
    assert first is not None
    assert (first.role, first.public, first.participation) == ("deliverable", False, strand)
    deliverables.send_back(deliverable_id=made.pk, by=by, comment="Too dark.")
    assert deliverables.deliver(deliverable_id=made.pk, note="It is night.", by=clerk, on=ON).attachment == first
    deliverables.send_back(deliverable_id=made.pk, by=by, comment="Too dark.")
    second = deliverables.deliver(deliverable_id=made.pk, upload=photograph("b.jpg", "white"), by=clerk, on=ON)
    assert second.attachment not in (None, first)


def test_what_was_delivered_is_not_taken_off_behind_the_back_of_the_office(strand: Participation) -> None:
    made, clerk = promised(strand), Actor.of(strand.submitted_by)
    kept = deliverables.deliver(deliverable_id=made.pk, upload=photograph(), by=clerk, on=ON).attachment
    assert kept is not None
    with pytest.raises(WrongState, match="part of what was delivered"):
        attachments.remove(attachment_id=kept.pk, by=clerk)
    back = deliverables.send_back(deliverable_id=made.pk, by=troupe.officer(), comment="Wrong file.")
    attachments.remove(attachment_id=kept.pk, by=clerk)
    back.refresh_from_db()
    assert back.kept_file is None
    with pytest.raises(Invalid, match="attach a file"):
        deliverables.deliver(deliverable_id=made.pk, by=clerk, on=ON)


def test_a_file_that_is_not_what_it_says_delivers_nothing(strand: Participation) -> None:
    made = promised(strand)
    fake = SimpleUploadedFile("report.pdf", b"PK\x03\x04 a ZIP", content_type="application/pdf")
    with pytest.raises(Invalid) as refused:
        deliverables.deliver(deliverable_id=made.pk, upload=fake, by=Actor.of(strand.submitted_by), on=ON)
    assert list(refused.value.errors) == ["file"]
    made.refresh_from_db()
    assert (made.state, made.attachment) == ("promised", None)
    assert not Attachment.everything.exists()


def test_nothing_is_delivered_empty_twice_or_by_strangers(strand: Participation) -> None:
    made, clerk = promised(strand), Actor.of(strand.submitted_by)
    with pytest.raises(Invalid, match="what was done"):
        deliverables.deliver(deliverable_id=made.pk, by=clerk, on=ON)
    with pytest.raises(Invalid) as refused:
        deliverables.deliver(deliverable_id=made.pk, url="javascript:alert(1)", by=clerk, on=ON)
    assert list(refused.value.errors) == ["url"]
    with pytest.raises(NotAllowed):
        deliverables.deliver(deliverable_id=made.pk, note="x", by=Actor.of(cast.person()), on=ON)
    deliverables.deliver(deliverable_id=made.pk, note="x", by=clerk, on=ON)
    with pytest.raises(WrongState, match="waits"):
        deliverables.deliver(deliverable_id=made.pk, note="x", by=clerk, on=ON)


def test_the_community_neither_promises_nor_accepts_by_itself(strand: Participation) -> None:
    made, clerk = promised(strand), Actor.of(strand.submitted_by)
    deliverables.deliver(deliverable_id=made.pk, note="x", by=clerk, on=ON)
    with pytest.raises(NotAllowed):
        deliverables.accept(deliverable_id=made.pk, by=clerk, on=ON)
    with pytest.raises(NotAllowed):
        deliverables.promise(participation_id=strand.pk, values={"title": "More"}, by=clerk)


def test_a_promise_is_changed_until_something_was_delivered(strand: Participation) -> None:
    made, by = promised(strand), troupe.officer()
    changed = {"participation_id": strand.pk, "deliverable_id": made.pk, "values": {"title": "Dictionary"}, "by": by}
    assert deliverables.promise(**changed).title == "Dictionary"
    deliverables.deliver(deliverable_id=made.pk, note="x", by=Actor.of(strand.submitted_by), on=ON)
    with pytest.raises(WrongState, match="delivered"):
        deliverables.promise(**changed)


def test_the_database_keeps_states_and_dates_together(strand: Participation) -> None:
    made = Deliverable.objects.filter(pk=promised(strand).pk)
    for wrong in (
        {"state": "delivered"},
        {"accepted_on": ON},
        {"state": "accepted", "delivered_on": ON},
        {"title": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            made.update(**wrong)
