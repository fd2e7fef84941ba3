"""Letters: every kind in every language, complete, safe, and no more of a person than it needs."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.mail import EmailMultiAlternatives

from partnerships.choices import Capacity, NoticeKind, PartnerAnswer, Role
from partnerships.models import Jurisdiction, Notice, User
from partnerships.services import letters, links, members, outbox, partners, review
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db

FILING: dict[str, Any] = {
    "filing": 7,
    "parties": "Irondequoit – Poltava",
    "act": "establish",
    "kind": "sister",
    "comment": "The signed copy lacks its last page.",
    "number": "SCI-2026-000001",
}
APPLICATION: dict[str, Any] = {
    "application": 9,
    "program": "September Concert",
    "cycle": "Concerts 2026",
    "community": "Irondequoit",
    "title": "Music for peace",
    "state": "accepted",
    "comment": "Bring chairs.",
    "due": "2026-12-31",
    "days": 30,
}
CALL: dict[str, Any] = {
    "program": "September Concert",
    "cycle": "Concerts 2026",
    "communities": "Irondequoit, Rochester",
    "closes": "2026-08-31",
    "days": 14,
    "drafts": 1,
}
CONFIRMATION: dict[str, Any] = {
    "confirmation": 6,
    "number": "SCI-000001",
    "parties": "Irondequoit – Poltava",
    "community": "Poltava",
    "comment": "The mayor signed a day later.",
}
#: One example of what services queue for each kind.
EXAMPLES: dict[str, dict[str, Any]] = {
    **{kind: FILING for kind in NoticeKind.values if kind.startswith("filing_")},
    NoticeKind.FILING_WAITS_LONG: {**FILING, "days": 15},
    **{kind: APPLICATION for kind in NoticeKind.values if kind.startswith(("application_", "report_"))},
    NoticeKind.DELIVERABLE_SENT_BACK: {**APPLICATION, "deliverable": 4, "promised": "Video dictionary"},
    **{kind: CALL for kind in NoticeKind.values if kind.startswith("call_")},
    NoticeKind.INTEREST_EXPRESSED: {
        "community": "Osaka",
        "jurisdiction": 4,
        "partner": "Irondequoit, New York, United States of America",
        "name": "Rita",
        "address": "rita@example.org",
        "comment": "Our lake is your sea.",
    },
    NoticeKind.WISH_EXPIRES: {"community": "Osaka", "jurisdiction": 4, "expires": "2026-12-24"},
    NoticeKind.QUEUE_DIGEST: {
        "count": 2,
        "oldest": 9,
        "rows": [
            {"filing": 7, "parties": "Irondequoit – Poltava", "days": 9},
            {"filing": 8, "parties": "A", "days": 1},
        ],
    },
    NoticeKind.PARTNER_ASKED: {**FILING, "partner_request": 3, "community": "Poltava", "expires": "2026-12-24"},
    NoticeKind.PARTNER_ANSWERED: {**FILING, "community": "Poltava", "answer": PartnerAnswer.CONFIRMED},
    NoticeKind.CONFIRMATION_ASKED: {**CONFIRMATION, "last": "2025-11-24", "expires": "2027-02-22"},
    NoticeKind.CONFIRMATION_REQUEST: CONFIRMATION,
    NoticeKind.INVITATION: {
        "invitation": 5,
        "name": "Rita",
        "community": "Irondequoit",
        "role": "",
        "expires": "2026-12-08",
    },
    NoticeKind.FOLLOW_ASKED: {
        "subscription": 6,
        "follows": {"type": "country", "id": "JP", "name": "", "country": "JP"},
        "frequency": "weekly",
        "expires": "2026-12-01",
    },
    NoticeKind.FOLLOW_NEWS: {
        "subscription": 6,
        "follows": {"type": "jurisdiction", "id": "3", "name": "Osaka", "country": "JP"},
        "page": "/jurisdictions/3-osaka/",
        "count": 22,
        "more": 20,
        "news": [
            {
                "seq": 8,
                "event": "agreement.registered",
                "names": "Osaka – San Francisco",
                "path": "/agreements/SCI-2026-000001/",
                "on": "2026-11-24",
            },
            {"seq": 7, "event": "register.recounted", "names": "", "path": "", "on": "2026-11-23"},
        ],
    },
    NoticeKind.ACCESS_REQUESTED: {"name": "Sam Stranger", "community": "Irondequoit"},
    NoticeKind.ACCESS_REFUSED: {"name": "Sam Stranger", "community": "Irondequoit", "comment": "No proof was given."},
}
LANGUAGES = [code for code, _name in django_settings.LANGUAGES]


def notice(kind: str, *, to: User | str = "clerk@example.org", language: str = "en", **context: Any) -> Notice:
    made = outbox.enqueue(
        kind=kind, key=f"test:{kind}", to=to, language=language, context={**EXAMPLES[kind], **context}
    )
    assert made is not None
    return Notice.objects.select_related("user").get(pk=made.pk)


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


@pytest.fixture
def missing_values_show(settings: Any) -> None:
    template = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**template, "OPTIONS": {**template["OPTIONS"], "string_if_invalid": "MISSING«%s»"}}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NoticeKind.values)
@pytest.mark.usefixtures("missing_values_show")
def test_every_kind_can_be_written_in_every_language(kind: str, language: str) -> None:
    message = letters.write(notice(kind, language=language))
    assert message.subject
    for text in (message.subject, str(message.body), html_of(message)):
        assert "MISSING" not in text
        assert "{{" not in text
        assert "None" not in text
    assert message.alternatives[0][1] == "text/html"


@pytest.mark.parametrize("kind", NoticeKind.values)
def test_every_letter_leads_somewhere_and_says_why_it_came(kind: str) -> None:
    message = letters.write(notice(kind))
    address = re.search(r"^http\S+$", str(message.body), re.MULTILINE)
    assert address
    assert address[0].startswith("http://127.0.0.1:8000/")
    assert f'href="{address[0]}"' in html_of(message)
    assert "You receive this message because" in str(message.body)


@pytest.mark.parametrize("kind", NoticeKind.values)
def test_text_and_html_say_the_same(kind: str) -> None:
    message = letters.write(notice(kind))
    html = re.sub(r"<(head|style).*?</\1>", " ", html_of(message), flags=re.DOTALL)
    shown = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    for line in filter(None, str(message.body).splitlines()):
        sentence = line.removeprefix("- ").partition(": ")[0] if ": " in line else line
        if not sentence.strip().startswith(("http", "--")) and sentence != "Affiliation":
            assert " ".join(sentence.split()).rstrip(":") in shown


def test_the_page_about_notices_names_every_kind() -> None:
    page = (django_settings.BASE_DIR / "docs" / "notices.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)`", page, re.MULTILINE)) == set(NoticeKind.values)


def test_links_are_signed_when_the_letter_is_written() -> None:
    invited = re.search(r"/account/invitation/([^/\s]+)/", str(letters.write(notice(NoticeKind.INVITATION)).body))
    asked = re.search(r"/partner/([^/\s]+)/", str(letters.write(notice(NoticeKind.PARTNER_ASKED)).body))
    assert invited is not None
    assert asked is not None
    assert links.read(links.INVITATION, invited[1]) == 5
    assert links.read(links.PARTNER, asked[1]) == 3
    assert not any(token in str(row) for row in Notice.objects.values() for token in (invited[1], asked[1]))


def test_a_language_of_the_registry_leads_to_pages_in_it(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("uk", "Ukrainian")]
    message = letters.write(notice(NoticeKind.PARTNER_ASKED, language="uk"))
    assert "http://127.0.0.1:8000/uk/partner/" in str(message.body)
    assert message.extra_headers["Content-Language"] == "uk"


def test_a_language_that_the_registry_does_not_speak_falls_back() -> None:
    message = letters.write(notice(NoticeKind.PARTNER_ASKED, language="xx-unknown"))
    assert "http://127.0.0.1:8000/partner/" in str(message.body)
    assert message.extra_headers["Content-Language"] == "en"


def test_what_people_typed_never_becomes_a_header_or_a_tag() -> None:
    hostile = "Poltava\r\nBcc: all@example.org\n\n<script>alert(1)</script>"
    message = letters.write(notice(NoticeKind.FILING_RECEIVED, parties=hostile))
    assert message.subject == "Received: Poltava Bcc: all@example.org <script>alert(1)</script>"
    assert message.message()["Bcc"] is None
    assert "<script>" not in html_of(message)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html_of(message)


def test_plain_text_is_plain_and_long_subjects_are_cut() -> None:
    message = letters.write(notice(NoticeKind.FILING_RETURNED, comment="Smith & Sons' copy", parties="é" * 400))
    assert "Smith & Sons' copy" in str(message.body)
    assert len(message.subject) == letters.SUBJECT_LENGTH


def test_a_machine_says_that_it_is_one_and_the_sender_is_the_registry(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Registry <registry@example.org>"
    headers = letters.write(notice(NoticeKind.FILING_TAKEN)).message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["From"] == "Registry <registry@example.org>"
    assert headers["To"] == "clerk@example.org"


def test_the_same_notice_has_the_same_message_id_and_no_other_has_it(settings: Any) -> None:
    settings.SITE_URL = "https://registry.example.org"
    one, other = notice(NoticeKind.FILING_TAKEN), notice(NoticeKind.FILING_REJECTED)
    first = letters.write(one).message()["Message-ID"]
    assert letters.write(Notice.objects.get(pk=one.pk)).message()["Message-ID"] == first
    assert re.fullmatch(rf"<notice-{one.pk}\.\d+@registry\.example\.org>", first)
    assert letters.write(other).message()["Message-ID"] != first


def test_staff_are_led_to_the_review_and_representatives_to_their_filing(registrar: User, stranger: User) -> None:
    to_staff = letters.write(notice(NoticeKind.PARTNER_ANSWERED, to=registrar))
    assert "/admin/partnerships/filing/7/change/" in str(to_staff.body)
    Notice.objects.all().delete()
    to_filer = letters.write(notice(NoticeKind.PARTNER_ANSWERED, to=stranger))
    assert "http://127.0.0.1:8000/filings/7/" in str(to_filer.body)


def test_a_staff_invitation_names_the_role_in_words() -> None:
    message = letters.write(notice(NoticeKind.INVITATION, role=Role.PROGRAMS, community=""))
    assert "in the role: Programs officer." in str(message.body)
    assert "Dec. 8, 2026" in str(message.body)


def test_services_queue_every_value_that_the_letters_print(
    irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User, representative_of_irondequoit: User
) -> None:
    """Walks the filing's life and every other cause of a notice; the reminders have tests of their own."""
    by, today = Actor.of(registrar), date(2026, 11, 24)
    filing = cast.submitted(representative_of_irondequoit, [irondequoit, poltava])
    asked = partners.ask(
        filing_id=filing.pk, jurisdiction_id=poltava.pk, email="mayor@example.org", language="uk", by=by
    )
    partners.answer(token=links.sign(links.PARTNER, asked.pk), answer=PartnerAnswer.CONFIRMED, name="O. Mayor")
    review.take(filing_id=filing.pk, by=by)
    review.register(filing_id=filing.pk, by=by, on=today)
    review.annul(filing_id=filing.pk, by=by, on=today, reason="Entered twice.")
    members.invite_representative(email="new@example.org", jurisdiction=irondequoit, capacity=Capacity.EMPLOYEE, by=by)
    request = members.request_access(
        email="sam@example.org", name="Sam", community="Irondequoit", capacity=Capacity.EMPLOYEE, statement="Ask them."
    )
    members.refuse_access(request_id=request.pk, by=by, reason="No proof was given.")
    queued = {row.kind: row for row in Notice.objects.select_related("user")}
    assert len(queued) == 10
    for kind, row in queued.items():
        assert set(letters.LETTERS[kind].prints) <= set(row.context), kind
        assert letters.write(row).subject
    registered = str(letters.write(queued["filing_registered"]).body)
    assert "/agreements/SCI-2026-000001/" in registered
    assert "/agreements/SCI-2026-000001/certificate.pdf" in registered
    assert "/affiliations/SCI-000001/" in registered
