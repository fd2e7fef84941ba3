"""The files of the open data: valid for the tools that read them, of one state of the record, and public facts only."""

from __future__ import annotations

import csv
import hashlib
import json
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import frictionless
import networkx as nx
import pytest
from django.core.management import call_command
from django.utils import timezone

from partnerships.models import Affiliation, Agreement, Jurisdiction, JurisdictionName, Milestone, User
from partnerships.selectors import open_data, register
from partnerships.selectors.open_data import Moment
from partnerships.services import claims, merges
from partnerships.services.access import Actor
from partnerships.services.claims import NewClaim
from partnerships.transfer import tables
from partnerships.transfer.open_data import export, words
from partnerships.transfer.open_data.spec import TABLES
from partnerships.transfer.open_data.spec import tables as all_tables
from tests import cast, crowd

pytestmark = pytest.mark.django_db

Read = Callable[[str], Any]


def exported(path: Path, **moment: Any) -> Path:
    path.mkdir()
    export.export(path, moment=Moment(**{"day": timezone.localdate(), **moment}), made_at=timezone.now())
    return path


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def everything(
    irondequoit: Jurisdiction, poltava: Jurisdiction, san_francisco: Jurisdiction, osaka: Jurisdiction
) -> None:
    """A sister, a friendship that ended, names in other scripts, an event, documents, those who signed."""
    cast.registered([irondequoit, poltava], themes=["humanitarian", "youth"], reasons=["diaspora"], perpetual=True)
    cast.registered([san_francisco, osaka], signed_on="1957", kind="friendship")
    cast.registered([san_francisco, osaka], signed_on="2018-07", act="end", kind="friendship")
    JurisdictionName.objects.create(jurisdiction=osaka, name="大阪市", language="ja", kind="native")
    Milestone.objects.create(
        affiliation=Affiliation.objects.get(number="SCI-000001"), kind="visit", on="1999", text='A visit, "long"\nago'
    )
    told = [
        NewClaim(
            Affiliation.objects.get(number="SCI-000002").pk, fact, value, "A list", stated_on="2019", source_url="@x"
        )
        for fact, value in (("since", "1957-10-07"), ("ended", "2017"))
    ]
    claims.record(rows=told, by=Actor.system("import"), on=date(2026, 11, 25))
    Jurisdiction.objects.filter(pk=osaka.pk).update(latitude="34.69374", longitude="135.50218", population=2_691_185)
    Jurisdiction.objects.filter(pk=san_francisco.pk).update(latitude="37.77493", longitude="-122.41942")


@pytest.fixture
def folder(everything: None, tmp_path: Path) -> Path:
    return exported(tmp_path / "out")


# --- The package


def test_the_package_is_valid_for_frictionless(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert {task.name for task in report.tasks} >= {table.name for table in all_tables()}


def test_frictionless_would_find_a_wrong_value(folder: Path) -> None:
    """Otherwise the test before proves nothing."""
    path = folder / "affiliations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("friendship", "cousins"), encoding="utf-8")
    assert not frictionless.validate(str(folder / "datapackage.json")).valid


def test_every_table_has_rows_to_be_checked(folder: Path) -> None:
    assert [table.name for table in TABLES if not rows(folder, table.file_name)] == []


def test_it_says_what_it_shows_and_how_it_may_be_used(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["register"]["seq"], package["register"]["hash"]) == register.head()
    assert package["as_of"] == str(timezone.localdate())
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "GeoNames" in package["sources"][0]["title"]


def test_checksums_and_sizes_are_those_of_the_files(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    named = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert sums == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in named}


def test_files_and_their_description_are_the_same_set(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {*words.FILES, *(table.file_name for table in all_tables())}
    assert all(words.about(path.name) for path in folder.iterdir())


def test_the_dictionary_tells_of_every_column(folder: Path) -> None:
    told = {(row["table"], row["column"]) for row in rows(folder, "dictionary.csv") if row["description"]}
    for table in all_tables():
        with (folder / table.file_name).open(encoding="utf-8") as lines:
            header = next(csv.reader(lines))
        assert {(table.name, name) for name in header} <= told
        assert header == list(table.columns)


def test_lists_of_the_site_have_the_same_columns() -> None:
    by_name = {table.name: list(table.columns) for table in TABLES}
    assert by_name["affiliations"] == list(tables.AFFILIATIONS)
    assert by_name["jurisdictions"] == list(tables.JURISDICTIONS)


# --- What stands in the tables


def test_an_affiliation_stands_as_it_is(folder: Path) -> None:
    sister, friendship = rows(folder, "affiliations.csv")
    assert (sister["number"], sister["a_name"], sister["b_native_name"]) == ("SCI-000001", "Irondequoit", "Полтава")
    assert (sister["since"], sister["standing"], sister["themes"]) == ("1992-06-29", "in_force", "humanitarian youth")
    assert (friendship["since"], friendship["ended"], friendship["standing"]) == ("1957", "2018-07", "ended")


def test_each_claim_stands_beside_what_is_registered(folder: Path) -> None:
    agrees, differs = rows(folder, "claims.csv")
    assert (agrees["fact"], agrees["value"], agrees["registered"], agrees["conflict"]) == (
        "since",
        "1957-10-07",
        "1957",
        "",
    )
    assert (differs["value"], differs["registered"], differs["conflict"]) == ("2017", "2018-07", "open")
    assert (differs["source"], differs["stated_on"], differs["recorded_on"]) == ("A list", "2019", "2026-11-25")


def test_who_signed_before_a_merge_is_still_on_the_list(folder: Path, tmp_path: Path, registrar: User) -> None:
    gone, kept = Jurisdiction.objects.get(name="Osaka"), cast.jurisdiction("Ōsaka-shi", "JP")
    merges.merge(gone_id=gone.pk, kept_id=kept.pk, reason="One city.", by=Actor.of(registrar), on=timezone.localdate())
    again = exported(tmp_path / "again")
    (row,) = [row for row in rows(again, "jurisdictions.csv") if row["id"] == str(gone.pk)]
    assert row["merged_into"] == str(kept.pk)
    assert frictionless.validate(str(again / "datapackage.json")).valid


def test_no_cell_begins_like_a_formula(irondequoit: Jurisdiction, osaka: Jurisdiction, tmp_path: Path) -> None:
    Jurisdiction.objects.filter(pk=osaka.pk).update(name='=HYPERLINK("http://127.0.0.1","x")', native_name="@SUM(A1)")
    cast.registered([irondequoit, osaka], title="+1", place="-cmd")
    folder = exported(tmp_path / "out")
    for table in TABLES:
        for row in rows(folder, table.file_name):
            texts = (row[name] for name, column in table.columns.items() if column.kind == "string")
            assert [text for text in texts if text.startswith(("=", "+", "-", "@"))] == []
    assert rows(folder, "affiliations.csv")[0]["b_name"].startswith("'=HYPERLINK")
    assert frictionless.validate(str(folder / "datapackage.json")).valid


def test_what_was_entered_in_error_is_left_out_with_its_history(folder: Path, tmp_path: Path) -> None:
    Affiliation.objects.filter(number="SCI-000002").update(standing="annulled", ended="")
    again = exported(tmp_path / "again")
    assert [row["number"] for row in rows(again, "affiliations.csv")] == ["SCI-000001"]
    assert {row["affiliation"] for row in rows(again, "periods.csv")} == {"SCI-000001"}
    assert frictionless.validate(str(again / "datapackage.json")).valid


# --- Maps, linked data, networks, register


def test_maps_are_read_as_geojson(folder: Path) -> None:
    points = json.loads((folder / "jurisdictions.geojson").read_bytes())["features"]
    lines = json.loads((folder / "affiliations.geojson").read_bytes())["features"]
    assert (len(points), len(lines)) == (4, 2)
    by_number = {line["properties"]["number"]: line for line in lines}
    assert by_number["SCI-000001"]["geometry"] is None
    assert by_number["SCI-000002"]["geometry"]["type"] == "MultiLineString"


def test_linked_data_point_at_their_places(folder: Path) -> None:
    graph = json.loads((folder / "registry.jsonld").read_bytes())
    assert graph["@context"] == "https://schema.org"
    by_id = {node["@id"]: node for node in graph["@graph"]}
    record = next(node for node in graph["@graph"] if node.get("identifier") == "SCI-000002")
    assert record["temporalCoverage"] == "1957/2018-07"
    assert [by_id[end["@id"]]["@type"] for end in record["about"]] == ["AdministrativeArea"] * 2
    assert "大阪市" in by_id[record["about"][1]["@id"]]["alternateName"]


def test_network_tools_read_open_affiliations_only(folder: Path) -> None:
    graphml, gexf = nx.read_graphml(folder / "network.graphml"), nx.read_gexf(folder / "network.gexf", version="1.3")
    for graph in (graphml, gexf):
        assert (len(graph), graph.number_of_edges()) == (2, 1)
        assert {node["name"] for _pk, node in graph.nodes(data=True)} == {"Irondequoit", "Poltava"}
        assert {edge["number"] for _one, _other, edge in graph.edges(data=True)} == {"SCI-000001"}


def test_a_name_that_xml_cannot_hold_does_not_spoil_the_network(irondequoit: Any, osaka: Any, tmp_path: Path) -> None:
    Jurisdiction.objects.filter(pk=osaka.pk).update(name='Osaka\x0b <&"> Fu')
    cast.registered([irondequoit, osaka])
    folder = exported(tmp_path / "out")
    for graph in (nx.read_graphml(folder / "network.graphml"), nx.read_gexf(folder / "network.gexf", version="1.3")):
        assert 'Osaka <&"> Fu' in {node["name"] for _pk, node in graph.nodes(data=True)}


def test_the_register_in_it_verifies(folder: Path) -> None:
    seq, head = register.head()
    call_command("verify_register", file=folder / "register.jsonl", head=head)
    assert len((folder / "register.jsonl").read_bytes().splitlines()) == seq


def test_portals_find_every_file_with_its_checksum(folder: Path) -> None:
    catalogue = json.loads((folder / "catalog.jsonld").read_bytes())
    (data_set,) = catalogue["dcat:dataset"]
    told = {
        one["dct:title"]: one["spdx:checksum"]["spdx:checksumValue"]["@value"] for one in data_set["dcat:distribution"]
    }
    for name, digest in told.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert {"datapackage.json", "affiliations.csv", "register.jsonl"} <= set(told)
    assert data_set["dct:license"]["@id"] == words.LICENCE["path"]


# --- The past


def test_the_past_shows_what_was_in_force_then(everything: None, tmp_path: Path) -> None:
    folder = exported(tmp_path / "then", day=date(1990, 1, 1), past=True)
    (row,) = rows(folder, "affiliations.csv")
    assert (row["number"], row["standing"], row["ended"]) == ("SCI-000002", "in_force", "")
    assert {row["act"] for row in rows(folder, "agreements.csv")} == {"establish"}
    open_then = {row["name"]: row["open_affiliations"] for row in rows(folder, "jurisdictions.csv")}
    assert open_then == {"Irondequoit": "0", "Poltava": "0", "San Francisco": "1", "Osaka": "1"}
    assert nx.read_graphml(folder / "network.graphml").number_of_edges() == 1
    assert frictionless.validate(str(folder / "datapackage.json")).valid


def test_before_the_first_agreement_there_was_nothing(everything: None, tmp_path: Path) -> None:
    folder = exported(tmp_path / "then", day=date(1931, 1, 1), past=True)
    for name in ("affiliations", "periods", "agreements", "agreement-affiliations", "signatories", "milestones"):
        assert rows(folder, f"{name}.csv") == []
    assert frictionless.validate(str(folder / "datapackage.json")).valid


def test_as_of_today_is_what_stands_today(everything: None, tmp_path: Path) -> None:
    now, then = exported(tmp_path / "now"), exported(tmp_path / "then", past=True)
    for name in ("affiliations", "periods", "agreements", "jurisdictions", "names"):
        left = {row.get("number") or str(row): row for row in rows(now, f"{name}.csv")}
        right = {row.get("number") or str(row): row for row in rows(then, f"{name}.csv")}
        for row in (*left.values(), *right.values()):
            row.pop("recognised_since", None)
        assert left == right, name


# --- Large records


def test_statements_grow_by_batches_not_by_rows(
    everything: None, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    crowd.make(1500, first_serial=50)
    with django_assert_max_num_queries(20):
        exported(tmp_path / "out")


def peak_of(path: Path) -> int:
    tracemalloc.start()
    try:
        exported(path)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_stays_flat_while_the_record_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are longer than many batches. A row that is kept takes more than two kilobytes."""
    monkeypatch.setattr(open_data, "BATCH", 50)
    crowd.make(400)
    exported(tmp_path / "first")  # whatever is loaded once
    small = peak_of(tmp_path / "small")
    crowd.make(1600, first_serial=1000, seed=8)
    large = peak_of(tmp_path / "large")
    assert len(rows(tmp_path / "large", "affiliations.csv")) == 2000
    assert (large - small) / 1600 < 500


def test_agreements_and_affiliations_are_tied_both_ways(folder: Path) -> None:
    assert len(rows(folder, "agreement-affiliations.csv")) == Agreement.objects.count() == 3
