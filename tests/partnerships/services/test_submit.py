"""Handing a filing in."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from partnerships.choices import FilingState, NoticeKind
from partnerships.exceptions import NotAllowed, Unmet, WrongState
from partnerships.models import Filing, Jurisdiction, LedgerEntry, Notice, User
from partnerships.services import filings
from partnerships.services.access import Actor
from tests import cast

TODAY = date(2026, 11, 24)


@pytest.fixture
def draft(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    return cast.draft(representative_of_irondequoit, [irondequoit, poltava])


def submit(filing: Filing, user: User) -> Filing:
    return filings.submit(filing_id=filing.pk, by=Actor.of(user), on=TODAY)


def test_a_complete_draft_is_handed_in_and_waits(draft: Filing, representative_of_irondequoit: User) -> None:
    filing = submit(draft, representative_of_irondequoit)
    assert filing.state == FilingState.SUBMITTED
    assert filing.submitted_by == representative_of_irondequoit


def test_the_ledger_names_who_handed_it_in_and_when(draft: Filing, representative_of_irondequoit: User) -> None:
    submit(draft, representative_of_irondequoit)
    entry = LedgerEntry.objects.get(act="filing.submitted")
    assert (entry.actor, entry.actor_name) == (representative_of_irondequoit, "Rita Representative")
    assert (entry.was, entry.now) == ("draft", "submitted")
    assert (timezone.now() - entry.at).total_seconds() < 60


def test_the_submitter_and_every_registrar_are_owed_a_notice(
    draft: Filing, representative_of_irondequoit: User, registrar: User, second_registrar: User, clerk: User
) -> None:
    submit(draft, representative_of_irondequoit)
    owed = set(Notice.objects.values_list("kind", "email"))
    assert owed == {
        (NoticeKind.FILING_RECEIVED, representative_of_irondequoit.email),
        (NoticeKind.FILING_WAITS, registrar.email),
        (NoticeKind.FILING_WAITS, second_registrar.email),
    }


def test_a_stranger_cannot_hand_it_in(draft: Filing, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        submit(draft, stranger)
    assert Filing.objects.get().state == FilingState.DRAFT


def test_the_partner_community_cannot_hand_in_what_it_does_not_own(draft: Filing, poltava: Jurisdiction) -> None:
    with pytest.raises(NotAllowed):
        submit(draft, cast.representative(poltava))


def test_a_colleague_of_the_same_community_can_hand_it_in(draft: Filing, irondequoit: Jurisdiction) -> None:
    assert submit(draft, cast.representative(irondequoit)).state == FilingState.SUBMITTED


def test_a_filing_that_lacks_something_is_not_handed_in_and_says_what(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    bare = cast.draft(representative_of_irondequoit, [irondequoit, poltava], documents_on_file=False)
    with pytest.raises(Unmet) as refused:
        submit(bare, representative_of_irondequoit)
    assert [found.code for found in refused.value.findings] == ["signed-copy"]
    assert not Notice.objects.exists()


def test_a_double_click_is_told_that_it_was_handed_in(draft: Filing, representative_of_irondequoit: User) -> None:
    submit(draft, representative_of_irondequoit)
    with pytest.raises(WrongState, match="handed in"):
        submit(draft, representative_of_irondequoit)
    assert LedgerEntry.objects.filter(act="filing.submitted").count() == 1


def test_a_second_filing_about_the_same_pair_is_told_that_one_waits(
    draft: Filing, representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    submit(draft, representative_of_irondequoit)
    second = cast.draft(representative_of_irondequoit, [irondequoit, poltava])
    with pytest.raises(WrongState, match="handed in first"):
        submit(second, representative_of_irondequoit)


def test_after_a_withdrawal_the_pair_is_free_again(
    draft: Filing, representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    submit(draft, representative_of_irondequoit)
    filings.withdraw(filing_id=draft.pk, by=Actor.of(representative_of_irondequoit), comment="Filed by mistake")
    second = cast.draft(representative_of_irondequoit, [irondequoit, poltava])
    assert submit(second, representative_of_irondequoit).state == FilingState.SUBMITTED


def test_nothing_can_be_changed_once_it_is_handed_in(draft: Filing, representative_of_irondequoit: User) -> None:
    submit(draft, representative_of_irondequoit)
    with pytest.raises(WrongState, match="no longer be changed"):
        filings.save_terms(
            filing_id=draft.pk, by=Actor.of(representative_of_irondequoit), values={"title": "Another title"}
        )
