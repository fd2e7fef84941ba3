"""The page that shows two communities side by side before one is merged into the other, and the way back."""

from __future__ import annotations

import pytest
from django.test import Client

from partnerships.models import Affiliation, Jurisdiction, LikelyDuplicate, Merge, User
from tests import cast
from tests.partnerships.admin.desk import address, at_the_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(registrar: User) -> Client:
    return at_the_desk(registrar)


@pytest.fixture
def twin(db: None) -> Jurisdiction:
    return cast.jurisdiction("Ōsaka-shi", "JP", native_name="大坂", geonames_id=1853909, population=2753862)


def compare(gone: Jurisdiction, kept: Jurisdiction) -> str:
    return f"{address('jurisdiction_merge')}?gone={gone.pk}&kept={kept.pk}"


def test_both_sides_are_shown_with_what_would_happen(
    desk: Client, san_francisco: Jurisdiction, irondequoit: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction
) -> None:
    elder = cast.registered([san_francisco, twin], signed_on="1957").affiliations.get()
    younger = cast.registered([san_francisco, osaka], signed_on="1960").affiliations.get()
    moving = cast.registered([irondequoit, twin]).affiliations.get()
    text = desk.get(compare(twin, osaka)).content.decode()
    assert "1853909" in text
    assert "2,753,862" in text
    assert "→ fills the gap" in text
    assert f"stays; {younger.number} leads to it" in text
    assert elder.number in text
    assert moving.number in text
    assert "moves with its number" in text
    assert not Merge.objects.exists()


def test_a_registrar_merges_and_undoes(desk: Client, osaka: Jurisdiction, twin: Jurisdiction) -> None:
    refused = desk.post(compare(twin, osaka), {"reason": " "})
    assert refused.status_code == 200
    done = desk.post(compare(twin, osaka), {"reason": "One city"})
    made = Merge.objects.get()
    assert done["Location"] == address("merge_change", made.pk)
    assert "/undo/" in desk.get(done["Location"]).content.decode()
    desk.post(address("merge_undo", made.pk), {"reason": "Two after all"})
    twin.refresh_from_db()
    assert twin.successor is None


def test_what_forbids_it_is_said_and_what_was_typed_is_kept(
    desk: Client, san_francisco: Jurisdiction, osaka: Jurisdiction
) -> None:
    number = cast.registered([san_francisco, osaka]).affiliations.get().number
    assert f"They are partners of each other ({number})" in desk.get(compare(san_francisco, osaka)).content.decode()
    text = desk.post(compare(san_francisco, osaka), {"reason": "I think they are one"}).content.decode()
    assert "I think they are one" in text
    assert "Nothing was changed." in text


@pytest.mark.parametrize("query", ["", "?gone=1", "?gone=x&kept=y", "?kept=999999&gone=999998"])
def test_a_wrong_address_asks_which_two(desk: Client, query: str) -> None:
    answer = desk.get(address("jurisdiction_merge") + query)
    assert answer.status_code == 200
    assert "Compare" in answer.content.decode()
    assert f'<a href="{address("jurisdiction_changelist")}" class="closelink">Cancel</a>' in answer.content.decode()


def test_the_same_community_twice_is_asked_again(desk: Client, osaka: Jurisdiction) -> None:
    assert "Choose another community." in desk.get(compare(osaka, osaka)).content.decode()


def test_a_clerk_does_not_merge(clerk: User, osaka: Jurisdiction, twin: Jurisdiction) -> None:
    assert at_the_desk(clerk).get(compare(twin, osaka)).status_code == 403
    assert at_the_desk(clerk).post(compare(twin, osaka), {"reason": "x"}).status_code == 403


def test_a_clerk_dismisses_a_pair_with_a_reason(clerk: User, osaka: Jurisdiction, twin: Jurisdiction) -> None:
    pair = LikelyDuplicate.objects.create(one=osaka, other=twin, score=90, reasons=["near:3"], found_on="2026-11-25")
    desk = at_the_desk(clerk)
    assert "3 km apart" in desk.get(address("likelyduplicate_changelist")).content.decode()
    desk.post(address("likelyduplicate_dismiss", pair.pk), {"reason": "A ward"})
    pair.refresh_from_db()
    assert pair.dismissed_because == "A ward"
    listed, waiting = (desk.get(address("likelyduplicate_changelist"), {"dismissed_on__isempty": n}).text for n in "01")
    assert "3 km apart" in listed
    assert "3 km apart" not in waiting
    assert "Not decided yet" in listed
    assert "Not empty" not in listed


def test_a_wrong_partner_is_corrected_on_the_page_of_the_affiliation(
    desk: Client, san_francisco: Jurisdiction, osaka: Jurisdiction, twin: Jurisdiction
) -> None:
    made = cast.registered([san_francisco, osaka]).affiliations.get()
    typed = {"wrong": osaka.pk, "right": twin.pk, "reason": "The ward is meant"}
    text = desk.post(address("affiliation_partner", made.pk), typed).content.decode()
    assert "It stands on a registered agreement." in text
    assert Affiliation.objects.get().party_ids == made.party_ids
