"""Nobody but the entering community and the programs office ever reads who a student is.

Distinctive words are planted wherever something personal can be typed; then everything that can be reached is read.
"""

from __future__ import annotations

import logging
import re
import sys
from collections import deque
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core import mail, serializers
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter

from partnerships.choices import Role
from partnerships.models import LedgerEntry, Notice, RegisterEntry, User
from partnerships.selectors.open_data import Moment
from partnerships.services import delivery, reminders
from partnerships.services.access import Actor
from partnerships.transfer.open_data import export
from programs.choices import ConsentUse
from programs.models import Entry, Participation, Person
from programs.selectors import gallery
from programs.services import entries, people, retention
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db

#: Each is planted below; none is a word of the registry's own.
SECRETS = (
    "Zinniabel",
    "Quillfeather",
    "Hiddenham",
    "Xylopark",
    "quillmail",
    "555-0199",
    "Guardiolan",
    "grd-mail",
    "555-0177",
    "2012-06-03",
    "3 June 2012",
    "Untoldtitle",
    "Untoldstatement",
    "untold-address",
    "zinniabel-portrait",
    "Consentgivera",
    "Howgivenbya",
)
FOLLOWED = re.compile(
    r'(?:href|src)="(/[^"#]*)"|<loc>https?://[^/<]+(/[^<]*)</loc>|"(?:url|next|\w+_url)": ?"[^"/]*//[^/"]+(/[^"]*)"'
)
SEEDS = (
    "/",
    "/sitemap.xml",
    "/robots.txt",
    "/register/",
    "/register.jsonl",
    "/register.atom",
    "/data/",
    "/statistics/",
    "/search/?q=showcase",
    "/programs/",
    "/api/v1/",
    "/api/v1/register/",
    "/api/v1/programs/",
    "/api/v1/participations/",
    "/api/v1/search/?q=program",
)
MOST = 160


@pytest.fixture
def clerk() -> User:
    return cast.representative(cast.jurisdiction("Irondequoit"), "Cora Clerk")


@pytest.fixture
def planted(clerk: User) -> Entry:
    """A finalist of a public application about whom everything is written down, and nothing is consented to."""
    town = clerk.representations.get().jurisdiction
    made, _pupil, entry = students.published(
        students.showcase(),
        town,
        clerk,
        given_name="Zinniabel",
        family_name="Quillfeather",
        birth_date=date(2012, 6, 3),
        town="Hiddenham",
        school="Xylopark",
        email="zq@quillmail.example",
        phone="555-0199",
        guardian_name="Guardiolan",
        guardian_email="g@grd-mail.example",
        guardian_phone="555-0177",
    )
    Entry.objects.update(title="Untoldtitle", statement="Untoldstatement", url="https://untold-address.example/")
    Participation.objects.update(state="draft")
    students.attach(made, clerk, students.photograph("zinniabel-portrait.jpg"), entry=entry)
    students.attach(made, clerk, students.photograph("zinniabel-portrait-consent.jpg", "blue"), role="consent_form")
    Participation.objects.update(state="accepted")
    consent = students.consent(
        Person.objects.get(), clerk, ConsentUse.PUBLISH_WORK, giver_name="Consentgivera", how="Howgivenbya"
    )
    people.withdraw_consent(consent_id=consent.pk, by=Actor.of(clerk))
    people.look(participation_id=made.pk, by=troupe.officer())
    entries.withdraw(entry_id=_another(made, clerk).pk, by=Actor.of(clerk))
    return Entry.objects.get(pk=entry.pk)


def _another(made: Participation, clerk: User) -> Entry:
    Participation.objects.update(state="draft")
    pupil = students.student(made, clerk, given_name="Zinniabel", family_name="Quillfeather", birth_date="2012-06-04")
    entry = students.work(made, pupil, clerk, title="Untoldtitle")
    Participation.objects.update(state="accepted")
    return entry


def leaks(said: str, asked: str = "") -> list[str]:
    """Secrets that are in a text; what was asked for comes back in the answer and tells nothing."""
    told = unescape(said).replace(asked, "").lower() if asked else unescape(said).lower()
    return [secret for secret in SECRETS if secret.lower() in told]


def body(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")


def crawl(client: Client, seeds: tuple[str, ...], stay: str = "/") -> dict[str, str]:
    """Every page that links lead to from these, up to ``MOST``."""
    waiting, found = deque(seeds), dict[str, str]()
    while waiting and len(found) < MOST:
        path = waiting.popleft()
        if path in found or not path.startswith(stay) or "logout" in path or path.startswith(("/static/", "/api/docs")):
            continue
        answer = client.get(path)
        found[path] = body(answer)
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
        waiting += [unescape(next(filter(None, groups))) for groups in FOLLOWED.findall(found[path])]
    return found


def test_no_public_page_feed_export_or_answer_knows_a_student(client: Client, planted: Entry) -> None:
    pages = crawl(client, SEEDS)
    assert len(pages) > 30
    assert any("Irondequoit" in page for page in pages.values())
    assert {path: leaks(page) for path, page in pages.items() if leaks(page)} == {}


def test_no_file_of_the_open_data_knows_a_student(planted: Entry, tmp_path: Path) -> None:
    """The row of the application is there; whoever applied in it is not."""
    folder = tmp_path / "out"
    folder.mkdir()
    export.export(folder, moment=Moment(timezone.localdate()), made_at=timezone.now())
    assert "Irondequoit" in (folder / "participations.csv").read_text(encoding="utf-8")
    for path in folder.iterdir():
        assert leaks(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize("word", ["Zinniabel", "Quillfeather", "Untoldtitle", "Hiddenham"])
def test_no_search_finds_a_student(client: Client, planted: Entry, word: str) -> None:
    for path in (f"/search/?q={word}", f"/api/v1/search/?q={word}"):
        assert leaks(body(client.get(path)).lower(), word.lower()) == []


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CLERK, Role.AUDITOR])
def test_no_page_of_other_staff_knows_a_student(planted: Entry, role: str) -> None:
    client = Client()
    client.force_login(cast.staff(role))
    ledger = "/admin/partnerships/ledgerentry/"
    direct = [
        reverse(f"admin:programs_participation_{name}", args=[planted.participation_id])
        for name in ("people", "change")
    ]
    pages = crawl(client, ("/admin/", ledger, "/admin/partnerships/notice/", *direct), stay="/admin/")
    assert len(pages) > 10
    assert {path: leaks(page) for path, page in pages.items() if leaks(page)} == {}


def test_neither_ledger_register_nor_any_message_knows_a_student(planted: Entry) -> None:
    """Whatever is kept for good, and whatever was sent."""
    delivery.deliver_due()
    reminders.run_all(timezone.now())
    for model in (LedgerEntry, RegisterEntry, Notice):
        assert model.objects.exists()
        assert leaks(serializers.serialize("json", model.objects.all())) == []
    assert leaks(" ".join(f"{letter.subject} {letter.body}" for letter in mail.outbox)) == []


def test_no_line_of_the_log_knows_a_student(
    clerk: User, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        entry = _plant_through_the_form(clerk)
        retention.erase_person(person_id=entry, by=troupe.officer(), reason="Asked for.")
    # The log of statements is Django's own and off wherever others can reach the registry.
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert lines
    assert leaks("\n".join(lines) + "".join(capfd.readouterr())) == []


def _plant_through_the_form(clerk: User) -> int:
    """As a member types it, once wrong and once right."""
    town = clerk.representations.get().jurisdiction
    made = troupe.application(students.showcase(), town, clerk)
    client = Client()
    client.force_login(clerk)
    typed = {
        "role": "student",
        "given_name": "Zinniabel",
        "family_name": "Quillfeather",
        "birth_date": "3 June 2999",
        "guardian_name": "Guardiolan",
        "phone": "555-0199",
        "country": "US",
    }
    address = reverse("application_people", args=[made.pk])
    for born in ("3 June 2999", "3 June 2012"):
        client.post(address, {**typed, "birth_date": born, "do": "add"})
    if not Person.objects.exists():
        students.student(made, clerk, given_name="Zinniabel", family_name="Quillfeather")
    return Person.objects.latest("pk").pk


def test_a_report_of_an_error_holds_neither_what_was_typed_nor_what_was_read(settings: Any) -> None:
    settings.DEBUG = False
    request = RequestFactory().post("/applications/1/people/", {"given_name": "Zinniabel"})

    def fails() -> None:
        name, pupil = "Quillfeather", {"phone": "555-0199"}
        raise RuntimeError(f"It failed for {len(name) + len(pupil)}")

    try:
        fails()
    except RuntimeError:
        reporter = ExceptionReporter(request, *sys.exc_info())
    said = "\n".join(line for line in reporter.get_traceback_text().splitlines() if "Quillfeather" not in line)
    assert "RuntimeError" in said
    frames = [value for frame in reporter.get_traceback_data()["frames"] for value in frame["vars"]]
    assert leaks(str(frames)) == []
    assert leaks(str(reporter.get_traceback_data()["filtered_POST_items"])) == []


def test_what_the_database_says_of_a_refused_row_stays_with_the_database(planted: Entry) -> None:
    """PostgreSQL quotes the row that it refuses; the operation lets none of it out."""
    with pytest.raises(Exception, match="already") as refused:
        _again(planted)
    assert leaks(str(refused.value)) == []
    assert refused.value.__cause__ is None
    assert not isinstance(refused.value, IntegrityError)


def _again(planted: Entry) -> None:
    """The same student, entered by another community."""
    other = cast.representative(cast.jurisdiction("Rochester"))
    made = troupe.application(planted.cycle, other.representations.get().jurisdiction, other)
    names = {"given_name": "Zinniabel", "family_name": "Quillfeather", "birth_date": date(2012, 6, 3)}
    students.work(made, students.student(made, other, **names), other)


def test_with_consent_the_public_sees_that_much_and_after_withdrawal_nothing(planted: Entry, clerk: User) -> None:
    consent = students.consent(planted.person, clerk, ConsentUse.PUBLISH_FIRST_NAME)
    (work,) = gallery.works_of(cycle_id=planted.cycle_id)
    assert leaks(str(work)) == ["Zinniabel"]
    people.withdraw_consent(consent_id=consent.pk, by=Actor.of(clerk))
    (work,) = gallery.works_of(cycle_id=planted.cycle_id)
    assert leaks(str(work)) == []


def test_the_gallery_asks_for_three_statements_however_many_works(
    planted: Entry, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        gallery.works_of(cycle_id=planted.cycle_id)
