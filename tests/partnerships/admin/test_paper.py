"""Entering from paper: the rules of any filing, on one page that loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnerships.choices import FilingState
from partnerships.models import Filing, Jurisdiction, User
from partnerships.services import review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.admin.desk import address, at_the_desk

pytestmark = pytest.mark.django_db

NEW = "/admin/partnerships/filing/paper/"


@pytest.fixture
def desk(clerk: User) -> Client:
    return at_the_desk(clerk)


def _rows(prefix: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    filled = {f"{prefix}-{line}-{name}": value for line, row in enumerate(rows) for name, value in row.items()}
    return {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0", **filled}


def _sheet(parties: list[dict[str, Any]], **terms: Any) -> dict[str, Any]:
    """What the browser sends for an agreement of 1931 with a mayor for each party."""
    mayors = [
        {"party": line, "name": f"Mayor {line}", "office": "Mayor", "capacity": "chief_elected"}
        for line in range(len(parties))
    ]
    return {
        "act": "establish",
        "kind": "sister",
        "signed_on": "1931",
        "shelfmark": "Archive, Box 12",
        "hand_in": "Hand in",
        **terms,
        **_rows("party", parties),
        **_rows("signatory", mayors),
        **_rows("document", [{"role": "signed_agreement", "language": "en", "public": "on"}]),
    }


def _known(*communities: Jurisdiction) -> list[dict[str, Any]]:
    return [{"jurisdiction": community.pk} for community in communities]


@pytest.fixture
def toledo(db: None) -> list[Jurisdiction]:
    return [cast.member(cast.jurisdiction("Toledo", "US")), cast.jurisdiction("Toledo", "ES")]


def test_an_agreement_of_old_is_handed_in_from_one_page(desk: Client, toledo: list[Jurisdiction]) -> None:
    sheet = _sheet(_known(*toledo), source="The Blade, 1931")
    answer = desk.post(NEW, {**sheet, "document-0-file": cast.pdf(name="1931.pdf")}, follow=True)
    filing = Filing.objects.get()
    assert filing.state == FilingState.SUBMITTED, answer.content.decode()
    assert (filing.historical, str(filing.signed_on), filing.shelfmark) == (True, "1931", "Archive, Box 12")
    assert [row.name for row in filing.signatories.all()] == ["Mayor 0", "Mayor 1"]
    assert filing.documents.get().original_name == "1931.pdf"
    assert "Handed in. A second person reviews it." in answer.content.decode()


def test_the_paper_goes_through_the_same_review(desk: Client, toledo: list[Jurisdiction], registrar: User) -> None:
    desk.post(NEW, _sheet(_known(*toledo)))
    filing = Filing.objects.get()
    at_the_desk(registrar).post(address("filing_move", filing.pk, "take"))
    by = Actor.of(registrar)
    for code in {finding.code for finding in cast.filings.check(filing, on=cast.timezone.localdate())}:
        review.waive(filing_id=filing.pk, code=code, by=by, on=cast.timezone.localdate(), reason="Lost in the war")
    at_the_desk(registrar).post(address("filing_move", filing.pk, "register"))
    filing.refresh_from_db()
    assert filing.state == FilingState.REGISTERED


def test_a_community_that_is_new_is_proposed(desk: Client, toledo: list[Jurisdiction]) -> None:
    new = {"name": "Santo Tomé", "kind": "town", "country": "ES", "subdivision_name": "Toledo"}
    desk.post(NEW, _sheet([*_known(toledo[0]), new]))
    filing = Filing.objects.get()
    party = filing.parties.get(name="Santo Tomé")
    assert (party.provisional, party.kind, party.country.code) == (True, "town", "ES")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"signed_on": "31 February 1931"}, "There is no such day"),
        ({"signed_on": "2999"}, "This date is still to come."),
        ({"party-1-jurisdiction": "", "party-1-name": "Osaka"}, "Choose the country of the new community."),
        ({"party-1-jurisdiction": ""}, "Name at least two communities."),
        ({"party-1-name": "Osaka", "party-1-country": "JP"}, "not both"),
        ({"signatory-0-signed_on": "soon"}, "Write a date such as"),
        ({"signatory-1-party": "7"}, "Choose one of the parties."),
        ({"perpetual": "on", "term_end": "1 May 2030"}, "An agreement that never expires has no end of term."),
        ({"title": "x" * 10_000}, "at most 300 characters"),
        ({"story": "NUL\x00"}, "Null characters are not allowed."),
        ({"act": "marry"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_everything_typed_is_kept(
    desk: Client, toledo: list[Jurisdiction], change: dict[str, str], said: str
) -> None:
    answer = desk.post(NEW, {**_sheet(_known(*toledo)), "place": "Toledo, Ohio", **change})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert 'value="Toledo, Ohio"' in text
    assert 'value="Mayor 1"' in text
    assert not Filing.objects.filter(state=FilingState.SUBMITTED).exists()
    assert not Jurisdiction.objects.filter(provisional=True).exists()


def test_the_empty_lines_that_the_page_brings_are_no_mistake(desk: Client, toledo: list[Jurisdiction]) -> None:
    sheet = desk.get(NEW).context["sheet"]
    as_it_came = {
        form[name].html_name: "" if form[name].value() is None else form[name].value()
        for lines in (sheet.parties, sheet.signatories, sheet.papers)
        for form in (lines.management_form, *lines.forms)
        for name in form.fields
    }
    chosen = {f"party-{line}-jurisdiction": party.pk for line, party in enumerate(toledo)}
    answer = desk.post(NEW, {"act": "establish", "kind": "sister", "keep": "Keep", **as_it_came, **chosen})
    assert answer.status_code == 302
    assert not Filing.objects.get().signatories.exists()


def test_the_same_community_twice_is_refused_in_words(desk: Client, toledo: list[Jurisdiction]) -> None:
    answer = desk.post(NEW, _sheet(_known(toledo[0], toledo[0])))
    assert answer.status_code == 422
    assert "Name each community once" in answer.content.decode()


def test_a_good_file_is_kept_although_something_else_is_wrong(desk: Client, toledo: list[Jurisdiction]) -> None:
    wrong = {**_sheet(_known(*toledo), signed_on="soon"), "document-0-file": cast.pdf(name="1931.pdf")}
    text = desk.post(NEW, wrong).content.decode()
    filing = Filing.objects.get()
    edit = address("filing_paper_edit", filing.pk)
    assert f'action="{edit}"' in text
    assert "1931.pdf" in text
    assert 'value="soon"' in text
    answer = desk.post(edit, _sheet(_known(*toledo)), follow=True)
    filing.refresh_from_db()
    assert filing.state == FilingState.SUBMITTED, answer.content.decode()
    assert filing.documents.count() == 1
    assert Filing.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.pdf", b"PK\x03\x04 a ZIP in disguise", "This is not a PDF, JPEG, PNG or TIFF file"),
        ("empty.pdf", b"", "empty"),
    ],
)
def test_a_bad_file_is_named_with_its_reason(
    desk: Client, toledo: list[Jurisdiction], name: str, content: bytes, said: str
) -> None:
    typed = {**_sheet(_known(*toledo)), "document-0-file": SimpleUploadedFile(name, content)}
    answer = desk.post(NEW, {**typed, "document-0-role": "resolution"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert name in text
    filing = Filing.objects.get()
    assert filing.state == FilingState.DRAFT
    assert filing.parties.count() == 2


def test_a_draft_is_kept_and_gone_on_with(desk: Client, toledo: list[Jurisdiction]) -> None:
    sheet = _sheet(_known(*toledo), keep="Keep")
    del sheet["hand_in"]
    answer = desk.post(NEW, {**sheet, "document-0-file": cast.pdf(name="1931.pdf")}, follow=True)
    text = answer.content.decode()
    assert "Kept as a draft." in text
    assert 'value="1931"' in text
    assert "Toledo, Spain" in text
    filing = Filing.objects.get()
    document = filing.documents.get()
    desk.post(address("filing_paper_edit", filing.pk), {**sheet, "remove": str(document.pk)})
    assert not filing.documents.exists()


def test_what_blocks_is_listed_and_the_draft_is_kept(desk: Client, toledo: list[Jurisdiction]) -> None:
    spain = cast.jurisdiction("Illescas", "ES")
    text = desk.post(NEW, _sheet(_known(toledo[1], spain)), follow=True).content.decode()
    assert "Before it can be handed in, solve what is said below." in text
    assert "are all in one country or territory" in text
    assert Filing.objects.get().state == FilingState.DRAFT


def test_a_returned_paper_is_corrected_on_the_same_page(
    desk: Client, toledo: list[Jurisdiction], registrar: User
) -> None:
    desk.post(NEW, _sheet(_known(*toledo)))
    filing = Filing.objects.get()
    by = Actor.of(registrar)
    review.take(filing_id=filing.pk, by=by)
    review.return_(filing_id=filing.pk, by=by, comment="Which box?")
    edit = address("filing_paper_edit", filing.pk)
    assert edit in desk.get(address("filing_change", filing.pk)).content.decode()
    assert "Which box?" in desk.get(edit).content.decode()
    desk.post(edit, _sheet(_known(*toledo), shelfmark="Box 13"))
    filing.refresh_from_db()
    assert (filing.state, filing.shelfmark) == (FilingState.SUBMITTED, "Box 13")


def test_another_clerk_does_not_change_it(desk: Client, toledo: list[Jurisdiction]) -> None:
    sheet = _sheet(_known(*toledo), keep="Keep")
    del sheet["hand_in"]
    desk.post(NEW, sheet)
    filing = Filing.objects.get()
    other = at_the_desk(cast.staff("clerk"))
    answer = other.post(address("filing_paper_edit", filing.pk), _sheet(_known(*toledo), shelfmark="Mine"), follow=True)
    assert "This filing cannot be changed here." in answer.content.decode()
    filing.refresh_from_db()
    assert filing.shelfmark == "Archive, Box 12"


@pytest.mark.parametrize("role", ["auditor", "programs"])
def test_who_may_not_enter_is_refused(role: str) -> None:
    assert at_the_desk(cast.staff(role)).get(NEW).status_code == 403


def test_one_party_declares_the_end(desk: Client, toledo: list[Jurisdiction]) -> None:
    cast.registered(toledo)
    sheet = _sheet(_known(*toledo), act="end", signed_on="2001", declared_by="1")
    notice = {"document-0-file": cast.pdf(name="notice.pdf"), "document-0-role": "ending_notice"}
    answer = desk.post(NEW, {**sheet, **notice}, follow=True)
    filing = Filing.objects.latest("pk")
    assert filing.declared_by == toledo[1], answer.content.decode()
