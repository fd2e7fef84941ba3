"""``Idempotency-Key``: whoever does not know whether it worked asks again, and nothing happens twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partnerships.exceptions import KeyReused
from partnerships.models import Filing, Jurisdiction, KeptAnswer, User
from partnerships.services import kept_answers
from partnerships.services.access import Actor
from partnerships.services.kept_answers import Answer
from tests import cast
from tests.partnerships.api.writers import FILINGS, Program, faults
from tests.partnerships.services.test_races import at_once

KEY = {"Idempotency-Key": "3f2a"}


@pytest.fixture
def body(irondequoit: Jurisdiction) -> dict[str, Any]:
    return {"act": "establish", "jurisdiction": irondequoit.pk}


@pytest.fixture
def rita(representative_of_irondequoit: User) -> Program:
    return Program(representative_of_irondequoit)


def test_the_second_time_the_first_answer_comes_again(rita: Program, body: dict[str, Any]) -> None:
    first, second = (rita.post(FILINGS, body, 201, **KEY) for _ in range(2))
    assert first.json() == second.json()
    assert (first["Location"], first["ETag"]) == (second["Location"], second["ETag"])
    assert ("Idempotency-Replayed" in first, second["Idempotency-Replayed"]) == (False, "true")
    assert Filing.objects.count() == 1


def test_without_a_key_or_with_another_it_is_another_request(rita: Program, body: dict[str, Any]) -> None:
    for key in (KEY, {"Idempotency-Key": "other"}, {}, {}):
        rita.post(FILINGS, body, 201, **key)
    assert Filing.objects.count() == 4


def test_a_key_stands_for_one_request(rita: Program, body: dict[str, Any]) -> None:
    made = rita.post(FILINGS, body, 201, **KEY).json()
    assert "used for another request" in rita.post(FILINGS, {**body, "act": "end"}, 422, **KEY).json()["detail"]
    rita.post(f"{FILINGS}{made['id']}/withdraw/", None, 422, **KEY)
    assert Filing.objects.get().state == "draft"


def test_keys_of_others_are_others(rita: Program, body: dict[str, Any], irondequoit: Jurisdiction) -> None:
    rita.post(FILINGS, body, 201, **KEY)
    Program(cast.representative(irondequoit)).post(FILINGS, body, 201, **KEY)
    assert Filing.objects.count() == 2


def test_what_was_refused_may_be_tried_again(rita: Program, body: dict[str, Any]) -> None:
    made = rita.post(FILINGS, body, 201).json()
    path = f"{FILINGS}{made['id']}/submit/"
    assert faults(rita.post(path, None, 422, **KEY))
    assert not KeptAnswer.objects.exists()
    assert faults(rita.post(path, None, 422, **KEY))


def test_a_file_is_attached_once(rita: Program, body: dict[str, Any]) -> None:
    made = rita.post(FILINGS, body, 201).json()
    path = f"{FILINGS}{made['id']}/documents/"
    answers = [rita.post(path, {"file": cast.pdf("same"), "role": "resolution"}, 201, **KEY) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(answers[1].json()["documents"]) == 1
    rita.post(path, {"file": cast.pdf("other"), "role": "resolution"}, 422, **KEY)


@pytest.mark.parametrize("key", ["", "a" * 256, "é", "a\tb"])
def test_a_key_that_is_none_is_named(rita: Program, body: dict[str, Any], key: str) -> None:
    assert faults(rita.post(FILINGS, body, 400, **{"Idempotency-Key": key})) == {"Idempotency-Key": "invalid"}


@pytest.mark.django_db
def test_after_a_day_the_key_is_free_again() -> None:
    by, now, made = Actor.of(cast.person()), timezone.now(), []

    def once(request: str, at: Any) -> Answer:
        return kept_answers.once(
            by=by, key="k", request=request, now=at, make=lambda: made.append(1) or Answer(200, str(len(made)), {})
        )

    assert once("a" * 64, now).body == "1"
    assert once("a" * 64, now + timedelta(hours=23, minutes=59)).body == "1"
    with pytest.raises(KeyReused):
        once("b" * 64, now)
    assert once("b" * 64, now + timedelta(hours=24)).body == "2"
    assert kept_answers.sweep(now + timedelta(hours=47)) == {"forgotten": 0}
    assert kept_answers.sweep(now + timedelta(hours=48)) == {"forgotten": 1}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_does_it_and_all_get_its_answer() -> None:
    town = cast.member(cast.jurisdiction("Irondequoit"))
    program = Program(cast.representative(town))
    body = {"act": "establish", "jurisdiction": town.pk}
    answers = at_once(*[lambda: program.post(FILINGS, body, 201, **KEY) for _ in range(4)])
    assert len({answer.json()["id"] for answer in answers}) == 1  # type: ignore[attr-defined]
    assert Filing.objects.count() == 1
