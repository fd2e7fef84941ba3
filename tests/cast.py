"""A small named cast, and builders that make the smallest valid thing through the operations themselves."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

import pypdf
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from partnerships.choices import Act, AffiliationKind, Capacity, DocumentRole, Role, SignatoryCapacity
from partnerships.models import Agreement, Filing, Jurisdiction, MembershipTerm, Representation, User
from partnerships.rules.dates import PartialDate
from partnerships.services import documents, filings, jurisdictions, register, review
from partnerships.services.access import Actor
from partnerships.services.filings import SignatoryRow

PASSWORD = "correct horse battery staple"
_serial = itertools.count(1)


def person(email: str = "", name: str = "", **extra: Any) -> User:
    """Somebody with an account and nothing else."""
    number = next(_serial)
    return User.objects.create_user(
        email or f"person-{number}@example.org", PASSWORD, name=name or f"Person {number}", **extra
    )


def staff(role: str, name: str = "", email: str = "") -> User:
    """A member of staff with one role."""
    user = person(email or f"{role}-{next(_serial)}@example.org", name or f"The {role}", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=Role(role).value)[0])
    return user


def representative(jurisdiction: Jurisdiction, name: str = "", email: str = "") -> User:
    """Somebody who may file for the community since long ago."""
    user = person(email, name or f"Representative of {jurisdiction.name}")
    Representation.objects.create(
        user=user, jurisdiction=jurisdiction, capacity=Capacity.EMPLOYEE, from_date=date(2000, 1, 1)
    )
    return user


def jurisdiction(name: str = "", country: str = "US", **values: Any) -> Jurisdiction:
    """An accepted community that can be found by its name."""
    made = Jurisdiction.objects.create(name=name or f"Place {next(_serial)}", country=country, **values)
    jurisdictions.index_names(made)
    return made


def member(community: Jurisdiction, since: date = date(1990, 1, 1), through: date | None = None) -> Jurisdiction:
    """The community as a member in good standing."""
    MembershipTerm.objects.create(
        jurisdiction=community, from_date=since, paid_through=through or date(timezone.localdate().year + 1, 12, 31)
    )
    return community


def pdf(text: str = "", name: str = "agreement.pdf") -> SimpleUploadedFile:
    """A small real PDF; another text makes another hash."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": text or f"Agreement {next(_serial)}"})
    buffer = io.BytesIO()
    writer.write(buffer)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="application/pdf")


def _mayors(parties: Sequence[Jurisdiction], signed_on: PartialDate | None) -> list[SignatoryRow]:
    return [
        SignatoryRow(party.pk, f"Mayor of {party.name}", "Mayor", SignatoryCapacity.CHIEF_ELECTED, signed_on)
        for party in parties
    ]


def draft(
    by: User,
    parties: Sequence[Jurisdiction],
    *,
    act: str = Act.ESTABLISH,
    kind: str = AffiliationKind.SISTER,
    signed_on: str = "1992-06-29",
    historical: bool = False,
    documents_on_file: bool = True,
    **terms: Any,
) -> Filing:
    """A filing with everything that the rules ask for, not handed in yet."""
    actor, day = Actor.of(by), PartialDate.parse(signed_on) if signed_on else None
    own = None if historical else parties[0].pk
    filing = filings.start(by=actor, act=act, kind=kind, jurisdiction_id=own, historical=historical)
    filings.save_parties(filing_id=filing.pk, by=actor, jurisdiction_ids=[party.pk for party in parties])
    filings.save_terms(
        filing_id=filing.pk, by=actor, values={"signed_on": day, "effective_on": day, "languages": ["en"], **terms}
    )
    filings.save_signatories(filing_id=filing.pk, by=actor, rows=_mayors(parties, day))
    if documents_on_file:
        for role in (DocumentRole.SIGNED_AGREEMENT, DocumentRole.RESOLUTION, DocumentRole.ENDING_NOTICE):
            if role != DocumentRole.ENDING_NOTICE or act in (Act.END, Act.SUSPEND):
                documents.attach(filing_id=filing.pk, by=actor, upload=pdf(), role=role, language="en")
    return Filing.objects.get(pk=filing.pk)


def submitted(by: User, parties: Sequence[Jurisdiction], **values: Any) -> Filing:
    """A filing that waits in the queue."""
    filing = draft(by, parties, **values)
    return filings.submit(filing_id=filing.pk, by=Actor.of(by), on=timezone.localdate())


def registered(parties: Sequence[Jurisdiction], *, on: date | None = None, **values: Any) -> Agreement:
    """An agreement that went the whole way: filed by a representative, taken and registered by a registrar."""
    by = representative(parties[0])
    for party in parties:
        if party.country.code == "US" and not party.membership_terms.exists():
            member(party)
    filing = submitted(by, parties, **values)
    registrar = Actor.of(staff(Role.REGISTRAR))
    review.take(filing_id=filing.pk, by=registrar)
    return review.register(filing_id=filing.pk, by=registrar, on=on or timezone.localdate())


def entry(event: str = "agreement.registered", **payload: Any) -> Any:
    """One entry of the register, whatever it says."""
    with transaction.atomic():
        return register.append(event=event, subject="agreements/SCI-2026-000001", payload=payload or {"a": 1})
