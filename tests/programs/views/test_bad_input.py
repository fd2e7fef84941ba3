"""What must not be typed gets a clear word at its place, is kept as it was typed, and changes nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnerships.models import Jurisdiction, User
from programs.models import Activity, Attachment, Cycle, Participation, Result
from tests import cast
from tests.programs import cast as troupe
from tests.programs.views.test_steps import CONCERT

pytestmark = pytest.mark.django_db

LONG = "x" * 10_000
RTL = "\u202egnp.exe"


@pytest.fixture
def one(desk: Client, concerts: Cycle, irondequoit: Jurisdiction, clerk: User) -> str:
    """The address of a draft for a concert."""
    made = troupe.application(concerts, irondequoit, clerk, at=concerts.opens_at)  # type: ignore[arg-type]
    return f"/applications/{made.pk}/"


@pytest.mark.parametrize("hostile", ["a\x00b", LONG, "\x07bell"], ids=["NUL", "10,000", "control"])
def test_words_that_cannot_be_kept_are_refused_at_their_field(desk: Client, one: str, hostile: str) -> None:
    answer = desk.post(f"{one}about/", {"title": hostile, "summary": "A summary."})
    assert answer.status_code == 200
    assert answer.context["form"].errors["title"]
    assert "A summary." in answer.content.decode()
    assert Participation.objects.get().summary == ""


@pytest.mark.parametrize("hostile", ["a\x00b", LONG, RTL], ids=["NUL", "10,000", "direction"])
def test_the_details_of_a_kind_are_checked_at_their_field_too(desk: Client, one: str, hostile: str) -> None:
    answer = desk.post(f"{one}activities/", {**CONCERT, "detail_performers": hostile})
    assert answer.status_code == 200
    assert answer.context["form"].errors["detail_performers"]
    assert "Town hall" in answer.content.decode()
    assert not Activity.objects.exists()


def test_signs_that_turn_the_direction_of_a_line_are_not_kept(desk: Client, one: str) -> None:
    desk.post(f"{one}about/", {"title": f"Music{RTL}"})
    assert Participation.objects.get().title == "Musicgnp.exe"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("begins", "25:99"),
        ("day", "31 February 2026"),
        ("time_zone", "Mars/Olympus"),
        ("latitude", "91"),
        ("kind", "project"),
        ("country", "XX"),
        ("host_id", "999999999999999999"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_a_concert_says_at_each_field_what_is_wrong(desk: Client, one: str, name: str, value: str) -> None:
    answer = desk.post(f"{one}activities/", {**CONCERT, name: value})
    assert answer.status_code == 200
    assert name in answer.context["form"].errors
    assert not Activity.objects.exists()


def test_an_hour_that_never_was_is_refused_at_the_time(desk: Client, one: str) -> None:
    answer = desk.post(f"{one}activities/", {**CONCERT, "day": "8 March 2026", "begins": "02:30"})
    assert "there is no such time on that day" in str(answer.context["form"].errors["begins"])


@pytest.mark.parametrize("content", [b"PK\x03\x04 a ZIP", b"", b"%PDF-1.7 cut off"], ids=["zip", "empty", "torn"])
def test_a_file_is_judged_by_its_content(desk: Client, one: str, content: bytes) -> None:
    upload = SimpleUploadedFile("photo.pdf", content, content_type="application/pdf")
    answer = desk.post(f"{one}files/", {"file": upload, "role": "photograph", "do": "add"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Attachment.objects.exists()


def test_the_same_file_twice_is_said_at_its_field(desk: Client, one: str) -> None:
    for status in (302, 200):
        answer = desk.post(f"{one}files/", {"file": cast.pdf("same"), "role": "photograph", "do": "add"})
        assert answer.status_code == status
    assert "already attached" in answer.content.decode()
    found = Attachment.objects.get()
    assert b"".join(desk.get(f"{one}files/{found.pk}/").streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    desk.post(f"{one}files/", {"do": f"remove-{found.pk}"})
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("do", ["remove-", "remove-x", "remove-999999999999999999999", "remove--1"])
def test_buttons_that_no_page_has_do_no_harm(desk: Client, one: str, do: str) -> None:
    assert desk.post(f"{one}activities/", {"do": do}).status_code in (200, 302)
    assert desk.get(f"{one}activities/999999999999/").status_code == 404
    assert desk.get(f"{one}people/").status_code == 404


def test_a_form_sent_without_a_session_stands_as_typed_after_signing_in(one: str, clerk: User) -> None:
    client = Client()
    sent = client.post(f"{one}activities/", {**CONCERT, "venue": "Мала зала"})
    back = parse_qs(urlsplit(sent.headers["Location"]).query)["next"][0]
    client.post(sent.headers["Location"], {"login": clerk.email, "password": cast.PASSWORD, "next": back})
    page: Any = client.get(back)
    assert page.context["form"]["venue"].value() == "Мала зала"
    assert "It is not saved yet" in page.content.decode()
    assert not Activity.objects.exists()


def accepted(desk: Client, one: str) -> None:
    desk.post(f"{one}activities/", CONCERT)
    assert "public from now on" in desk.post(f"{one}check/", {"then": "submit"}, follow=True).content.decode()


def test_results_are_reported_with_their_source_and_once(desk: Client, one: str) -> None:
    accepted(desk, one)
    said = {"value_0": "240", "on": "11 September 2026", "source": "Count at the door", "complete": "on"}
    early = desk.post(f"{one}report/", {**said, "on": "2200"})
    assert early.context["form"].errors["on"]
    assert desk.post(f"{one}report/", {**said, "source": ""}).context["form"].errors["source"]
    assert desk.post(f"{one}report/", {**said, "value_0": ""}).context["form"].errors["value_0"]
    assert desk.post(f"{one}report/", said).headers["Location"] == one
    again = desk.post(f"{one}report/", said)
    assert [str(row) for row in Result.objects.all()] == ["Audience: 240.00 people"]
    assert again.status_code == 200


def test_an_application_is_withdrawn_once_and_says_so(desk: Client, one: str) -> None:
    assert desk.post(f"{one}withdraw/", {"comment": "x\x00"}).status_code == 200
    assert desk.post(f"{one}withdraw/", {"comment": "Rain."}).headers["Location"] == one
    assert desk.post(f"{one}withdraw/", {"comment": "Rain."}).headers["Location"] == one
    assert "Rain." in desk.get(one).content.decode()
