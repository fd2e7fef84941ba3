"""Narrowing down what a search finds: counts that keep their word."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from partnerships.models import Jurisdiction
from partnerships.selectors import hits
from partnerships.selectors import search as search_module
from partnerships.selectors.hits import Chosen
from partnerships.selectors.search import Found, search
from tests import cast

TODAY = date.today()  # noqa: DTZ011
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _record(irondequoit: Jurisdiction, san_francisco: Jurisdiction, osaka: Jurisdiction, poltava: Jurisdiction) -> None:
    harbor = cast.jurisdiction("Harbor City", "US")
    cast.registered([harbor, osaka], signed_on="1957")
    cast.registered([harbor, poltava], kind="friendship", signed_on="1992")
    cast.registered([irondequoit, cast.jurisdiction("Harborough", "GB")], signed_on="1970")
    cast.registered([harbor, osaka], act="end", signed_on="2018", declared_by_id=osaka.pk)


def found(text: str = "harbor", **chosen: tuple[str, ...]) -> Found:
    return search(text, on=TODAY, chosen=Chosen(**chosen))


def counts(found: Found, name: str) -> dict[str, int]:
    return {facet.value: facet.count for facet in getattr(found.facets, name)}


def test_every_value_says_how_many_it_would_leave() -> None:
    whole = found()
    assert whole.facets.count == len(whole.affiliations) == 3
    assert counts(whole, "country") == {"US": 3, "GB": 1, "JP": 1, "UA": 1}
    assert counts(whole, "kind") == {"sister": 2, "friendship": 1}
    assert counts(whole, "standing") == {"in_force": 2, "ended": 1}
    for name in ("country", "kind", "standing"):
        for value, count in counts(whole, name).items():
            assert len(found(**{name: (value,)}).affiliations) == count, value


def test_values_of_one_facet_add_up_and_facets_narrow_each_other() -> None:
    both = found(country=("JP", "UA"))
    assert len(both.affiliations) == 2
    assert counts(both, "country")["GB"] == 1
    assert counts(both, "standing") == {"in_force": 1, "ended": 1}
    assert len(found(country=("JP", "UA"), standing=("ended",)).affiliations) == 1


def test_what_has_no_kind_or_standing_is_left_out_where_one_is_chosen() -> None:
    assert {hit.party.country for hit in found().communities} == {"US", "GB"}
    assert [hit.party.name for hit in found(country=("GB",)).communities] == ["Harborough"]
    assert found(kind=("sister",)).communities == ()
    assert {hit.party for hit in found("mayor harbor", country=("US",)).people} == {"Harbor City"}


def test_nothing_similar_is_offered_for_what_was_narrowed_to_nothing() -> None:
    assert not found("harbor", country=("FR",))


@pytest.mark.parametrize("most", [1, 2])
def test_of_more_than_can_be_counted_the_best_are_still_the_best(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Whatever is chosen: those that are listed are those that would be listed if all were counted."""
    choices = (
        Chosen(),
        *(Chosen(country=(value,)) for value in ("US", "GB", "JP", "UA", "FR")),
        *(Chosen(kind=(value,)) for value in ("sister", "friendship")),
        *(Chosen(standing=(value,)) for value in ("in_force", "ended")),
        Chosen(country=("JP", "UA")),
        Chosen(country=("US",), kind=("sister",)),
        Chosen(country=("JP",), standing=("ended",)),
    )
    for text in ("harbor", "har", "harbor city", "harbor osaka"):
        truly = [search(text, on=TODAY, chosen=chosen) for chosen in choices]
        with monkeypatch.context() as bounded:
            bounded.setattr(hits, "MOST_COUNTED", most)
            for whole, part in zip(truly, [search(text, on=TODAY, chosen=chosen) for chosen in choices], strict=True):
                assert part.affiliations == whole.affiliations
                assert len(whole.affiliations) <= part.facets.count <= whole.facets.count
                for name in ("country", "kind", "standing"):
                    for facet in getattr(part.facets, name):
                        true = counts(whole, name)[facet.value]
                        assert facet.count == true if facet.whole else facet.count <= true


def test_the_best_of_many_are_the_open_ones_and_of_these_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "MOST_COUNTED", 1)
    dates = [str(row.since) for row in found().affiliations]
    assert dates == ["1992", "1970", "1957"]  # the last has ended
    monkeypatch.setattr(search_module, "MOST_OTHERS", 2)
    assert [str(row.since) for row in found().affiliations] == ["1992", "1970"]


def test_more_than_can_be_counted_is_said(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(hits, "MOST_COUNTED", 2)
    assert found().facets.whole is False
    page = client.get("/search/?q=harbor").text
    assert "The first 3 of 3 and more: open ones, the newest first." in page
    assert "or more" in page
    body = client.get("/api/v1/search/?q=harbor").json()["facets"]
    assert body["whole"] is False
    assert {facet["whole"] for facet in body["kind"]} == {False}
    narrowed = client.get("/api/v1/search/?q=harbor&country=GB").json()["facets"]
    assert (narrowed["count"], narrowed["whole"]) == (1, True)


def test_the_page_leads_to_each_value_and_back(client: Client) -> None:
    page = client.get("/search/?q=harbor").text
    assert 'href="?q=harbor&amp;country=GB"' in page
    narrowed = client.get("/search/?q=harbor&country=GB&kind=sister").text
    assert "Harborough" in narrowed
    assert "Osaka" not in narrowed
    assert 'aria-current="true"' in narrowed
    assert "Nothing is left" in client.get("/search/?q=harbor&country=FR").text
    assert "is not known" in client.get("/search/?q=harbor&country=QQ").text


def test_the_api_and_the_files_take_the_same_parameters(client: Client) -> None:
    body = client.get("/api/v1/search/?q=harbor&standing=ended&country=JP").json()
    assert [row["standing"] for row in body["affiliations"]] == ["ended"]
    chosen = {facet["value"] for facet in body["facets"]["country"] if facet["chosen"]}
    assert chosen == {"JP"}
    lines = b"".join(client.get("/api/v1/search/?q=harbor&country=GB&format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    page = b"".join(client.get("/search/?q=harbor&country=GB&format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert lines == page
    assert [line.split(",")[0] for line in lines.splitlines()] == ["type", "community", "affiliation", "signatory"]
    assert client.get("/api/v1/search/?q=harbor&standing=annulled").status_code == 400
