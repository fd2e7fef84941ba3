"""Many affiliations at once leave the same record as one by one."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnerships.choices import Act, AffiliationKind, EvidenceGrade, Theme
from partnerships.exceptions import ActDoesNotFit, NotAllowed
from partnerships.models import Affiliation, Agreement, Jurisdiction, LedgerEntry, RegisterEntry, User
from partnerships.rules.dates import PartialDate
from partnerships.selectors import differences, register
from partnerships.services import bulk
from partnerships.services.access import Actor
from partnerships.services.bulk import Deed, NewAffiliation, Provenance
from tests import cast

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
JOB = Actor.system("import")
LIST = Provenance("A list from 1999")
SISTER, FRIENDSHIP = AffiliationKind.SISTER, AffiliationKind.FRIENDSHIP


def places(*countries: str) -> list[int]:
    rows = [{"name": f"Place {at}", "country": country} for at, country in enumerate(countries)]
    return bulk.communities(rows=rows, by=JOB)


def established(one: int, other: int, on: str = "1960", *more: Deed, kind: str = SISTER) -> NewAffiliation:
    return NewAffiliation((one, other), kind, (Deed(Act.ESTABLISH, PartialDate.parse(on)), *more))


def enter(*rows: NewAffiliation, provenance: Provenance = LIST) -> list[Affiliation]:
    made = bulk.enter(rows=rows, provenance=provenance, by=JOB, on=TODAY)
    return list(map(Affiliation.objects.in_bulk(made).__getitem__, made))


def test_numbers_follow_each_other_and_go_on_from_there() -> None:
    ids = places("US", "JP", "DE", "PL")
    enter(established(ids[0], ids[1]), established(ids[0], ids[2], "1970", Deed(Act.END, PartialDate(1990))))
    enter(established(ids[0], ids[3]))
    assert list(Affiliation.objects.values_list("number", flat=True)) == ["SCI-000001", "SCI-000002", "SCI-000003"]
    assert sorted(Agreement.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]


def test_numbers_given_one_by_one_go_on_after_those_given_at_once(
    irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    ids = places("US", "JP")
    enter(established(*ids))
    assert cast.registered([irondequoit, poltava], on=TODAY).number == "SCI-2026-000002"


def test_one_entry_of_the_register_holds_the_whole_batch() -> None:
    ids = places("US", "JP", "DE")
    made = enter(established(ids[0], ids[1]), established(ids[2], ids[0]))
    entry = RegisterEntry.objects.get()
    payload = json.loads(entry.payload)
    assert (entry.event, payload["source"]) == ("affiliations.entered", "A list from 1999")
    assert [row["number"] for row in payload["affiliations"]] == [affiliation.number for affiliation in made]
    assert payload["affiliations"][1]["parties"] == [ids[0], ids[2]]
    assert {party["id"] for party in payload["parties"]} == set(ids)
    assert register.verify() == register.head()
    assert set(Affiliation.objects.values_list("changed_seq", flat=True)) == {1}


def test_every_read_model_equals_a_recount() -> None:
    ids = places("US", "JP", "DE", "US")
    enter(
        NewAffiliation((ids[0], ids[1]), SISTER, (Deed(Act.ESTABLISH, PartialDate(1960)),), themes=(Theme.ARTS,)),
        established(ids[1], ids[3], "1955"),
        established(ids[2], ids[0], "1970", Deed(Act.UPGRADE, PartialDate(1980)), kind=FRIENDSHIP),
    )
    enter(established(ids[3], ids[2], "1970", Deed(Act.END, PartialDate(1990))))
    assert [str(found) for found in differences.all_differences(on=TODAY)] == []


def test_the_history_follows_from_the_deeds() -> None:
    ids = places("US", "JP")
    deeds = (Deed(Act.UPGRADE, PartialDate(1980)), Deed(Act.END, PartialDate(1990, 5)))
    (made,) = enter(established(*ids, "1970", *deeds, kind=FRIENDSHIP))
    made.refresh_from_db()
    assert (made.kind, made.standing, str(made.since), str(made.ended)) == ("sister", "ended", "1970", "1990-05")
    assert [(p.kind, p.standing, str(p.from_date)) for p in made.periods.order_by("from_date")] == [
        ("friendship", "in_force", "1970-01-01"),
        ("sister", "in_force", "1980-01-01"),
        ("sister", "ended", "1990-05-01"),
    ]


def test_the_earliest_home_partner_is_the_charter(irondequoit: Jurisdiction) -> None:
    ids = places("US", "JP")
    first, second = enter(established(irondequoit.pk, ids[1], "1970"), established(ids[0], ids[1], "1960"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.charter, second.charter) == ("", "charter")


@pytest.mark.parametrize(("evidence", "recognised"), [(EvidenceGrade.IMPORTED, False), (EvidenceGrade.DECLARED, True)])
def test_what_was_only_imported_is_not_recognised(
    irondequoit: Jurisdiction, poltava: Jurisdiction, evidence: str, recognised: bool
) -> None:
    enter(established(irondequoit.pk, poltava.pk), provenance=Provenance("A list", evidence=evidence))
    assert Affiliation.objects.recognised(TODAY).exists() is recognised


def test_communities_can_be_found_by_their_words() -> None:
    bulk.communities(rows=[{"name": "Poltava", "native_name": "Полтава", "country": "UA"}], by=JOB)
    assert set(Jurisdiction.objects.get().words.values_list("word", flat=True)) == {"poltava"}
    assert Jurisdiction.objects.get().folded == "poltava"


def test_two_who_are_partners_already_are_refused_and_nothing_is_kept() -> None:
    ids = places("US", "JP", "DE")
    enter(established(ids[0], ids[1]))
    before = register.head()
    with pytest.raises(IntegrityError), transaction.atomic():
        enter(established(ids[0], ids[2]), established(ids[1], ids[0]))
    assert (register.head(), Affiliation.objects.count()) == (before, 1)


def test_deeds_that_do_not_follow_from_each_other_are_refused() -> None:
    ids = places("US", "JP")
    with pytest.raises(ActDoesNotFit):
        enter(established(*ids, "1970", Deed(Act.UPGRADE, PartialDate(1980))))
    assert not RegisterEntry.objects.exists()


def test_nobody_but_staff_and_jobs_may_do_it(stranger: User, auditor: User) -> None:
    for user in (stranger, auditor):
        with pytest.raises(NotAllowed):
            bulk.enter(rows=[], provenance=LIST, by=Actor.of(user), on=TODAY)


def test_the_ledger_says_who_entered_how_many_from_where() -> None:
    enter(established(*places("US", "JP")))
    row = LedgerEntry.objects.get(act="affiliations.entered")
    assert (row.actor_name, row.now, row.note) == ("system: import", "1", "A list from 1999")


def test_no_rows_leave_no_trace() -> None:
    assert enter() == []
    assert not RegisterEntry.objects.exists()
