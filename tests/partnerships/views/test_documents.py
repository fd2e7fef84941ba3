"""Documents of registered agreements: only public ones, always as a download."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from partnerships.models import Agreement, Document, Jurisdiction
from partnerships.selectors import dossiers
from tests import cast

pytestmark = pytest.mark.django_db


def address(agreement: Agreement) -> str:
    import datetime

    found = dossiers.agreement(agreement.number, on=datetime.date(2026, 1, 1))
    assert found is not None
    document = found.row.documents[0]
    return f"/documents/{document.id}/{document.file_name}"


def test_a_public_document_is_saved_and_never_shown(client: Client, sisters: Agreement) -> None:
    answer: Any = client.get(address(sisters))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert sisters.number in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_document_is_not_sent_twice(client: Client, sisters: Agreement) -> None:
    path = address(sisters)
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_document_that_is_not_public_is_not_there(client: Client, sisters: Agreement) -> None:
    path = address(sisters)
    Document.objects.update(public=False)
    assert client.get(path).status_code == 404


def test_documents_of_a_filing_in_review_are_not_there(
    client: Client, irondequoit: Jurisdiction, osaka: Jurisdiction
) -> None:
    filing = cast.submitted(cast.representative(irondequoit), [irondequoit, osaka])
    for document in filing.documents.all():
        assert client.get(f"/documents/{document.pk}/x.pdf").status_code == 404


def test_another_name_leads_to_the_right_one(client: Client, sisters: Agreement) -> None:
    path = address(sisters)
    answer = client.get(path.rpartition("/")[0] + "/other.pdf")
    assert (answer.status_code, answer["Location"]) == (301, path)


def test_a_document_whose_file_is_away_asks_to_come_back(client: Client, sisters: Agreement) -> None:
    path = address(sisters)
    for document in Document.objects.all():
        document.file.storage.delete(document.file.name)
    assert client.get(path).status_code == 503
