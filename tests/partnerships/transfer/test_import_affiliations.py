"""``manage.py import_affiliations``: every row accounted for, a second run changes nothing, bad files named by line."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import Affiliation, Agreement, Claim, Conflict, Jurisdiction, RegisterEntry
from partnerships.rules.import_rows import COLUMNS
from partnerships.selectors import differences, register
from partnerships.transfer import importer
from tests import cast

pytestmark = pytest.mark.django_db

HEADER = "a_name,a_country,a_subdivision,b_name,b_country,b_subdivision,kind,standing,since,until,source_url,note"
HOUSTON_CHIBA = "Houston,US,US-TX,Chiba,JP,,,,1973,,https://example.org/visit,"


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Import these lines under the header; answers the exit code and what was said."""

    def run(*lines: str | bytes, name: str = "list.csv", header: str = HEADER, **options: Any) -> tuple[int, str]:
        path, out = tmp_path / name, StringIO()
        body = [line.encode() if isinstance(line, str) else line for line in (header, *lines)]
        path.write_bytes(b"\n".join(filter(None, body)) + options.pop("ending", b"\n"))
        try:
            call_command("import_affiliations", str(path), stdout=out, stderr=out, source="A list", **options)
        except CommandError as error:
            return error.returncode, str(error)
        except SystemExit as stop:
            return int(str(stop.code)), out.getvalue()
        return 0, out.getvalue()

    return run


def test_rows_go_in_with_their_source_as_imported_evidence(run: Any) -> None:
    code, said = run(HOUSTON_CHIBA, "Denver,US,US-CO,Brest,FR,,friendship,ended,1948,1999,,a remark")
    assert code == 0
    assert "2 rows" in said
    first, second = Affiliation.objects.order_by("serial")
    assert (str(first.since), first.standing, second.kind, second.standing) == (
        "1973",
        "in_force",
        "friendship",
        "ended",
    )
    assert set(Agreement.objects.values_list("evidence", flat=True)) == {"imported"}
    assert Agreement.objects.filter(source="https://example.org/visit").count() == 1
    assert Agreement.objects.filter(source="A list – a remark").count() == 2
    assert not Affiliation.objects.exclude(recognised_from=None).exists()
    assert [str(found) for found in differences.all_differences(on=first.agreements.get().registered_on)] == []


def test_one_batch_is_one_entry_of_the_register(run: Any) -> None:
    run(HOUSTON_CHIBA, "Denver,US,US-CO,Brest,FR,,,,1948,,,")
    assert list(RegisterEntry.objects.values_list("event", flat=True)) == ["affiliations.entered"]
    assert register.verify() == register.head()


def test_a_second_run_changes_nothing(run: Any) -> None:
    lines = (HOUSTON_CHIBA, "Chiba,JP,,Houston,US,US-TX,,,1972,,,", "X,Atlantis,,Y,JP,,,,,,,")
    assert run(*lines)[0] == 3
    before = (register.head(), Affiliation.objects.count(), Jurisdiction.objects.count(), Claim.objects.count())
    assert run(*lines)[0] == 3
    after = (register.head(), Affiliation.objects.count(), Jurisdiction.objects.count(), Claim.objects.count())
    assert after == before


def test_an_import_that_was_killed_ends_the_same_when_run_again(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "BATCH", 1)
    lines = [f"Town {at},US,US-TX,Stadt {at % 3},DE,,,,19{50 + at},,," for at in range(6)]
    enter, calls = importer.imports.enter, []

    def dies(**asked: Any) -> Any:
        calls.append(asked)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return enter(**asked)

    monkeypatch.setattr(importer.imports, "enter", dies)
    with pytest.raises(KeyboardInterrupt):
        run(*lines)
    assert Affiliation.objects.count() == 3
    monkeypatch.setattr(importer.imports, "enter", enter)
    assert run(*lines)[0] == 0
    numbers = list(Affiliation.objects.order_by("serial").values_list("number", "since"))
    assert [(number, str(since)) for number, since in numbers] == [
        (f"SCI-00000{at}", f"19{49 + at}") for at in range(1, 7)
    ]
    assert Jurisdiction.objects.filter(country="DE").count() == 3


def test_both_ways_round_and_twice_is_one_affiliation(run: Any) -> None:
    code, said = run(HOUSTON_CHIBA, "Chiba,JP,,Houston,US,US-TX,,,,,,", HOUSTON_CHIBA)
    assert code == 0
    assert Affiliation.objects.count() == 1
    assert not Claim.objects.exists()


def test_a_pair_told_twice_with_different_dates_keeps_the_first_and_who_said_what(run: Any) -> None:
    code, said = run(HOUSTON_CHIBA, "Houston,US,US-TX,Chiba,JP,,,,1972,,https://example.org/city,conflicts with 1973")
    assert code == 0
    assert str(Affiliation.objects.get().since) == "1973"
    claim = Claim.objects.get()
    assert (claim.fact, claim.value, claim.source_url) == ("since", "1972", "https://example.org/city")
    assert Conflict.objects.get().values == ["1972", "1973"]
    assert "1  Merged, the source disagrees" in said


def test_what_is_registered_is_never_overwritten(run: Any, irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    cast.registered([irondequoit, poltava])
    before = Affiliation.objects.values().get()
    line = (
        f"Poltava,UA,,{irondequoit.name},US,{irondequoit.subdivision},friendship,ended,1991,2014,https://example.org/z,"
    )
    assert run(line)[0] == 0
    after = Affiliation.objects.values().get()
    assert {**after, "changed_seq": 0} == {**before, "changed_seq": 0}
    assert set(Claim.objects.values_list("fact", "value")) == {
        ("kind", "friendship"),
        ("standing", "ended"),
        ("since", "1991"),
        ("ended", "2014"),
    }


def test_ended_in_one_source_and_open_in_another_is_a_disagreement(run: Any) -> None:
    _code, said = run("San Francisco,US,US-CA,Osaka,JP,,,ended,1957,2018,,", "Osaka,JP,,San Francisco,US,US-CA,,,,,,")
    assert Affiliation.objects.get().standing == "ended"
    assert (Claim.objects.get().value, Conflict.objects.get().fact) == ("in_force", "standing")


def test_two_who_began_anew_after_an_end_have_a_second_affiliation(run: Any) -> None:
    assert run("A,US,,B,JP,,,,1957,2018,,", "A,US,,B,JP,,,,2020,,,")[0] == 0
    assert list(Affiliation.objects.order_by("serial").values_list("standing", flat=True)) == ["ended", "in_force"]


def test_emeritus_is_kept_as_a_decision(run: Any) -> None:
    assert run("A,US,,B,JP,,,emeritus,1957,,,")[0] == 0
    assert Affiliation.objects.get().standing == "emeritus"
    assert not list(differences.all_differences(on=Agreement.objects.get().registered_on))


def test_rejected_rows_are_reported_with_line_and_reason_and_the_others_go_in(run: Any, tmp_path: Path) -> None:
    report = tmp_path / "rejects.csv"
    code, said = run(
        HOUSTON_CHIBA,
        "Leeds,GB,,York,GB,,,,,,,",
        "Houston,US,US-TX,houston,US,US-TX,,,,,,",
        '"=HYPERLINK(""http://x"")",US,,Y,JP,,,,,,,',
        "Hargeisa,Somaliland,,Leeds,GB,,,,,,,",
        "too,few",
        report=report,
    )
    assert code == 3
    assert Affiliation.objects.count() == 1
    rows = list(csv.DictReader(report.open(encoding="utf-8")))
    assert [(row["line"], row["reason_code"]) for row in rows] == [
        ("3", "same-country"),
        ("4", "same-place"),
        ("5", "formula"),
        ("6", "country-unlisted"),
        ("7", "cells"),
    ]
    assert all(row["reason"] for row in rows)
    assert rows[2]["a_name"].startswith("'=")
    assert list(rows[0])[4:] == list(COLUMNS)


def test_a_corrected_report_can_be_imported_as_it_is(run: Any, tmp_path: Path) -> None:
    report = tmp_path / "rejects.csv"
    run("Hargeisa,Somaliland,,Leeds,GB,,,,,,,", report=report)
    header, line = report.read_text(encoding="utf-8").splitlines()
    code, said = run(line.replace(",Somaliland,", ",SO,"), header=header)
    assert (code, "passed over" in said) == (0, False)


def test_a_dry_run_says_the_same_and_changes_nothing(run: Any) -> None:
    lines = (HOUSTON_CHIBA, "Chiba,JP,,Houston,US,US-TX,,,1972,,,", "Leeds,GB,,York,GB,,,,,,,")
    dry = run(*lines, dry_run=True)
    assert not Jurisdiction.objects.exists()
    assert not RegisterEntry.objects.exists()
    wet = run(*lines)
    assert dry[1].splitlines()[1:] == wet[1].splitlines()[1:]


@pytest.mark.parametrize(
    ("lines", "options", "words"),
    [
        ([b"Malm\xf6,SE,,Y,JP,,,,,,,"], {}, "Line 2, column 5"),
        (["A,US"], {"header": "a_name,a_country"}, "b_name, b_country"),
        (["A,US,B,JP,C"], {"header": "a_name,a_country,b_name,b_country,a_name"}, "column 5"),
        ([HOUSTON_CHIBA, HEADER, HOUSTON_CHIBA], {}, "Line 3"),
        (["A,US,,B," + "x" * 10_000_000 + ",,,,,,,"], {}, "Line 2, column b_country"),
        ([HOUSTON_CHIBA, 'A,US,,"B,JP,,,,,,,'], {}, "Line 3"),
        ([HOUSTON_CHIBA, "A,US,,B"], {"ending": b""}, "Line 3, column b_name"),
        ([b"A,US,,B\0,JP,,,,,,,"], {}, "Line 2, column 8"),
        ([], {}, "no rows"),
        ([], {"header": "", "ending": b""}, "empty"),
        ([], {"header": "", "ending": HEADER.encode("utf-16")}, "UTF-16"),
        (["<gexf><graph>"], {"name": "x.gexf", "header": ""}, "Line 2, column"),
        (["<!DOCTYPE x [<!ENTITY a 'b'>]><gexf/>"], {"name": "x.gexf", "header": ""}, "document type"),
        (["<html/>"], {"name": "x.gexf", "header": ""}, "no GEXF"),
        (['{"results": {"bindings": ['], {"name": "x.json", "header": ""}, "Line 2, column"),
        (['{"a": 1}'], {"name": "x.json", "header": ""}, "no result"),
        (['[{"city": "Q1"}]'], {"name": "x.json", "header": ""}, "a_name"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_by_line_and_nothing_goes_in(
    run: Any, lines: list[str | bytes], options: dict[str, Any], words: str
) -> None:
    code, said = run(*lines, **options)
    assert code == 2
    assert words in said
    assert not Jurisdiction.objects.exists()


def test_a_file_that_is_not_there_is_an_answer_and_no_crash() -> None:
    with pytest.raises(CommandError) as refused:
        call_command("import_affiliations", "/nowhere/at/all.csv")
    assert refused.value.returncode == 2


def test_line_ends_may_be_mixed_and_a_mark_may_stand_first(run: Any) -> None:
    body = b'A,US,,B,JP,,,,,,,\r\nC,US,,D,JP,,,,,,,\rE,US,,"F\nG",JP,,,,,,,'
    code, said = run(body, header="\ufeff" + HEADER)
    assert (code, Affiliation.objects.count()) == (0, 3)


def test_the_count_of_statements_does_not_grow_with_the_rows(run: Any, django_assert_max_num_queries: Any) -> None:
    lines = [f"Town {at},US,US-TX,Stadt {at},DE,,,,19{50 + at % 50},,," for at in range(300)]
    with django_assert_max_num_queries(80):
        run(*lines)
    assert Affiliation.objects.count() == 300


def test_a_network_goes_in_by_its_nodes_and_edges(run: Any) -> None:
    gexf = """<gexf xmlns="http://www.gexf.net/1.2draft"><graph defaultedgetype="undirected">
    <attributes class="node"><attribute id="0" title="country"/><attribute id="1" title="pop"/></attributes>
    <attributes class="edge"><attribute id="0" title="since"/></attributes>
    <nodes><node id="Q84" label="London"><attvalues><attvalue for="0" value="United Kingdom"/>
    <attvalue for="1" value="8908081"/></attvalues></node>
    <node id="Q60" label="New York City"><attvalues><attvalue for="0" value="United States of America"/></attvalues>
    </node></nodes><edges>
    <edge source="Q84" target="Q60"><attvalues><attvalue for="0" value="2001"/></attvalues></edge></edges>
    </graph></gexf>"""
    assert run(gexf, name="net.gexf", header="")[0] == 0
    london = Jurisdiction.objects.get(wikidata_id="Q84")
    assert (london.country.code, london.population, london.population_source) == ("GB", 8908081, "A list")
    assert str(Affiliation.objects.get().since) == "2001"


@pytest.mark.parametrize("wrapped", [True, False])
def test_results_of_wikidata_go_in_as_the_service_gives_them(run: Any, wrapped: bool) -> None:
    row = {
        "city": "http://www.wikidata.org/entity/Q84",
        "cityLabel": "London",
        "cityCountryCode": "GB",
        "cityCoord": "Point(-0.1275 51.5072)",
        "twin": "http://www.wikidata.org/entity/Q60",
        "twinLabel": "New York City",
        "twinCountry": "http://www.wikidata.org/entity/Q30",
        "twinCountryLabel": "United States",
        "start": "2001-01-01T00:00:00Z",
    }
    flat = [row, {**row, "twin": "http://www.wikidata.org/entity/Q999999", "twinLabel": "Q999999"}]
    full = {
        "results": {"bindings": [{name: {"type": "x", "value": value} for name, value in one.items()} for one in flat]}
    }
    code, said = run(json.dumps(full if wrapped else flat), name="query.json", header="")
    assert code == 3
    london = Jurisdiction.objects.get(wikidata_id="Q84")
    assert (london.name, str(london.longitude)) == ("London", "-0.12750")
    assert str(Affiliation.objects.get().since) == "2001"
    assert "empty" in said
