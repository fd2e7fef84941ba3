"""The open data from a running server, as a stranger's tools fetch them: whole, in parts, again, and checked."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import frictionless
import pytest
from django.test import override_settings
from django.utils import timezone

from partnerships.transfer.open_data import publish
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(live_server: Any, tmp_path: Path) -> Any:
    """The address of the published files of a record with three agreements."""
    town = cast.jurisdiction("Irondequoit", "US")
    cast.registered([town, cast.jurisdiction("Poltava", "UA", native_name="Полтава")], title="=cmd|' /C calc'!A0")
    cast.registered([town, cast.jurisdiction("大阪", "JP")], kind="friendship")
    with override_settings(SITE_URL=live_server.url):
        publish.publish(timezone.now())
        yield f"{live_server.url}/data"


def fetched(address: str, **headers: str) -> tuple[int, Any, bytes]:
    asked = Request(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urlopen(asked, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as refused:
        return refused.code, refused.headers, refused.read()


def test_everything_that_the_checksums_name_comes_as_it_was_hashed(place: str, tmp_path: Path) -> None:
    _status, _headers, sums = fetched(f"{place}/SHA256SUMS")
    for line in sums.decode().splitlines():
        digest, name = line.split("  ")
        status, headers, content = fetched(f"{place}/{name}")
        assert (status, hashlib.sha256(content).hexdigest()) == (200, digest), name
        assert headers["ETag"] == f'"{digest}"'
        assert int(headers["Content-Length"]) == len(content)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "SHA256SUMS").write_bytes(sums)
    checked = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_nothing_is_sent_again_that_did_not_change(place: str) -> None:
    _status, headers, _content = fetched(f"{place}/affiliations.csv")
    status, again, content = fetched(f"{place}/affiliations.csv", If_None_Match=headers["ETag"])
    assert (status, content, again["ETag"]) == (304, b"", headers["ETag"])
    cast.registered([cast.jurisdiction("Toledo", "US"), cast.jurisdiction("Toledo", "ES")])
    publish.publish(timezone.now())
    status, newer, content = fetched(f"{place}/affiliations.csv", If_None_Match=headers["ETag"])
    assert (status, newer["ETag"] != headers["ETag"], b"Toledo" in content) == (200, True, True)


def test_parts_put_together_are_the_whole(place: str) -> None:
    _status, headers, whole = fetched(f"{place}/register.jsonl")
    parts, step = [], len(whole) // 3
    for start in range(0, len(whole), step):
        end = min(start + step, len(whole)) - 1
        status, told, part = fetched(f"{place}/register.jsonl", Range=f"bytes={start}-{end}", If_Range=headers["ETag"])
        assert (status, told["Content-Range"]) == (206, f"bytes {start}-{end}/{len(whole)}")
        parts.append(part)
    assert b"".join(parts) == whole
    status, told, _content = fetched(f"{place}/register.jsonl", Range=f"bytes={len(whole)}-")
    assert (status, told["Content-Range"]) == (416, f"bytes */{len(whole)}")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_curl_goes_on_where_it_broke_off(place: str, tmp_path: Path) -> None:
    _status, _headers, whole = fetched(f"{place}/registry.jsonld")
    copy = tmp_path / "registry.jsonld"
    copy.write_bytes(whole[:100])
    asked = ["curl", "--silent", "--fail", "-C", "-", "-o", str(copy), f"{place}/registry.jsonld"]
    assert subprocess.run(asked, timeout=30, check=False).returncode == 0
    assert copy.read_bytes() == whole


def test_frictionless_validates_the_package_by_its_address(place: str) -> None:
    report = frictionless.validate(f"{place}/datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] > 10


def test_the_page_leads_to_the_catalogue_and_the_catalogue_to_files_of_their_size(place: str) -> None:
    _status, _headers, page = fetched(f"{place}/")
    assert b'rel="describedby" type="application/ld+json" href="/data/catalog.jsonld"' in page
    catalogue = json.loads(fetched(f"{place}/catalog.jsonld")[2])
    (data_set,) = catalogue["dcat:dataset"]
    for one in data_set["dcat:distribution"]:
        name = one["dcat:downloadURL"]["@id"].rpartition("/data/")[2]
        status, headers, content = fetched(f"{place}/{name}")
        assert (status, str(len(content))) == (200, one["dcat:byteSize"]["@value"])
        assert one["dcat:mediaType"]["@id"].endswith(headers["Content-Type"].partition(";")[0])
        assert one["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(content).hexdigest()


def test_networks_name_their_format_and_every_link_has_its_ends(place: str) -> None:
    """GraphML and GEXF by their own rules: namespaces, declared attributes, no link to a node that is not there."""
    graphml = ET.fromstring(fetched(f"{place}/network.graphml")[2])
    gexf = ET.fromstring(fetched(f"{place}/network.gexf")[2])
    assert graphml.tag == "{http://graphml.graphdrawing.org/xmlns}graphml"
    assert (gexf.tag, gexf.get("version")) == ("{http://gexf.net/1.3}gexf", "1.3")
    for root, space, given, declared in (
        (graphml, "{http://graphml.graphdrawing.org/xmlns}", ("data", "key"), ("key", "id")),
        (gexf, "{http://gexf.net/1.3}", ("attvalue", "for"), ("attribute", "id")),
    ):
        nodes = {node.get("id") for node in root.iter(f"{space}node")}
        links = [(link.get("source"), link.get("target")) for link in root.iter(f"{space}edge")]
        assert (len(nodes), len(links)) == (3, 2)
        assert {end for link in links for end in link} <= nodes
        known = {one.get(declared[1]) for one in root.iter(space + declared[0])}
        assert {one.get(given[1]) for one in root.iter(space + given[0])} <= known


def test_no_spreadsheet_runs_what_a_title_says(place: str) -> None:
    assert b",'=cmd|' /C calc'!A0," in fetched(f"{place}/agreements.csv")[2]


def test_any_web_page_may_read_them(place: str) -> None:
    _status, headers, _content = fetched(f"{place}/affiliations.geojson", Origin="http://elsewhere.example")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Content-Range"} <= set(headers["Access-Control-Expose-Headers"].split(", "))
