"""Checking, handing in, the status page, withdrawing, asking the partner."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from partnerships.choices import FilingState
from partnerships.models import Filing, Jurisdiction, LedgerEntry, Notice, User
from partnerships.services import filings, partners, review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.views.paths import signed_in, step, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    return cast.draft(representative_of_irondequoit, [irondequoit, poltava])


@pytest.fixture
def submitted(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    return cast.submitted(representative_of_irondequoit, [irondequoit, poltava])


def test_what_is_missing_is_told_with_the_step_that_solves_it(
    representative_of_irondequoit: User, irondequoit: Jurisdiction
) -> None:
    by = Actor.of(representative_of_irondequoit)
    filing = filings.start(by=by, act="establish", jurisdiction_id=irondequoit.pk)
    client = signed_in(representative_of_irondequoit)
    page = client.get(step(filing, "check"))
    assert {f["url"] for f in page.context["blocked"]} >= {step(filing, "parties"), step(filing, "documents")}
    assert "Hand in" not in text(page).replace("Check and hand in", "")
    assert client.post(step(filing, "check"), {"then": "submit"}).url == step(filing, "check")
    assert "cannot be handed in yet" in text(client.get(step(filing, "check")))
    filing.refresh_from_db()
    assert filing.state == FilingState.DRAFT


def test_a_second_click_on_hand_in_is_told_that_it_was_done(draft: Filing, representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    first = client.post(step(draft, "check"), {"then": "submit"})
    assert "was handed in. A letter" in text(client.get(first.url))
    second = client.post(step(draft, "check"), {"then": "submit"})
    shown = client.get(second.url)
    assert "was handed in already" in text(shown)
    assert "notice--negative" not in shown.content.decode()
    assert LedgerEntry.objects.filter(act="filing.submitted").count() == 1
    assert Notice.objects.filter(kind="filing_received").count() == 1


def test_the_second_of_two_filings_about_the_same_pair_is_told_who_was_first(
    submitted: Filing, representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    second = cast.draft(representative_of_irondequoit, [irondequoit, poltava])
    client = signed_in(representative_of_irondequoit)
    answer = client.post(step(second, "check"), {"then": "submit"})
    assert "Another filing about the same two communities" in text(client.get(answer.url))
    second.refresh_from_db()
    assert second.state == FilingState.DRAFT


def test_the_status_page_tells_the_history_and_no_internal_note(
    submitted: Filing, representative_of_irondequoit: User, registrar: User
) -> None:
    by = Actor.of(registrar)
    review.take(filing_id=submitted.pk, by=by)
    review.release(filing_id=submitted.pk, by=by, comment="This applicant is a nuisance.")
    review.take(filing_id=submitted.pk, by=by)
    review.return_(filing_id=submitted.pk, by=by, comment="Please add the seal.")
    shown = text(signed_in(representative_of_irondequoit).get(f"/filings/{submitted.pk}/"))
    assert "Please add the seal." in shown
    assert "Returned for changes" in shown
    assert "nuisance" not in shown
    assert registrar.name not in shown
    assert "Rita Representative" in shown


def test_the_status_page_of_a_registered_filing_leads_to_the_agreement(
    irondequoit: Jurisdiction, poltava: Jurisdiction, representative_of_irondequoit: User
) -> None:
    agreement = cast.registered([irondequoit, poltava])
    filing = Filing.objects.get()
    page = signed_in(representative_of_irondequoit).get(f"/filings/{filing.pk}/")
    assert f"/agreements/{agreement.number}/" in page.content.decode()
    assert not page.context["can_withdraw"]


def test_withdraw_asks_first_and_then_takes_it_back(submitted: Filing, representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    assert "Keep it" in text(client.get(step(submitted, "withdraw")))
    client.post(step(submitted, "withdraw"), {"comment": "A page is missing."})
    submitted.refresh_from_db()
    assert (submitted.state, submitted.comment) == (FilingState.WITHDRAWN, "A page is missing.")
    again = client.post(step(submitted, "withdraw"), {"comment": ""})
    assert again.url == f"/filings/{submitted.pk}/"


def test_a_comment_that_cannot_be_kept_is_told_at_its_field(
    submitted: Filing, representative_of_irondequoit: User
) -> None:
    for comment in ("x" * 5000, "a\x00b", "a\x07b"):
        answer = signed_in(representative_of_irondequoit).post(step(submitted, "withdraw"), {"comment": comment})
        assert "comment" in answer.context["form"].errors
    submitted.refresh_from_db()
    assert submitted.state == FilingState.SUBMITTED


def test_the_partner_is_asked_once_in_its_language(
    submitted: Filing, representative_of_irondequoit: User, poltava: Jurisdiction
) -> None:
    client = signed_in(representative_of_irondequoit)
    said = {"jurisdiction": poltava.pk, "email": "office@poltava.example", "language": "en"}
    client.post(step(submitted, "ask"), said)
    asked = submitted.partner_requests.get()
    assert (asked.email, asked.jurisdiction) == ("office@poltava.example", poltava)
    assert "no answer yet" in text(client.get(f"/filings/{submitted.pk}/"))
    client.post(step(submitted, "ask"), said)
    assert submitted.partner_requests.count() == 1


@pytest.mark.parametrize(("field", "value"), [("email", "not an address"), ("email", "x" * 300), ("jurisdiction", "0")])
def test_a_question_to_nowhere_is_told_at_its_field(
    submitted: Filing, representative_of_irondequoit: User, poltava: Jurisdiction, field: str, value: str
) -> None:
    said = {"jurisdiction": poltava.pk, "email": "office@poltava.example", "language": "en", field: value}
    answer = signed_in(representative_of_irondequoit).post(step(submitted, "ask"), said)
    assert field in answer.context["form"].errors
    assert not submitted.partner_requests.exists()


def test_a_draft_is_shown_to_nobody_by_asking(draft: Filing, representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    assert client.get(step(draft, "ask")).url == f"/filings/{draft.pk}/"


def test_the_partners_answer_stands_on_the_status_page(
    submitted: Filing, representative_of_irondequoit: User, poltava: Jurisdiction
) -> None:
    by = Actor.of(representative_of_irondequoit)
    asked = partners.ask(filing_id=submitted.pk, jurisdiction_id=poltava.pk, email="o@p.example", language="en", by=by)
    token = partners.links.sign(partners.links.PARTNER, asked.pk)
    partners.answer(token=token, answer="correction", name="Olena, Mayor’s office", comment="The date is 30 June.")
    shown = text(signed_in(representative_of_irondequoit).get(f"/filings/{submitted.pk}/"))
    assert "The date is 30 June." in shown
    assert "Olena, Mayor’s office" in shown


def test_every_page_of_a_filing_is_private_and_never_stored(draft: Filing, representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    names = ("parties", "terms", "signatories", "documents", "reasons", "check", "withdraw")
    for address in ["/account/", "/file/", f"/filings/{draft.pk}/", *(step(draft, name) for name in names)]:
        assert {"private", "no-store"} <= set(client.get(address)["Cache-Control"].split(", ")), address


def test_a_form_without_its_token_is_refused(draft: Filing, representative_of_irondequoit: User) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    client.force_login(representative_of_irondequoit)
    assert client.post(step(draft, "check"), {"then": "submit"}).status_code == 403
    draft.refresh_from_db()
    assert draft.state == FilingState.DRAFT
