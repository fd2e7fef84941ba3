"""Other apps let their nouns be found in the same box, by the same rules."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from partnerships.selectors import searchers
from partnerships.selectors.search import search
from partnerships.selectors.searchers import Entry
from tests import cast

TODAY = date.today()  # noqa: DTZ011
pytestmark = pytest.mark.django_db
ENTRIES = [
    Entry("Open World", "/programs/open-world/", "Inbound delegations"),
    Entry("Young Artists and Authors Showcase", "/programs/young-artists/", "Yearly", ("Concours jeunes artistes",)),
    Entry("September Concert", "/programs/september-concert/"),
]
read: list[date] = []


def entries(on: date) -> list[Entry]:
    read.append(on)
    return ENTRIES


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of nouns with nothing but these in it."""
    read.clear()
    monkeypatch.setattr(searchers, "_SEARCHERS", {})
    searchers.add("program", entries)


def names(text: str) -> list[str]:
    return [hit.name for hit in search(text, on=TODAY).others]


@pytest.mark.parametrize("text", ["open world", "OPEN", "world op", "Ópen Wörld", "оpen world", "opne worlt"])
def test_a_program_is_found_as_a_community_is(text: str) -> None:
    assert names(text) == ["Open World"]


def test_other_names_count_and_names_that_begin_so_come_first() -> None:
    ENTRIES.append(Entry("Concert of September", "/programs/other/"))
    assert names("jeunes artistes") == ["Young Artists and Authors Showcase"]
    assert names("september") == ["September Concert", "Concert of September"]
    ENTRIES.pop()


def test_a_community_that_is_spelt_so_does_not_hide_a_program() -> None:
    cast.jurisdiction("Worldsend", "GB")
    found = search("world", on=TODAY)
    assert ([hit.party.name for hit in found.communities], len(found.others)) == (["Worldsend"], 1)


def test_the_entries_are_read_once_until_the_register_moves() -> None:
    names("world")
    names("concert")
    assert len(read) == 1
    cast.entry()
    names("concert")
    assert len(read) == 2


def test_words_of_other_names_come_last_and_an_entry_may_be_another_noun() -> None:
    ENTRIES.append(Entry("Artists of 2026", "/programs/young-artists/2026/", also=("Open",), noun="cycle"))
    assert names("open") == ["Open World", "Artists of 2026"]
    assert [hit.noun for hit in search("artists 2026", on=TODAY).others] == ["cycle"]
    ENTRIES.pop()


def test_page_and_api_show_them(client: Client) -> None:
    assert 'href="/programs/open-world/"' in client.get("/search/?q=open+world").text
    (hit,) = client.get("/api/v1/search/?q=open+world").json()["others"]
    assert (hit["type"], hit["name"], hit["url"].endswith("/programs/open-world/")) == ("program", "Open World", True)
    assert client.get("/api/v1/search/?q=open+world&country=US").json()["others"] == []
