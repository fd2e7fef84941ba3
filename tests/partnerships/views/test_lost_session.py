"""A session that ends in mid-form loses nothing that was typed, and saves nothing by itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from partnerships.models import Filing, Jurisdiction, User
from tests import cast
from tests.partnerships.views.paths import lines, signed_in, step, text

pytestmark = pytest.mark.django_db

TERMS = {"act": "establish", "kind": "sister", "signed_on": "June 1992", "place": "Полтава", "languages_0": "uk"}


@pytest.fixture
def draft(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    return cast.draft(representative_of_irondequoit, [irondequoit, poltava], documents_on_file=False)


def sign_in(client: Client, user: User, address: str) -> Any:
    """Through the page of signing in, as a person would."""
    assert urlsplit(address).path == "/account/login/"
    back = parse_qs(urlsplit(address).query)["next"][0]
    said = {"login": user.email, "password": cast.PASSWORD, "next": back}
    answer = client.post(address, said)
    assert answer.url == back
    return client.get(back)


def test_a_step_sent_without_a_session_stands_as_typed_after_signing_in(
    draft: Filing, representative_of_irondequoit: User
) -> None:
    client = Client()
    sent = client.post(step(draft, "terms"), TERMS)
    assert "what you typed is kept" in text(client.get(sent.url))
    page = sign_in(client, representative_of_irondequoit, sent.url)
    form = page.context["form"]
    assert (form["signed_on"].value(), form["place"].value()) == ("June 1992", "Полтава")
    assert "It is not saved yet" in text(page)
    draft.refresh_from_db()
    assert draft.place == ""
    client.post(step(draft, "terms"), TERMS)
    draft.refresh_from_db()
    assert draft.place == "Полтава"


def test_lists_of_people_survive_too(
    draft: Filing, representative_of_irondequoit: User, irondequoit: Jurisdiction
) -> None:
    client = Client()
    people = lines(irondequoit, {"name": "Ann", "office": "Mayor"}, {"name": "Bo", "capacity": "witness"})
    page = sign_in(client, representative_of_irondequoit, client.post(step(draft, "signatories"), people).url)
    shown = page.content.decode()
    assert 'value="Ann"' in shown
    assert 'value="Bo"' in shown


def test_a_file_cannot_be_kept_and_that_is_said(draft: Filing, representative_of_irondequoit: User) -> None:
    client = Client()
    said = {"file": cast.pdf(), "role": "resolution", "do": "attach"}
    page = sign_in(client, representative_of_irondequoit, client.post(step(draft, "documents"), said).url)
    assert "Choose the file again" in text(page)
    assert page.context["form"]["role"].value() == "resolution"
    assert not draft.documents.exists()


def test_a_new_community_that_was_being_described_survives(draft: Filing, representative_of_irondequoit: User) -> None:
    client = Client()
    said = {"do": "add-new", "name": "Myrhorod", "native_name": "Миргород", "country": "UA"}
    page = sign_in(client, representative_of_irondequoit, client.post(step(draft, "parties"), said).url)
    assert page.context["new"]["native_name"].value() == "Миргород"


def test_what_was_kept_is_shown_once_and_on_its_own_page_only(
    draft: Filing, representative_of_irondequoit: User
) -> None:
    client = Client()
    sent = client.post(step(draft, "reasons"), {"story": "A long story."})
    sign_in(client, representative_of_irondequoit, sent.url)
    assert "A long story." not in client.get(step(draft, "reasons")).content.decode()


def test_somebody_else_who_signs_in_sees_nothing_of_it(draft: Filing, stranger: User) -> None:
    client = Client()
    sent = client.post(step(draft, "terms"), TERMS)
    back = parse_qs(urlsplit(sent.url).query)["next"][0]
    client.post(sent.url, {"login": stranger.email, "password": cast.PASSWORD, "next": back})
    assert client.get(back).status_code == 404
    assert "Полтава" not in client.get("/account/").content.decode()


def test_what_is_longer_than_any_form_is_not_kept_and_that_is_said(draft: Filing) -> None:
    client = Client()
    sent = client.post(step(draft, "reasons"), {"story": "x" * 200_000})
    assert "too long to be kept" in text(client.get(sent.url))
    assert "typed" not in client.session


def test_the_start_page_and_the_profile_keep_what_was_chosen(
    representative_of_irondequoit: User, irondequoit: Jurisdiction
) -> None:
    client = Client()
    sent = client.post("/file/", {"community": irondequoit.pk, "act": "end", "kind": "friendship"})
    page = sign_in(client, representative_of_irondequoit, sent.url)
    assert page.context["form"]["act"].value() == "end"
    assert not Filing.objects.exists()
    other = Client()
    page = sign_in(other, representative_of_irondequoit, other.post("/account/profile/", {"name": "Rita R."}).url)
    assert page.context["form"]["name"].value() == "Rita R."


def test_withdrawing_is_never_done_by_signing_in(draft: Filing, representative_of_irondequoit: User) -> None:
    client = Client()
    sent = client.post(step(draft, "withdraw"), {"comment": "Wrong."})
    page = sign_in(client, representative_of_irondequoit, sent.url)
    assert page.context["form"]["comment"].value() == "Wrong."
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_form_from_before_signing_in_anew_elsewhere_stands_as_it_was_typed(
    draft: Filing, representative_of_irondequoit: User
) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    client.force_login(representative_of_irondequoit)
    old = {**TERMS, "csrfmiddlewaretoken": "x" * 64}
    sent = client.post(step(draft, "terms"), old, headers={"Sec-Fetch-Site": "same-origin"})
    page = client.get(sent.url)
    assert page.context["form"]["place"].value() == "Полтава"
    draft.refresh_from_db()
    assert draft.place == ""


@pytest.mark.parametrize("site", ["", "cross-site", "same-site", "none"])
def test_what_another_site_sends_is_refused_and_forgotten(
    draft: Filing, representative_of_irondequoit: User, site: str
) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    client.force_login(representative_of_irondequoit)
    answer = client.post(step(draft, "terms"), TERMS, headers={"Sec-Fetch-Site": site} if site else {})
    assert answer.status_code == 403
    assert "Полтава" not in client.get(step(draft, "terms")).content.decode()


def test_nobody_who_is_not_signed_in_reads_a_page(draft: Filing) -> None:
    for address in ("/account/", "/file/", f"/filings/{draft.pk}/", step(draft, "terms")):
        assert Client().get(address).url.startswith("/account/login/?next=")
    assert signed_in(cast.person()).get("/file/").status_code == 200
