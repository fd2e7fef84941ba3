"""Documents in an S3-compatible store, through the same storage as in a folder."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from django.core.files.base import ContentFile
from moto import mock_aws
from storages.backends.s3 import S3Storage

from sci_registry import places


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Storage]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="papers")
        entry = places.storage("s3://papers/registry?region_name=us-east-1")
        yield S3Storage(**entry["OPTIONS"])


def test_a_document_comes_back_as_it_was(bucket: S3Storage) -> None:
    name = bucket.save("filings/1/agreement.pdf", ContentFile(b"%PDF-1.7 signed"))
    with bucket.open(name) as document:
        assert document.read() == b"%PDF-1.7 signed"


def test_documents_stay_below_the_prefix_of_the_url(bucket: S3Storage) -> None:
    bucket.save("agreement.pdf", ContentFile(b"x"))
    listed = boto3.client("s3", region_name="us-east-1").list_objects_v2(Bucket="papers")
    assert [entry["Key"] for entry in listed["Contents"]] == ["registry/agreement.pdf"]


def test_a_second_document_of_the_same_name_replaces_nothing(bucket: S3Storage) -> None:
    first = bucket.save("agreement.pdf", ContentFile(b"first"))
    second = bucket.save("agreement.pdf", ContentFile(b"second"))
    assert first != second
    with bucket.open(first) as document:
        assert document.read() == b"first"


def test_a_document_is_not_public(bucket: S3Storage) -> None:
    bucket.save("agreement.pdf", ContentFile(b"x"))
    grants = boto3.client("s3", region_name="us-east-1").get_object_acl(Bucket="papers", Key="registry/agreement.pdf")
    assert [grant["Grantee"].get("URI", "") for grant in grants["Grants"]] == [""]
