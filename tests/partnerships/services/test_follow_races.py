"""Two at once: one confirmation, one letter. Real threads on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from partnerships.choices import NoticeKind
from partnerships.models import Notice, Subscription
from partnerships.services import followers, links, subscriptions
from tests import cast
from tests.partnerships.services.test_races import at_once, split

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def ask() -> None:
    subscriptions.ask(
        subject_type="everything", subject_id="", email="a@example.org", frequency="at_once", language="en", now=NOW
    )


def follow(email: str = "a@example.org") -> Subscription:
    return Subscription.objects.create(email=email, language="en", subject_type="everything", confirmed_at=NOW)


def test_who_asks_twice_at_once_gets_one_letter() -> None:
    won, _lost = split(at_once(*[ask] * 4))
    assert len(won) == 4
    assert Subscription.objects.count() == Notice.objects.count() == 1


def test_of_two_confirmations_the_first_counts() -> None:
    ask()
    token = links.sign_words(links.FOLLOW_ASKED, Subscription.objects.get().pk, "at_once", "en")
    won, _lost = split(at_once(*[lambda: subscriptions.confirm(token=token, now=NOW)] * 2))
    assert len(won) == 2
    assert Subscription.objects.get().confirmed_at == NOW


def test_two_runs_at_once_tell_each_follower_once() -> None:
    rows = [follow(f"{number}@example.org") for number in range(30)]
    cast.entry()
    told, _lost = split(at_once(*[lambda: followers.tell(NOW)] * 4))
    assert sum(one["told"] for one in told) == len(rows)  # type: ignore[index]
    assert Notice.objects.filter(kind=NoticeKind.FOLLOW_NEWS).count() == len(rows)


def test_who_stops_while_news_are_told_is_erased_whoever_was_first() -> None:
    row = follow()
    cast.entry()
    token = links.sign(links.FOLLOW, row.pk)
    split(at_once(lambda: followers.tell(NOW), lambda: subscriptions.stop(token=token, everything=True)))
    assert not Subscription.objects.exists()
    assert not Notice.objects.exists()
