"""The review page: three clicks for a clean filing, clear words for everything else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from partnerships.admin.review import MOVES
from partnerships.choices import FilingState, Role
from partnerships.models import Filing, Jurisdiction, Representation, User, Waiver
from partnerships.rules import transitions
from partnerships.services import jurisdictions, review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.admin.desk import address, at_the_desk, move, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    return cast.submitted(representative_of_irondequoit, [irondequoit, poltava])


@pytest.fixture
def desk(registrar: User) -> Client:
    return at_the_desk(registrar)


def _state(filing: Filing) -> str:
    return Filing.objects.get(pk=filing.pk).state


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_clean_filing_is_decided_with_three_clicks(desk: Client, filing: Filing) -> None:
    assert 'href="/admin/partnerships/filing/' in _text(desk.get(address("filing_changelist")))
    opened = desk.get(page(filing))
    assert move(filing, "take") in _text(opened)
    taken = desk.post(move(filing, "take"), follow=True)
    assert move(filing, "register") in _text(taken)
    registered = desk.post(move(filing, "register"), follow=True)
    assert "Registered. Everybody concerned is told." in _text(registered)
    assert Filing.objects.get(pk=filing.pk).agreement is not None


def test_every_move_of_the_table_has_its_button() -> None:
    assert set(MOVES) == set(transitions.TRANSITIONS)
    asked = {name for name, button in MOVES.items() if button.asks}
    assert asked == {name for name, row in transitions.TRANSITIONS.items() if row.comment_required}


def test_the_second_reviewer_is_told_who_was_first(desk: Client, filing: Filing, second_registrar: User) -> None:
    review.take(filing_id=filing.pk, by=Actor.of(second_registrar))
    answer = desk.post(move(filing, "take"))
    assert answer.status_code == 409
    assert "Already taken into review by Simon Second." in _text(answer)


def test_the_page_says_who_has_the_filing_and_offers_to_put_it_back(
    desk: Client, filing: Filing, second_registrar: User
) -> None:
    review.take(filing_id=filing.pk, by=Actor.of(second_registrar))
    text = _text(desk.get(page(filing)))
    assert "Simon Second has this filing in review." in text
    assert move(filing, "release") in text
    assert move(filing, "register") not in text


def test_a_double_click_on_register_registers_once(desk: Client, filing: Filing) -> None:
    desk.post(move(filing, "take"))
    desk.post(move(filing, "register"))
    again = desk.post(move(filing, "register"))
    assert again.status_code == 409
    assert "Already decided by Ruth Registrar: registered." in _text(again)


@pytest.mark.parametrize("name", ["return", "reject"])
def test_a_decision_that_people_read_needs_its_words(desk: Client, filing: Filing, name: str) -> None:
    desk.post(move(filing, "take"))
    answer = desk.post(move(filing, name), {"said": "  "})
    assert answer.status_code == 422
    assert "Write why" in _text(answer)
    assert _state(filing) == FilingState.IN_REVIEW


def test_what_was_typed_is_kept_when_somebody_was_first(
    desk: Client, filing: Filing, second_registrar: User, registrar: User
) -> None:
    desk.post(move(filing, "take"))
    review.release(filing_id=filing.pk, by=Actor.of(second_registrar))
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    too_long = "Please name both mayors. " * 400
    answer = desk.post(move(filing, "return"), {"said": too_long})
    assert answer.status_code == 422
    assert too_long.strip() in _text(answer)


def test_a_returned_filing_shows_what_was_asked(desk: Client, filing: Filing) -> None:
    desk.post(move(filing, "take"))
    text = _text(desk.post(move(filing, "return"), {"said": "Name the <mayor>."}, follow=True))
    assert _state(filing) == FilingState.RETURNED
    assert "Name the &lt;mayor&gt;." in text


def test_a_rejected_filing_says_why(desk: Client, filing: Filing) -> None:
    desk.post(move(filing, "take"))
    desk.post(move(filing, "reject"), {"said": "A letter is no agreement."})
    assert Filing.objects.get(pk=filing.pk).comment == "A letter is no agreement."


def test_an_error_is_annulled_with_a_reason(desk: Client, filing: Filing) -> None:
    for name in ("take", "register"):
        desk.post(move(filing, name))
    assert desk.post(move(filing, "annul"), {"said": ""}).status_code == 422
    text = _text(desk.post(move(filing, "annul"), {"said": "Entered twice"}, follow=True))
    assert _state(filing) == FilingState.ANNULLED
    assert "Entered twice" in text


@pytest.mark.parametrize("role", [Role.CLERK, Role.PROGRAMS, Role.AUDITOR])
def test_who_is_no_registrar_looks_and_does_not_decide(filing: Filing, role: str) -> None:
    desk = at_the_desk(cast.staff(role))
    assert move(filing, "take") not in _text(desk.get(page(filing)))
    assert desk.post(move(filing, "take")).status_code == 403
    assert _state(filing) == FilingState.SUBMITTED


def test_a_registrar_who_represents_a_party_is_told_so(
    registrar: User, irondequoit: Jurisdiction, filing: Filing
) -> None:
    Representation.objects.create(
        user=registrar, jurisdiction=irondequoit, capacity="employee", from_date=date(2020, 1, 1)
    )
    desk = at_the_desk(registrar)
    assert "You represent one of the parties" in _text(desk.get(page(filing)))
    assert desk.post(move(filing, "take")).status_code == 403


def test_who_entered_a_paper_does_not_register_it(
    registrar: User, second_registrar: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    paper = cast.submitted(registrar, [irondequoit, poltava], historical=True)
    desk = at_the_desk(registrar)
    desk.post(move(paper, "take"))
    assert "You entered this filing; a second person has to decide it." in _text(desk.get(page(paper)))
    assert desk.post(move(paper, "register")).status_code == 403
    second = at_the_desk(second_registrar)
    for name in ("release", "take", "register"):
        second.post(move(paper, name))
    assert _state(paper) == FilingState.REGISTERED


@pytest.fixture
def unresolved(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    """A filing without a council resolution."""
    draft = cast.draft(representative_of_irondequoit, [irondequoit, poltava])
    draft.documents.get(role="resolution").delete()
    cast.filings.submit(filing_id=draft.pk, by=Actor.of(representative_of_irondequoit), on=date(2026, 11, 24))
    return draft


def test_a_finding_is_waived_with_a_reason_and_then_registered(desk: Client, unresolved: Filing) -> None:
    desk.post(move(unresolved, "take"))
    refused = desk.post(move(unresolved, "register"))
    assert refused.status_code == 422
    assert "No council resolution of Irondequoit" in _text(refused)
    waive = address("filing_waive", unresolved.pk, "resolution")
    assert desk.post(waive, {"reason": ""}).status_code == 422
    assert not Waiver.objects.exists()
    text = _text(desk.post(waive, {"reason": "The town has no council."}, follow=True))
    assert "The town has no council." in text
    assert "Waived by Ruth Registrar" in text
    desk.post(move(unresolved, "register"))
    assert _state(unresolved) == FilingState.REGISTERED


def test_a_blocking_finding_cannot_be_waived(desk: Client, unresolved: Filing) -> None:
    desk.post(move(unresolved, "take"))
    answer = desk.post(address("filing_waive", unresolved.pk, "dates"), {"reason": "I wish"})
    assert answer.status_code == 422
    assert "There is no such finding to waive." in _text(answer)
    assert not Waiver.objects.exists()


def test_a_new_community_is_matched_to_the_one_on_record(
    desk: Client, representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    by = Actor.of(representative_of_irondequoit)
    new = jurisdictions.propose(by=by, values={"name": "Poltawa", "country": "UA"})
    filing = cast.submitted(representative_of_irondequoit, [irondequoit, new])
    before = _text(desk.get(page(filing)))
    assert "New to the registry." in before
    assert "Match to this one" not in before
    taken = _text(desk.post(move(filing, "take"), follow=True))
    assert "Match to this one" in taken
    match = {"provisional": str(new.pk), "existing": str(poltava.pk)}
    answer = desk.post(address("filing_match", filing.pk), match, follow=True)
    assert "New to the registry." not in _text(answer)
    assert set(filing.parties.all()) == {irondequoit, poltava}


@pytest.mark.parametrize("typed", [{}, {"provisional": "x", "existing": "1"}, {"existing": "9" * 40}])
def test_a_match_that_no_page_sends_is_not_found(desk: Client, filing: Filing, typed: dict[str, str]) -> None:
    assert desk.post(address("filing_match", filing.pk), typed).status_code == 404


def test_a_partner_is_asked_from_the_page(desk: Client, filing: Filing, poltava: Jurisdiction) -> None:
    ask = address("filing_ask", filing.pk)
    wrong = desk.post(ask, {"jurisdiction": poltava.pk, "email": "mayor@", "language": "uk"})
    assert wrong.status_code == 422
    assert 'value="mayor@"' in _text(wrong)
    right = desk.post(ask, {"jurisdiction": poltava.pk, "email": "m@poltava.example", "language": "uk"}, follow=True)
    assert "m@poltava.example" in _text(right)
    assert filing.partner_requests.get().language == "uk"


def test_a_button_is_no_link(desk: Client, filing: Filing) -> None:
    assert desk.get(move(filing, "take")).status_code == 405


def test_what_does_not_exist_is_not_found(desk: Client, filing: Filing) -> None:
    assert desk.get(address("filing_change", 999_999)).status_code == 404
    assert desk.get("/admin/partnerships/filing/abc/change/").status_code == 404
    assert desk.post(address("filing_move", filing.pk, "conjure")).status_code == 404


def test_the_page_stays_quick_however_long_the_history(
    desk: Client, filing: Filing, django_assert_max_num_queries: Any, registrar: User
) -> None:
    by = Actor.of(registrar)
    for _round in range(5):
        review.take(filing_id=filing.pk, by=by)
        review.release(filing_id=filing.pk, by=by)
    with django_assert_max_num_queries(40):
        assert desk.get(page(filing)).status_code == 200
