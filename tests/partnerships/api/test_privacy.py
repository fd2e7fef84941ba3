"""What is private stays private: no answer of the API knows of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from partnerships.choices import Capacity, DocumentRole, Role
from partnerships.models import Contact, Document, Jurisdiction, Organisation, Representation, User
from partnerships.services import documents, filings, jurisdictions, review
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db

#: What only the registry and those concerned may know; each is planted below.
SECRETS = (
    "Hiddenville",
    "Unborn Treaty",
    "Secret comment",
    "Rita Representative",
    "rita@",
    "Ruth Registrar",
    "Hidden Helper",
    "+1 555 0100",
    "secret.pdf",
    "Hidden proof",
)


@pytest.fixture
def with_secrets(irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User) -> dict[str, Any]:
    """A registered agreement with one private document, a draft, a proposed community, a private contact."""
    rita = cast.person("rita@example.org", "Rita Representative")
    Representation.objects.create(
        user=rita, jurisdiction=irondequoit, capacity=Capacity.EMPLOYEE, proof="Hidden proof", from_date="2000-01-01"
    )
    filing = cast.draft(rita, [irondequoit, poltava])
    private = documents.attach(
        filing_id=filing.pk,
        by=Actor.of(rita),
        upload=cast.pdf("secret", name="secret.pdf"),
        role=DocumentRole.OTHER,
        language="en",
        public=False,
    )
    day = cast.timezone.localdate()
    filings.submit(filing_id=filing.pk, by=Actor.of(rita), on=day)
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    review.return_(filing_id=filing.pk, by=Actor.of(registrar), comment="Secret comment")
    filings.submit(filing_id=filing.pk, by=Actor.of(rita), on=day)
    second = Actor.of(cast.staff(Role.REGISTRAR))
    review.take(filing_id=filing.pk, by=second)
    agreement = review.register(filing_id=filing.pk, by=second, on=day)
    hidden = jurisdictions.propose(by=Actor.of(rita), values={"name": "Hiddenville", "country": "DE"})
    cast.draft(rita, [irondequoit, hidden], title="Unborn Treaty")
    office = Organisation.objects.create(name="Hidden Helper", jurisdiction=irondequoit)
    Contact.objects.create(organisation=office, name="Hidden Helper", phone="+1 555 0100")
    sha256 = Document.objects.get(original_name="secret.pdf").sha256
    return {"agreement": agreement, "hidden": hidden, "sha256": sha256, "private": private}


def everything(client: Client, agreement: str, pk: int) -> dict[str, str]:
    """Every public answer, in every form."""
    lists = [
        "",
        "countries/",
        "subdivisions/",
        "jurisdictions/",
        "affiliations/?standing=any",
        "agreements/",
        "register/",
    ]
    files = [f"{noun}/?format={form}" for noun in ("jurisdictions", "affiliations") for form in ("csv", "geojson")]
    ones = [f"agreements/{agreement}/", "affiliations/SCI-000001/", f"jurisdictions/{pk}/", "register/1/"]
    found = [f"search/?q={text}" for text in ("hiddenville", "hidden", "rita", "unborn treaty", "irondequoit", "mayor")]
    answers = {}
    for path in (*lists, *files, *ones, *found):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, path
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answers[path] = body.decode()
    return answers


def test_no_answer_knows_a_secret(client: Client, with_secrets: dict[str, Any], irondequoit: Jurisdiction) -> None:
    answers = everything(client, with_secrets["agreement"].number, irondequoit.pk)
    assert "Irondequoit" in answers["jurisdictions/"]
    for path, body in answers.items():
        told = body.replace(path.rpartition("q=")[2], "") if "q=" in path else body
        for secret in (*SECRETS, with_secrets["sha256"]):
            assert secret.lower() not in told.lower(), (path, secret)


def test_a_proposed_community_has_no_address(client: Client, with_secrets: dict[str, Any]) -> None:
    assert client.get(f"/api/v1/jurisdictions/{with_secrets['hidden'].pk}/").status_code == 404
    body = client.get(f"/api/v1/affiliations/?jurisdiction={with_secrets['hidden'].pk}").json()
    assert body["count"] == 0


def test_a_document_appears_when_staff_publish_it(
    client: Client, with_secrets: dict[str, Any], registrar: User
) -> None:
    address = f"/api/v1/agreements/{with_secrets['agreement'].number}/"
    before = client.get(address)
    kept = Document.objects.get(original_name="secret.pdf")
    documents.publish(document_id=kept.pk, by=Actor.of(registrar), public=True)
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert kept.sha256 in {document["sha256"] for document in after.json()["documents"]}
    documents.publish(document_id=kept.pk, by=Actor.of(registrar), public=False)
    assert client.get(address).json()["documents"] == before.json()["documents"]
