"""The tables of the open data: which there are, what their columns hold, what ties them, and where rows come from.

An app that stands above this one adds its own, in its ``AppConfig.ready``: ``offer(table, …)``. Its rows have to keep
to what everybody may read; the communities that they name have to be on the list (``selectors.open_data.mention``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.choices import (
    Act,
    AffiliationKind,
    ClaimFact,
    ConflictState,
    DocumentRole,
    EvidenceGrade,
    MilestoneKind,
    NameKind,
    Reason,
    SignatoryCapacity,
    Standing,
    Theme,
)
from partnerships.selectors import claims, documents, open_data
from partnerships.selectors.open_data import Moment
from partnerships.transfer import addresses
from partnerships.transfer.columns import Column, Columns
from partnerships.transfer.tables import AFFILIATIONS, JURISDICTIONS, PARTIAL


@dataclass(frozen=True)
class OpenTable:
    """``key``: the columns that tell one row from another, empty where none do. ``ties``: columns that are found
    together in another table, with its name and its columns; single columns say so themselves (``Column.refers``)."""

    name: str
    title: Any
    about: Any
    columns: Columns
    key: tuple[str, ...]
    rows: Callable[[Moment], Iterator[Any]]
    ties: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()

    @property
    def file_name(self) -> str:
        return f"{self.name}.csv"

    @property
    def references(self) -> list[tuple[tuple[str, ...], str, tuple[str, ...]]]:
        """Every tie to another table, or to this one: own columns, table, its columns."""
        single = [((name,), column.refers) for name, column in self.columns.items() if column.refers]
        return [(own, other, (key,)) for own, (other, key) in single] + list(self.ties)


def _community(read: Callable[[Any], Any], about: Any) -> Column:
    return Column(read, about, "integer", required=True, refers=("jurisdictions", "id"))


def _affiliation(read: Callable[[Any], Any]) -> Column:
    return Column(read, _("Number of the affiliation"), required=True, refers=("affiliations", "number"))


def _agreement(read: Callable[[Any], Any]) -> Column:
    return Column(read, _("Number of the agreement"), required=True, refers=("agreements", "number"))


def _document_url(row: Any) -> str:
    number = row.filing.agreement.number
    return addresses.page(f"documents/{row.pk}/{documents.file_name(number, row.role, row.pk, row.media_type)}")


_NAMES: Columns = {
    "jurisdiction": _community(lambda row: row.jurisdiction_id, _("Id of the community")),
    "name": Column(lambda row: row.name, _("One of its names"), required=True),
    "language": Column(lambda row: row.language, _("Language of the name (BCP 47)")),
    "kind": Column(lambda row: row.kind, _("What kind of name it is"), required=True, words=NameKind),
}
_PERIODS: Columns = {
    "affiliation": _affiliation(lambda row: row.affiliation.number),
    "kind": Column(lambda row: row.kind, _("Its kind in that time"), required=True, words=AffiliationKind),
    "standing": Column(lambda row: row.standing, _("How it stood in that time"), required=True, words=Standing),
    "from": Column(lambda row: row.from_date, _("From which day; empty: unknown"), "date"),
    "to": Column(lambda row: row.to_date, _("Up to, not including, which day; empty: it goes on"), "date"),
}
_AGREEMENTS: Columns = {
    "number": Column(lambda row: row.number, _("Its number; it never changes and is never reused"), required=True),
    "act": Column(lambda row: row.act, _("What it did"), required=True, words=Act),
    "kind": Column(lambda row: row.kind, _("The kind of affiliation that it is about"), words=AffiliationKind),
    "title": Column(lambda row: row.title, _("Its title")),
    "signed_on": Column(lambda row: row.signed_on, _("When it was signed, as far as it is known"), pattern=PARTIAL),
    "effective_on": Column(lambda row: row.effective_on, _("From when it holds"), pattern=PARTIAL),
    "place": Column(lambda row: row.place, _("Where it was signed")),
    "term_end": Column(lambda row: row.term_end, _("Agreed end of the term"), "date"),
    "perpetual": Column(lambda row: row.perpetual, _("It states that it never expires"), "boolean", True),
    "languages": Column(lambda row: " ".join(row.languages), _("Languages of its text (BCP 47)"), separated=True),
    "evidence": Column(lambda row: row.evidence, _("How well the act is proved"), required=True, words=EvidenceGrade),
    "registered_on": Column(lambda row: row.registered_on, _("When it was registered"), "date", True),
    "annulled_on": Column(lambda row: row.annulled_on, _("When the entry was annulled as an error"), "date"),
    "annulled_because": Column(lambda row: row.annulled_because, _("Why it was annulled")),
    "reasons": Column(lambda row: " ".join(row.reasons), _("Why these communities"), words=Reason, separated=True),
    "themes": Column(lambda row: " ".join(row.themes), _("What they want to do"), words=Theme, separated=True),
    "fictional": Column(lambda row: row.fictional, _("An example that was made up"), "boolean", True),
    "url": Column(lambda row: addresses.agreement(row.number), _("Its page"), required=True),
}
_LINKS: Columns = {
    "agreement": _agreement(lambda row: row.agreement.number),
    "affiliation": _affiliation(lambda row: row.affiliation.number),
}
_SIGNATORIES: Columns = {
    "agreement": _agreement(lambda row: row.filing.agreement.number),
    "name": Column(lambda row: row.name, _("Who signed"), required=True),
    "office": Column(lambda row: row.office, _("In which office")),
    "capacity": Column(lambda row: row.capacity, _("In which capacity"), required=True, words=SignatoryCapacity),
    "jurisdiction": _community(lambda row: row.jurisdiction_id, _("Id of the community that they signed for")),
    "signed_on": Column(lambda row: row.signed_on, _("When they signed, as far as it is known"), pattern=PARTIAL),
}
_DOCUMENTS: Columns = {
    "agreement": _agreement(lambda row: row.filing.agreement.number),
    "role": Column(lambda row: row.role, _("What it is"), required=True, words=DocumentRole),
    "language": Column(lambda row: row.language, _("Its language (BCP 47)")),
    "media_type": Column(lambda row: row.media_type, _("Its media type"), required=True),
    "size": Column(lambda row: row.size, _("Bytes"), "integer", True),
    "sha256": Column(lambda row: row.sha256, _("SHA-256 of the file"), required=True, pattern="^[0-9a-f]{64}$"),
    "url": Column(_document_url, _("Where it can be downloaded"), required=True),
}
_MILESTONES: Columns = {
    "affiliation": _affiliation(lambda row: row.affiliation.number),
    "on": Column(lambda row: row.on, _("When it happened, as far as it is known"), required=True, pattern=PARTIAL),
    "kind": Column(lambda row: row.kind, _("What kind of event it was"), required=True, words=MilestoneKind),
    "text": Column(lambda row: row.text, _("What happened")),
    "sources": Column(lambda row: " ".join(map(str, row.sources)), _("Sources"), separated=True),
}
_CLAIMS: Columns = {
    "affiliation": _affiliation(lambda row: row.affiliation.number),
    "fact": Column(lambda row: row.fact, _("Which fact the source states"), required=True, words=ClaimFact),
    "value": Column(
        lambda row: row.value, _("What the source says; of a partner, the id of the community"), required=True
    ),
    "registered": Column(
        lambda row: claims.on_record(row.affiliation)[row.fact],
        _("What the registry has on record of it now, if anything"),
    ),
    "source": Column(lambda row: row.source, _("Who says so"), required=True),
    "source_url": Column(lambda row: row.source_url, _("Where it is said")),
    "stated_on": Column(lambda row: row.stated_on, _("When the source said so, if known"), pattern=PARTIAL),
    "recorded_on": Column(lambda row: row.recorded_on, _("When the registry recorded it"), "date", True),
    "evidence": Column(lambda row: row.evidence, _("How well it is proved"), required=True, words=EvidenceGrade),
    "disputed_because": Column(lambda row: row.disputed_because, _("Why staff found it wrong, if they did")),
    "conflict": Column(
        lambda row: row.conflict, _("Where sources disagree about the fact: what became of it"), words=ConflictState
    ),
    "decided_on": Column(lambda row: row.conflict_decided_on, _("When staff decided that"), "date"),
    "reason": Column(lambda row: row.conflict_reason, _("Why they decided so")),
}

TABLES: tuple[OpenTable, ...] = (
    OpenTable(
        "jurisdictions",
        _("Communities"),
        _("Every community of the record, with its place, its population and its ids elsewhere."),
        {**JURISDICTIONS, "id": replace(JURISDICTIONS["id"], unique=True)},
        ("id",),
        open_data.communities,
    ),
    OpenTable(
        "affiliations",
        _("Affiliations"),
        _("Every affiliation, ended ones included, with both its parties. The party at home comes first."),
        {**AFFILIATIONS, "number": replace(AFFILIATIONS["number"], unique=True)},
        ("number",),
        open_data.affiliations,
    ),
    OpenTable(
        "names",
        _("Other names of communities"),
        _("Names in other languages and scripts, and former names."),
        _NAMES,
        ("jurisdiction", "name", "language", "kind"),
        open_data.names,
    ),
    OpenTable(
        "periods",
        _("What was true when"),
        _("The history of each affiliation: its kind and standing from one day up to another."),
        _PERIODS,
        (),
        open_data.periods,
    ),
    OpenTable(
        "agreements",
        _("Agreements"),
        _("Every registered act, those that were annulled as errors included."),
        {**_AGREEMENTS, "number": replace(_AGREEMENTS["number"], unique=True)},
        ("number",),
        open_data.agreements,
    ),
    OpenTable(
        "agreement-affiliations",
        _("Which agreement is about which affiliation"),
        _("One row for each affiliation that an agreement is about."),
        _LINKS,
        ("agreement", "affiliation"),
        open_data.links,
    ),
    OpenTable(
        "signatories",
        _("Signatories"),
        _("Who signed the registered agreements, for which community and in which office."),
        _SIGNATORIES,
        (),
        open_data.signatories,
    ),
    OpenTable(
        "documents",
        _("Public documents"),
        _("The public documents of registered agreements, with their SHA-256 and where to download them."),
        _DOCUMENTS,
        (),
        open_data.documents,
    ),
    OpenTable(
        "milestones",
        _("Milestones"),
        _("Dated events in the life of affiliations."),
        _MILESTONES,
        (),
        open_data.milestones,
    ),
    OpenTable(
        "claims",
        _("What sources say"),
        _("Each claim of each source about an affiliation, beside what is on record. Sources may disagree."),
        _CLAIMS,
        (),
        open_data.claims,
    ),
)
_OFFERED: dict[str, OpenTable] = {}


def offer(*tables: OpenTable) -> None:
    """Publish these tables, too, from now on; each once, however often it is offered."""
    _OFFERED.update({table.name: table for table in tables})


def tables() -> tuple[OpenTable, ...]:
    """Every table in the order of the package: those of the register first."""
    return (*TABLES, *_OFFERED.values())
