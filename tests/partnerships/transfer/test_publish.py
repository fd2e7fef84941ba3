"""Open data are published as a whole: readers see one edition or the next, and nothing is left lying about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from moto import mock_aws

from partnerships.choices import PublicationKind
from partnerships.models import Jurisdiction, Publication
from partnerships.selectors import publications, register
from partnerships.services import reminders
from partnerships.tasks import publish_open_data
from partnerships.transfer.open_data import publish
from sci_registry import places
from tests import cast

pytestmark = pytest.mark.django_db


def editions() -> list[str]:
    return sorted(default_storage.listdir(publish.PLACE)[0], key=int)


def test_the_task_publishes_what_the_register_holds(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    cast.registered([irondequoit, poltava])
    publish_open_data()
    found = publications.latest(PublicationKind.OPEN_DATA)
    assert found is not None
    assert (found.stand.seq, found.stand.hash) == register.head()
    for file in found.content["files"]:
        assert default_storage.size(f"{found.content['folder']}/{file['name']}") == file["size"]


def test_nothing_is_written_until_the_record_moves_on(irondequoit: Jurisdiction) -> None:
    now = timezone.now()
    assert [publish.publish(now), publish.publish(now)] == [True, False]
    cast.entry()
    assert publish.publish(now)


def test_the_edition_before_stays_for_those_who_are_downloading_it(db: None) -> None:
    for _ in range(4):
        cast.entry()
        publish.publish(timezone.now())
    kept = Publication.objects.filter(kind=PublicationKind.OPEN_DATA).values_list("pk", flat=True)
    assert editions() == sorted(map(str, kept), key=int)
    assert len(kept) == publish.KEPT


def test_a_failure_leaves_the_published_edition_and_no_files(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(timezone.now())
    before = (publications.version(PublicationKind.OPEN_DATA), editions())
    cast.entry()
    with monkeypatch.context() as broken:
        broken.setattr(publish.publications, "finish", lambda *_work, **_values: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish.publish(timezone.now())
    assert (publications.version(PublicationKind.OPEN_DATA), editions()) == before
    assert publish.publish(timezone.now())


def test_what_a_killed_worker_left_is_swept(db: None) -> None:
    late = timezone.now() - timedelta(hours=3)
    killed = Publication.objects.create(kind=PublicationKind.OPEN_DATA, begun_at=late)
    default_storage.save(f"{publish.PLACE}/{killed.pk}/affiliations.csv", ContentFile(b"half of i"))
    assert publish.publish(timezone.now())
    assert str(killed.pk) not in editions()


def test_those_without_a_worker_publish_by_the_periodic_duties(db: None) -> None:
    done = {row.duty: row for row in reminders.run_all(timezone.now(), further=[publish.DUTY])}
    assert (done["open data"].counts, done["open data"].error) == ({"published": 1}, "")


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="papers")
        entry = places.storage("s3://papers/registry?region_name=us-east-1")
        settings.STORAGES = {**settings.STORAGES, "default": entry}
        yield


def test_a_bucket_serves_parts_of_files_and_is_swept_like_a_folder(bucket: None, db: None, client: Client) -> None:
    for _ in range(3):
        cast.entry()
        publish.publish(timezone.now())
    listed = boto3.client("s3", region_name="us-east-1").list_objects_v2(Bucket="papers")["Contents"]
    kept = Publication.objects.filter(kind=PublicationKind.OPEN_DATA).values_list("pk", flat=True)
    assert {entry["Key"].split("/")[2] for entry in listed} == set(map(str, kept))
    whole = b"".join(client.get("/data/affiliations.csv").streaming_content)  # type: ignore[attr-defined]
    part = client.get("/data/affiliations.csv", headers={"Range": "bytes=7-10"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[7:11] == b"kind"  # type: ignore[attr-defined]
