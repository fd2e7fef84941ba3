"""Pages under ``/follow/``: the same for every address, without a session, ended by one click."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from partnerships.models import Agreement, Jurisdiction, Notice, Subscription
from partnerships.services import delivery, links
from tests.partnerships.views.paths import text

pytestmark = pytest.mark.django_db

YES = {"email": "fan@example.org", "frequency": "weekly", "language": "en"}


@pytest.fixture
def row(db: None) -> Subscription:
    return Subscription.objects.create(
        email="fan@example.org", language="en", subject_type="country", subject_id="JP", confirmed_at=timezone.now()
    )


@pytest.fixture
def strict() -> Client:
    """As a mail program posts: without a cookie, and every form that wants a token is refused."""
    return Client(enforce_csrf_checks=True)


def path(name: str, row: Subscription) -> str:
    return f"/follow/{name}/{links.sign(links.FOLLOW, row.pk)}/"


def test_from_the_page_of_a_country_to_the_confirmed_letter(strict: Client) -> None:
    page = strict.get("/countries/JP/")
    assert 'href="/follow/country/JP/"' in page.content.decode()
    asked = strict.post("/follow/country/JP/", YES)
    assert asked.url == "/follow/sent/"
    assert "within 7 days" in text(strict.get(asked.url))
    delivery.deliver_due()
    link = re.search(r"http://127\.0\.0\.1:8000(/follow/confirm/\S+/)", str(mail.outbox[0].body))
    assert link is not None
    assert "Japan" in text(strict.get(link[1]))
    assert Subscription.objects.get().confirmed_at is None
    done = strict.post(link[1])
    assert "You follow this by mail" in text(strict.get(done.url))
    found = Subscription.objects.get()
    assert found.confirmed_at is not None
    assert found.frequency == "weekly"


def test_communities_affiliations_and_the_register_can_be_followed(sisters: Agreement, strict: Client) -> None:
    one = sisters.affiliations.get()
    for page, form in (
        (f"/jurisdictions/{one.first.pk}-{one.first.slug}/", f"/follow/jurisdiction/{one.first.pk}/"),
        (f"/affiliations/{one.number}/", f"/follow/affiliation/{one.number}/"),
        ("/register/", "/follow/"),
    ):
        assert f'href="{form}"' in strict.get(page).content.decode()
        assert strict.post(form, YES).url == "/follow/sent/"
    assert Subscription.objects.count() == 3


def test_no_page_knows_a_session_or_sets_a_cookie(row: Subscription, client: Client) -> None:
    for address in ("/follow/", "/follow/country/JP/", "/follow/sent/", path("letters", row), path("stop", row)):
        answer: Any = client.get(address)
        assert not answer.wsgi_request.session.accessed, address
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert 'content="noindex"' in answer.content.decode()
        assert "fan@example.org" not in answer.content.decode()


def test_the_answer_is_the_same_whether_or_not_an_address_follows(row: Subscription, client: Client) -> None:
    known = client.post("/follow/country/JP/", YES)
    new = client.post("/follow/country/JP/", {**YES, "email": "new@example.org"})
    assert (known.status_code, known.url, known.content) == (new.status_code, new.url, new.content)
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "fan"}, "email"),
        ({"email": "f\x00an@example.org"}, "email"),
        ({"email": "x" * 10_000}, "email"),
        ({"email": "x" * 10_000 + "@example.org"}, "email"),
        ({"frequency": ""}, "frequency"),
        ({"frequency": "hourly"}, "frequency"),
        ({"frequency": "at\x00once"}, "frequency"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(client: Client, wrong: dict[str, str], field: str) -> None:
    answer: Any = client.post("/follow/country/JP/", {**YES, **wrong})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {field}
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/follow/country/QQ/",
        "/follow/country/japan/",
        "/follow/jurisdiction/999999999999999999/",
        "/follow/jurisdiction/0/",
        "/follow/jurisdiction/9999999999999999999999/",
        "/follow/affiliation/SCI-999999/",
        f"/follow/affiliation/{'x' * 10_000}/",
        "/follow/country/J%00/",
        "/follow/planet/3/",
        "/follow/letters/nonsense/",
        "/follow/stop/nonsense/",
        f"/follow/stop/{'x' * 10_000}/",
        "/follow/stop/%00/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address, YES).status_code == 404


def test_a_link_that_is_old_or_of_nobody_says_so(client: Client) -> None:
    for token in ("nonsense", "%00", links.sign_words(links.FOLLOW_ASKED, 77, "weekly", "en")):
        for answer in (client.get(f"/follow/confirm/{token}/"), client.post(f"/follow/confirm/{token}/")):
            assert answer.status_code == 410
            assert "not valid any more" in text(answer)


def test_a_mail_program_ends_it_with_one_post_and_may_repeat_it(row: Subscription, strict: Client) -> None:
    for _click in range(2):
        answer = strict.post(path("stop", row), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not answer.cookies
    assert not Subscription.objects.exists()


def test_opening_the_link_ends_nothing(row: Subscription, client: Client) -> None:
    assert "Japan" in text(client.get(path("stop", row)))
    client.head(path("stop", row))
    assert Subscription.objects.exists()
    Subscription.objects.all().delete()
    assert "no more" in text(client.get(path("stop", row)))
    assert client.get(path("letters", row)).status_code == 410


def test_everything_an_address_follows_ends_with_one_button(row: Subscription, strict: Client) -> None:
    for code in ("UA", "FR"):
        Subscription.objects.create(email=row.email, language="en", subject_type="country", subject_id=code)
    strict.post(path("stop", row), {"all": "1"})
    assert not Subscription.objects.exists()


def test_how_often_is_changed_on_a_page_of_its_own(row: Subscription, strict: Client) -> None:
    assert strict.post(path("letters", row), {"frequency": "weekly", "language": "en"}).url == path("letters", row)
    row.refresh_from_db()
    assert row.frequency == "weekly"
    wrong: Any = strict.post(path("letters", row), {"frequency": "\x00"})
    assert "frequency" in wrong.context["form"].errors


def test_the_language_of_the_letters_can_be_chosen_where_there_are_several(settings: Any, client: Client) -> None:
    settings.LANGUAGES = [("en", "English"), ("uk", "Ukrainian")]
    client.post("/follow/country/JP/", {**YES, "language": "uk"})
    assert Notice.objects.get().language == "uk"
    wrong: Any = client.post("/follow/country/JP/", {**YES, "language": "xx"})
    assert "language" in wrong.context["form"].errors


def test_one_place_in_the_network_cannot_ask_without_end(settings: Any, client: Client) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "follow": "3/h/ip"}
    answers = [client.post("/follow/", {**YES, "email": f"{n}@example.org"}).status_code for n in range(4)]
    assert answers == [302, 302, 302, 429]


def test_one_address_is_not_flooded_and_nobody_is_told_so(settings: Any, client: Client) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "follow_for": "2/d/key"}
    answers = [client.post(f"/follow/country/{code}/", YES).url for code in ("JP", "UA", "FR", "DE")]
    assert answers == ["/follow/sent/"] * 4
    assert Notice.objects.count() == 2


def test_the_pages_ask_a_bounded_number_of_questions(
    row: Subscription, osaka: Jurisdiction, client: Client, django_assert_max_num_queries: Any
) -> None:
    for address in ("/follow/", f"/follow/jurisdiction/{osaka.pk}/", path("letters", row), path("stop", row)):
        with django_assert_max_num_queries(2):
            client.get(address)
    # Of these, half are the savepoints that hold the row and its letter together.
    with django_assert_max_num_queries(19):
        client.post(f"/follow/jurisdiction/{osaka.pk}/", YES)
