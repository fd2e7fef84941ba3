"""Statistics are worked out when the record moved on: once, from one state of it, and never for a page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.choices import Act, PublicationKind
from partnerships.models import Affiliation, Agreement, Jurisdiction, Publication
from partnerships.rules.dates import PartialDate
from partnerships.selectors import publications, register
from partnerships.selectors import statistics as selector
from partnerships.services import bulk, reminders, statistics
from partnerships.services.access import Actor
from partnerships.services.bulk import Deed, NewAffiliation, Provenance
from tests import cast

pytestmark = pytest.mark.django_db

JOB = Actor.system("import")


def computed() -> dict[str, Any]:
    statistics.compute(timezone.now())
    found = publications.latest(PublicationKind.STATISTICS)
    assert found is not None
    return found.content


def places(*countries: str) -> list[int]:
    rows = [{"name": f"Place {at}", "country": country} for at, country in enumerate(countries)]
    return bulk.communities(rows=rows, by=JOB)


def enter(*rows: NewAffiliation) -> list[Affiliation]:
    made = bulk.enter(rows=rows, provenance=Provenance("A list"), by=JOB, on=date(2026, 11, 24))
    return list(map(Affiliation.objects.in_bulk(made).__getitem__, made))


def tie(one: int, other: int, since: str = "", until: str = "", **more: Any) -> NewAffiliation:
    deeds = [Deed(Act.ESTABLISH, PartialDate.parse(since) if since else None)]
    deeds += [Deed(Act.END, PartialDate.parse(until))] if until else []
    return NewAffiliation((one, other), more.pop("kind", "sister"), tuple(deeds), **more)


def test_they_bear_the_head_and_the_day_that_they_show() -> None:
    enter(tie(*places("US", "JP")))
    assert statistics.compute(timezone.now())
    found = publications.latest(PublicationKind.STATISTICS)
    assert found is not None
    assert (found.stand.seq, found.stand.hash) == register.head()
    assert found.stand.day == timezone.localdate()


def test_they_are_worked_out_once_until_the_record_moves_on() -> None:
    enter(tie(*places("US", "JP")))
    now = timezone.now()
    assert [statistics.compute(now), statistics.compute(now)] == [True, False]
    cast.entry()
    assert statistics.compute(now)
    assert Publication.objects.count() == 1


def test_another_day_or_another_release_is_worth_a_new_reckoning(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert statistics.compute(now)
    assert statistics.compute(now + timedelta(days=1))
    for room in ("partnerships.selectors.publications", "partnerships.services.publications"):
        monkeypatch.setattr(f"{room}.edition", lambda: "another")
    assert statistics.compute(now + timedelta(days=1))


def test_only_one_worker_is_at_it() -> None:
    Publication.objects.create(kind=PublicationKind.STATISTICS, begun_at=timezone.now())
    assert not statistics.compute(timezone.now())


def test_the_work_of_a_worker_that_was_killed_is_taken_over() -> None:
    Publication.objects.create(kind=PublicationKind.STATISTICS, begun_at=timezone.now() - timedelta(hours=3))
    assert statistics.compute(timezone.now())


def test_work_that_failed_can_be_taken_on_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(selector, "collect", lambda *, on: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            statistics.compute(timezone.now())
    assert statistics.compute(timezone.now())


def test_the_database_keeps_two_workers_apart_and_asks_for_a_stamp() -> None:
    Publication.objects.create(kind=PublicationKind.STATISTICS, begun_at=timezone.now())
    for values in ({}, {"finished_at": timezone.now()}, {"kind": "gossip"}):
        row = {"kind": PublicationKind.STATISTICS, "begun_at": timezone.now(), **values}
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(**row)


def test_they_are_one_of_the_periodic_duties() -> None:
    done = {row.duty: row.counts for row in reminders.run_all(timezone.now())}
    assert done["statistics"] == {"worked out": 1}


def test_nothing_on_record_has_statistics_too() -> None:
    content = computed()
    assert content["totals"]["open"] == 0
    assert content["network"]["transitivity"] is None
    assert content["tables"]["years"] == []


def test_beginnings_and_ends_count_in_their_years_and_unknown_dates_apart() -> None:
    ids = places("US", "JP", "DE", "FR")
    enter(tie(ids[0], ids[1], "1957"), tie(ids[0], ids[2], "1959-04", "1961"), tie(ids[0], ids[3]))
    tables = computed()["tables"]
    assert tables["decades"] == [[1950, 2, 2, 0], [None, 1, 1, 0]]
    assert tables["years"] == [
        [1957, 1, 0],
        [1958, 0, 0],
        [1959, 1, 0],
        [1960, 0, 0],
        [1961, 0, 1],
        [None, 1, 0],
    ]


def test_an_affiliation_counts_once_in_a_country_that_holds_both_parties() -> None:
    ids = places("JP", "JP", "US")
    enter(tie(ids[0], ids[1]), tie(ids[0], ids[2], kind="friendship"))
    tables = computed()["tables"]
    assert tables["countries"] == [["JP", 2, 2, 1, 1, 0], ["US", 1, 1, 0, 1, 0]]
    assert tables["matrix"] == [["JP", "JP", 1], ["JP", "US", 1]]


def test_reasons_and_themes_count_each_and_say_how_many_give_none() -> None:
    ids = places("US", "JP", "DE", "FR")
    enter(
        tie(ids[0], ids[1], reasons=("travel", "size"), themes=("arts", "youth")),
        tie(ids[0], ids[2], reasons=("travel",)),
        tie(ids[0], ids[3], "1990", "1995", reasons=("travel",), themes=("arts",)),
    )
    tables = computed()["tables"]
    reasons, themes = dict(tables["reasons"]), dict(tables["themes"])
    assert (reasons["travel"], reasons["size"], reasons[""]) == (2, 1, 0)
    assert (themes["arts"], themes["youth"], themes[""]) == (1, 1, 1)


def test_lights_follow_the_last_confirmation() -> None:
    ids = places("US", "JP", "DE", "FR", "GB")
    made = enter(*(tie(ids[0], other) for other in ids[1:]))
    today = timezone.localdate()
    for affiliation, days in zip(made, (10, 400, 900), strict=False):
        Affiliation.objects.filter(pk=affiliation.pk).update(last_confirmed_on=today - timedelta(days=days))
    assert computed()["tables"]["lights"] == [["green", 1], ["yellow", 1], ["red", 1], ["grey", 1]]


def test_what_was_entered_in_error_counts_nowhere(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    cast.registered([irondequoit, poltava])
    Affiliation.objects.update(standing="annulled")
    Jurisdiction.objects.update(open_count=0)
    content = computed()
    assert (content["totals"]["agreements"], content["network"]["nodes"]) == (Agreement.objects.count(), 0)
    assert content["tables"]["decades"] == []
    assert [row[1] for row in content["tables"]["standings"]] == [0, 0, 0, 0]
