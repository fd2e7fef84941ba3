"""What the public pages show, to everybody alike."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.models import Affiliation, Agreement, Contact, Jurisdiction, Organisation, RegisterEntry, User
from partnerships.rules.dates import PartialDate
from partnerships.services import affiliations, jurisdictions, review
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_the_first_page_shows_totals_the_newest_and_the_countries(
    client: Client, sisters: Agreement, friends: Agreement
) -> None:
    page = text(client, "/")
    assert "Irondequoit" in page
    assert 'href="/countries/UA/"' in page
    assert 'action="/search/"' in page
    assert page.count('<span class="stat__value">') == 4


def test_a_country_says_in_a_sentence_what_it_shows(client: Client, sisters: Agreement, friends: Agreement) -> None:
    assert "1 sister and 1 friendship affiliations of the United States of America" in text(client, "/countries/US/")
    between = text(client, "/countries/JP/?subdivision=US-CA&standing=in_force")
    assert "1 friendship affiliation between Japan and California, in force." in between
    assert '<a class="chip" href="?standing=in_force">' in between
    assert '<link rel="canonical" href="http://127.0.0.1:8000/countries/JP/">' in between


def test_an_empty_country_says_so(client: Client) -> None:
    assert "No affiliation of this country is on record" in text(client, "/countries/NZ/")


def test_a_list_without_a_hit_offers_to_clear_the_filters(client: Client, sisters: Agreement) -> None:
    page = text(client, "/countries/UA/?kind=friendship")
    assert "No affiliation fits all of these filters" in page
    assert 'href="/countries/UA/"' in page


def test_a_list_is_paged_by_links(client: Client, sisters: Agreement, friends: Agreement, joint: Agreement) -> None:
    seen, path = [], "/affiliations/?page_size=2"
    while path:
        answer = client.get(path)
        listing = answer.context["listing"]
        seen += [row.number for row in listing.rows]
        path = f"/affiliations/{listing.next_url}" if listing.next_url else ""
    assert sorted(seen) == sorted(Affiliation.objects.values_list("number", flat=True))


def test_a_subdivision_lists_its_own(client: Client, sisters: Agreement, friends: Agreement) -> None:
    page = text(client, "/subdivisions/US-NY/")
    assert "<h1>New York</h1>" in page
    assert "Irondequoit" in page
    assert "San Francisco" not in page


def test_an_affiliation_shows_who_when_and_by_what(client: Client, sisters: Agreement) -> None:
    page = text(client, "/affiliations/SCI-000001/")
    document = sisters.filing.documents.first()
    assert document is not None
    for words in (
        "Irondequoit",
        "Полтава",
        "29 June 1992",
        "Mayor of Poltava",
        document.sha256,
        "Recognised since",
        "states that it never expires",
        "Humanitarian aid",
        "Since 1992.",
        "@misc{SCI-000001",
        "Of the partners at home of Poltava, this is the earliest on record.",
    ):
        assert words in page, words


def test_an_affiliation_that_is_not_recognised_says_why_and_is_never_called_invalid(
    client: Client, sisters: Agreement, irondequoit: Jurisdiction
) -> None:
    irondequoit.membership_terms.update(paid_through=date(2020, 12, 31))
    page = text(client, "/affiliations/SCI-000001/")
    assert "Not currently recognised: the membership was paid through" in page
    assert "invalid" not in page.lower()


def test_the_history_tells_acts_events_decisions_and_confirmations_in_order(
    client: Client, sisters: Agreement, registrar: User
) -> None:
    by, today = Actor.of(registrar), timezone.localdate()
    affiliations.record_milestone(
        number="SCI-000001",
        kind="conference",
        happened=PartialDate.parse("2022-07-14"),
        text="Virtual conference",
        sources=["https://example.org/minutes"],
        by=by,
        on=today,
    )
    affiliations.decide(
        number="SCI-000001",
        act="emeritus",
        by=by,
        on=today,
        effective=PartialDate.parse("2024"),
        reason="No program for years.",
    )
    affiliations.exclude(
        number="SCI-000001", by=by, on=today, from_date=date(2025, 1, 1), to_date=date(2025, 6, 30), reason="Dispute."
    )
    affiliations.confirm(number="SCI-000001", by=by, on=today)
    page = text(client, "/affiliations/SCI-000001/")
    found = [
        "Established as a sister",
        "Virtual conference",
        "No program for years.",
        "Dispute.",
        "Confirmed as active",
    ]
    places = [page.index(words) for words in found]
    assert places == sorted(places)
    assert "registrar" not in page.lower()  # staff are not named


def test_what_was_entered_in_error_stays_and_says_so(client: Client, sisters: Agreement, registrar: User) -> None:
    review.annul(filing_id=sisters.filing.pk, by=Actor.of(registrar), on=timezone.localdate(), reason="Wrong city.")
    page = text(client, "/affiliations/SCI-000001/")
    assert "Entered in error" in page
    assert "Wrong city." in page
    agreement = text(client, f"/agreements/{sisters.number}/")
    assert "Annulled" in agreement
    assert "Wrong city." in agreement
    assert "SCI-000001" not in text(client, "/affiliations/?standing=any")


def test_an_agreement_of_three_shows_three_affiliations(client: Client, joint: Agreement) -> None:
    page = text(client, f"/agreements/{joint.number}/")
    assert "The affiliations it is about" in page
    for number in joint.affiliations.values_list("number", flat=True):
        assert f"/affiliations/{number}/" in page
    entry = RegisterEntry.objects.get(subject=f"agreements/{joint.number}")
    assert f"#entry-{entry.seq}" in page


def test_a_community_shows_partners_names_standing_and_public_contacts_only(
    client: Client, sisters: Agreement, irondequoit: Jurisdiction
) -> None:
    committee = Organisation.objects.create(jurisdiction=irondequoit, name="Sister City Committee", public=True)
    Organisation.objects.create(jurisdiction=irondequoit, name="Secret Society")
    Contact.objects.create(organisation=committee, name="Ann Public", email="ann@example.org", public=True)
    Contact.objects.create(organisation=committee, name="Pat Private", email="pat@example.org")
    page = text(client, f"/jurisdictions/{irondequoit.pk}-irondequoit/")
    for words in ("Poltava", "Member in good standing", "Sister City Committee", "Ann Public"):
        assert words in page
    for words in ("Secret Society", "Pat Private", "pat@example.org"):
        assert words not in page


def test_a_lapsed_member_is_not_currently_one(client: Client, irondequoit: Jurisdiction) -> None:
    irondequoit.membership_terms.update(paid_through=date(2020, 12, 31))
    page = text(client, f"/jurisdictions/{irondequoit.pk}-irondequoit/")
    assert "Not currently a member in good standing" in page
    assert "Paid through 31 December 2020" in page


def test_a_wrong_or_missing_slug_leads_to_the_right_address(client: Client, poltava: Jurisdiction) -> None:
    right = f"/jurisdictions/{poltava.pk}-poltava/"
    for wrong in (f"/jurisdictions/{poltava.pk}/", f"/jurisdictions/{poltava.pk}-Полтава/"):
        answer = client.get(wrong)
        assert (answer.status_code, answer["Location"]) == (301, right)


def test_a_community_that_waits_for_staff_is_not_public(client: Client) -> None:
    waiting = cast.jurisdiction("Nowhere Yet", "FR", provisional=True)
    text(client, f"/jurisdictions/{waiting.pk}-nowhere-yet/", 404)
    assert "Nowhere Yet" not in text(client, "/search/?q=nowhere+yet").replace("value=", "").replace("nowhere yet", "")


def test_a_community_that_was_matched_leads_to_the_one_that_stays(
    client: Client, poltava: Jurisdiction, registrar: User
) -> None:
    double = cast.jurisdiction("Poltawa", "UA", provisional=True)
    jurisdictions.match(provisional_id=double.pk, existing_id=poltava.pk, by=Actor.of(registrar))
    answer = client.get(f"/jurisdictions/{double.pk}-poltawa/")
    assert (answer.status_code, answer["Location"]) == (301, f"/jurisdictions/{poltava.pk}-poltava/")


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/countries/jp/", "/countries/JP/"),
        ("/subdivisions/us-ny/", "/subdivisions/US-NY/"),
        ("/affiliations/sci-000001/", "/affiliations/SCI-000001/"),
        ("/agreements/sci-2026-000001/", "/agreements/SCI-2026-000001/"),
    ],
)
def test_small_letters_lead_to_the_one_address(client: Client, asked: str, right: str) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, right)


def test_a_page_that_does_not_exist_offers_the_search(client: Client) -> None:
    for path in ("/countries/ZZ/", "/subdivisions/US-QQ/", "/affiliations/SCI-999999/", "/agreements/SCI-2026-999999/"):
        assert 'action="/search/"' in text(client, path, 404)


def test_fictional_examples_are_marked_wherever_they_appear(client: Client, sisters: Agreement) -> None:
    Affiliation.objects.update(fictional=True)
    for path in ("/", "/countries/UA/", "/affiliations/SCI-000001/", "/affiliations/", "/search/?q=SCI-000001"):
        assert "Fictional example" in text(client, path), path


def test_the_register_is_shown_last_things_first(client: Client, sisters: Agreement, friends: Agreement) -> None:
    entries = client.get("/register/").context["entries"]
    sequence = [row["entry"].seq for row in entries]
    assert sequence == sorted(sequence, reverse=True)
    assert [row["entry"].seq for row in client.get("/register/?before=2").context["entries"]] == [1]


def test_the_register_can_be_read_on_from_any_entry(client: Client, sisters: Agreement, friends: Agreement) -> None:
    def lines(path: str) -> list[dict[str, Any]]:
        answer = client.get(path)
        return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]  # type: ignore[attr-defined]

    whole = lines("/register.jsonl")
    assert [entry["seq"] for entry in whole] == list(range(1, RegisterEntry.objects.count() + 1))
    assert lines("/register.jsonl?after=1") == whole[1:]
    assert lines("/register/.jsonl?after=0") == whole
    assert set(whole[0]) == {
        "seq", "recorded_at", "event", "subject", "payload", "payload_hash", "previous_hash", "hash"
    }  # fmt: skip


def test_the_feed_is_well_formed(client: Client, sisters: Agreement) -> None:
    from xml.etree import ElementTree

    answer = client.get("/register.atom")
    feed = ElementTree.fromstring(answer.content)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == RegisterEntry.objects.count()


def test_the_site_map_names_every_public_page(client: Client, joint: Agreement, osaka: Jurisdiction) -> None:
    hidden = cast.jurisdiction("Hidden", "FR", provisional=True)
    index = text(client, "/sitemap.xml")
    addresses = [part.split("<")[0] for part in index.split("<loc>")[1:]]
    whole = " ".join(text(client, address.removeprefix("http://127.0.0.1:8000")) for address in addresses)
    for path in ("/countries/FR/", f"/agreements/{joint.number}/", "/affiliations/SCI-000001/", f"/{osaka.pk}-osaka/"):
        assert f"{path}</loc>" in whole
    assert f"/jurisdictions/{hidden.pk}-" not in whole


def test_robots_are_told_the_site_map(client: Client) -> None:
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text(client, "/robots.txt")


def test_a_country_that_takes_an_article_has_it_within_sentences_only(client: Client, sisters: Agreement) -> None:
    page = text(client, "/countries/US/")
    assert "In the United States of America" in page
    assert "<h1>United States of America</h1>" in page


def test_the_register_names_the_communities_that_an_entry_tells_of(client: Client, sisters: Agreement) -> None:
    assert "Irondequoit – Poltava</bdi>" in text(client, "/register/")
