"""Following by mail: confirmed from the mailbox, private, forgotten when it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from partnerships.choices import Frequency, NoticeKind, NoticeState
from partnerships.exceptions import Invalid, Missing
from partnerships.models import Jurisdiction, LedgerEntry, Notice, RegisterEntry, Subscription
from partnerships.services import letters, links, outbox, subscriptions
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def ask(email: str = "fan@example.org", kind: str = "country", key: str = "JP", **said: Any) -> None:
    said = {"frequency": "at_once", "language": "en", "now": NOW, **said}
    subscriptions.ask(subject_type=kind, subject_id=key, email=email, **said)


def token_of(row: Subscription, frequency: str = "at_once") -> str:
    return links.sign_words(links.FOLLOW_ASKED, row.pk, frequency, "en")


def following(**said: Any) -> Subscription:
    ask(**said)
    return subscriptions.confirm(token=token_of(Subscription.objects.latest("pk")), now=NOW)


def stop_token(row: Subscription) -> str:
    return links.sign(links.FOLLOW, row.pk)


def test_nothing_is_followed_before_the_letter_is_answered() -> None:
    ask(frequency="weekly")
    row = Subscription.objects.get()
    assert row.confirmed_at is None
    letter = Notice.objects.get()
    assert (letter.kind, letter.email) == (NoticeKind.FOLLOW_ASKED, "fan@example.org")
    body = str(letters.write(letter).body)
    token = body.partition("/follow/confirm/")[2].partition("/")[0]
    subscriptions.confirm(token=token, now=NOW)
    row.refresh_from_db()
    assert (row.confirmed_at, row.frequency) == (NOW, Frequency.WEEKLY)


def test_who_follows_is_told_of_nothing_that_came_before() -> None:
    cast.entry()
    assert following().told_seq == 1


def test_a_second_confirmation_changes_nothing() -> None:
    row = following()
    cast.entry()
    subscriptions.confirm(token=token_of(row), now=NOW + DAY)
    row.refresh_from_db()
    assert (row.confirmed_at, row.told_seq) == (NOW, 0)


def test_asking_again_sends_the_same_letter_whether_or_not_it_is_followed() -> None:
    following()
    ask(email="other@example.org")
    for email in ("fan@example.org", "other@example.org"):
        ask(email=email, now=NOW + DAY)
        kinds = Notice.objects.filter(email=email).values_list("kind", flat=True)
        assert list(kinds) == [NoticeKind.FOLLOW_ASKED] * 2
    assert Subscription.objects.count() == 2


def test_asking_again_changes_nothing_of_what_is_followed_before_the_letter_is_answered() -> None:
    row = following()
    ask(frequency="weekly", now=NOW + DAY)
    row.refresh_from_db()
    assert row.frequency == Frequency.AT_ONCE
    subscriptions.confirm(token=token_of(row, "weekly"), now=NOW + DAY)
    row.refresh_from_db()
    assert row.frequency == Frequency.WEEKLY


def test_a_double_click_sends_one_letter() -> None:
    ask()
    ask(email=" FAN@example.org ")
    assert Notice.objects.count() == Subscription.objects.count() == 1


def test_addresses_are_in_neither_the_register_nor_the_ledger() -> None:
    subscriptions.stop(token=stop_token(following()))
    assert not RegisterEntry.objects.exists()
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    ("kind", "key"),
    [("country", "QQ"), ("country", "jp"), ("jurisdiction", "1"), ("affiliation", "SCI-999999"), ("affiliation", "")],
)
def test_what_does_not_exist_cannot_be_followed(kind: str, key: str) -> None:
    with pytest.raises(Missing):
        ask(kind=kind, key=key)
    assert not Notice.objects.exists()


def test_a_community_that_was_merged_or_is_not_accepted_cannot_be_followed(osaka: Jurisdiction) -> None:
    gone, new = cast.jurisdiction("Ōsaka", "JP", successor=osaka), cast.jurisdiction("Sakai", "JP", provisional=True)
    for community in (gone, new):
        with pytest.raises(Missing):
            ask(kind="jurisdiction", key=str(community.pk))
    ask(kind="jurisdiction", key=str(osaka.pk))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "fan"}, "email"),
        ({"email": "f\x00an@example.org"}, "email"),
        ({"email": "f" * 10_000 + "@example.org"}, "email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
        ({"frequency": "hourly"}, "frequency"),
        ({"language": "x" * 40}, "language"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(said: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(**said)
    assert set(refused.value.errors) == {field}
    assert not Subscription.objects.exists()


def test_a_link_of_another_purpose_opens_nothing() -> None:
    row = following()
    for wrong in (token_of(row), links.sign(links.PARTNER, row.pk), "nonsense", ""):
        with pytest.raises(Missing):
            subscriptions.stop(token=wrong)
    with pytest.raises(Missing):
        subscriptions.confirm(token=stop_token(row), now=NOW)


def test_stopping_erases_the_address_and_every_letter_to_it() -> None:
    row, other = following(), following(email="other@example.org")
    subscriptions.stop(token=stop_token(row))
    assert list(Subscription.objects.all()) == [other]
    assert set(Notice.objects.values_list("email", flat=True)) == {"other@example.org"}


def test_stopping_twice_is_no_mistake_and_what_has_ended_cannot_come_back() -> None:
    row = following()
    for _click in range(2):
        subscriptions.stop(token=stop_token(row))
    with pytest.raises(Missing):
        subscriptions.confirm(token=token_of(row), now=NOW)
    with pytest.raises(Missing):
        subscriptions.change(token=stop_token(row), frequency="weekly", language="en")
    assert subscriptions.read(stop_token(row)) is None


def test_one_can_be_stopped_alone_or_everything_at_once() -> None:
    for code in ("JP", "UA", "FR"):
        row = following(key=code)
    following(email="other@example.org")
    subscriptions.stop(token=stop_token(row))
    assert Subscription.objects.count() == 3
    row = Subscription.objects.filter(email="fan@example.org").latest("pk")
    subscriptions.stop(token=stop_token(row), everything=True)
    assert [one.email for one in Subscription.objects.all()] == ["other@example.org"]


def test_how_often_and_the_language_can_be_changed() -> None:
    row = following()
    subscriptions.change(token=stop_token(row), frequency="weekly", language="en")
    row.refresh_from_db()
    assert row.frequency == Frequency.WEEKLY
    with pytest.raises(Invalid):
        subscriptions.change(token=stop_token(row), frequency="never", language="en")


def test_what_nobody_confirmed_is_erased_after_a_week_with_its_letter() -> None:
    row = following(email="kept@example.org")
    ask()
    waiting, late = Subscription.objects.latest("pk"), NOW + timedelta(days=7, seconds=1)
    assert subscriptions.forget(NOW + timedelta(days=7)) == {"addresses": 0, "letters": 0}
    with pytest.raises(Missing):
        subscriptions.confirm(token=token_of(waiting), now=late)
    assert subscriptions.forget(late) == {"addresses": 1, "letters": 0}
    assert list(Subscription.objects.all()) == [row]
    assert not Notice.objects.filter(email="fan@example.org").exists()


def test_asking_again_gives_another_week() -> None:
    ask()
    ask(now=NOW + 6 * DAY)
    row = Subscription.objects.get()
    assert subscriptions.forget(NOW + 8 * DAY)["addresses"] == 0
    subscriptions.confirm(token=token_of(row), now=NOW + 8 * DAY)


def test_letters_that_went_out_are_erased_after_a_month_and_those_of_others_stay() -> None:
    following()
    outbox.enqueue(kind=NoticeKind.ACCESS_REFUSED, key="x", to="sam@example.org", context={"community": "Osaka"})
    Notice.objects.update(state=NoticeState.DELIVERED, delivered_at=NOW, created_at=NOW)
    assert subscriptions.forget(NOW + 29 * DAY)["letters"] == 0
    assert subscriptions.forget(NOW + 31 * DAY)["letters"] == 1
    assert Notice.objects.get().email == "sam@example.org"


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject_type": "everything", "subject_id": "JP"},
        {"subject_type": "country", "subject_id": ""},
        {"subject_type": "planet", "subject_id": "3"},
        {"frequency": "hourly"},
        {"told_seq": 4},
    ],
)
def test_the_database_refuses_what_must_never_be(wrong: dict[str, Any]) -> None:
    row = {"email": "a@example.org", "language": "en", "subject_type": "country", "subject_id": "JP", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(**row)


def test_the_database_refuses_to_follow_the_same_twice() -> None:
    row = {"email": "a@example.org", "language": "en", "subject_type": "country", "subject_id": "JP"}
    Subscription.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(**row)
