"""Handing in what was promised: in words, as an address, as a file; read again when it was sent back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.models import LedgerEntry, User
from programs.models import Attachment, Deliverable, Participation
from programs.services import decisions, deliverables
from tests import cast
from tests.programs import cast as troupe
from tests.programs.students import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(desk: Client, clerk: User) -> Deliverable:
    """A video dictionary, promised by Irondequoit with its partner."""
    town, partner = clerk.representations.get().jurisdiction, cast.jurisdiction("Poltava", "UA")
    tie = cast.registered([town, partner]).affiliations.get()
    now = timezone.now()
    cycle = troupe.cycle(kind="sevlup", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30))
    made = troupe.handed_in(cycle, town, clerk, at=now, affiliation=tie.number)
    by = troupe.officer()
    decisions.accept(participation_id=made.pk, by=by, at=now)
    values = {"title": "Video dictionary", "text": "At least 500 signs."}
    return deliverables.promise(participation_id=made.pk, values=values, by=by)


def address(promise: Deliverable) -> str:
    return reverse("application_deliver", args=[promise.participation_id, promise.pk])


def test_a_file_is_delivered_seen_by_the_office_and_by_no_visitor(desk: Client, promise: Deliverable) -> None:
    assert "Video dictionary" in desk.get(address(promise)).text
    answer = desk.post(address(promise), {"file": photograph("signs.jpg")}, follow=True)
    assert "The programs office looks at it" in answer.text
    kept = Attachment.objects.get()
    own = reverse("application_file", args=[promise.participation_id, kept.pk])
    assert own in answer.text
    assert desk.get(own).status_code == 200
    office = Client()
    office.force_login(troupe.officer().user)
    at_desk = reverse("admin:programs_attachment_file", args=[kept.pk])
    assert at_desk in office.get(reverse("admin:programs_deliverable_change", args=[promise.pk])).text
    assert office.get(at_desk).status_code == 200
    assert LedgerEntry.objects.filter(act="attachment.viewed").count() == 1
    cycle = promise.participation.cycle
    public = reverse("participation", args=[cycle.program.slug, cycle.slug, promise.participation_id])
    assert "signs.jpg" not in Client().get(public).text
    assert f"/files/{kept.pk}/" not in Client().get(public).text


def test_what_was_sent_back_says_why_and_keeps_what_was_delivered(desk: Client, promise: Deliverable) -> None:
    desk.post(address(promise), {"note": "480 signs.", "file": photograph("signs.jpg")})
    deliverables.send_back(deliverable_id=promise.pk, by=troupe.officer(), comment="Twenty are missing.")
    page = desk.get(address(promise)).text
    for words in ("Twenty are missing.", "480 signs.", "signs.jpg"):
        assert words in page
    assert "Twenty are missing." in desk.get(reverse("application", args=[promise.participation_id])).text
    assert desk.post(address(promise), {"note": "500 signs."}).status_code == 302
    promise.refresh_from_db()
    assert (promise.state, promise.note, promise.missing) == ("delivered", "500 signs.", "")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("note", {"url": ""}),
        ("note", {"note": "a\x00b"}),
        ("note", {"note": "x" * 3001}),
        ("url", {"url": "javascript:alert(1)"}),
        ("file", {"file": SimpleUploadedFile("a.pdf", b"PK\x03\x04 a ZIP")}),
        ("file", {"file": SimpleUploadedFile("a.pdf", b"")}),
    ],
)
def test_what_cannot_be_delivered_is_said_at_its_field_and_words_stay(
    desk: Client, promise: Deliverable, field: str, typed: dict[str, object]
) -> None:
    said = {"note": "", "url": "", **typed} if field == "note" else {"note": "All 500 signs.", **typed}
    answer = desk.post(address(promise), said)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    if field != "note":
        assert "All 500 signs." in answer.text
    promise.refresh_from_db()
    assert (promise.state, Attachment.everything.count()) == ("promised", 0)


def test_a_second_click_delivers_nothing_twice(desk: Client, promise: Deliverable) -> None:
    for words in ("The programs office looks at it", "delivered already"):
        assert words in desk.post(address(promise), {"note": "Done."}, follow=True).text
    assert LedgerEntry.objects.filter(act="deliverable.delivered").count() == 1


def test_nobody_else_sees_or_delivers_what_was_promised(promise: Deliverable) -> None:
    for other in (cast.representative(cast.jurisdiction("Osaka", "JP")), cast.staff("programs")):
        stranger = Client()
        stranger.force_login(other)
        assert stranger.get(address(promise)).status_code == 404
        assert stranger.post(address(promise), {"note": "x"}).status_code == 404
    assert Client().get(address(promise)).headers["Location"].startswith("/account/login/")


def test_a_promise_of_another_application_is_not_reached_through_ones_own(
    desk: Client, promise: Deliverable, clerk: User
) -> None:
    other = Participation.objects.get(pk=promise.participation_id)
    other.pk, other.jurisdiction = None, cast.jurisdiction("Osaka", "JP")
    other.save()
    theirs = Deliverable.objects.create(participation=other, title="Theirs")
    wrong = reverse("application_deliver", args=[promise.participation_id, theirs.pk])
    assert desk.get(wrong).status_code == 404
    assert desk.post(wrong, {"note": "x"}).status_code == 404
