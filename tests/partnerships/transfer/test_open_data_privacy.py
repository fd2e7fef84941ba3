"""No file of the open data, and no table of the statistics, knows what is private or not registered yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from partnerships.choices import Capacity, DocumentRole, PublicationKind
from partnerships.models import Contact, Document, Jurisdiction, Organisation, Representation, User
from partnerships.selectors import publications
from partnerships.selectors.open_data import Moment
from partnerships.services import documents, filings, jurisdictions, members, review, statistics
from partnerships.services.access import Actor
from partnerships.transfer.open_data import export
from tests import cast

pytestmark = pytest.mark.django_db

#: What only the registry and those concerned may know; each is planted below.
SECRETS = (
    "Hiddenville",
    "Unborn Treaty",
    "Mayor of Hiddenville",
    "Withdrawn Words",
    "Rita Representative",
    "rita@example.org",
    "new.person@example.org",
    "Ruth Registrar",
    "Secret comment",
    "Hidden Helper",
    "+1 555 0100",
    "secret.pdf",
    "Hidden proof",
    "Shelf 12",
)


@pytest.fixture
def planted(irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User, clerk: User) -> str:
    """A registered agreement with a private document, and everything around it; the hash of the document."""
    rita, day = cast.person("rita@example.org", "Rita Representative"), timezone.localdate()
    Representation.objects.create(
        user=rita, jurisdiction=irondequoit, capacity=Capacity.EMPLOYEE, proof="Hidden proof", from_date="2000-01-01"
    )
    by = Actor.of(rita)
    filing = cast.draft(rita, [irondequoit, poltava], shelfmark="Shelf 12")
    upload = cast.pdf("secret", name="secret.pdf")
    documents.attach(filing_id=filing.pk, by=by, upload=upload, role=DocumentRole.OTHER, language="en", public=False)
    filings.submit(filing_id=filing.pk, by=by, on=day)
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    review.return_(filing_id=filing.pk, by=Actor.of(registrar), comment="Secret comment")
    filings.submit(filing_id=filing.pk, by=by, on=day)
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    review.register(filing_id=filing.pk, by=Actor.of(registrar), on=day)
    hidden = jurisdictions.propose(by=by, values={"name": "Hiddenville", "country": "DE"})
    cast.draft(rita, [irondequoit, hidden], title="Unborn Treaty")
    withdrawn = cast.submitted(rita, [irondequoit, cast.jurisdiction("Kiel", "DE")], title="Withdrawn Words")
    filings.withdraw(filing_id=withdrawn.pk, by=by)
    office = Organisation.objects.create(name="Hidden Helper", jurisdiction=irondequoit)
    Contact.objects.create(organisation=office, name="Hidden Helper", phone="+1 555 0100")
    members.invite_representative(
        email="new.person@example.org", jurisdiction=irondequoit, capacity="employee", by=Actor.of(clerk), name="N"
    )
    return Document.objects.get(original_name="secret.pdf").sha256


@pytest.mark.parametrize("past", [False, True])
def test_no_file_knows_a_secret(planted: str, tmp_path: Path, past: bool) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    export.export(folder, moment=Moment(timezone.localdate(), past=past), made_at=timezone.now())
    assert "Irondequoit" in (folder / "affiliations.csv").read_text(encoding="utf-8")
    for path in folder.iterdir():
        told = path.read_text(encoding="utf-8").lower()
        for secret in (*SECRETS, planted):
            assert secret.lower() not in told, (path.name, secret)


def test_no_table_of_the_statistics_knows_a_secret(planted: str) -> None:
    statistics.compute(timezone.now())
    found: Any = publications.latest(PublicationKind.STATISTICS)
    told = json.dumps(found.content).lower()
    assert "irondequoit" in told
    assert [secret for secret in SECRETS if secret.lower() in told] == []


def test_a_document_appears_when_staff_publish_it(planted: str, registrar: User, tmp_path: Path) -> None:
    kept = Document.objects.get(original_name="secret.pdf")
    documents.publish(document_id=kept.pk, by=Actor.of(registrar), public=True)
    export.export(tmp_path, moment=Moment(timezone.localdate()), made_at=timezone.now())
    assert planted in (tmp_path / "documents.csv").read_text(encoding="utf-8")
