"""The desk's list of conflicts: who says what, settled or marked as disputed with a reason."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from partnerships.choices import ConflictState, Standing
from partnerships.models import Affiliation, Conflict, Jurisdiction, User
from partnerships.services import claims
from partnerships.services.access import Actor
from partnerships.services.claims import NewClaim
from tests import cast
from tests.partnerships.admin.desk import address, at_the_desk

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
URL = "https://secretsanfrancisco.com/"


@pytest.fixture
def affiliation(san_francisco: Jurisdiction, osaka: Jurisdiction) -> Affiliation:
    made: Affiliation = cast.registered([san_francisco, osaka], signed_on="1957").affiliations.get()
    facts = (("standing", "ended"), ("ended", "2018"), ("since", "1960"))
    rows = [NewClaim(made.pk, fact, value, "Secret San Francisco", URL) for fact, value in facts]
    claims.record(rows=rows, by=Actor.system("import"), on=TODAY)
    return made


@pytest.fixture
def desk(registrar: User) -> Client:
    return at_the_desk(registrar)


def _conflict(fact: str) -> Conflict:
    return Conflict.objects.get(fact=fact)


def test_the_list_is_read_in_a_few_statements(
    desk: Client, affiliation: Affiliation, django_assert_max_num_queries: Any
) -> None:
    desk.get(address("conflict_changelist"))
    with django_assert_max_num_queries(8):
        text = desk.get(address("conflict_changelist")).content.decode()
    assert "1957 / 1960" in text
    assert "Ended / In force" in text


def test_the_page_names_every_source(desk: Client, affiliation: Affiliation) -> None:
    text = desk.get(address("conflict_change", _conflict("since").pk)).content.decode()
    assert "Secret San Francisco" in text
    assert f'href="{URL}"' in text
    assert "/settle/" in text


def test_a_registrar_settles_with_a_reason_and_what_was_typed_is_kept(desk: Client, affiliation: Affiliation) -> None:
    settle = address("conflict_settle", _conflict("standing").pk)
    refused = desk.post(settle, {"value": "ended", "end": "June 2018", "reason": ""})
    assert 'value="June 2018"' in refused.content.decode()
    desk.post(settle, {"value": "ended", "end": "June 2018", "reason": "The mayor of Osaka declared it ended"})
    affiliation.refresh_from_db()
    assert (affiliation.standing, str(affiliation.ended)) == (Standing.ENDED, "2018-06")
    again = desk.post(settle, {"value": "in_force", "end": "", "reason": "Once more"}).content.decode()
    assert "Already decided by Ruth Registrar." in again


def test_a_disagreement_is_marked_as_disputed_and_opened_again(desk: Client, affiliation: Affiliation) -> None:
    found = _conflict("since")
    desk.post(address("conflict_dispute", found.pk), {"reason": "Two archives, two years"})
    assert _conflict("since").state == ConflictState.DISPUTED
    desk.post(address("conflict_reopen", found.pk), {"reason": "A third archive"})
    assert _conflict("since").state == ConflictState.OPEN


def test_a_claim_is_found_wrong(desk: Client, affiliation: Affiliation) -> None:
    wrong = address("conflict_wrong", _conflict("since").pk)
    (claim,) = re.findall(r'name="claim" value="(\d+)"', desk.get(wrong).content.decode())
    desk.post(wrong, {"claim": claim, "reason": "It means the sister port"})
    assert _conflict("since").state == ConflictState.SETTLED


def test_a_clerk_reads_and_does_not_decide(clerk: User, affiliation: Affiliation) -> None:
    page = at_the_desk(clerk).get(address("conflict_change", _conflict("since").pk)).content.decode()
    assert "/settle/" not in page
    assert at_the_desk(clerk).post(address("conflict_settle", _conflict("since").pk), {}).status_code == 403


def test_the_public_page_says_that_others_differ_and_names_them(client: Client, affiliation: Affiliation) -> None:
    text = client.get(f"/affiliations/{affiliation.number}/").content.decode()
    assert "Others differ" in text
    assert "Secret San Francisco" in text
    assert f'href="{URL}"' in text


def test_the_public_page_says_what_was_settled_and_is_never_stale(
    client: Client, desk: Client, affiliation: Affiliation
) -> None:
    before = client.get(f"/affiliations/{affiliation.number}/")
    desk.post(address("conflict_dispute", _conflict("since").pk), {"reason": "Two archives, two years"})
    after = client.get(f"/affiliations/{affiliation.number}/", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "Two archives, two years" in after.content.decode()


def test_the_api_names_the_others_with_their_sources(client: Client, affiliation: Affiliation) -> None:
    found = client.get(f"/api/v1/affiliations/{affiliation.number}/").json()["disagreements"]
    since = next(row for row in found if row["fact"] == "since")
    assert (since["value"], since["on_record"], since["state"]) == ("1957", True, "open")
    assert [(claim["value"], claim["source"], claim["source_url"]) for claim in since["claims"]] == [
        ("1960", "Secret San Francisco", URL)
    ]


def test_a_source_cannot_smuggle_a_script_into_the_page(client: Client, affiliation: Affiliation) -> None:
    row = NewClaim(affiliation.pk, "since", "1961", "<script>alert(1)</script>", "javascript:alert(1)")
    claims.record(rows=[row], by=Actor.system("import"), on=TODAY)
    text = client.get(f"/affiliations/{affiliation.number}/").content.decode()
    assert "<script>alert" not in text
    assert "javascript:" not in text
