"""Feeds for people: each tells of its own things, the last first, and of nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Affiliation, Agreement, Jurisdiction, RegisterEntry
from partnerships.services import affiliations
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = date(2026, 11, 24)


def feed(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml")
    return ElementTree.fromstring(answer.content)


def told(client: Client, path: str) -> list[int]:
    """The sequence numbers of the entries that a feed holds."""
    ids = [str(entry.findtext(f"{ATOM}id")) for entry in feed(client, path).findall(f"{ATOM}entry")]
    return [int(one.rpartition("-")[2]) for one in ids]


def seqs(*subjects: str) -> list[int]:
    return list(RegisterEntry.objects.filter(subject__in=subjects).order_by("-seq").values_list("seq", flat=True))


def test_a_country_tells_of_its_affiliations_and_agreements(
    client: Client, sisters: Agreement, friends: Agreement, registrar: Any
) -> None:
    number = friends.affiliations.get().number
    affiliations.decide(
        number=number, act="emeritus", by=Actor.of(registrar), on=TODAY, effective=None, reason="No program."
    )
    assert told(client, "/countries/JP.atom") == seqs(f"agreements/{friends.number}", f"affiliations/{number}")
    assert len(told(client, "/countries/JP.atom")) == 2
    assert told(client, "/countries/FR.atom") == []


def test_a_community_tells_of_itself_too(client: Client, sisters: Agreement, poltava: Jurisdiction) -> None:
    own = told(client, f"/jurisdictions/{poltava.pk}.atom")
    assert own == seqs(f"agreements/{sisters.number}", f"jurisdictions/{poltava.pk}")
    assert own


def test_an_affiliation_tells_of_its_agreements(client: Client, sisters: Agreement, friends: Agreement) -> None:
    for agreement in (sisters, friends):
        number = agreement.affiliations.get().number
        assert told(client, f"/affiliations/{number}.atom") == seqs(f"agreements/{agreement.number}")


def test_the_newest_come_first_and_no_more_than_fifty(client: Client, poltava: Jurisdiction) -> None:
    for number in range(3):
        home = cast.member(cast.jurisdiction(f"Home {number}"))
        cast.registered([home, poltava])
    everything = told(client, "/countries/UA.atom")
    assert everything == sorted(everything, reverse=True)
    assert len(everything) == 3


@pytest.mark.parametrize("path", ["/countries/QQ.atom", "/jurisdictions/999.atom", "/affiliations/SCI-999999.atom"])
def test_what_is_not_there_has_no_feed(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_community_that_waits_for_staff_has_no_feed(client: Client) -> None:
    hidden = cast.jurisdiction("Hidden", "FR", provisional=True)
    assert client.get(f"/jurisdictions/{hidden.pk}.atom").status_code == 404


def test_pages_name_their_feeds_and_feeds_their_pages(client: Client, sisters: Agreement) -> None:
    one = Affiliation.objects.select_related("first").get()
    paths = {
        "/countries/UA/": "/countries/UA.atom",
        f"/jurisdictions/{one.first.pk}-{one.first.slug}/": f"/jurisdictions/{one.first.pk}.atom",
        f"/affiliations/{one.number}/": f"/affiliations/{one.number}.atom",
    }
    for page, own in paths.items():
        assert f'type="application/atom+xml" title="Changes" href="{own}"' in client.get(page).text
        links = {link.get("rel"): link.get("href") for link in feed(client, own).findall(f"{ATOM}link")}
        assert links["alternate"].endswith(page)
        assert links["self"].endswith(own)


def test_feeds_ask_few_questions_and_are_told_when_nothing_moved(client: Client, sisters: Agreement) -> None:
    number = sisters.affiliations.get().number
    for path in ("/countries/UA.atom", f"/affiliations/{number}.atom"):
        with CaptureQueriesContext(connection) as queries:
            tag = client.get(path)["ETag"]
        assert len(queries) <= 5
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
