"""Two at once: exactly one wins, the other gets a clear answer. Real threads on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.db import connection

from partnerships.choices import FilingState, Role
from partnerships.exceptions import RegistryError, WrongState
from partnerships.models import Affiliation, Agreement, Counter, Filing, LedgerEntry, Notice, RegisterEntry, Tally
from partnerships.rules import chain
from partnerships.selectors import register as register_selector
from partnerships.services import filings, review
from partnerships.services.access import Actor
from tests import cast

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TODAY = date(2026, 11, 24)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run all acts in threads that start together; answers what each returned or raised, in order."""
    gate = threading.Barrier(len(acts))
    answers: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=10)
            answers[place] = act()
        except Exception as error:  # noqa: BLE001 - the answer of this thread, judged by the test
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def split(answers: Sequence[object]) -> tuple[list[object], list[RegistryError]]:
    """Those who won, and the clear answers of the others; anything else is a fault."""
    faults = [answer for answer in answers if isinstance(answer, Exception) and not isinstance(answer, RegistryError)]
    assert not faults, faults
    lost = [answer for answer in answers if isinstance(answer, RegistryError)]
    return [answer for answer in answers if not isinstance(answer, Exception)], lost


def test_of_two_reviewers_at_once_one_takes_it_and_the_other_is_told_who_was_first() -> None:
    town, partner = cast.member(cast.jurisdiction("Irondequoit")), cast.jurisdiction("Poltava", "UA")
    filing = cast.submitted(cast.representative(town), [town, partner])
    reviewers = [Actor.of(cast.staff(Role.REGISTRAR, name)) for name in ("Ruth", "Simon")]
    won, lost = split(
        at_once(*(lambda by=by: review.take(filing_id=filing.pk, by=by) for by in reviewers))  # type: ignore[misc]
    )
    assert (len(won), len(lost)) == (1, 1)
    winner = Filing.objects.get().taken_by
    assert lost[0].message == f"Already taken into review by {winner}."


def test_two_clicks_on_register_make_one_agreement() -> None:
    town, partner = cast.member(cast.jurisdiction("Irondequoit")), cast.jurisdiction("Poltava", "UA")
    filing = cast.submitted(cast.representative(town), [town, partner])
    by = Actor.of(cast.staff(Role.REGISTRAR, "Ruth"))
    review.take(filing_id=filing.pk, by=by)
    won, lost = split(at_once(*(lambda: review.register(filing_id=filing.pk, by=by, on=TODAY) for _ in range(4))))
    assert (len(won), len(lost)) == (1, 3)
    assert "Already decided by Ruth" in lost[0].message
    assert (Agreement.objects.count(), Affiliation.objects.count(), Counter.objects.get(pk="affiliation").value) == (
        1,
        1,
        1,
    )


def test_a_double_click_on_submit_hands_in_once() -> None:
    town, partner = cast.member(cast.jurisdiction("Irondequoit")), cast.jurisdiction("Poltava", "UA")
    user = cast.representative(town)
    draft = cast.draft(user, [town, partner])
    won, lost = split(
        at_once(*(lambda: filings.submit(filing_id=draft.pk, by=Actor.of(user), on=TODAY) for _ in range(3)))
    )
    assert (len(won), len(lost)) == (1, 2)
    assert LedgerEntry.objects.filter(act="filing.submitted").count() == 1
    assert Notice.objects.filter(kind="filing_received").count() == 1


def test_of_two_cities_that_file_the_same_pair_at_once_one_is_told_that_the_other_was_first() -> None:
    one, other = cast.member(cast.jurisdiction("Irondequoit")), cast.member(cast.jurisdiction("Poltava", "UA"))
    users = [cast.representative(one), cast.representative(other)]
    drafts = [cast.draft(users[0], [one, other]), cast.draft(users[1], [other, one])]
    won, lost = split(
        at_once(
            *(
                lambda draft=draft, user=user: filings.submit(filing_id=draft.pk, by=Actor.of(user), on=TODAY)  # type: ignore[misc]
                for draft, user in zip(drafts, users, strict=True)
            )
        )
    )
    assert (len(won), len(lost)) == (1, 1)
    assert isinstance(lost[0], WrongState)
    assert "handed in first" in lost[0].message
    assert sorted(Filing.objects.values_list("state", flat=True)) == [FilingState.DRAFT, FilingState.SUBMITTED]


def test_registering_and_withdrawing_at_once_ends_in_one_of_the_two() -> None:
    town, partner = cast.member(cast.jurisdiction("Irondequoit")), cast.jurisdiction("Poltava", "UA")
    user = cast.representative(town)
    filing = cast.submitted(user, [town, partner])
    by = Actor.of(cast.staff(Role.REGISTRAR))
    won, lost = split(
        at_once(
            lambda: review.take(filing_id=filing.pk, by=by),
            lambda: filings.withdraw(filing_id=filing.pk, by=Actor.of(user)),
        )
    )
    assert (len(won), len(lost)) == (1, 1)
    assert Filing.objects.get().state in (FilingState.IN_REVIEW, FilingState.WITHDRAWN)


def test_many_registrations_at_once_leave_no_gap_in_numbers_register_or_totals() -> None:
    partner = cast.jurisdiction("Poltava", "UA")
    by = Actor.of(cast.staff(Role.REGISTRAR, "Ruth"))
    waiting = []
    for place in range(8):
        town = cast.member(cast.jurisdiction(f"Town {place}", subdivision="US-NY"))
        filing = cast.submitted(cast.representative(town), [town, partner])
        review.take(filing_id=filing.pk, by=by)
        waiting.append(filing.pk)
    won, lost = split(
        at_once(*(lambda pk=pk: review.register(filing_id=pk, by=by, on=TODAY) for pk in waiting))  # type: ignore[misc]
    )
    assert (len(won), lost) == (8, [])
    assert sorted(Agreement.objects.values_list("serial", flat=True)) == list(range(1, 9))
    assert sorted(Affiliation.objects.values_list("serial", flat=True)) == list(range(1, 9))
    assert list(RegisterEntry.objects.values_list("seq", flat=True)) == list(range(1, 9))
    assert chain.verify(register_selector.stream())[0] == 8
    assert Tally.objects.get(country="UA", subdivision="", partner_country="US").count == 8
    assert Affiliation.objects.filter(charter="tie").count() == 8


def test_two_filings_of_one_pair_by_way_of_a_provisional_twin_make_one_affiliation() -> None:
    """The claim of a pair cannot see that a new community is a known one; the open affiliation per pair can."""
    town, partner = cast.member(cast.jurisdiction("Irondequoit")), cast.jurisdiction("Poltava", "UA")
    by = Actor.of(cast.staff(Role.REGISTRAR, "Ruth"))
    first = cast.submitted(cast.representative(town), [town, partner])
    review.take(filing_id=first.pk, by=by)
    with pytest.raises(WrongState, match="handed in first"):
        cast.submitted(cast.representative(partner), [partner, town])
    review.register(filing_id=first.pk, by=by, on=TODAY)
    assert Affiliation.objects.open().between(partner.pk, town.pk).count() == 1
