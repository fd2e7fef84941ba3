"""Statistics are worked out when the record moved on: once, from one state of it, and never for a page."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
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

SHARED = Path(__file__).parents[4] / "shared" / "data" / "sister-cities-wikidata-2022.csv"
DATED = SHARED.parent / "us-sister-cities-dated.csv"
JOB = Actor.system("import")


def computed() -> dict[str, Any]:
    statistics.compute(timezone.now())
    found = publications.latest(PublicationKind.STATISTICS)
    assert found is not None
    return found.content


def places(*countries: str) -> list[int]:
    rows = [{"name": f"Place {at}", "country": country} for at, country in enumerate(countries)]
    return [made.pk for made in bulk.communities(rows=rows, by=JOB)]


def enter(*rows: NewAffiliation) -> list[Affiliation]:
    return bulk.enter(rows=rows, provenance=Provenance("A list"), by=JOB, on=date(2026, 11, 24))


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


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not on this machine")
def test_the_real_network_on_record_has_the_figures_worked_out_elsewhere() -> None:
    rows = read(SHARED)
    keys = sorted({(row[f"{side}_wikidata_id"], side, at) for at, row in enumerate(rows) for side in "ab"})
    ends = {key: (rows[at], side) for key, side, at in reversed(keys)}
    made = bulk.communities(rows=[community(row, side) for row, side in ends.values()], by=JOB)
    ids = {key: one.pk for key, one in zip(ends, made, strict=True)}
    for start in range(0, len(rows), 2_000):
        enter(*(tie(*(ids[row[f"{side}_wikidata_id"]] for side in "ab")) for row in rows[start : start + 2_000]))
    content = computed()
    measures, totals, tables = content["network"], content["totals"], content["tables"]
    assert (measures["nodes"], measures["links"]) == (4_566, 8_182) == (totals["jurisdictions"], totals["open"])
    assert (measures["largest_component"], measures["components"]) == (3_990, 221)
    assert (measures["greatest_degree"], dict(tables["degrees"])[1]) == (76, 2_219)
    assert tables["hubs"][0][1:] == ["Shanghai", "shanghai", "CN", "", 76]
    assert measures["median_kilometres"] == pytest.approx(2_022.3, abs=0.05)
    countries = {key: community(*end)["country"] for key, end in ends.items()}
    pairs = Counter(tuple(sorted(countries[row[f"{side}_wikidata_id"]] for side in "ab")) for row in rows)
    assert {(one, other): number for one, other, number in tables["matrix"]} == pairs
    both = Counter(code for pair, number in pairs.items() for code in set(pair) for _ in range(number))
    assert {row[0]: row[2] for row in tables["countries"]} == both


@pytest.mark.skipif(not DATED.exists(), reason=f"{DATED} is not on this machine")
def test_the_decades_of_real_partnerships_are_those_counted_in_their_file() -> None:
    rows = {(row["a_name"], row["b_name"], row["b_country"]): row for row in read(DATED)}
    ids = {name: places("US")[0] for name in {key[0] for key in rows}}
    enter(*(tie(ids[key[0]], places(key[2])[0], row["since"], row["until"]) for key, row in rows.items()))
    content = computed()
    expected = Counter(int(row["since"][:3]) * 10 if row["since"] else None for row in rows.values())
    assert {row[0]: row[1] for row in content["tables"]["decades"]} == expected
    assert content["totals"]["ended"] == sum(bool(row["until"]) for row in rows.values())


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def community(row: dict[str, str], side: str) -> dict[str, Any]:
    return {
        "name": row[f"{side}_name"],
        "country": row[f"{side}_country"] if len(row[f"{side}_country"]) == 2 else "",
        "wikidata_id": row[f"{side}_wikidata_id"],
        "latitude": round(float(row[f"{side}_latitude"]), 5),
        "longitude": round(float(row[f"{side}_longitude"]), 5),
    }
