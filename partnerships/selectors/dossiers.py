"""Everything public about one affiliation or one agreement, in five statements each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from partnerships.choices import EvidenceGrade, Standing
from partnerships.models import (
    Affiliation,
    Agreement,
    AgreementAffiliation,
    Document,
    Jurisdiction,
    RegisterEntry,
    Signatory,
)
from partnerships.rules import recognition
from partnerships.rules.dates import PartialDate
from partnerships.rules.territories import is_home
from partnerships.selectors import affiliations as affiliations_selector
from partnerships.selectors import claims, rows, sections, timeline
from partnerships.selectors import documents as documents_selector
from partnerships.selectors.rows import AffiliationRow, PartyRow


@dataclass(frozen=True)
class SignatoryRow:
    name: str
    office: str
    capacity: str
    party_id: int
    party: str
    signed_on: PartialDate | None


@dataclass(frozen=True)
class DocumentRow:
    """A public document; ``size`` in bytes, ``file_name`` the one in its address."""

    id: int
    file_name: str
    role: str
    language: str
    sha256: str
    size: int
    pages: int | None
    media_type: str


@dataclass(frozen=True)
class AgreementRow:
    """A registered agreement with those who signed and its public documents."""

    id: int
    number: str
    act: str
    did: str
    kind: str
    title: str
    signed_on: PartialDate | None
    place: str
    effective_on: PartialDate | None
    term_end: date | None
    perpetual: bool
    languages: tuple[str, ...]
    reasons: tuple[str, ...]
    themes: tuple[str, ...]
    story: str
    shelfmark: str
    source: str
    evidence: str
    registered_on: date
    fictional: bool
    annulled_on: date | None
    annulled_because: str
    signatories: tuple[SignatoryRow, ...]
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True)
class AffiliationDossier:
    row: AffiliationRow
    story: str
    agreements: tuple[AgreementRow, ...]
    events: tuple[timeline.Event, ...]
    entries: tuple[RegisterEntry, ...]
    disagreements: tuple[claims.Disagreement, ...] = ()
    sections: tuple[sections.Shown, ...] = ()

    @property
    def others_on(self) -> dict[str, bool]:
        """The facts about which some source says something else than the registry shows."""
        return {found.fact: True for found in self.disagreements if found.claims}

    @property
    def annulled(self) -> bool:
        return self.row.standing == Standing.ANNULLED


@dataclass(frozen=True)
class AgreementDossier:
    row: AgreementRow
    affiliations: tuple[AffiliationRow, ...]
    parties: tuple[PartyRow, ...]
    entries: tuple[RegisterEntry, ...]


@dataclass(frozen=True)
class Renumbered:
    """The affiliation was merged into the one with this number."""

    number: str


def affiliation(number: str, *, on: date) -> AffiliationDossier | Renumbered | None:
    """The affiliation of this number, annulled ones included, with everything of those that were merged into it (one
    statement more where there are any); ``None`` where there is none."""
    known = Affiliation.objects.select_related("first", "second", "successor")
    found = known.annotate(**sections.expressions("affiliation")).filter(number=number).first()
    if found is None:
        return None
    if found.successor is not None:
        return Renumbered(found.successor.number)
    (row,) = rows.of([found], on=on)
    merged = affiliations_selector.merged_into(found)
    own = [found.pk, *(other.pk for other in merged)]
    links = AgreementAffiliation.objects.filter(affiliation__in=own).select_related("agreement__filing")
    agreements = agreement_rows([link.agreement for link in links.order_by("agreement")], row.parties)
    dated = timeline.dated_facts(found.pk, found.party_ids, with_decisions_of=own)
    numbers = [number, *(other.number for other in merged)]
    entries = _entries(
        [
            *(f"affiliations/{one}" for one in numbers),
            *(f"agreements/{agreement.number}" for agreement in agreements),
        ]
    )
    events = [
        *(timeline.of_agreement(agreement) for agreement in agreements if agreement.annulled_on is None),
        *dated.events,
        *timeline.of_entries(entries),
    ]
    return AffiliationDossier(
        row=replace(row, recognised=_recognised(row, agreements, dated, on)),
        story=found.story,
        agreements=agreements,
        events=timeline.in_order(events),
        entries=entries,
        disagreements=claims.disagreements(found, dated.claims),
        sections=sections.shown("affiliation", found),
    )


def _recognised(
    row: AffiliationRow, agreements: Sequence[AgreementRow], dated: timeline.DatedFacts, on: date
) -> rows.Recognised:
    home = settings.REGISTRY_HOME_COUNTRY
    facts = recognition.RecognitionFacts(
        spans=dated.spans,
        has_registered_agreement=any(
            agreement.annulled_on is None and agreement.evidence != EvidenceGrade.IMPORTED for agreement in agreements
        ),
        home_terms=tuple(dated.terms.get(party.id, ()) for party in row.parties if is_home(party.country, home)),
        exclusions=dated.exclusions,
        grace_days=settings.REGISTRY_GRACE_DAYS,
        needs_membership=bool(home),
    )
    return rows.worded(recognition.recognise(facts, on))


def agreement(number: str, *, on: date) -> AgreementDossier | None:
    """The agreement of this number, annulled ones included; ``None`` where there is none."""
    found = Agreement.objects.select_related("filing").filter(number=number).first()
    if found is None:
        return None
    touched = Affiliation.objects.filter(links__agreement=found).order_by("serial")
    parties_too = ("first", "second", "successor__first", "successor__second")
    now = {one.pk: one for one in (row.successor or row for row in touched.select_related(*parties_too))}
    affiliations = tuple(rows.of(now.values(), on=on))
    parties = tuple({party.id: party for row in affiliations for party in row.parties}.values())
    (row,) = agreement_rows([found], parties)
    return AgreementDossier(row, affiliations, parties, _entries([f"agreements/{number}"]))


def newest(*, size: int, on: date) -> list[tuple[AgreementRow, AffiliationRow]]:
    """The agreements registered last, each with its first affiliation, in two statements."""
    found = list(Agreement.objects.filter(annulled_on__isnull=True).order_by("-year", "-serial")[:size])
    links = (
        AgreementAffiliation.objects.filter(agreement__in=found)
        .select_related("affiliation__first", "affiliation__second")
        .order_by("-affiliation")
    )
    first = {link.agreement_id: link.affiliation for link in links}
    with_one = [one for one in found if one.pk in first]
    shown = rows.of([first[one.pk] for one in with_one], on=on)
    return [(_agreement(one, (), ()), row) for one, row in zip(with_one, shown, strict=True)]


def _entries(subjects: Sequence[str]) -> tuple[RegisterEntry, ...]:
    return tuple(RegisterEntry.objects.filter(subject__in=subjects).order_by("seq"))


def agreement_rows(found: Sequence[Agreement], parties: Iterable[PartyRow]) -> tuple[AgreementRow, ...]:
    """The agreements, read with their filings, with those who signed and their public documents, in one statement."""
    by_filing = {agreement.filing.pk: agreement for agreement in found if hasattr(agreement, "filing")}
    names = {party.id: party.name for party in parties}
    papers = _papers(by_filing)
    names |= _former_names({row[3] for row in papers if row[0] == "signatory"} - set(names))
    signatories: dict[int, list[SignatoryRow]] = defaultdict(list)
    documents: dict[int, list[DocumentRow]] = defaultdict(list)
    for what, pk, filing, number, count, *texts in papers:
        if what == "signatory":
            name, office, capacity, signed_on = texts
            day = PartialDate.parse(signed_on) if signed_on else None
            row = SignatoryRow(name, office, capacity, number, names.get(number, ""), day)
            signatories[by_filing[filing].pk].append(row)
        else:
            role, language, sha256, media_type = texts
            known_as = documents_selector.file_name(by_filing[filing].number, role, pk, media_type)
            documents[by_filing[filing].pk].append(
                DocumentRow(pk, known_as, role, language, sha256, number, count, media_type)
            )
    return tuple(_agreement(one, signatories[one.pk], documents[one.pk]) for one in found)


def _former_names(ids: set[int]) -> dict[int, str]:
    """The names of communities that signed and were merged into a party since; asked only where there are any."""
    return dict(Jurisdiction.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _papers(filings: Iterable[int]) -> list[tuple[Any, ...]]:
    """Those who signed and the public documents, in their order, in one statement."""
    ids = list(filings)
    people = Signatory.objects.filter(filing__in=ids)
    papers = Document.objects.filter(filing__in=ids, public=True)
    of_people = _texts("name", "office", "capacity", "signed_on")
    of_papers = _texts("role", "language", "sha256", "media_type")
    both = people.order_by().values_list(
        Value("signatory"), "pk", "filing_id", "jurisdiction_id", _number("position"), *of_people
    )
    more = papers.order_by().values_list(
        Value("document"), "pk", "filing_id", _number("size"), _number("pages"), *of_papers
    )
    return sorted(
        both.union(more, all=True), key=lambda row: (row[0], row[4] or 0 if row[0] == "signatory" else 0, row[1])
    )


def _texts(*names: str) -> list[Cast]:
    return [Cast(F(name), CharField()) for name in names]


def _number(name: str) -> Cast:
    return Cast(F(name), IntegerField())


def _agreement(found: Agreement, signatories: Iterable[SignatoryRow], documents: Iterable[DocumentRow]) -> AgreementRow:
    return AgreementRow(
        id=found.pk,
        number=found.number,
        act=found.act,
        did=timeline.act_title(found.act, found.kind),
        kind=found.kind,
        title=found.title,
        signed_on=found.signed_on,
        place=found.place,
        effective_on=found.effective_on,
        term_end=found.term_end,
        perpetual=found.perpetual,
        languages=tuple(found.languages),
        reasons=tuple(found.reasons),
        themes=tuple(found.themes),
        story=found.story,
        shelfmark=found.shelfmark,
        source=found.source,
        evidence=found.evidence,
        registered_on=found.registered_on,
        fictional=found.fictional,
        annulled_on=found.annulled_on,
        annulled_because=found.annulled_because,
        signatories=tuple(signatories),
        documents=tuple(documents),
    )
