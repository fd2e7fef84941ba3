"""``/data/``: what there is, and files that can be asked for again, in parts, and from any web page."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import Agreement, Publication
from partnerships.transfer.open_data import publish
from partnerships.transfer.open_data.spec import tables
from tests import cast
from tests.partnerships.views.paths import text

pytestmark = pytest.mark.django_db

PAGE, FILE = "/data/", "/data/affiliations.csv"


@pytest.fixture
def published(sisters: Agreement, friends: Agreement) -> Publication:
    publish.publish(timezone.now())
    return Publication.objects.get()


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def ask(client: Client, **headers: str) -> Any:
    return client.get(FILE, headers=headers)


# --- The page


def test_before_the_first_edition_the_page_says_so_and_has_no_dead_links(client: Client, db: None) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "The files are being made" in text(answer)
    assert b'href="/data/affiliations.csv"' not in answer.content
    assert client.get(FILE).status_code == 404


def test_it_lists_every_file_with_rows_size_and_hash(client: Client, published: Publication) -> None:
    answer = client.get(PAGE)
    for file in published.content["files"]:
        assert f'href="/data/{file["name"]}"' in answer.content.decode()
        assert file["sha256"] in answer.content.decode()
    assert f"up to entry {published.register_seq} of the register" in text(answer)
    assert "CC" in text(answer) or "Creative Commons" in text(answer)


def test_it_explains_every_column(client: Client, published: Publication) -> None:
    shown = text(client.get(PAGE))
    for table in tables():
        for name, column in table.columns.items():
            assert name in shown
            assert str(column.about) in shown


def test_it_takes_three_statements_and_moves_with_the_edition(client: Client, published: Publication) -> None:
    cast.entry()
    with CaptureQueriesContext(connection) as asked:
        tag = client.get(PAGE)["ETag"]
    assert len(asked) <= 3
    publish.publish(timezone.now())
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 200


# --- The files


def test_a_file_comes_whole_with_its_hash_as_tag(client: Client, published: Publication) -> None:
    answer = ask(client)
    content = body(answer)
    assert answer["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    assert int(answer["Content-Length"]) == len(content)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert (answer["Accept-Ranges"], answer["Access-Control-Allow-Origin"]) == ("bytes", "*")


def test_every_file_of_the_package_is_where_the_package_says(client: Client, published: Publication) -> None:
    package = client.get("/data/datapackage.json")
    for resource in json.loads(body(package))["resources"]:
        answer = client.get(f"/data/{resource['path']}")
        assert answer.status_code == 200
        assert f"sha256:{hashlib.sha256(body(answer)).hexdigest()}" == resource["hash"]


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("0-9", 0, 9), ("10-", 10, None), ("-5", -5, None), ("3-999999999", 3, None)]
)
def test_a_part_can_be_asked_for(client: Client, published: Publication, asked: str, first: int, last: Any) -> None:
    whole = body(ask(client))
    answer = ask(client, range=f"bytes={asked}")
    expected = whole[first:] if last is None else whole[first : last + 1]
    assert (answer.status_code, body(answer)) == (206, expected)
    start = first % len(whole)
    assert answer["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(whole)}"
    assert int(answer["Content-Length"]) == len(expected)


def test_a_part_beyond_the_end_is_refused_with_the_size(client: Client, published: Publication) -> None:
    size = len(body(ask(client)))
    for asked in (f"bytes={size}-", "bytes=-0"):
        answer = ask(client, range=asked)
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize(
    "asked", ["bytes=9-3", "bytes=-", "lines=1-2", "bytes=0-1,5-9", "bytes=a-b", "bytes=" + "9" * 40]
)
def test_what_is_no_single_range_gets_the_whole_file(client: Client, published: Publication, asked: str) -> None:
    assert ask(client, range=asked).status_code == 200


def test_a_download_goes_on_only_with_the_edition_it_began_with(client: Client, published: Publication) -> None:
    tag = ask(client)["ETag"]
    assert ask(client, range="bytes=5-", **{"if-range": tag}).status_code == 206
    assert ask(client, range="bytes=5-", **{"if-range": '"another"'}).status_code == 200


def test_a_file_that_did_not_change_is_not_sent_again(client: Client, published: Publication) -> None:
    tag = ask(client)["ETag"]
    with CaptureQueriesContext(connection) as asked:
        answer = ask(client, **{"if-none-match": tag})
    assert (answer.status_code, answer.content, len(asked)) == (304, b"", 1)


def test_head_tells_the_size_and_sends_nothing(client: Client, published: Publication) -> None:
    answer = client.head(FILE)
    assert answer.content == b""
    assert int(answer["Content-Length"]) == len(body(ask(client)))


@pytest.mark.parametrize("name", ["secrets.csv", "..", "affiliations.csv~", "%2e%2e%2fdb.sqlite3", "AFFILIATIONS.CSV"])
def test_nothing_else_can_be_read(client: Client, published: Publication, name: str) -> None:
    assert client.get(f"/data/{name}").status_code == 404


def test_a_file_that_is_away_is_an_answer_and_no_failure(client: Client, published: Publication) -> None:
    default_storage.delete(f"{published.content['folder']}/affiliations.csv")
    answer = ask(client)
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")


def test_only_reading_is_allowed(client: Client, published: Publication) -> None:
    assert client.post(FILE).status_code == 405
    assert client.post(PAGE).status_code == 405
