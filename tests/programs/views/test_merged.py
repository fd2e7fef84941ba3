"""What a community did in programs is found after it was merged into another, under either, and comes back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from partnerships.choices import Role
from partnerships.models import Affiliation, Jurisdiction, Merge, User
from partnerships.services import merges
from partnerships.services.access import Actor
from programs.choices import ParticipationState
from programs.models import Activity, Juror, Participation
from programs.services import announcements, scoring
from tests import cast
from tests.programs import cast as programs_cast
from tests.programs.conftest import Stage

TODAY = date.today()  # noqa: DTZ011
NAME = "Music by the lake"


@pytest.fixture
def registrar(db: None) -> Actor:
    return Actor.of(cast.staff(Role.REGISTRAR, "Rosa Registrar"))


def merge(gone: Jurisdiction, kept: Jurisdiction, by: Actor) -> Merge:
    return merges.merge(gone_id=gone.pk, kept_id=kept.pk, by=by, on=TODAY, reason="One town, entered twice")


def undo(made: Merge, by: Actor) -> None:
    merges.undo(merge_id=made.pk, by=by, on=TODAY, reason="Two towns after all")


def partner_of(stage: Stage) -> Jurisdiction:
    return stage.tie.second if stage.tie.first_id == stage.town.pk else stage.tie.first


def speaker(of: Participation) -> User:
    assert of.submitted_by is not None
    return of.submitted_by


@pytest.mark.parametrize("noun", ["participations", "activities", "results"])
def test_lists_and_the_page_follow_the_merge(client: Client, concert: Stage, registrar: Actor, noun: str) -> None:
    before = client.get(f"/api/v1/{noun}/?jurisdiction={concert.town.pk}").json()
    assert before["count"] == 1
    kept = cast.jurisdiction("Irondequoit Town", "US")
    merge(concert.town, kept, registrar)
    for pk in (concert.town.pk, kept.pk):
        assert client.get(f"/api/v1/{noun}/?jurisdiction={pk}").json()["count"] == 1
    other = programs_cast.pair()[0]
    assert client.get(f"/api/v1/{noun}/?jurisdiction={other.pk}").json()["count"] == 0
    assert "September Concert" in client.get(f"/jurisdictions/{concert.town.pk}/", follow=True).text


def test_a_chain_of_merges_ends_at_one_page_that_has_it_all_and_is_undone_link_by_link(
    client: Client, concert: Stage, registrar: Actor
) -> None:
    second, third = cast.jurisdiction("Irondequoit Town", "US"), cast.jurisdiction("Town of Irondequoit", "US")
    made = [merge(concert.town, second, registrar), merge(second, third, registrar)]
    concert.town.refresh_from_db()
    assert concert.town.successor == third
    assert NAME in client.get(f"/jurisdictions/{third.pk}-{third.slug}/").text
    told = client.get(f"/api/v1/participations/{concert.participation.pk}/").json()
    assert [told[party]["id"] for party in ("community", "partner")] == [third.pk, partner_of(concert).pk]
    undo(made[1], registrar)
    assert NAME in client.get(f"/jurisdictions/{second.pk}-{second.slug}/").text
    undo(made[0], registrar)
    concert.participation.refresh_from_db()
    assert concert.participation.jurisdiction_id == concert.town.pk
    assert NAME in client.get(f"/jurisdictions/{concert.town.pk}-{concert.town.slug}/").text
    assert NAME not in client.get(f"/jurisdictions/{third.pk}-{third.slug}/").text


def test_hosts_and_the_own_community_of_jurors_follow_and_come_back(concert: Stage, registrar: Actor) -> None:
    scene, kept = cast.jurisdiction("Webster", "US"), cast.jurisdiction("Webster Town", "US")
    Activity.objects.update(host=scene)
    juror = cast.person()
    cycle = programs_cast.cycle(kind="africa_grant")
    scoring.appoint(cycle_id=cycle.pk, user_id=juror.pk, community_id=scene.pk, by=programs_cast.officer())
    made = merge(scene, kept, registrar)
    assert (Activity.objects.get().host, Juror.objects.get().community) == (kept, kept)
    undo(made, registrar)
    assert (Activity.objects.get().host, Juror.objects.get().community) == (scene, scene)


def test_what_was_begun_after_the_merge_stays_with_the_community_that_stayed(concert: Stage, registrar: Actor) -> None:
    kept = cast.jurisdiction("Irondequoit Town", "US")
    made = merge(concert.town, kept, registrar)
    later = programs_cast.application(concert.cycle, kept, cast.representative(kept))
    undo(made, registrar)
    later.refresh_from_db()
    assert later.jurisdiction == kept


@pytest.fixture
def joined(concert: Stage, registrar: Actor) -> tuple[Stage, Jurisdiction, Affiliation]:
    """The two communities have the same partner: the affiliation of the one leads to that of the other."""
    kept = cast.jurisdiction("Irondequoit Town", "US")
    cast.registered([kept, partner_of(concert)], signed_on="1950")
    merge(concert.town, kept, registrar)
    concert.tie.refresh_from_db()
    assert concert.tie.successor is not None
    return concert, kept, concert.tie.successor


def test_under_an_affiliation_that_leads_to_another_it_is_shown_at_both(
    client: Client, joined: tuple[Stage, Jurisdiction, Affiliation]
) -> None:
    stage, kept, standing = joined
    stage.participation.refresh_from_db()
    assert stage.participation.jurisdiction == stage.town  # as the affiliation was, under which it took place
    assert NAME in client.get(f"/jurisdictions/{kept.pk}-{kept.slug}/").text
    assert NAME in client.get(f"/affiliations/{standing.number}/").text
    for number in (standing.number, stage.tie.number):
        assert client.get(f"/api/v1/participations/?affiliation={number}").json()["count"] == 1
    subject = f"{stage.path.strip('/')}/{stage.participation.pk}"
    for feed in (f"/jurisdictions/{kept.pk}.atom", f"/affiliations/{standing.number}.atom"):
        assert subject in client.get(feed).text
    assert "Concert on the pier" in client.get(f"/jurisdictions/{kept.pk}.ics").content.decode()


def test_under_such_an_affiliation_those_who_speak_for_the_community_go_on(
    client: Client, joined: tuple[Stage, Jurisdiction, Affiliation]
) -> None:
    stage, _kept, _standing = joined
    user = speaker(stage.participation)
    client.force_login(user)
    assert NAME in client.get("/account/calls/").text
    assert client.get(f"/applications/{stage.participation.pk}/").status_code == 200
    stage.participation.refresh_from_db()
    assert stage.participation.state == ParticipationState.ACCEPTED
    assert user in announcements.applicants(stage.participation)
