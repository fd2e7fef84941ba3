"""One filing as a reviewer reads it: facts, papers, findings, likely duplicates, answers and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from partnerships.choices import DocumentRole, Severity
from partnerships.models import Filing, LedgerEntry, PartnerRequest, Signatory, Waiver
from partnerships.rules import findings
from partnerships.selectors import affiliations, duplicates, filings
from partnerships.selectors.duplicates import Candidate
from partnerships.selectors.queue import Glance, glance

#: What hardly any browser shows as it is.
_TIFF = "image/tiff"


@dataclass(frozen=True)
class PartyRow:
    """``members_until``: the last day that was paid for, where there ever was a membership."""

    id: int
    name: str
    native_name: str
    kind: str
    full_name: str
    country: str
    provisional: bool
    website: str
    population: int | None
    members_until: date | None
    good_standing: bool
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class DocumentRow:
    """``shown_as``: ``frame`` (PDF), ``image``, ``scan`` (TIFF, shown as a picture of its first page)."""

    id: int
    name: str
    role: str
    language: str
    size: int
    pages: int | None
    sha256: str
    public: bool
    shown_as: str


@dataclass(frozen=True)
class FindingRow:
    """``waiver``: the reason and the name of who set it aside, if somebody did."""

    code: str
    severity: str
    text: str
    source: str
    waived_because: str
    waived_by: str


@dataclass(frozen=True)
class HistoryRow:
    at: datetime
    who: str
    act: str
    now: str
    note: str


@dataclass(frozen=True)
class Dossier:
    filing: Filing
    parties: tuple[PartyRow, ...]
    signatories: tuple[Signatory, ...]
    documents: tuple[DocumentRow, ...]
    findings: tuple[FindingRow, ...]
    glance: Glance
    waivers: tuple[Waiver, ...]
    answers: tuple[PartnerRequest, ...]
    history: tuple[HistoryRow, ...]

    @property
    def title(self) -> str:
        return " – ".join(party.name for party in self.parties) or str(self.filing)


def find(filing_id: int) -> Filing | None:
    related = ("agreement", "on_behalf_of", "started_by", "submitted_by", "taken_by", "decided_by", "declared_by")
    return Filing.objects.select_related(*related).filter(pk=filing_id).first()


def dossier(filing: Filing, on: date) -> Dossier:
    """Everything on one page, in a number of statements that grows only with provisional parties."""
    waivers = tuple(filing.waivers.order_by("pk"))
    rows, at_a_glance = _findings(filing, waivers, on)
    return Dossier(
        filing=filing,
        parties=_parties(filing, on),
        signatories=tuple(filing.signatories.select_related("jurisdiction")),
        documents=_documents(filing),
        findings=rows,
        glance=at_a_glance,
        waivers=waivers,
        answers=tuple(filing.partner_requests.select_related("jurisdiction").order_by("pk")),
        history=tuple(
            HistoryRow(entry.at, entry.actor_name, entry.act, entry.now, entry.note)
            for entry in LedgerEntry.objects.filter(subject_type="filing", subject_id=str(filing.pk)).order_by("-pk")
        ),
    )


def _parties(filing: Filing, on: date) -> tuple[PartyRow, ...]:
    parties = [row.jurisdiction for row in filing.party_rows.select_related("jurisdiction")]
    terms = affiliations.membership_terms([party.pk for party in parties])
    return tuple(
        PartyRow(
            id=party.pk,
            name=party.name,
            native_name=party.native_name,
            kind=party.local_term or party.get_kind_display(),
            full_name=party.full_name,
            country=party.country.code,
            provisional=party.provisional,
            website=party.website,
            population=party.population,
            members_until=max((last for _first, last in terms[party.pk]), default=None),
            good_standing=affiliations.in_good_standing(terms[party.pk], on),
            candidates=duplicates.likely(party) if party.provisional else (),
        )
        for party in parties
    )


def _documents(filing: Filing) -> tuple[DocumentRow, ...]:
    """The signed agreement first: it is what a reviewer opens."""
    order = {role: place for place, role in enumerate(DocumentRole.values)}
    found = sorted(filing.documents.all(), key=lambda document: (order[document.role], document.pk))
    shown = {"application/pdf": "frame", _TIFF: "scan"}
    return tuple(
        DocumentRow(
            id=document.pk,
            name=document.original_name,
            role=document.role,
            language=document.language,
            size=document.size,
            pages=document.pages,
            sha256=document.sha256,
            public=document.public,
            shown_as=shown.get(document.media_type, "image"),
        )
        for document in found
    )


def _findings(filing: Filing, waivers: tuple[Waiver, ...], on: date) -> tuple[tuple[FindingRow, ...], Glance]:
    """As the rules see it now; of a decided filing nothing is asked any more."""
    if filing.decided_at is not None:
        return (), Glance()
    set_aside = {waiver.code: waiver for waiver in waivers}
    found = findings.check(filings.facts(filing, on), today=on)
    rows = []
    for finding in found:
        waiver = set_aside.get(finding.code) if finding.severity == Severity.WAIVABLE else None
        rows.append(
            FindingRow(
                code=finding.code,
                severity=finding.severity,
                text=finding.text(gettext),
                source=gettext(finding.source),
                waived_because=waiver.reason if waiver else "",
                waived_by=waiver.by_name if waiver else "",
            )
        )
    return tuple(rows), glance(found, set(set_aside))
