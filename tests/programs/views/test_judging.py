"""The pages of a juror."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import User
from partnerships.services.access import Actor
from programs.models import Attachment, Participation, Score
from programs.services import decisions, scoring
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal() -> Participation:
    town, _partner, tie = troupe.pair()
    return troupe.handed_in(
        troupe.cycle(kind="africa_grant"),
        town,
        cast.representative(town),
        affiliation=tie.number,
        asked=Decimal(900),
        title="A well for Kibera",
    )


def juror(of: Participation, community: int | None = None) -> User:
    user = cast.person()
    scoring.appoint(cycle_id=of.cycle_id, user_id=user.pk, community_id=community, by=troupe.officer())
    return user


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def sheet(of: Participation) -> str:
    return reverse("judging_application", args=[of.cycle_id, of.pk])


def typed(of: Participation, *points: str, **more: str) -> dict[str, str]:
    criteria = of.cycle.criteria.all()
    return {f"points_{criterion.pk}": value for criterion, value in zip(criteria, points, strict=True)} | more


def test_what_waits_is_listed_judged_and_then_listed_as_judged(proposal: Participation) -> None:
    browser = signed_in(juror(proposal))
    waiting = reverse("judging_cycle", args=[proposal.cycle_id])
    assert "1 waits for your points" in browser.get(reverse("judging")).content.decode()
    assert "A well for Kibera" in browser.get(waiting).content.decode()
    answer = browser.post(sheet(proposal), typed(proposal, "7", "4.5", comment="Sound."), follow=True)
    assert "Judged by you" in answer.content.decode()
    assert list(Score.objects.values_list("points", flat=True)) == [Decimal(7), Decimal("4.5")]


def test_nothing_that_another_juror_gave_is_ever_on_the_page(proposal: Participation) -> None:
    other = juror(proposal)
    points = {criterion.pk: Decimal("3.14") for criterion in proposal.cycle.criteria.all()}
    scoring.give(participation_id=proposal.pk, points=points, comment="Weak plan.", by=Actor.of(other))
    browser = signed_in(juror(proposal))
    for address in (reverse("judging"), reverse("judging_cycle", args=[proposal.cycle_id]), sheet(proposal)):
        page = browser.get(address).content.decode()
        assert "3.14" not in page
        assert "Weak plan." not in page
        assert "You judged this before" not in page


def test_a_picture_is_seen_in_place_and_what_was_written_is_read_in_words(proposal: Participation) -> None:
    browser = signed_in(juror(proposal))
    Participation.objects.filter(pk=proposal.pk).update(state="draft")
    shown, paper = (
        students.attach(proposal, proposal.submitted_by, role=role, upload=students.photograph(colour=colour))
        for role, colour in (("photograph", "red"), ("plan", "blue"))
    )
    Attachment.objects.filter(pk=paper.pk).update(media_type="application/pdf")
    Participation.objects.filter(pk=proposal.pk).update(state="submitted")
    page = browser.get(sheet(proposal)).content.decode()
    picture, document = (reverse("judging_file", args=[proposal.cycle_id, one.pk]) for one in (shown, paper))
    assert f'<img src="{picture}" alt="Picture: ' in page
    assert f'<img src="{document}"' not in page
    assert f'href="{document}"' in page
    assert browser.get(picture)["Content-Type"] == "image/jpeg"
    assert "900 USD" in page
    assert "900.00" not in page


def test_points_out_of_bounds_are_refused_at_their_field_and_stay_typed(proposal: Participation) -> None:
    answer = signed_in(juror(proposal)).post(sheet(proposal), typed(proposal, "11", "2", comment="Kept words"))
    page = answer.content.decode()
    assert "There is something to correct" in page
    assert 'value="11"' in page
    assert "Kept words" in page
    assert not Score.objects.exists()


def test_to_anybody_else_there_is_nothing_to_judge(proposal: Participation) -> None:
    for stranger in (cast.person(), troupe.officer().user, proposal.submitted_by):
        browser = signed_in(stranger)
        assert browser.get(sheet(proposal)).status_code == 404
        assert browser.post(sheet(proposal), typed(proposal, "1", "1")).status_code == 404
        assert "You judge nothing at the moment" in browser.get(reverse("judging")).content.decode()
    assert Client().get(sheet(proposal)).status_code == 302


def test_ones_own_community_and_its_partner_are_neither_listed_nor_judged(proposal: Participation) -> None:
    for own in proposal.affiliation.party_ids:
        browser = signed_in(juror(proposal, community=own))
        listed = browser.get(reverse("judging_cycle", args=[proposal.cycle_id])).content.decode()
        assert "A well for Kibera" not in listed
        assert "Nothing is to be judged here now" in listed
        assert browser.get(sheet(proposal)).status_code == 404


def test_what_was_decided_leaves_the_list(proposal: Participation) -> None:
    browser = signed_in(juror(proposal))
    decisions.decline(participation_id=proposal.pk, by=troupe.officer(), at=troupe.DURING, comment="No.")
    assert browser.get(sheet(proposal)).status_code == 404
    assert "1 waits" not in browser.get(reverse("judging")).content.decode()


def test_a_dismissed_juror_finds_the_door_closed(proposal: Participation) -> None:
    user = juror(proposal)
    scoring.dismiss(juror_id=proposal.cycle.jurors.get().pk, by=troupe.officer(), at=troupe.DURING)
    assert signed_in(user).get(reverse("judging_cycle", args=[proposal.cycle_id])).status_code == 404


def test_the_list_takes_as_many_statements_for_one_as_for_many(
    proposal: Participation, django_assert_max_num_queries: object
) -> None:
    browser = signed_in(juror(proposal))
    made = [Participation(**_like(proposal, number)) for number in range(120)]
    Participation.objects.bulk_create(made)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = browser.get(reverse("judging_cycle", args=[proposal.cycle_id])).content.decode()
    assert page.count('class="item"') == 50
    assert "Next page" in page
    last = browser.get(reverse("judging_cycle", args=[proposal.cycle_id]), {"after": made[-1].pk or 10**9})
    assert last.status_code == 200


def _like(one: Participation, number: int) -> dict[str, object]:
    return {
        "cycle_id": one.cycle_id,
        "jurisdiction_id": one.jurisdiction_id,
        "affiliation_id": one.affiliation_id,
        "state": one.state,
        "submitted_at": one.submitted_at,
        "title": f"Proposal {number}",
    }
