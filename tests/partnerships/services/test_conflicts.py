"""Staff settle what sources disagree about, mark it as disputed, or find a claim wrong; nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from partnerships.choices import ConflictState, Standing
from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import Affiliation, Claim, Conflict, Jurisdiction, Period, RegisterEntry, User
from partnerships.rules.dates import PartialDate
from partnerships.selectors import claims as selector
from partnerships.services import bulk, claims, conflicts
from partnerships.services.access import Actor
from partnerships.services.claims import NewClaim
from tests import cast

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
IMPORTER = Actor.system("import")
FILE = "us-sister-cities-dated.csv"
WHY = "The city council voted for it in June 2018."


@pytest.fixture
def affiliation(san_francisco: Jurisdiction, osaka: Jurisdiction) -> Affiliation:
    """On record in force since 1957, as a source says."""
    row = bulk.NewAffiliation((san_francisco.pk, osaka.pk), "sister", (bulk.Deed("establish", PartialDate(1957)),))
    (made,) = bulk.enter(rows=[row], provenance=bulk.Provenance("Wikidata"), by=IMPORTER, on=TODAY)
    return Affiliation.objects.get(pk=made)


@pytest.fixture
def by(registrar: User) -> Actor:
    return Actor.of(registrar)


def conflict(affiliation: Affiliation, fact: str, value: str, source: str = FILE) -> Conflict:
    claims.record(rows=[NewClaim(affiliation.pk, fact, value, source)], by=IMPORTER, on=TODAY)
    return Conflict.objects.get(affiliation=affiliation, fact=fact)


def test_a_settled_end_is_on_record_with_its_reason(affiliation: Affiliation, by: Actor) -> None:
    found = conflict(affiliation, "standing", "ended")
    conflicts.settle(conflict_id=found.pk, by=by, on=TODAY, value="ended", end=PartialDate(2018), reason=WHY)
    affiliation.refresh_from_db()
    assert (affiliation.standing, str(affiliation.ended), affiliation.is_open) == (Standing.ENDED, "2018", False)
    assert [str(period.from_date) for period in Period.objects.order_by("from_date")] == ["1957-01-01", "2018-01-01"]
    entry = RegisterEntry.objects.latest("seq")
    assert (entry.event, entry.subject) == ("affiliation.settled", f"affiliations/{affiliation.number}")
    assert WHY in entry.payload
    call_command("check_readmodels")


def test_what_is_on_record_is_confirmed_against_the_others(affiliation: Affiliation, by: Actor) -> None:
    found = conflict(affiliation, "standing", "ended")
    conflicts.settle(conflict_id=found.pk, by=by, on=TODAY, value="in_force", reason="The committee met in May 2026.")
    affiliation.refresh_from_db()
    assert affiliation.standing == Standing.IN_FORCE
    (shown,) = selector.disagreements(affiliation, selector.of_affiliation(affiliation.pk))
    assert (shown.state, [row.value for row in shown.claims]) == (ConflictState.SETTLED, ["ended"])


def test_a_settled_date_can_be_one_that_nobody_claimed(affiliation: Affiliation, by: Actor) -> None:
    found = conflict(affiliation, "since", "1960")
    conflicts.settle(
        conflict_id=found.pk, by=by, on=TODAY, value="1957-10-07", reason="The signed copy in the archive."
    )
    affiliation.refresh_from_db()
    assert str(affiliation.since) == "1957-10-07"
    call_command("check_readmodels")


def test_a_claim_of_something_new_opens_it_again_and_what_was_settled_holds(
    affiliation: Affiliation, by: Actor
) -> None:
    found = conflict(affiliation, "since", "1960")
    conflicts.settle(conflict_id=found.pk, by=by, on=TODAY, value="1958", reason=WHY)
    assert conflict(affiliation, "since", "1960", source="a second one").state == ConflictState.SETTLED
    assert conflict(affiliation, "since", "1961", source="a third one").state == ConflictState.OPEN
    affiliation.refresh_from_db()
    assert str(affiliation.since) == "1958"


def test_second_registrar_is_told_that_someone_was_first(
    affiliation: Affiliation, by: Actor, second_registrar: User
) -> None:
    found = conflict(affiliation, "since", "1960")
    conflicts.settle(conflict_id=found.pk, by=by, on=TODAY, value="1960", reason=WHY)
    with pytest.raises(WrongState, match="Already decided by Ruth Registrar"):
        conflicts.settle(
            conflict_id=found.pk, by=Actor.of(second_registrar), on=TODAY, value="1957", reason="I know better"
        )


def test_what_papers_prove_is_not_settled_away(irondequoit: Jurisdiction, poltava: Jurisdiction, by: Actor) -> None:
    established = cast.registered([irondequoit, poltava]).affiliations.get()
    cast.registered([irondequoit, poltava], act="end", signed_on="2018-06-01")
    found = conflict(established, "standing", "in_force")
    with pytest.raises(WrongState, match="annul it"):
        conflicts.settle(conflict_id=found.pk, by=by, on=TODAY, value="in_force", reason="A newspaper says so")
    found.refresh_from_db()
    assert found.state == ConflictState.OPEN


def test_a_disputed_fact_is_marked_in_public_and_stays_on_record(affiliation: Affiliation, by: Actor) -> None:
    found = conflict(affiliation, "since", "1960")
    conflicts.dispute(conflict_id=found.pk, by=by, on=TODAY, reason="Both cities claim to be right.")
    affiliation.refresh_from_db()
    assert str(affiliation.since) == "1957"
    (shown,) = selector.disagreements(affiliation, selector.of_affiliation(affiliation.pk))
    assert shown.is_disputed
    conflicts.settle(conflict_id=found.pk, by=by, on=TODAY, value="1957", reason="They agreed.")
    conflicts.reopen(conflict_id=found.pk, by=by, on=TODAY, reason="They no longer agree.")
    found.refresh_from_db()
    assert (found.state, found.settled_as) == (ConflictState.OPEN, "1957")


def test_a_wrong_claim_stays_on_file_and_no_longer_counts(affiliation: Affiliation, by: Actor) -> None:
    found = conflict(affiliation, "since", "1960")
    claim = Claim.objects.get()
    conflicts.dispute_claim(claim_id=claim.pk, by=by, on=TODAY, reason="It means the sister port.")
    found.refresh_from_db()
    assert found.state == ConflictState.SETTLED
    (shown,) = selector.disagreements(affiliation, selector.of_affiliation(affiliation.pk))
    assert (shown.claims, [row.value for row in shown.disputed]) == ((), ["1960"])
    with pytest.raises(WrongState):
        conflicts.dispute_claim(claim_id=claim.pk, by=by, on=TODAY, reason="Again")


@pytest.mark.parametrize(
    ("fact", "claimed", "settled", "end"),
    [("since", "1960", "2999", None), ("since", "1960", "soon", None), ("since", "1960", "", None),
     ("standing", "ended", "ended", PartialDate(2999)), ("standing", "ended", "ended", PartialDate(1900))],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_half_done(
    affiliation: Affiliation, by: Actor, fact: str, claimed: str, settled: str, end: PartialDate | None
) -> None:
    found, head = conflict(affiliation, fact, claimed), RegisterEntry.objects.count()
    with pytest.raises(Invalid):
        conflicts.settle(conflict_id=found.pk, by=by, on=TODAY, value=settled, end=end, reason=WHY)
    found.refresh_from_db()
    assert (found.state, RegisterEntry.objects.count()) == (ConflictState.OPEN, head)


def test_a_decision_has_a_reason_and_is_the_registrars(affiliation: Affiliation, by: Actor, clerk: User) -> None:
    found = conflict(affiliation, "since", "1960")
    with pytest.raises(Invalid):
        conflicts.settle(conflict_id=found.pk, by=by, on=TODAY, value="1960", reason="  ")
    with pytest.raises(NotAllowed):
        conflicts.settle(conflict_id=found.pk, by=Actor.of(clerk), on=TODAY, value="1960", reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.filter(pk=found.pk).update(state=ConflictState.SETTLED)
