"""What a certificate of an agreement or an affiliation says, and what has become of one.

certificate(number, *, on) -> Certificate | None      # five statements, one more after a merge
verified(text, *, on) -> Verified                     # four
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.core import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from django.conf import settings
from django.db.models import Q

from partnerships.choices import EvidenceGrade, Standing
from partnerships.models import (
    Affiliation,
    Agreement,
    AgreementAffiliation,
    Exclusion,
    Jurisdiction,
    MembershipTerm,
    Period,
    RegisterEntry,
)
from partnerships.rules import certificates as rules
from partnerships.rules import history, numbers, recognition
from partnerships.rules.chain import GENESIS
from partnerships.rules.territories import is_home
from partnerships.selectors import affiliations, dossiers, rows
from partnerships.selectors.dossiers import AgreementRow
from partnerships.selectors.rows import AffiliationRow, PartyRow
from partnerships.selectors.timeline import part

#: Agreements of one affiliation that a certificate names, the newest of them.
MOST_AGREEMENTS = 20


@dataclass(frozen=True)
class Party:
    """``language``: the one in which its name in own script is written, as far as can be told; else empty."""

    row: PartyRow
    language: str


@dataclass(frozen=True)
class Recognised:
    row: AffiliationRow
    answer: recognition.Recognition


@dataclass(frozen=True)
class Subject:
    """What a code is about. ``seals``: the hashes of the entries that matter, first things first."""

    number: str
    affiliations: tuple[Affiliation, ...]
    links: tuple[AgreementAffiliation, ...]
    entries: tuple[tuple[int, str], ...]
    recognised: tuple[Recognised, ...]
    annulled_on: date | None
    annulled_because: str
    annulled: bool
    #: It was merged: the number under which it goes on.
    successor: str

    @property
    def seals(self) -> list[str]:
        return [digest for _seq, digest in self.entries]


@dataclass(frozen=True)
class Certificate:
    """``agreements``: the one, or those of the affiliation that were not annulled. ``languages``: of the parties, the
    likeliest first. ``seq`` and ``seal``: the newest entry about it; 0 where the register names it in none."""

    number: str
    code: str
    day: date
    parties: tuple[Party, ...]
    recognised: tuple[Recognised, ...]
    agreements: tuple[AgreementRow, ...]
    languages: tuple[str, ...]
    seq: int
    seal: str
    fictional: bool

    @property
    def is_agreement(self) -> bool:
        known = numbers.parse(self.number)
        return known is not None and known.is_agreement


@dataclass(frozen=True)
class Verified:
    """``state`` is a word of ``rules.certificates``; ``subject`` is ``None`` where it is unknown."""

    state: str
    code: str
    subject: Subject | None = None


def certificate(number: str, *, on: date) -> Certificate | Subject | None:
    """The certificate; the bare ``Subject`` of what was annulled or merged, for which none is made."""
    subject = _subject(number, on=on)
    if subject is None or subject.annulled or subject.successor:
        return subject
    communities = dict(side for one in subject.affiliations for side in _sides(one))
    parties = {party.id: party for found in subject.recognised for party in found.row.parties}
    shown = _shown(subject)
    seq, seal = subject.entries[-1] if subject.entries else (0, GENESIS)
    return Certificate(
        number=number,
        code=rules.code(number, seal, key=keys()[0]),
        day=on,
        parties=tuple(Party(row, _own_language(communities[row.id])) for row in parties.values()),
        recognised=subject.recognised,
        agreements=dossiers.agreement_rows(shown, _who_signed(subject)),
        languages=_languages([communities[pk] for pk in parties]),
        seq=seq,
        seal=seal,
        fictional=any(found.row.fictional for found in subject.recognised),
    )


def verified(text: str, *, on: date) -> Verified:
    """What has become of the certificate with this code, however it was typed."""
    given = rules.read(text, prefix=settings.REGISTRY_PREFIX)
    subject = None if given is None else _subject(given.number, on=on)
    if given is None or subject is None:
        return Verified(rules.UNKNOWN, given.text if given else "")
    made = rules.made_at(given, subject.seals, keys=keys())
    state = rules.state(made, len(subject.entries) - 1, annulled=subject.annulled, moved=bool(subject.successor))
    return Verified(state, given.text, None if state == rules.UNKNOWN else subject)


def keys() -> list[str]:
    """The key that makes codes, and older ones that are still recognised."""
    return list(settings.CERTIFICATE_KEYS) or [settings.SECRET_KEY]


def _subject(number: str, *, on: date) -> Subject | None:
    known = numbers.parse(number)
    if known is None or str(known) != number:
        return None
    touched = Affiliation.objects.select_related("first", "second", "successor__first", "successor__second")
    about = {"links__agreement__number": number} if known.is_agreement else {"number": number}
    own = list(touched.filter(**about).order_by("serial"))
    if not own:
        return None
    now = tuple({one.pk: one for one in (row.successor or row for row in own)}.values())
    family = {one.pk: one for one in (*own, *now)}
    for one in now:
        family |= {merged.pk: merged for merged in affiliations.merged_into(one)}
    links = _links(list(family))
    owners = {pk: one.successor_id or pk for pk, one in family.items()}
    deed = next((link.agreement for link in links if link.agreement.number == number), None)
    return Subject(
        number=number,
        affiliations=now,
        links=links,
        entries=_entries(family.values(), links, now),
        recognised=_recognised(now, links, owners, on),
        annulled_on=deed.annulled_on if deed else None,
        annulled_because=deed.annulled_because if deed else "",
        annulled=deed.annulled_on is not None if deed else now[0].standing == Standing.ANNULLED,
        successor="" if known.is_agreement or own[0].successor is None else own[0].successor.number,
    )


def _who_signed(subject: Subject) -> list[PartyRow]:
    about = [*(link.affiliation for link in subject.links), *subject.affiliations]
    return [rows.party(side) for side in dict(side for one in about for side in _sides(one)).values()]


def _sides(one: Affiliation) -> list[tuple[int, Jurisdiction]]:
    return [(one.first_id, one.first), (one.second_id, one.second)]


def _links(family: Collection[int]) -> tuple[AgreementAffiliation, ...]:
    """Those of every agreement about one of these, with all its parties: of a joint one, others signed as well."""
    about = AgreementAffiliation.objects.filter(affiliation__in=family).values("agreement")
    read = ("agreement__filing", "affiliation__first", "affiliation__second")
    return tuple(AgreementAffiliation.objects.filter(agreement__in=about).select_related(*read).order_by("pk"))


def _shown(subject: Subject) -> list[Agreement]:
    """The agreement itself, or the newest ones of the affiliation that were not annulled."""
    found = {link.agreement_id: link.agreement for link in subject.links}
    own = [one for one in found.values() if one.number == subject.number]
    valid = sorted((one for one in found.values() if one.annulled_on is None), key=lambda one: one.pk)
    return own or valid[-MOST_AGREEMENTS:]


def _entries(
    family: Iterable[Affiliation], links: Iterable[AgreementAffiliation], now: Iterable[Affiliation]
) -> tuple[tuple[int, str], ...]:
    """Sequence and hash of each entry that changed what a certificate says, first things first."""
    deeds = [f"affiliations/{one.number}" for one in family]
    deeds += sorted({f"agreements/{link.agreement.number}" for link in links})
    parties = [f"jurisdictions/{pk}" for pk in {pk for one in now for pk in one.party_ids}]
    # The subjects alone, so that the index by subject finds them; what else is said of a party leaves it as it is.
    about = RegisterEntry.objects.filter(subject__in=[*deeds, *parties]).exclude(event__in=rules.UNTOUCHED)
    matters = about.filter(~Q(subject__startswith="jurisdictions/") | Q(event=rules.PARTY))
    return tuple(matters.order_by("seq").values_list("seq", "hash"))


def _recognised(
    now: Sequence[Affiliation], links: Iterable[AgreementAffiliation], owners: Mapping[int, int], on: date
) -> tuple[Recognised, ...]:
    """Recognition by the rule itself, for all of them in one statement. ``owners``: what each affiliation is now."""
    home = settings.REGISTRY_HOME_COUNTRY
    shown = rows.of(now, on=on)
    at_home = {party.id for row in shown for party in row.parties if is_home(party.country, home)}
    spans, exclusions, terms = _dated([row.id for row in shown], at_home)
    papers = {
        owners.get(link.affiliation_id)
        for link in links
        if link.agreement.annulled_on is None and link.agreement.evidence != EvidenceGrade.IMPORTED
    }
    answers = []
    for row in shown:
        facts = recognition.RecognitionFacts(
            spans=tuple(spans[row.id]),
            has_registered_agreement=row.id in papers,
            home_terms=tuple(tuple(terms[party.id]) for party in row.parties if party.id in at_home),
            exclusions=tuple(exclusions[row.id]),
            grace_days=settings.REGISTRY_GRACE_DAYS,
            needs_membership=bool(home),
        )
        answers.append(Recognised(row, recognition.recognise(facts, on)))
    return tuple(answers)


Spans = dict[int, list[history.Span]]
Exclusions = dict[int, list[tuple[date, date | None, str]]]
Terms = dict[int, list[tuple[date, date]]]


def _dated(ids: Collection[int], members: Collection[int]) -> tuple[Spans, Exclusions, Terms]:
    periods = part(
        "p", Period.objects.filter(affiliation__in=ids), "affiliation_id", "from_date", "to_date", "kind", "standing"
    )
    both = ("affiliation_id", "from_date", "to_date", "reason", "reason")
    excluded = part("e", Exclusion.objects.filter(affiliation__in=ids), *both)
    dues = ("jurisdiction_id", "from_date", "paid_through", "membership_class", "membership_class")
    paid = part("t", MembershipTerm.objects.filter(jurisdiction__in=members), *dues)
    spans, exclusions, terms = defaultdict(list), defaultdict(list), defaultdict(list)
    for what, owner, first, last, word, standing in sorted(
        periods.union(excluded, paid, all=True), key=lambda row: (row[2] or "", row[3] or "~")
    ):
        start, end = (date.fromisoformat(text) if text else None for text in (first, last))
        if what == "p":
            spans[owner].append(history.Span(word, standing, start, end))
        elif what == "e" and start:
            exclusions[owner].append((start, end, word))
        elif start and end:
            terms[owner].append((start, end))
    return spans, exclusions, terms


def _languages(communities: Sequence[Jurisdiction]) -> tuple[str, ...]:
    """The languages of the parties abroad, then of those at home: their own first, then those of their countries."""
    home = settings.REGISTRY_HOME_COUNTRY
    order = sorted(communities, key=lambda one: is_home(one.country.code, home))
    found = [code for one in order for code in (*one.languages, *_official(one.country.code))]
    return tuple(dict.fromkeys(code.lower() for code in found))


def _official(country: str) -> tuple[str, ...]:
    return tuple(code.replace("_", "-") for code in get_official_languages(country, de_facto=True))


def _own_language(community: Jurisdiction) -> str:
    """A language of the community that screen readers know, for its name in own script."""
    for code in (*community.languages, *_official(community.country.code)):
        try:
            return Locale.parse(str(code).partition("-")[0]).language
        except (UnknownLocaleError, ValueError):
            continue
    return ""
