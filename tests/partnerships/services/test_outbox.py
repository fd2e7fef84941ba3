"""The outbox: owed once for a key, announced once for a transaction."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from partnerships.choices import NoticeKind, NoticeState
from partnerships.models import Notice, User
from partnerships.services import outbox
from partnerships.signals import outbox_filled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def announced() -> Any:
    heard: list[list[int]] = []

    def listen(notice_ids: list[int], **_sent: Any) -> None:
        heard.append(list(notice_ids))

    outbox_filled.connect(listen, weak=False)
    yield heard
    outbox_filled.disconnect(listen)


def enqueue(key: str, to: User | str = "clerk@example.org") -> Notice | None:
    facts = {"filing": 7, "parties": "Irondequoit – Poltava", "act": "establish", "kind": "sister"}
    return outbox.enqueue(kind=NoticeKind.FILING_TAKEN, key=key, to=to, context=facts)


def test_a_transaction_is_announced_once_with_all_that_it_queued(announced: list[list[int]]) -> None:
    with transaction.atomic():
        made = [enqueue("one"), enqueue("two")]
        with transaction.atomic():
            made.append(enqueue("three"))
        assert announced == []
    assert sorted(sum(announced, [])) == sorted(row.pk for row in made if row)
    assert len(announced) <= 2


def test_a_transaction_that_is_rolled_back_owes_and_announces_nothing(announced: list[list[int]]) -> None:
    with transaction.atomic():
        enqueue("one")
        transaction.set_rollback(True)
    assert (announced, Notice.objects.count()) == ([], 0)


def test_what_an_inner_step_took_back_is_not_announced(announced: list[list[int]]) -> None:
    with transaction.atomic():
        kept = enqueue("kept")
        with transaction.atomic():
            enqueue("taken back")
            transaction.set_rollback(True)
    assert kept is not None
    assert announced == [[kept.pk]]


def test_the_same_key_owes_once_to_each_person(announced: list[list[int]]) -> None:
    assert enqueue("one") is not None
    assert enqueue("one") is None
    assert enqueue("one", to="other@example.org") is not None
    assert len(announced) == 2


def test_a_listener_that_fails_harms_nobody() -> None:
    def broken(**_sent: Any) -> None:
        raise ZeroDivisionError

    outbox_filled.connect(broken, weak=False)
    try:
        enqueue("one")
    finally:
        outbox_filled.disconnect(broken)
    assert Notice.objects.get().state in NoticeState.values
