"""The recognition rules on a filing: one small function a rule, all in one table (domain section 5).

A finding carries its severity, the words that people read, and the practice from which the rule follows (domain
section 2). ``check`` looks at plain facts only, so that the submitter's pre-flight, the review page and the decision
itself say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from partnerships.choices import Act, DocumentRole, Severity, SignatoryCapacity, Standing
from partnerships.exceptions import Unmet
from partnerships.rules import compliance, filing_dates, history
from partnerships.rules.facts import (
    ComplianceFacts,
    DocumentFacts,
    FilingFacts,
    PairFacts,
    PartyFacts,
    SignatoryFacts,
    SimilarFacts,
)
from partnerships.rules.remarks import Remark
from partnerships.rules.territories import is_home, place_of
from partnerships.rules.wording import Translate, gettext_noop, untranslated, worded

__all__ = [
    "RULES",
    "ComplianceFacts",
    "DocumentFacts",
    "FilingFacts",
    "Finding",
    "PairFacts",
    "PartyFacts",
    "SignatoryFacts",
    "SimilarFacts",
    "blocking",
    "check",
    "require_clear",
]

#: A statement by one party is enough for these. For the end the domain says so (section 4); a suspension follows from
#: "active and valid unless one *or* both communities say otherwise" (2.2). To resume needs both again: the registry
#: does not know which side suspended, and neither can lift what the other has declared.
ONE_SIDED = frozenset({Act.SUSPEND, Act.END})

CHIEF_OFFICIALS = frozenset({SignatoryCapacity.CHIEF_ELECTED, SignatoryCapacity.CHIEF_APPOINTED})


@dataclass(frozen=True)
class Finding:
    """One result. ``message`` is an English msgid with ``%(name)s`` places; ``step`` is where it can be put right."""

    code: str
    severity: str
    message: str
    source: str
    params: Mapping[str, object] = field(hash=False)
    step: str

    def text(self, translate: Translate = untranslated) -> str:
        return worded(self.message, self.params, translate)


@dataclass(frozen=True)
class Rule:
    """One row of the table. ``on_paper`` is the severity for historical records, where it is another."""

    code: str
    severity: str
    step: str
    source: str
    look: Callable[[FilingFacts, date], Iterable[Remark]]
    on_paper: str | None = None

    def findings(self, facts: FilingFacts, today: date) -> Iterator[Finding]:
        severity = self.on_paper if facts.historical and self.on_paper else self.severity
        for remark in self.look(facts, today):
            source = remark.source or self.source
            yield Finding(self.code, severity, remark.message, source, remark.params, remark.step or self.step)


def _home(facts: FilingFacts) -> list[PartyFacts]:
    return [party for party in facts.parties if is_home(party.country, facts.home_country)]


def _names(parties: Iterable[PartyFacts]) -> str:
    return ", ".join(party.name for party in parties)


def parties(facts: FilingFacts, today: date) -> Iterator[Remark]:
    if len({party.id for party in facts.parties}) < max(2, len(facts.parties)):
        yield Remark(gettext_noop("Name at least two communities, each of them once."))
    elif len({place_of(party.country, party.subdivision) for party in facts.parties}) == 1:
        yield Remark(
            gettext_noop(
                "%(names)s are all in one country or territory. A partnership joins communities of different ones."
            ),
            {"names": _names(facts.parties)},
        )


def home_party(facts: FilingFacts, today: date) -> Iterator[Remark]:
    """Off for registries without a home country, and for records from paper (Bristol and Hanover, 1947)."""
    if facts.parties and facts.home_country and not facts.historical and not _home(facts):
        yield Remark(
            gettext_noop("None of the communities is in the home country of this registry (%(country)s)."),
            {"country": facts.home_country},
        )


def standing(facts: FilingFacts, today: date) -> Iterator[Remark]:
    """One home member is enough, as for recognition. Recognition is no question where an act suspends or ends."""
    home = _home(facts)
    if home and facts.act not in ONE_SIDED and not any(party.good_standing for party in home):
        yield Remark(
            gettext_noop(
                "%(names)s: not a member in good standing today. Registered anyway, the affiliation is on record, "
                "not currently recognised."
            ),
            {"names": _names(home)},
        )


def signatures(facts: FilingFacts, today: date) -> Iterator[Remark]:
    signed = {signatory.party_id for signatory in facts.signatories if signatory.capacity in CHIEF_OFFICIALS}
    unsigned = [party for party in facts.parties if party.id not in signed]
    if facts.act in ONE_SIDED:
        if facts.parties and len(unsigned) == len(facts.parties):
            yield Remark(
                gettext_noop(
                    "Name the chief elected or chief appointed official of at least one of the communities who "
                    "signed the statement."
                )
            )
        return
    for party in unsigned:
        yield Remark(
            gettext_noop(
                "%(name)s: name the chief elected official who signed or, where there are no elections, the chief "
                "appointed official."
            ),
            {"name": party.name},
        )


def signed_copy(facts: FilingFacts, today: date) -> Iterator[Remark]:
    """The shelfmark of a paper original in the archive is as good as a scan of it, for records entered from paper."""
    roles = {document.role for document in facts.documents}
    if DocumentRole.SIGNED_AGREEMENT in roles or (facts.historical and facts.shelfmark.strip()):
        return
    if facts.act not in ONE_SIDED:
        yield Remark(gettext_noop("Attach the signed agreement."))
    elif DocumentRole.ENDING_NOTICE not in roles:
        yield Remark(gettext_noop("Attach the signed statement, letter or notice that says so."))


def resolution(facts: FilingFacts, today: date) -> Iterator[Remark]:
    """Asked of agreements with a home party; a statement of suspension or ending stands by itself."""
    roles = {document.role for document in facts.documents}
    if (home := _home(facts)) and facts.act not in ONE_SIDED and DocumentRole.RESOLUTION not in roles:
        yield Remark(
            gettext_noop("No council resolution of %(names)s is attached that names the partner."),
            {"names": _names(home)},
        )


_UNFIT: dict[str, str] = {
    Act.UPGRADE: gettext_noop("%(one)s and %(other)s have no friendship in force that could be upgraded."),
    Act.RENEW: gettext_noop("%(one)s and %(other)s have no affiliation in force with an agreed term to renew."),
    Act.AMEND: gettext_noop("%(one)s and %(other)s have no affiliation in force that could be amended."),
    Act.SUSPEND: gettext_noop("%(one)s and %(other)s have no affiliation in force that could be suspended."),
    Act.RESUME: gettext_noop("%(one)s and %(other)s have no suspended affiliation that could be resumed."),
    Act.END: gettext_noop("%(one)s and %(other)s have no open affiliation that could be ended."),
}


def act(facts: FilingFacts, today: date) -> Iterator[Remark]:
    """Each pair of a joint agreement has to admit the act. What is open already is a matter of ``duplicate``."""
    for pair, params in _pairs(facts):
        if facts.act != Act.ESTABLISH and not history.fits(facts.act, pair.kind, pair.standing, pair.has_term):
            yield Remark(_UNFIT[facts.act], params)


def _pairs(facts: FilingFacts) -> Iterator[tuple[PairFacts, dict[str, object]]]:
    """Each pair of parties with what its messages print; a pair of which nothing is known has no affiliation."""
    known = {frozenset((pair.first_id, pair.second_id)): pair for pair in facts.pairs}
    for one, other in combinations(facts.parties, 2):
        nothing = PairFacts(one.id, other.id, None, None, None, has_term=False)
        pair = known.get(frozenset((one.id, other.id)), nothing)
        yield pair, {"one": one.name, "other": other.name, "number": pair.number}


def already_open(facts: FilingFacts, today: date) -> Iterator[Remark]:
    for pair, params in _pairs(facts):
        if facts.act == Act.ESTABLISH and pair.standing not in (None, Standing.ENDED, Standing.ANNULLED):
            yield Remark(gettext_noop("%(one)s and %(other)s already have an open affiliation, %(number)s."), params)


_LOOKALIKE: dict[str, str] = {
    "namesake": gettext_noop("%(other)s is also on record. Make sure that it is not the %(name)s that is meant."),
    "another level": gettext_noop("%(other)s, on another level, is also on record. Make sure that %(name)s is meant."),
}


def lookalikes(facts: FilingFacts, today: date) -> Iterator[Remark]:
    names = {party.id: party.name for party in facts.parties}
    for similar in facts.similar:
        message = _LOOKALIKE.get(similar.why, _LOOKALIKE["namesake"])
        yield Remark(message, {"other": similar.other_name, "name": names.get(similar.party_id, "")})
    for party in facts.parties:
        if party.parent_id in names:
            yield Remark(
                gettext_noop("%(name)s is part of %(other)s, which is a party as well."),
                {"name": party.name, "other": names[party.parent_id]},
            )
    for document in facts.documents:
        if document.used_in:
            yield Remark(
                gettext_noop("The same file is already attached to %(numbers)s."),
                {"numbers": ", ".join(document.used_in)},
                step="documents",
            )


def restricted(facts: FilingFacts, today: date) -> Iterator[Remark]:
    """By the law of the day of the act, not of today; a law says nothing against suspending or ending."""
    if facts.act in ONE_SIDED:
        return
    on, until = (facts.signed_on.earliest, facts.signed_on.latest) if facts.signed_on else (today, today)
    for rule in facts.compliance_rules:
        for party in facts.parties:
            for partner in facts.parties:
                if compliance.applies(
                    rule,
                    subdivision=party.subdivision,
                    country=partner.country,
                    on=on,
                    until=until,
                    partner=partner.subdivision,
                ):
                    yield Remark(
                        gettext_noop("%(citation)s covers %(name)s with %(partner)s: %(summary)s"),
                        {
                            "citation": rule.citation,
                            "name": party.name,
                            "partner": partner.name,
                            "summary": rule.summary,
                        },
                        source=rule.citation,
                    )


def language(facts: FilingFacts, today: date) -> Iterator[Remark]:
    """Where the filing names no language, the languages of the signed copies stand for it; unknown is no finding."""
    own = _primary(facts.registry_language)
    signed = [d.language for d in facts.documents if d.role == DocumentRole.SIGNED_AGREEMENT]
    originals = {_primary(tag) for tag in (facts.languages or signed) if tag}
    translated = {_primary(d.language) for d in facts.documents if d.role == DocumentRole.TRANSLATION}
    if originals and own not in originals | translated:
        yield Remark(
            gettext_noop("The original has no text in the language of the registry (%(language)s): add a translation."),
            {"language": facts.registry_language},
        )


def _primary(tag: str) -> str:
    """The language of a tag such as ``en-US``, without region and script."""
    return tag.replace("_", "-").partition("-")[0].casefold()


_SIGNED = gettext_noop(
    "An agreement is signed by the mayor or highest elected official, or where there are no elections the highest "
    "appointed one, of a community and of one in another country or territory."
)
_VALID = gettext_noop("An affiliation is active and valid unless one or both communities say otherwise.")
_MEMBERS = gettext_noop("The registry recognises only affiliations of members in good standing.")
_RESOLVED = gettext_noop("A council resolution that names the partner should stand beside the signatures.")
_PARTNERS = gettext_noop("A community may have any number of partners, and one open affiliation with each.")
_LAWS = gettext_noop("State laws restrict some partner countries. The registry flags; it never decides.")
_DATED = gettext_noop("Dates are kept as they are known: a year, a month or a day.")
_PAPERS = gettext_noop("The registry keeps what proves an act, in a language that its readers understand.")

B, W, ADVICE = Severity.BLOCKING, Severity.WAIVABLE, Severity.ADVICE

# Of old records the names of those who signed, or the paper itself, may be lost (Toledo and Toledo, 1931). What is not
# known is left empty, never invented; so for records from paper a registrar may waive these two, with a reason.
RULES: tuple[Rule, ...] = (
    Rule("parties", B, "parties", _SIGNED, parties),
    Rule("home-party", B, "parties", _SIGNED, home_party),
    Rule("standing", W, "parties", _MEMBERS, standing),
    Rule("signatures", B, "signatories", _SIGNED, signatures, on_paper=W),
    Rule("signed-copy", B, "documents", _SIGNED, signed_copy, on_paper=W),
    Rule("resolution", W, "documents", _RESOLVED, resolution),
    Rule("dates", B, "terms", _DATED, filing_dates.remarks),
    Rule("act", B, "terms", _VALID, act),
    Rule("duplicate", B, "parties", _PARTNERS, already_open),
    Rule("duplicate", ADVICE, "parties", _PARTNERS, lookalikes),
    Rule("compliance", ADVICE, "parties", _LAWS, restricted),
    Rule("language", ADVICE, "documents", _PAPERS, language),
)


def check(facts: FilingFacts, *, today: date) -> tuple[Finding, ...]:
    """Every finding on the filing as it stands, in the order of the table."""
    return tuple(finding for rule in RULES for finding in rule.findings(facts, today))


def blocking(findings: Iterable[Finding], waived: frozenset[str]) -> tuple[Finding, ...]:
    """What still stands in the way of registering: all that blocks, and what is waivable unless its code was waived."""
    return tuple(
        finding
        for finding in findings
        if finding.severity == Severity.BLOCKING
        or (finding.severity == Severity.WAIVABLE and finding.code not in waived)
    )


def require_clear(findings: Iterable[Finding], waived: frozenset[str]) -> None:
    """Raises ``Unmet`` with the findings that still block."""
    if still := blocking(findings, waived):
        raise Unmet(still)
