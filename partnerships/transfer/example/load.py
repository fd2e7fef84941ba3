"""Entering the example registry through the operations, so that the register tells its history.

Everything is found again by natural keys (a community by its GeoNames id or its name, a filing by its act and its
parties), so that a second run changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count

from partnerships.choices import Act, DocumentRole, FilingState, MembershipClass, Role, Severity, StaffAct
from partnerships.models import (
    Affiliation,
    ComplianceRule,
    Filing,
    Jurisdiction,
    MembershipTerm,
    StaffDecision,
    User,
    Wish,
)
from partnerships.rules.dates import PartialDate
from partnerships.rules.wishes import WishText
from partnerships.services import (
    affiliations,
    claims,
    compliance,
    documents,
    filings,
    jurisdictions,
    members,
    review,
    seeking,
)
from partnerships.services.access import Actor
from partnerships.services.filings import SignatoryRow
from partnerships.transfer.example import accounts, fictional, known
from partnerships.transfer.example.pdf import one_page
from partnerships.transfer.example.shapes import Community, Emeritus, Event, Membership, Paper, Signer

ONE_SIDED = (Act.SUSPEND, Act.END)
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Desk:
    """Who works on the example, on which day, with which communities."""

    on: date
    communities: Mapping[str, Jurisdiction]
    clerk: Actor
    registrar: Actor
    representative: Actor
    tell: Tell


@transaction.atomic
def load(*, on: date, logins: bool, tell: Tell = lambda line: None) -> int:
    """Enter what is not there yet, all of it or nothing; answers how many filings, terms and events were entered.

    ``logins``: the people of the example get the printed demo password. Without, their accounts are closed again.
    """
    by = Actor.system("load_example")
    staff = {
        account.email: accounts.admit(account, {}, by=by, on=on, logins=logins)
        for account in fictional.ACCOUNTS
        if account.role
    }
    clerk, registrar = _of_role(staff, Role.CLERK), _of_role(staff, Role.REGISTRAR)
    communities = {
        key: _community(community, clerk) for key, community in (known.COMMUNITIES | fictional.COMMUNITIES).items()
    }
    representatives = {
        account.email: accounts.admit(account, communities, by=clerk, on=on, logins=logins)
        for account in fictional.ACCOUNTS
        if account.represents
    }
    desk = Desk(on, communities, clerk, registrar, Actor.of(representatives["example.falls@example.org"]), tell)
    entered = _enter(desk)
    if not logins:
        accounts.close(staff | representatives)
    return entered


def _wish(desk: Desk, key: str, said: WishText) -> bool:
    """Once: a search that ended since is not taken up again."""
    community = desk.communities[key]
    if Wish.objects.filter(jurisdiction=community).exists():
        return False
    seeking.publish(jurisdiction_id=community.pk, by=desk.representative, on=desk.on, said=said, months=12)
    return True


def _of_role(staff: Mapping[str, User], role: str) -> Actor:
    return next(Actor.of(staff[account.email]) for account in fictional.ACCOUNTS if account.role == role)


def _enter(desk: Desk) -> int:
    done = [_membership(desk, term) for term in fictional.MEMBERSHIPS]
    done += [_historical(desk, paper) for paper in known.PAPERS]
    done += [_fictional(desk, paper) for paper in fictional.PAPERS]
    done += [_milestone(desk, event) for event in (*known.EVENTS, *fictional.EVENTS)]
    done += [_emeritus(desk, decision) for decision in fictional.EMERITI]
    done += [_wish(desk, key, said) for key, said in fictional.WISHES.items()]
    return sum(done) + _statements(desk) + _laws(desk)


def _laws(desk: Desk) -> int:
    """The laws that the sources name, as far as they say what is in them."""
    new = [law for law in known.LAWS if not ComplianceRule.objects.filter(citation=law.citation).exists()]
    for law in new:
        rule = ComplianceRule(subdivision=law.subdivision, citation=law.citation, summary=law.summary)
        compliance.save(rule, by=desk.registrar, on=desk.on)
        desk.tell(f"{law.subdivision}: {law.citation}")
    return len(new)


def _statements(desk: Desk) -> int:
    """What sources say of these partnerships, whether they agree or not; answers how many were not on file."""
    rows = [
        claims.NewClaim(_between(desk, row.parties).pk, row.fact, row.value, row.source, row.source_url)
        for row in known.STATEMENTS
    ]
    return claims.record(rows=rows, by=desk.clerk, on=desk.on).new


def _community(community: Community, clerk: Actor) -> Jurisdiction:
    """The community on record, else a new one, provisional until the first of its agreements is registered."""
    same = Jurisdiction.objects.filter(successor__isnull=True)
    if community.geonames_id:
        same = same.filter(geonames_id=community.geonames_id)
    else:
        same = same.filter(name=community.name, country=community.country, fictional=community.fictional)
    if found := same.first():
        return found
    values = {name: value for name, value in vars(community).items() if value not in ("", None)}
    if community.population:
        values["population_source"] = "GeoNames"
    return jurisdictions.propose(by=clerk, values=values)


def _membership(desk: Desk, term: Membership) -> bool:
    community, since = desk.communities[term.community], date.fromisoformat(term.since)
    if MembershipTerm.objects.filter(jurisdiction=community, from_date=since).exists():
        return False
    paid_through = date(desk.on.year + term.years_left, 12, 31)
    members.set_term(
        jurisdiction_id=community.pk,
        from_date=since,
        paid_through=paid_through,
        by=desk.clerk,
        on=desk.on,
        membership_class=MembershipClass.CITY,
    )
    desk.tell(f"{community}: member through {paid_through}")
    return True


def _is_filed(desk: Desk, paper: Paper) -> bool:
    ids = [desk.communities[key].pk for key in paper.parties]
    same = Filing.objects.filter(act=paper.act).annotate(of=Count("party_rows")).filter(of=len(ids))
    for pk in ids:
        same = same.filter(pk__in=Filing.objects.filter(party_rows__jurisdiction=pk).values("pk"))
    return same.exists()


def _historical(desk: Desk, paper: Paper) -> bool:
    """A real partnership, entered by the clerk from public sources and registered by the registrar."""
    if _is_filed(desk, paper):
        return False
    filing = filings.start(by=desk.clerk, act=paper.act, kind=paper.kind, historical=True)
    _fill(desk, filing, paper, by=desk.clerk, source=known.SOURCE)
    filings.submit(filing_id=filing.pk, by=desk.clerk, on=desk.on)
    review.take(filing_id=filing.pk, by=desk.registrar)
    _register(desk, filing, known.WAIVED_BECAUSE)
    _tell(desk, paper)
    return True


def _fictional(desk: Desk, paper: Paper) -> bool:
    """A fictional filing with its papers, as far as the example lets it go."""
    if _is_filed(desk, paper):
        return False
    by = desk.representative
    own = desk.communities[paper.parties[0]].pk
    filing = filings.start(by=by, act=paper.act, kind=paper.kind, jurisdiction_id=own, fictional=True)
    _fill(desk, filing, paper, by=by, source=fictional.SOURCE)
    if paper.goes_to != FilingState.DRAFT:
        _attach(desk, filing, paper)
        filings.submit(filing_id=filing.pk, by=by, on=desk.on)
        _decide(desk, filing, paper)
    _tell(desk, paper)
    return True


def _fill(desk: Desk, filing: Filing, paper: Paper, *, by: Actor, source: str) -> None:
    signed = PartialDate.parse(paper.signed_on) if paper.signed_on else None
    parties = {key: desk.communities[key].pk for key in paper.parties}
    filings.save_parties(filing_id=filing.pk, by=by, jurisdiction_ids=list(parties.values()))
    filings.save_terms(
        filing_id=filing.pk,
        by=by,
        values={
            "signed_on": signed,
            "perpetual": paper.perpetual,
            "reasons": list(paper.reasons),
            "themes": list(paper.themes),
            "story": paper.story,
            "source": source,
            "declared_by_id": parties[paper.declared_by] if paper.declared_by else None,
        },
    )
    filings.save_signatories(
        filing_id=filing.pk, by=by, rows=[_signatory(signer, parties, signed) for signer in paper.signers]
    )


def _signatory(signer: Signer, parties: Mapping[str, int], signed: PartialDate | None) -> SignatoryRow:
    return SignatoryRow(parties[signer.party], signer.name, signer.office, signer.capacity, signed)


def _attach(desk: Desk, filing: Filing, paper: Paper) -> None:
    names = [str(desk.communities[key]) for key in paper.parties]
    lines = [" and ".join(names), f"Signed: {paper.signed_on}", *(f"{who.name}, {who.office}" for who in paper.signers)]
    if paper.act in ONE_SIDED:
        papers = {DocumentRole.ENDING_NOTICE: "Statement"}
    else:
        papers = {DocumentRole.SIGNED_AGREEMENT: "Agreement", DocumentRole.RESOLUTION: "Council resolution"}
    for role, title in papers.items():
        upload = one_page(title, lines, name=f"fictional-{role.replace('_', '-')}.pdf")
        documents.attach(filing_id=filing.pk, by=desk.representative, upload=upload, role=role, language="en")


def _decide(desk: Desk, filing: Filing, paper: Paper) -> None:
    """What reviewers, or the people who filed, do with it next."""
    if paper.goes_to == FilingState.WITHDRAWN:
        filings.withdraw(filing_id=filing.pk, by=desk.representative, comment=paper.comment)
        return
    if paper.goes_to == FilingState.SUBMITTED:
        return
    review.take(filing_id=filing.pk, by=desk.registrar)
    if paper.goes_to == FilingState.RETURNED:
        review.return_(filing_id=filing.pk, by=desk.registrar, comment=paper.comment)
    elif paper.goes_to == FilingState.REJECTED:
        review.reject(filing_id=filing.pk, by=desk.registrar, reason=paper.comment)
    elif paper.goes_to == FilingState.REGISTERED:
        _register(desk, filing, fictional.WAIVED_BECAUSE)


def _register(desk: Desk, filing: Filing, reasons: Mapping[str, str]) -> None:
    for finding in filings.check(Filing.objects.get(pk=filing.pk), on=desk.on):
        if finding.severity == Severity.WAIVABLE:
            review.waive(
                filing_id=filing.pk, code=finding.code, by=desk.registrar, on=desk.on, reason=reasons[finding.code]
            )
    review.register(filing_id=filing.pk, by=desk.registrar, on=desk.on)


def _tell(desk: Desk, paper: Paper) -> None:
    names = " – ".join(str(desk.communities[key]) for key in paper.parties)
    desk.tell(f"{names}: {paper.act}, {FilingState(paper.goes_to).value.replace('_', ' ')}")


def _between(desk: Desk, parties: tuple[str, str]) -> Affiliation:
    one, other = (desk.communities[key].pk for key in parties)
    return Affiliation.objects.visible().between(one, other).order_by("-serial")[0]


def _milestone(desk: Desk, event: Event) -> bool:
    affiliation, happened = _between(desk, event.parties), PartialDate.parse(event.on)
    if affiliation.milestones.filter(on=happened, kind=event.kind).exists():
        return False
    affiliations.record_milestone(
        number=affiliation.number,
        kind=event.kind,
        happened=happened,
        text=event.text,
        sources=[],
        by=desk.clerk,
        on=desk.on,
    )
    desk.tell(f"{affiliation}: {event.on}, {event.text}")
    return True


def _emeritus(desk: Desk, decision: Emeritus) -> bool:
    affiliation = _between(desk, decision.parties)
    if StaffDecision.objects.filter(affiliation=affiliation, act=StaffAct.EMERITUS).exists():
        return False
    affiliations.decide(
        number=affiliation.number,
        act=StaffAct.EMERITUS,
        by=desk.registrar,
        on=desk.on,
        effective=PartialDate.parse(decision.on),
        reason=decision.reason,
    )
    desk.tell(f"{affiliation}: emeritus")
    return True
