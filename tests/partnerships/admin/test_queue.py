"""The review queue: oldest first, found by what a registrar knows, as quick for a hundred filings as for three."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.choices import Act, FilingState
from partnerships.models import Filing, FilingParty, Jurisdiction, User
from partnerships.selectors import queue
from partnerships.services import filings, review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.admin.desk import address, at_the_desk

pytestmark = pytest.mark.django_db

LIST = "/admin/partnerships/filing/"


@pytest.fixture
def two(irondequoit: Jurisdiction, poltava: Jurisdiction, san_francisco: Jurisdiction, osaka: Jurisdiction) -> Any:
    """Irondequoit and Poltava handed in today; San Francisco and Osaka twenty days ago."""
    young = cast.submitted(cast.representative(irondequoit, email="rita@irondequoit.example"), [irondequoit, poltava])
    old = cast.submitted(cast.representative(san_francisco), [san_francisco, osaka], kind="friendship")
    Filing.objects.filter(pk=old.pk).update(submitted_at=timezone.now() - timedelta(days=20))
    return young, old


def _listed(client: Client, **asked: str) -> list[int]:
    answer = client.get(LIST, asked)
    assert answer.status_code == 200, answer
    return [filing.pk for filing in answer.context["cl"].result_list]


def test_the_oldest_is_first_and_says_how_long_it_waits(two: Any, registrar: User) -> None:
    young, old = two
    client = at_the_desk(registrar)
    assert _listed(client) == [old.pk, young.pk]
    text = client.get(LIST).content.decode()
    assert '<span class="waits late">20 days</span>' in text
    assert '<span class="waits">0 days</span>' in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"waiting": "14"}, ["old"]),
        ({"waiting": "30"}, []),
        ({"waiting": "nonsense"}, ["old", "young"]),
        ({"country": "JP"}, ["old"]),
        ({"country": "UA"}, ["young"]),
        ({"kind__exact": "friendship"}, ["old"]),
        ({"act__exact": "end"}, []),
        ({"historical__exact": "1"}, []),
        ({"reviewer": "me"}, []),
        ({"reviewer": "nobody"}, ["old", "young"]),
        ({"state": "registered"}, []),
        ({"state": "all"}, ["old", "young"]),
        ({"q": "大阪"}, ["old"]),
        ({"q": "полтав"}, ["young"]),
        ({"q": "rita@irondequoit"}, ["young"]),
        ({"q": "nobody"}, []),
        ({"country": "J\x00"}, ["old", "young"]),
        ({"q": "9" * 30}, []),
    ],
)
def test_what_a_registrar_looks_for_is_found(
    two: Any, registrar: User, asked: dict[str, str], found: list[str]
) -> None:
    names = dict(zip(("young", "old"), two, strict=True))
    assert _listed(at_the_desk(registrar), **asked) == [names[name].pk for name in found]


def test_a_filing_is_found_by_its_number(two: Any, registrar: User) -> None:
    young, _old = two
    by = Actor.of(registrar)
    review.take(filing_id=young.pk, by=by)
    agreement = review.register(filing_id=young.pk, by=by, on=timezone.localdate())
    client = at_the_desk(registrar)
    assert _listed(client, q=agreement.number, state="all") == [young.pk]
    assert _listed(client, q=str(young.pk), state="registered") == [young.pk]


def test_what_is_in_review_with_me_and_with_others(two: Any, registrar: User, second_registrar: User) -> None:
    young, old = two
    review.take(filing_id=young.pk, by=Actor.of(registrar))
    review.take(filing_id=old.pk, by=Actor.of(second_registrar))
    client = at_the_desk(registrar)
    assert _listed(client, reviewer="me") == [young.pk]
    assert _listed(client, reviewer="others") == [old.pk]
    assert "Simon Second" in client.get(LIST).content.decode()


def test_findings_are_counted_as_the_review_page_lists_them(two: Any, registrar: User) -> None:
    young, old = two
    old.documents.get(role="resolution").delete()
    shown = queue.rows([young, old], timezone.now(), timezone.localdate())
    assert shown[young.pk].glance.clear
    assert shown[old.pk].glance == queue.Glance(waivable=1)
    review.take(filing_id=old.pk, by=Actor.of(registrar))
    review.waive(
        filing_id=old.pk, code="resolution", by=Actor.of(registrar), on=timezone.localdate(), reason="No council"
    )
    after = queue.rows([old], timezone.now(), timezone.localdate())
    assert after[old.pk].glance == queue.Glance(waived=1)


def test_the_facts_of_many_are_the_facts_of_each(two: Any) -> None:
    from partnerships.selectors import filings as selector

    today = timezone.localdate()
    together = selector.facts_of(two, today)
    assert together == {filing.pk: selector.facts(filing, today) for filing in two}


def _fill(count: int) -> None:
    """So many filings that wait, each between two communities of its own, without the cost of the whole way."""
    somebody = cast.person()
    for number in range(count):
        town = Jurisdiction.objects.create(name=f"Town {number}", country="US", subdivision="US-NY")
        partner = Jurisdiction.objects.create(name=f"Partner {number}", country="JP")
        filing = Filing.objects.create(
            state=FilingState.SUBMITTED, act=Act.ESTABLISH, submitted_by=somebody, submitted_at=timezone.now()
        )
        FilingParty.objects.create(filing=filing, position=0, jurisdiction=town)
        FilingParty.objects.create(filing=filing, position=1, jurisdiction=partner)


def _statements(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(LIST, {"all": ""}).status_code == 200
    return len(captured)


def test_a_hundred_filings_cost_as_many_statements_as_three(registrar: User) -> None:
    client = at_the_desk(registrar)
    _fill(3)
    few = _statements(client)
    _fill(97)
    assert _statements(client) == few
    assert few <= 25


def test_the_desk_counts_in_a_few_statements(registrar: User, django_assert_max_num_queries: Any) -> None:
    _fill(20)
    with django_assert_max_num_queries(3):
        found = queue.summary(registrar, timezone.now())
    assert (found.submitted, found.in_review, found.mine) == (20, 0, 0)


def test_only_who_may_enter_paper_is_offered_it(registrar: User, auditor: User) -> None:
    button = address("filing_paper")
    assert button in at_the_desk(registrar).get(LIST).content.decode()
    assert button not in at_the_desk(auditor).get(LIST).content.decode()


def test_a_draft_is_not_in_the_queue(registrar: User, irondequoit: Jurisdiction) -> None:
    by = Actor.of(cast.representative(irondequoit))
    draft = filings.start(by=by, act=Act.ESTABLISH, jurisdiction_id=irondequoit.pk)
    client = at_the_desk(registrar)
    assert _listed(client) == []
    assert _listed(client, state="draft") == [draft.pk]
