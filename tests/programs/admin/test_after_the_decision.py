"""Money, promises, figures, prizes and jurors, as programs officers record them in the admin."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.choices import Role
from partnerships.services.access import Actor
from programs.models import Deliverable, Juror, Participation, Prize, Result, Tranche
from programs.selectors import scores
from programs.services import decisions, scoring
from tests import cast
from tests.programs import cast as troupe

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    browser = Client()
    browser.force_login(troupe.officer().user)
    return browser


def waiting(kind: str = "africa_grant", **values: object) -> Participation:
    town, _partner, tie = troupe.pair()
    return troupe.handed_in(troupe.cycle(kind=kind), town, cast.representative(town), affiliation=tie.number, **values)


def press(desk: Client, model: str, deed: str, pk: int | None = None, **typed: object) -> str:
    address = reverse(f"admin:programs_{model}_{deed}", args=[pk] if pk else [])
    assert desk.get(address).status_code == 200
    answer = desk.post(address, typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(*amounts: tuple[str, int]) -> dict[str, object]:
    made: dict[str, object] = {"row-TOTAL_FORMS": len(amounts), "row-INITIAL_FORMS": 0}
    for place, (amount, deliverable) in enumerate(amounts):
        made |= {f"row-{place}-amount": amount, f"row-{place}-deliverable": deliverable}
    return made


def test_a_grant_goes_from_the_award_to_the_last_payment(desk: Client) -> None:
    made = waiting(asked=Decimal(900))
    press(desk, "participation", "award", made.pk, amount="800")
    press(desk, "participation", "promise", made.pk, title="A well", public="on")
    well = Deliverable.objects.get()
    press(desk, "participation", "tranches", made.pk, **rows(("800", well.pk)))
    tranche = Tranche.objects.get()
    refused = press(desk, "tranche", "pay", tranche.pk, reference="T-1", paid_on="2026-06-01")
    assert "was accepted" in refused
    press(desk, "deliverable", "deliver", well.pk, note="It runs.")
    press(desk, "deliverable", "accept", well.pk)
    press(desk, "tranche", "pay", tranche.pk, reference="T-1", paid_on="2026-06-01")
    assert Participation.objects.get().paid == Decimal(800)


def test_amounts_are_grouped_and_have_their_currency(desk: Client) -> None:
    made = waiting(asked=Decimal(20_000))
    press(desk, "participation", "award", made.pk, amount="12500.50")
    press(desk, "participation", "tranches", made.pk, **rows(("12500.50", "")))  # type: ignore[arg-type]
    tranche = Tranche.objects.get().pk
    page = desk.get(f"/admin/programs/participation/{made.pk}/change/").text
    assert "20,000 USD" in page
    assert page.count("12,500.50 USD") == 2  # the award, and its one tranche
    for address in ("tranche/", f"tranche/{tranche}/change/", f"cycle/{made.cycle_id}/change/"):
        assert "12,500.50 USD" in desk.get(f"/admin/programs/{address}").text


def test_figures_are_grouped_and_filtered_in_words(desk: Client) -> None:
    made = waiting(asked=Decimal(900))
    decisions.accept(participation_id=made.pk, by=troupe.officer(), at=troupe.DURING)
    figure = {"measure": "Readers", "value": "12000", "unit": "people", "claimed_by": "Town", "source": "Report"}
    press(desk, "participation", "figure", made.pk, on_0="2026", on="2026", **figure)
    for address in ("result/", f"result/{Result.objects.get().pk}/change/", f"participation/{made.pk}/change/"):
        assert "12,000<" in desk.get(f"/admin/programs/{address}").text
    listed = desk.get("/admin/programs/result/").text
    assert "As claimed" in listed
    assert "Not empty" not in listed
    assert "12,000<" not in desk.get("/admin/programs/result/", {"verified_at__isempty": "0"}).text


def test_what_the_budget_does_not_hold_is_said_and_what_was_typed_stays(desk: Client) -> None:
    made = waiting(asked=Decimal(900))
    page = press(desk, "participation", "award", made.pk, amount="901", comment="For the well")
    assert "At most what was asked for: 900 USD." in page
    assert "For the well" in page


def test_a_figure_is_recorded_verified_and_withdrawn(desk: Client) -> None:
    made = waiting(asked=Decimal(900))
    decisions.accept(participation_id=made.pk, by=troupe.officer(), at=troupe.DURING)
    figure = {"measure": "Beneficiaries", "value": "900", "unit": "people", "claimed_by": "Town", "source": "Report"}
    press(desk, "participation", "figure", made.pk, on_0="2026", on="2026", **figure)
    result = Result.objects.get()
    press(desk, "result", "verify", result.pk, how="Visited.")
    press(desk, "result", "withdraw", result.pk, reason="Counted twice.")
    result.refresh_from_db()
    assert (result.verified_how, result.withdrawn_because) == ("Visited.", "Counted twice.")


def test_a_juror_is_appointed_and_the_ranking_shows_what_follows(desk: Client) -> None:
    made, user = waiting(asked=Decimal(900)), cast.person(email="jill@example.org")
    press(desk, "juror", "appoint", cycle=made.cycle_id, email="jill@example.org")
    points = {criterion.pk: criterion.most for criterion in made.cycle.criteria.all()}
    scoring.give(participation_id=made.pk, points=points, by=Actor.of(user))
    page = desk.get(reverse("admin:programs_juror_ranking", args=[made.cycle_id])).content.decode()
    assert "100.00" in page
    press(desk, "juror", "dismiss", Juror.objects.get().pk)
    page = desk.get(reverse("admin:programs_juror_ranking", args=[made.cycle_id])).content.decode()
    assert "No juror has given points yet" in page


@pytest.mark.parametrize("page", ["0", "2", "x", "9" * 30])
def test_a_page_that_the_ranking_does_not_have_is_not_found(desk: Client, page: str) -> None:
    made = waiting(asked=Decimal(900))
    ranking = reverse("admin:programs_juror_ranking", args=[made.cycle_id])
    assert desk.get(ranking).status_code == 200
    assert desk.get(ranking, {"page": page}).status_code == 404


def test_a_long_ranking_comes_in_pages(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scores, "MOST_PLACES", 1)
    made, user = waiting(asked=Decimal(900)), cast.person(email="jill@example.org")
    town, _partner, tie = troupe.pair()
    values = {"asked": Decimal(800), "affiliation": tie.number}
    other = troupe.handed_in(made.cycle, town, cast.representative(town), **values)
    press(desk, "juror", "appoint", cycle=made.cycle_id, email="jill@example.org")
    points = {criterion.pk: criterion.most for criterion in made.cycle.criteria.all()}
    for one in (made, other):
        scoring.give(participation_id=one.pk, points=points, by=Actor.of(user))
    ranking = reverse("admin:programs_juror_ranking", args=[made.cycle_id])
    first, second = desk.get(ranking).text, desk.get(ranking, {"page": 2}).text
    assert 'href="?page=2"' in first
    assert 'href="?page=1"' in second
    assert first.count("<tr><td>") == second.count("<tr><td>") == 1


def test_a_winner_is_named_and_taken_back(desk: Client) -> None:
    made = waiting("awards")
    decisions.shortlist(participation_id=made.pk, by=troupe.officer(), at=troupe.DURING)
    press(desk, "participation", "prize", made.pk, title="Energy award", place="1", reason="The most saved.")
    page = press(desk, "prize", "take-back", Prize.objects.get().pk, reason="Wrong town.")
    assert "The register keeps both" in page
    assert not Prize.objects.exists()


def test_a_clerk_finds_neither_buttons_nor_ranking() -> None:
    made = waiting(asked=Decimal(900))
    browser = Client()
    browser.force_login(cast.staff(Role.CLERK))
    assert browser.get(reverse("admin:programs_participation_award", args=[made.pk])).status_code == 403
    assert browser.get(reverse("admin:programs_juror_ranking", args=[made.cycle_id])).status_code == 403


def test_the_page_of_a_deliverable_has_a_button_for_each_deed(desk: Client) -> None:
    made = waiting(asked=Decimal(900))
    press(desk, "participation", "award", made.pk, amount="800")
    press(desk, "participation", "promise", made.pk, title="A well", public="on")
    well = Deliverable.objects.get()
    page = desk.get(f"/admin/programs/deliverable/{well.pk}/change/").content.decode()
    for deed in ("deliver", "correct"):
        assert reverse(f"admin:programs_deliverable_{deed}", args=[well.pk]) in page
    press(desk, "deliverable", "correct", well.pk, title="A deep well", public="on")
    well.refresh_from_db()
    assert well.title == "A deep well"


def test_a_tranche_is_hung_on_a_promise_chosen_by_its_name(desk: Client) -> None:
    made = waiting(asked=Decimal(900))
    press(desk, "participation", "award", made.pk, amount="800")
    press(desk, "participation", "promise", made.pk, title="A well", public="on")
    page = desk.get(reverse("admin:programs_participation_tranches", args=[made.pk])).content.decode()
    assert f'<option value="{Deliverable.objects.get().pk}">A well</option>' in page
    refused = press(desk, "participation", "tranches", made.pk, **rows(("800", 999_999)))
    assert "Look at row 1." in refused
    assert not Tranche.objects.exists()
