"""Telling followers: what concerns them, once, in letters that end with one click."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.choices import NoticeKind
from partnerships.models import Affiliation, Agreement, Jurisdiction, Notice, RegisterEntry, Subscription
from partnerships.selectors import subscriptions as selector
from partnerships.services import delivery, followers, letters, links, merges, register, subscriptions
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)


def follow(kind: str, key: str = "", *, email: str = "fan@example.org", **values: Any) -> Subscription:
    """Somebody who has confirmed, and was told what there is."""
    values = {"language": "en", "confirmed_at": timezone.now(), "told_seq": _head(), **values}
    return Subscription.objects.create(email=email, subject_type=kind, subject_id=key, **values)


def _head() -> int:
    return RegisterEntry.objects.count()


def entry(subject: str, event: str = "affiliation.confirmed", **payload: Any) -> RegisterEntry:
    with transaction.atomic():
        return register.append(event=event, subject=subject, payload=payload or {"a": 1})


def news(**found: Any) -> list[Notice]:
    return list(Notice.objects.filter(kind=NoticeKind.FOLLOW_NEWS, **found).order_by("pk"))


@pytest.fixture
def agreement(irondequoit: Jurisdiction, poltava: Jurisdiction) -> Agreement:
    return cast.registered([irondequoit, poltava])


def test_each_follower_hears_of_an_agreement_of_theirs(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    rows = [follow("jurisdiction", str(poltava.pk)), follow("country", "US", email="us@example.org")]
    rows += [follow("everything", email="all@example.org"), follow("country", "JP", email="jp@example.org")]
    cast.registered([irondequoit, poltava])
    assert followers.tell(MONDAY) == {"told": 3}
    assert {notice.email for notice in news()} == {"fan@example.org", "us@example.org", "all@example.org"}
    assert {row.told_seq for row in Subscription.objects.all()} == {_head()}
    body = str(letters.write(news(subject_id=str(rows[0].pk))[0]).body)
    assert "about Poltava, Ukraine" in body
    assert "Agreement registered: Irondequoit – Poltava" in body
    assert "/agreements/SCI-2026-000001/" in body


def test_a_follower_of_an_affiliation_hears_of_it_and_of_its_agreements_alone(agreement: Agreement) -> None:
    follow("affiliation", "SCI-000001")
    entry("affiliations/SCI-000001")
    entry(f"agreements/{agreement.number}", "document.published")
    entry("affiliations/SCI-000002")
    entry("jurisdictions/1", "membership.term")
    followers.tell(MONDAY)
    assert [row["event"] for row in news()[0].context["news"]] == ["document.published", "affiliation.confirmed"]


def test_nothing_is_told_twice_however_often_it_is_run(agreement: Agreement) -> None:
    follow("everything")
    for _round in range(3):
        entry("affiliations/SCI-000001")
        assert followers.tell(MONDAY) == {"told": 1}
        assert followers.tell(MONDAY) == {"told": 0}
    told = [row["seq"] for notice in news() for row in notice.context["news"]]
    assert sorted(told) == list(range(_head() - 2, _head() + 1))


def test_who_follows_a_community_and_its_country_hears_once(agreement: Agreement, poltava: Jurisdiction) -> None:
    narrow = follow("jurisdiction", str(poltava.pk))
    wide = follow("country", "UA")
    follow("country", "UA", email="other@example.org")
    entry("affiliations/SCI-000001")
    assert followers.tell(MONDAY) == {"told": 2}
    assert len(news(email="fan@example.org")) == 1
    assert news(email="fan@example.org")[0].subject_id == str(narrow.pk)
    wide.refresh_from_db()
    assert wide.told_seq == _head()


def test_nobody_hears_who_has_not_confirmed() -> None:
    follow("everything", confirmed_at=None, told_seq=0)
    cast.entry()
    assert followers.tell(MONDAY) == {"told": 0}


def test_once_a_week_is_one_letter_with_what_was_recorded_before_monday() -> None:
    follow("everything", frequency="weekly", told_seq=0)
    for days in (-6, -3, 0):
        with transaction.atomic():
            register.append(event="a", subject="register", payload={"a": 1}, at=MONDAY + timedelta(days=days))
    assert followers.tell(MONDAY - timedelta(days=7)) == {"told": 0}
    assert followers.tell(MONDAY) == {"told": 1}
    assert followers.tell(MONDAY + timedelta(days=6)) == {"told": 0}
    assert [row["seq"] for row in news()[0].context["news"]] == [2, 1]
    assert followers.tell(MONDAY + timedelta(days=9)) == {"told": 1}
    assert [row["seq"] for row in news()[1].context["news"]] == [3]


def test_a_letter_lists_a_bounded_number_and_counts_the_others() -> None:
    follow("everything")
    for _each in range(followers.ROWS + 5):
        cast.entry()
    followers.tell(MONDAY)
    said = news()[0].context
    assert (len(said["news"]), said["more"], said["count"]) == (followers.ROWS, 5, followers.ROWS + 5)
    assert said["news"][0]["seq"] == _head()
    assert "5 more are not listed here" in str(letters.write(news()[0]).body)


def test_what_was_entered_together_is_news_of_all_its_communities() -> None:
    follow("country", "UA")
    follow("jurisdiction", "77", email="seventy@example.org")
    follow("country", "FR", email="fr@example.org")
    parties = [{"id": 77, "name": "A" * 300, "country": "UA"}, {"id": 78, "name": "B", "country": "US"}]
    entry("affiliations", "affiliations.entered", parties=parties)
    assert followers.tell(MONDAY) == {"told": 2}
    assert all(len(row["names"]) <= 200 for notice in news() for row in notice.context["news"])


def test_a_follower_of_a_number_that_was_merged_hears_of_the_one_that_stays(agreement: Agreement) -> None:
    kept = Affiliation.objects.get()
    other = cast.registered([cast.member(cast.jurisdiction("Rochester")), kept.second])
    gone = other.affiliations.get()
    Affiliation.objects.filter(pk=gone.pk).update(successor=kept, standing="annulled")
    follow("affiliation", gone.number)
    entry(f"affiliations/{kept.number}")
    assert followers.tell(MONDAY) == {"told": 1}


def test_followers_of_a_merged_community_follow_the_one_that_stays(osaka: Jurisdiction, registrar: Any) -> None:
    gone = cast.jurisdiction("Ōsaka-shi", "JP")
    follow("jurisdiction", str(gone.pk))
    merges.merge(gone_id=gone.pk, kept_id=osaka.pk, by=Actor.of(registrar), on=MONDAY.date(), reason="One city.")
    followers.tell(MONDAY)
    assert [row["event"] for row in news()[0].context["news"]] == ["jurisdiction.merged"]
    assert "about Osaka, Japan" in str(letters.write(news()[0]).body)


def test_the_letter_goes_out_with_what_a_mail_program_needs_to_end_it(settings: Any) -> None:
    settings.SITE_URL = "https://registry.example.org"
    row = follow("country", "JP")
    entry("affiliations", "affiliations.entered", parties=[{"id": 1, "name": "Osaka", "country": "JP"}])
    followers.tell(MONDAY)
    delivery.deliver_due()
    sent = mail.outbox[0].message()
    assert sent["To"] == "fan@example.org"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = f"https://registry.example.org/follow/stop/{links.sign(links.FOLLOW, row.pk)[:8]}"
    assert sent["List-Unsubscribe"].startswith(f"<{address}")
    assert sent["List-Unsubscribe"].endswith("/>")
    # Over the wire it may be folded between name and address, never within the address.
    assert re.search(rb"^List-Unsubscribe: ?(\n )?<https://\S+/>$", sent.as_bytes(), re.MULTILINE)


def test_the_letter_that_asks_has_no_such_header() -> None:
    now = timezone.now()
    subscriptions.ask(
        subject_type="everything", subject_id="", email="a@example.org", frequency="weekly", language="en", now=now
    )
    delivery.deliver_due()
    assert "List-Unsubscribe" not in mail.outbox[0].message()
    assert "follow the whole register" in str(mail.outbox[0].body)


def test_who_stops_gets_no_letter_that_was_owed_already() -> None:
    row = follow("everything")
    cast.entry()
    followers.tell(MONDAY)
    owed = news()[0]
    subscriptions.stop(token=links.sign(links.FOLLOW, row.pk))
    assert delivery.deliver(owed.pk).delivered == 0
    assert mail.outbox == []


def test_more_followers_and_entries_do_not_mean_more_statements(agreement: Agreement, poltava: Jurisdiction) -> None:
    def counted(people: int, entries: int) -> int:
        for number in range(people):
            follow("jurisdiction", str(poltava.pk), email=f"{people}-{number}@example.org")
        for _each in range(entries):
            entry("affiliations/SCI-000001")
        with CaptureQueriesContext(connection) as queries:
            followers.tell(MONDAY)
        return len(queries)

    few = counted(2, 2)
    assert counted(60, 60) == few
    with CaptureQueriesContext(connection) as queries:
        followers.tell(MONDAY)
    assert len(queries) <= 3
    assert few <= 24


def test_a_run_takes_followers_in_batches_and_entries_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "BATCH", 2)
    monkeypatch.setattr(selector, "CHUNK", 3)
    for number in range(5):
        follow("everything", email=f"{number}@example.org")
    for _each in range(7):
        cast.entry()
    assert followers.tell(MONDAY) == {"told": 5}
    assert {notice.context["count"] for notice in news()} == {7}
    assert followers.tell(MONDAY) == {"told": 0}


def test_after_a_flood_of_entries_the_newest_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selector, "MOST", 4)
    follow("everything")
    for _each in range(7):
        cast.entry()
    followers.tell(MONDAY)
    assert [row["seq"] for row in news()[0].context["news"]] == [7, 6, 5, 4]
