"""Asking the other community to confirm, correct or decline."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.choices import NoticeKind
from partnerships.exceptions import Invalid, Missing, NotAllowed, WrongState
from partnerships.models import Filing, Jurisdiction, LedgerEntry, Notice, PartnerRequest, User
from partnerships.services import filings, links, partners
from partnerships.services.access import Actor
from tests import cast


@pytest.fixture
def filing(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    return cast.submitted(representative_of_irondequoit, [irondequoit, poltava])


@pytest.fixture
def request_(filing: Filing, representative_of_irondequoit: User, poltava: Jurisdiction) -> PartnerRequest:
    return ask(filing, representative_of_irondequoit, poltava)


def ask(filing: Filing, by: User, community: Jurisdiction, email: str = "mayor@poltava.example") -> PartnerRequest:
    return partners.ask(filing_id=filing.pk, jurisdiction_id=community.pk, email=email, language="uk", by=Actor.of(by))


def token(request: PartnerRequest) -> str:
    return links.sign(links.PARTNER, request.pk)


def test_the_partner_is_owed_one_mail_in_its_language(request_: PartnerRequest) -> None:
    notice = Notice.objects.get(kind=NoticeKind.PARTNER_ASKED)
    assert (notice.email, notice.language) == ("mayor@poltava.example", "uk")
    assert notice.context["community"] == "Poltava"


def test_the_notice_holds_no_link_that_would_open_the_page(request_: PartnerRequest) -> None:
    assert token(request_) not in str(Notice.objects.get(kind=NoticeKind.PARTNER_ASKED).context)


def test_a_confirmation_is_kept_and_told(request_: PartnerRequest, registrar: User) -> None:
    partners.answer(token=token(request_), answer="confirmed", name="Kateryna, mayor's office")
    request_.refresh_from_db()
    assert (request_.answer, request_.answered_by) == ("confirmed", "Kateryna, mayor's office")
    told = set(Notice.objects.filter(kind=NoticeKind.PARTNER_ANSWERED).values_list("email", flat=True))
    assert registrar.email in told
    assert LedgerEntry.objects.get(act="filing.partner-answered").actor_name == "Kateryna, mayor's office"


def test_a_link_takes_one_answer(request_: PartnerRequest) -> None:
    partners.answer(token=token(request_), answer="confirmed", name="Kateryna")
    with pytest.raises(WrongState, match="answered already"):
        partners.answer(token=token(request_), answer="declined", name="Somebody", comment="No")


@pytest.mark.parametrize("answer", ["correction", "declined"])
def test_a_correction_or_a_no_says_what_or_why(request_: PartnerRequest, answer: str) -> None:
    with pytest.raises(Invalid) as refused:
        partners.answer(token=token(request_), answer=answer, name="Kateryna")
    assert set(refused.value.errors) == {"comment"}


def test_a_link_that_was_altered_opens_nothing(request_: PartnerRequest) -> None:
    for wrong in (token(request_)[:-1], "x" * 50, "", links.sign(links.INVITATION, request_.pk)):
        with pytest.raises(Missing):
            partners.read(wrong)


def test_an_old_link_is_not_valid_any_more(request_: PartnerRequest) -> None:
    PartnerRequest.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Missing):
        partners.read(token(request_))


def test_a_community_is_asked_once_at_a_time(
    request_: PartnerRequest, filing: Filing, representative_of_irondequoit: User, poltava: Jurisdiction
) -> None:
    with pytest.raises(WrongState, match="asked already"):
        ask(filing, representative_of_irondequoit, poltava)


def test_only_a_party_is_asked_at_a_real_address_by_those_who_file(
    filing: Filing, representative_of_irondequoit: User, poltava: Jurisdiction, osaka: Jurisdiction, stranger: User
) -> None:
    with pytest.raises(Invalid, match="parties"):
        ask(filing, representative_of_irondequoit, osaka)
    with pytest.raises(Invalid) as refused:
        ask(filing, representative_of_irondequoit, poltava, email="not an address\nBcc: all@example.org")
    assert set(refused.value.errors) == {"email"}
    with pytest.raises(NotAllowed):
        ask(filing, stranger, poltava)


def test_a_question_that_expired_without_an_answer_can_be_asked_again(
    request_: PartnerRequest, filing: Filing, representative_of_irondequoit: User, poltava: Jurisdiction
) -> None:
    PartnerRequest.objects.update(expires_at=timezone.now() - timedelta(days=1))
    again = ask(filing, representative_of_irondequoit, poltava, email="council@poltava.example")
    assert partners.read(token(again)).email == "council@poltava.example"
    assert Notice.objects.filter(kind=NoticeKind.PARTNER_ASKED).count() == 2


def test_nobody_answers_about_a_filing_that_was_taken_back(
    request_: PartnerRequest, filing: Filing, representative_of_irondequoit: User
) -> None:
    filings.withdraw(filing_id=filing.pk, by=Actor.of(representative_of_irondequoit))
    with pytest.raises(WrongState, match="no answer is needed"):
        partners.answer(token=token(request_), answer="confirmed", name="Kateryna")
