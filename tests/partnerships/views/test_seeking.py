"""The board of communities that look for a partner, as visitors and representatives use it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.models import Introduction, Jurisdiction, Notice, User, Wish
from partnerships.rules.wishes import WishText
from partnerships.services import seeking
from partnerships.services.access import Actor
from tests import cast, seekers

pytestmark = pytest.mark.django_db


@pytest.fixture
def osaka_seeks(osaka: Jurisdiction) -> Wish:
    Jurisdiction.objects.filter(pk=osaka.pk).update(population=2_700_000)
    by = Actor.of(cast.representative(osaka, "Kenji", "kenji@example.org"))
    said = WishText(countries=["US"], themes=["arts", "health"], text="=A port like ours", languages=["ja", "en"])
    return seeking.publish(jurisdiction_id=osaka.pk, by=by, on=timezone.localdate(), said=said)


def names(client: Client, query: str) -> list[str]:
    return [row["name"] for row in json.loads(_file(client, f"{query}&format=json"))["results"]]


def _file(client: Client, query: str) -> bytes:
    return b"".join(client.get(f"/seeking/?{query}").streaming_content)  # type: ignore[attr-defined]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("country=JP", True),
        ("country=UA", False),
        ("wants=us", True),
        ("wants=UA", False),
        ("theme=arts", True),
        ("theme=sport", False),
        ("theme=sport&theme=health", True),
        ("kind=city&size=metropolis", True),
        ("size=village", False),
        ("country=JP&wants=US&theme=arts&kind=city&size=metropolis", True),
    ],
)
def test_each_filter_of_the_board(query: str, found: bool, client: Client, osaka_seeks: Wish) -> None:
    assert names(client, query) == (["Osaka"] if found else [])
    assert ("Osaka" in client.get(f"/seeking/?{query}").text) is found


def test_who_names_no_country_is_found_by_all(client: Client, poltava: Jurisdiction) -> None:
    seekers.wish(poltava)
    assert names(client, "wants=FR") == ["Poltava"]


@pytest.mark.parametrize(
    "query",
    ["country=XX", "theme=war", "size=huge", "kind=moon", "colour=blue", "cursor=abc", "format=xml", "wants=%00"],
)
def test_what_cannot_be_read_is_said(query: str, client: Client, osaka_seeks: Wish) -> None:
    answer = client.get(f"/seeking/?{query}")
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_every_page_of_the_board_shows_each_once(client: Client) -> None:
    made = seekers.many(60)
    Wish.objects.filter(pk=made[0].pk).update(since=date(2020, 1, 1))
    address, seen = "/seeking/", list[str]()
    while address:
        page = client.get(address).context
        seen += [row.party.name for row in page["page"].rows]
        address = page["next_url"] and f"/seeking/{page['next_url']}"
    assert (len(seen), len(set(seen)), seen[-1]) == (60, 60, made[0].jurisdiction.name)
    back = client.get(f"/seeking/{page['previous_url']}").context["page"].rows
    assert [row.party.name for row in back] == seen[25:50]


def test_the_files_hold_what_the_page_shows(client: Client, osaka_seeks: Wish) -> None:
    (line,) = csv.DictReader(io.StringIO(_file(client, "format=csv").decode("utf-8-sig")))
    assert (line["name"], line["countries"], line["themes"]) == ("Osaka", "US", "arts health")
    assert line["text"] == "'=A port like ours"
    (row,) = json.loads(_file(client, "format=json"))["results"]
    assert (row["themes"], row["population"]) == (["arts", "health"], 2_700_000)


def test_a_suggestion_says_why_with_its_facts(client: Client, osaka_seeks: Wish, san_francisco: Jurisdiction) -> None:
    Jurisdiction.objects.filter(pk=san_francisco.pk).update(population=1_500_000, diaspora=["JP"], languages=["en"])
    seekers.wish(san_francisco, themes=["arts"], countries=["JP"])
    page = client.get(f"/seeking/{osaka_seeks.jurisdiction_id}/").text
    for sentence in (
        "Looks for a partner in your country: Japan",
        "Similar size: 2,700,000 – 1,500,000 people",
        "Shared themes: Arts and culture",
        "live in the other community: Japan",
        "Shared languages: English",
        "Your first partner in this country: United States of America",
    ):
        assert sentence in page


def test_shared_partners_are_named_and_own_partners_left_out(
    client: Client, osaka_seeks: Wish, irondequoit: Jurisdiction, poltava: Jurisdiction, san_francisco: Jurisdiction
) -> None:
    osaka = osaka_seeks.jurisdiction
    cast.registered([irondequoit, osaka])
    cast.registered([irondequoit, poltava])
    cast.registered([san_francisco, osaka])
    seekers.wish(poltava)
    seekers.wish(san_francisco, countries=["JP"])
    page = client.get(f"/seeking/{osaka.pk}/")
    assert "Partners in common: Irondequoit" in page.text
    assert [one.row.party.name for one in page.context["suggestions"]] == ["Poltava"]


@pytest.mark.parametrize("key", ["0", "999999", "9" * 18])
def test_who_looks_for_nobody_has_no_page(key: str, client: Client) -> None:
    assert client.get(f"/seeking/{key}/").status_code == 404


def test_the_address_of_a_community_that_was_merged_leads_on(client: Client, osaka: Jurisdiction) -> None:
    gone = cast.jurisdiction("Ōsaka", "JP", successor=osaka)
    answer = client.get(f"/seeking/{gone.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/seeking/{osaka.pk}/")


def test_the_page_of_the_community_tells_it_until_it_is_over(client: Client, osaka_seeks: Wish) -> None:
    address = f"/jurisdictions/{osaka_seeks.jurisdiction_id}-osaka/"
    assert "Looks for a partner" in client.get(address).text
    Wish.objects.update(since=date(2020, 1, 1), until=timezone.localdate() - timedelta(days=1))
    assert "Looks for a partner" not in Client().get(address).text


def test_a_representative_publishes_renews_and_ends(
    irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    client, address = signed_in(representative_of_irondequoit), f"/account/seeking/{irondequoit.pk}/"
    assert address in client.get("/account/").text
    typed = {"text": "A port", "countries": ["JP"], "themes": ["arts"], "months": "3", "languages_0": "en"}
    assert client.post(address, typed).status_code == 302
    wish = Wish.objects.get()
    assert (wish.text, wish.countries, wish.jurisdiction.languages) == ("A port", ["JP"], ["en"])
    assert "Irondequoit" in Client().get("/seeking/").text
    assert "A port" in client.get(address).text
    client.post(f"{address}renew/")
    assert Wish.objects.get().until > wish.until
    client.post(f"{address}end/")
    assert Wish.objects.get().closed_on == timezone.localdate()
    assert "Irondequoit" not in Client().get("/seeking/").text


def test_a_form_with_mistakes_comes_back_as_it_was_typed(
    irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    client, address = signed_in(representative_of_irondequoit), f"/account/seeking/{irondequoit.pk}/"
    page = client.post(address, {"text": "Typed", "countries": ["XX"], "months": "7"})
    assert (page.status_code, set(page.context["form"].errors)) == (200, {"countries", "months"})
    assert "Typed" in page.text
    assert set(client.post(address, {"months": "3"}).context["form"].errors) == {"text"}
    assert not Wish.objects.exists()


@pytest.mark.parametrize("what", ["", "renew/", "end/"])
def test_nobody_else_gets_at_it(what: str, osaka_seeks: Wish, representative_of_irondequoit: User) -> None:
    address = f"/account/seeking/{osaka_seeks.jurisdiction_id}/{what}"
    assert signed_in(representative_of_irondequoit).post(address, {"text": "Mine", "months": "3"}).status_code == 404
    assert Client().post(address).status_code == 302
    osaka_seeks.refresh_from_db()
    assert (osaka_seeks.text, osaka_seeks.closed_on) == ("=A port like ours", None)


def test_interest_is_sent_once_and_both_sides_see_it(
    osaka_seeks: Wish, irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    client, address = (
        signed_in(representative_of_irondequoit),
        f"/account/seeking/{osaka_seeks.jurisdiction_id}/interest/",
    )
    typed = {"community": irondequoit.pk, "message": "Hello from the lake"}
    assert client.post(address, typed).status_code == 302
    again = client.post(address, {**typed, "message": "Hello again"})
    assert (again.status_code, "already" in again.text, "Hello again" in again.text) == (200, True, True)
    assert (Introduction.objects.count(), Notice.objects.get().email) == (1, "kenji@example.org")
    theirs = signed_in(User.objects.get(email="kenji@example.org")).get(
        f"/account/seeking/{osaka_seeks.jurisdiction_id}/"
    )
    assert "Hello from the lake" in theirs.text


def test_interest_in_the_name_of_others_is_refused(
    osaka_seeks: Wish, poltava: Jurisdiction, representative_of_irondequoit: User, stranger: User
) -> None:
    address = f"/account/seeking/{osaka_seeks.jurisdiction_id}/interest/"
    typed = {"community": poltava.pk, "message": "Hello"}
    page = signed_in(representative_of_irondequoit).post(address, typed)
    assert set(page.context["form"].errors) == {"community"}
    assert "You represent no other community" in signed_in(stranger).post(address, typed).text
    assert not Introduction.objects.exists()
