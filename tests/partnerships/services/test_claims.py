"""What sources say is kept with its source and date, and changes nothing that is on record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from partnerships.choices import ConflictState, Standing
from partnerships.exceptions import Invalid, NotAllowed
from partnerships.models import Affiliation, Claim, Conflict, Jurisdiction, LedgerEntry, RegisterEntry
from partnerships.selectors import claims as selector
from partnerships.services import claims
from partnerships.services.access import Actor
from partnerships.services.claims import NewClaim
from tests import cast

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
IMPORTER = Actor.system("import")
FILE, PAGE = "us-sister-cities-dated.csv", "https://secretsanfrancisco.com/san-francisco-sister-cities/"


@pytest.fixture
def affiliation(san_francisco: Jurisdiction, osaka: Jurisdiction) -> Affiliation:
    return cast.registered([san_francisco, osaka], signed_on="1957").affiliations.get()


def says(affiliation: Affiliation, fact: str, value: str, source: str = FILE, **more: Any) -> NewClaim:
    return NewClaim(affiliation.pk, fact, value, source, **more)


def record(*rows: NewClaim) -> claims.Recorded:
    return claims.record(rows=rows, by=IMPORTER, on=TODAY)


def shown(affiliation: Affiliation) -> tuple[selector.Disagreement, ...]:
    return selector.disagreements(affiliation, selector.of_affiliation(affiliation.pk))


def test_a_claim_that_agrees_is_kept_and_is_no_conflict(affiliation: Affiliation) -> None:
    head = RegisterEntry.objects.count()
    assert record(says(affiliation, "since", "1957-10-07", source_url=PAGE)) == claims.Recorded(1, 0, 0)
    claim = Claim.objects.get()
    assert (claim.value, claim.source, claim.source_url, claim.recorded_on) == ("1957-10-07", FILE, PAGE, TODAY)
    assert RegisterEntry.objects.count() == head
    assert shown(affiliation) == ()


def test_nothing_imported_wins_over_what_is_on_record(affiliation: Affiliation) -> None:
    before = Affiliation.objects.values().get()
    record(
        says(affiliation, "standing", "ended"), says(affiliation, "ended", "2018"), says(affiliation, "since", "1960")
    )
    after = Affiliation.objects.values().get()
    assert before.pop("changed_seq") < after.pop("changed_seq")
    assert after == before
    assert after["standing"] == Standing.IN_FORCE


def test_what_differs_is_a_conflict_for_staff_and_an_entry_of_the_register(affiliation: Affiliation) -> None:
    assert record(says(affiliation, "standing", "ended"), says(affiliation, "ended", "2018")).conflicts == 1
    conflict = Conflict.objects.get()
    assert (conflict.fact, conflict.state, conflict.values) == ("standing", ConflictState.OPEN, ["ended", "in_force"])
    entry = RegisterEntry.objects.latest("seq")
    assert (entry.event, entry.subject) == ("claims.recorded", f"affiliations/{affiliation.number}")
    assert '"source":"us-sister-cities-dated.csv"' in entry.payload


def test_a_batch_is_one_entry_of_the_ledger(affiliation: Affiliation) -> None:
    record(*(says(affiliation, "since", str(year), source=f"source {year}") for year in range(1950, 1960)))
    assert LedgerEntry.objects.filter(act="claims.recorded").get().now == "10"
    assert RegisterEntry.objects.filter(event="claims.recorded").count() == 1


def test_a_second_run_changes_nothing(affiliation: Affiliation) -> None:
    rows = [says(affiliation, "standing", "ended"), says(affiliation, "ended", "2018")]
    record(*rows)
    before = RegisterEntry.objects.count(), LedgerEntry.objects.count()
    assert record(*rows) == claims.Recorded(0, 2, 0)
    assert (RegisterEntry.objects.count(), LedgerEntry.objects.count()) == before


def test_a_thousand_claims_cost_as_many_statements_as_ten(
    affiliation: Affiliation, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(30):
        record(*(says(affiliation, "since", "1957", source=f"source {number}") for number in range(1000)))
    assert Claim.objects.count() == 1000


def test_two_dates_without_a_record_are_a_conflict(san_francisco: Jurisdiction, osaka: Jurisdiction) -> None:
    undated = cast.registered([san_francisco, osaka], signed_on="1957").affiliations.get()
    Affiliation.objects.filter(pk=undated.pk).update(since="")
    record(says(undated, "since", "1957"), says(undated, "since", "1958", source="another"))
    assert Conflict.objects.get().values == ["1957", "1958"]
    (since,) = shown(Affiliation.objects.get())
    assert (since.value, since.on_record, len(since.claims)) == ("1957", False, 2)


@pytest.mark.parametrize(("fact", "value"), [("since", "57"), ("standing", "gone"), ("colour", "red")])
def test_what_cannot_be_read_is_refused_whole(affiliation: Affiliation, fact: str, value: str) -> None:
    with pytest.raises(Invalid):
        record(says(affiliation, "since", "1957"), says(affiliation, fact, value))
    assert not Claim.objects.exists()


def test_a_claim_has_a_source(affiliation: Affiliation) -> None:
    with pytest.raises(Invalid, match="source"):
        record(says(affiliation, "since", "1957", source=" "))
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(affiliation=affiliation, fact="since", value="1957", source="", recorded_on=TODAY, key="k")


def test_only_who_may_import_records_claims(affiliation: Affiliation, auditor: Any) -> None:
    with pytest.raises(NotAllowed):
        claims.record(rows=[says(affiliation, "since", "1957")], by=Actor.of(auditor), on=TODAY)
