"""A filing from its first step to its submission, as its owner does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import Act, AffiliationKind, FilingState, NoticeKind, Reason, Severity, Theme
from partnerships.exceptions import Invalid, Missing, Unmet, WrongState
from partnerships.models import ClaimedPair, Filing, FilingParty, Jurisdiction, LedgerEntry, Signatory
from partnerships.rules import findings, transitions
from partnerships.rules.dates import PartialDate
from partnerships.selectors import filings as selector
from partnerships.services import access, ledger, outbox, typed
from partnerships.services.access import Actor

#: More than any agreement on record has; a bound against abuse, not a rule of the field.
MOST_PARTIES = 12
MOST_SIGNATORIES = 60


@dataclass(frozen=True)
class SignatoryRow:
    """One line of the signatories step."""

    jurisdiction_id: int
    name: str
    office: str
    capacity: str
    signed_on: PartialDate | None


def locked(filing_id: int) -> Filing:
    """The filing, for this transaction alone; raises ``Missing`` where there is none."""
    filing = Filing.objects.select_for_update().filter(pk=filing_id).first()
    if filing is None:
        raise Missing(_("There is no such filing."))
    return filing


@transaction.atomic
def start(
    *,
    by: Actor,
    act: str,
    kind: str = AffiliationKind.SISTER,
    jurisdiction_id: int | None = None,
    historical: bool = False,
    fictional: bool = False,
) -> Filing:
    """Begin a draft: for a community that the actor represents, or as a clerk from the paper of old."""
    if historical:
        access.require(by, "filing.enter")
    else:
        related = frozenset({"submitter"}) if access.represents(by, [jurisdiction_id]) else frozenset()
        access.require(by, "filing.start", related)
    if act not in Act.values:
        raise Invalid({"act": [_("Choose what the agreement does.")]})
    if kind not in AffiliationKind.values:
        raise Invalid({"kind": [_("Choose sister or friendship.")]})
    filing = Filing.objects.create(
        act=act,
        kind=AffiliationKind.SISTER if act == Act.UPGRADE else kind,
        on_behalf_of_id=jurisdiction_id,
        historical=historical,
        fictional=fictional,
        started_by=by.user,
    )
    if jurisdiction_id:
        FilingParty.objects.create(filing=filing, position=0, jurisdiction_id=jurisdiction_id)
    ledger.record(subject=filing, act="filing.started", by=by, now=filing.state)
    return filing


def _editable(filing_id: int, by: Actor) -> Filing:
    filing = locked(filing_id)
    access.require(by, "filing.edit", access.relations(by, filing))
    if not filing.is_editable:
        raise WrongState(
            _("This filing can no longer be changed: it is %(state)s.") % {"state": filing.get_state_display().lower()}
        )
    return filing


def _touch(filing: Filing) -> Filing:
    filing.revision += 1
    filing.save()
    return filing


@transaction.atomic
def save_terms(*, filing_id: int, by: Actor, values: Mapping[str, Any]) -> Filing:
    """Keep what was typed of act, dates, languages, reasons, themes or story; only the named columns change.

    Raises ``Invalid`` with one message a field; nothing is saved then.
    """
    filing = _editable(filing_id, by)
    errors = {name: [_("This cannot be set.")] for name in values if name not in Filing.TERMS}
    for name, allowed in (("reasons", Reason.values), ("themes", Theme.values)):
        if set(values.get(name) or ()) - set(allowed):
            errors[name] = [_("Choose from the list.")]
    if errors:
        raise Invalid(errors)
    for name, value in values.items():
        setattr(filing, name, value)
    if filing.act == Act.UPGRADE:
        filing.kind = AffiliationKind.SISTER
    typed.check(filing)
    return _touch(filing)


@transaction.atomic
def save_parties(*, filing_id: int, by: Actor, jurisdiction_ids: Sequence[int]) -> Filing:
    """Set who the parties are, in this order."""
    filing = _editable(filing_id, by)
    known = Jurisdiction.objects.filter(successor__isnull=True).in_bulk(list(jurisdiction_ids))
    if len(known) != len(jurisdiction_ids):
        raise Invalid({"parties": [_("Name each community once; one of these is named twice or is not known.")]})
    if len(jurisdiction_ids) > MOST_PARTIES:
        raise Invalid({"parties": [_("A filing holds at most %(most)s communities.") % {"most": MOST_PARTIES}]})
    if filing.on_behalf_of_id and filing.on_behalf_of_id not in known:
        raise Invalid({"parties": [_("The community that files must be one of the parties.")]})
    filing.party_rows.all().delete()
    FilingParty.objects.bulk_create(
        FilingParty(filing=filing, position=place, jurisdiction_id=pk) for place, pk in enumerate(jurisdiction_ids)
    )
    filing.signatories.exclude(jurisdiction_id__in=jurisdiction_ids).delete()
    return _touch(filing)


@transaction.atomic
def save_signatories(*, filing_id: int, by: Actor, rows: Sequence[SignatoryRow]) -> Filing:
    """Set who signed for each party. Errors are keyed ``<line>-<field>``, lines counted from 0."""
    filing = _editable(filing_id, by)
    if len(rows) > MOST_SIGNATORIES:
        raise Invalid({"rows": [_("A filing holds at most %(most)s signatories.") % {"most": MOST_SIGNATORIES}]})
    parties = set(filing.party_rows.values_list("jurisdiction_id", flat=True))
    made, errors = [], {}
    for line, row in enumerate(rows):
        signatory = Signatory(
            filing=filing,
            jurisdiction_id=row.jurisdiction_id,
            position=line,
            name=row.name.strip(),
            office=row.office.strip(),
            capacity=row.capacity,
            signed_on=row.signed_on,
        )
        if row.jurisdiction_id not in parties:
            errors[f"{line}-jurisdiction"] = [_("Choose one of the parties.")]
        try:
            typed.check(signatory, leave=["filing", "jurisdiction"])
        except Invalid as invalid:
            errors.update({f"{line}-{name}": messages for name, messages in invalid.errors.items()})
        made.append(signatory)
    if errors:
        raise Invalid(errors)
    filing.signatories.all().delete()
    Signatory.objects.bulk_create(made)
    return _touch(filing)


def check(filing: Filing, *, on: date) -> tuple[findings.Finding, ...]:
    """The findings of the recognition rules as they stand now ("pre-flight")."""
    return findings.check(selector.facts(filing, on), today=on)


@transaction.atomic
def submit(*, filing_id: int, by: Actor, on: date) -> Filing:
    """Hand the filing in. A second call is told that it was handed in already.

    Raises ``Unmet`` with the blocking findings, ``WrongState`` where another filing about the same two communities
    waits.
    """
    filing = locked(filing_id)
    access.require(by, "filing.submit", access.relations(by, filing))
    was, state = filing.state, transitions.after(filing.state, "submit")
    blocking = [found for found in check(filing, on=on) if found.severity == Severity.BLOCKING]
    if blocking:
        raise Unmet(blocking)
    claim_pairs(filing)
    filing.state, filing.submitted_by, filing.submitted_at = state, by.user, timezone.now()
    filing.comment = ""
    filing.save()
    entry = ledger.record(subject=filing, act="filing.submitted", by=by, was=was, now=state)
    announce(filing, "submit", entry)
    return filing


def follow_merges(filing: Filing) -> None:
    """Let a filing name the communities into which its parties were merged since it named them."""
    for row in filing.party_rows.filter(jurisdiction__successor__isnull=False).select_related(
        "jurisdiction__successor"
    ):
        party = row.jurisdiction
        while party.successor is not None:
            party = party.successor
        if filing.party_rows.filter(jurisdiction=party).exists():
            raise WrongState(_("%(name)s is named twice since two communities were merged.") % {"name": party})
        filing.signatories.filter(jurisdiction_id=row.jurisdiction_id).update(jurisdiction=party)
        FilingParty.objects.filter(pk=row.pk).update(jurisdiction=party)


def claim_pairs(filing: Filing) -> None:
    """Only one filing at a time waits about two communities; the database decides who was first."""
    ids = sorted(filing.party_rows.values_list("jurisdiction_id", flat=True))
    filing.claimed_pairs.all().delete()
    try:
        with transaction.atomic():
            ClaimedPair.objects.bulk_create(
                ClaimedPair(filing=filing, first_id=low, second_id=high) for low, high in combinations(ids, 2)
            )
    except IntegrityError as error:
        raise WrongState(
            _("Another filing about the same two communities was handed in first and is still open.")
        ) from error


@transaction.atomic
def withdraw(*, filing_id: int, by: Actor, comment: str = "") -> Filing:
    """Take the filing back; it stays on file and can be read, but is not decided."""
    filing = locked(filing_id)
    access.require(by, "filing.withdraw", access.relations(by, filing))
    was, filing.state = filing.state, transitions.after(filing.state, "withdraw")
    filing.comment = typed.words(comment, field="comment", most=4000)
    filing.save()
    filing.claimed_pairs.all().delete()
    entry = ledger.record(subject=filing, act="filing.withdrawn", by=by, was=was, now=filing.state, note=comment)
    if was != FilingState.DRAFT:  # nobody was told of a draft
        announce(filing, "withdraw", entry)
    return filing


def context(filing: Filing) -> dict[str, Any]:
    """What every notice about a filing may print; words from closed lists as codes, for the reader's language."""
    names = [row.jurisdiction.name for row in filing.party_rows.select_related("jurisdiction")]
    return {
        "filing": filing.pk,
        "parties": " – ".join(names),
        "act": filing.act,
        "kind": filing.kind,
        "comment": filing.comment,
        "number": filing.agreement.number if filing.agreement else "",
    }


def announce(filing: Filing, move: str, entry: LedgerEntry) -> None:
    """Owe the notices that the table of transitions names for a move."""
    for kind in transitions.TRANSITIONS[move].follows:
        (tell_reviewers if kind == NoticeKind.FILING_WAITS else tell)(filing, kind, entry)


def tell(filing: Filing, kind: str, entry: LedgerEntry, **more: str) -> None:
    """Owe a notice to those who file: whoever handed it in, and whoever began it."""
    facts = {**context(filing), **more}
    for user in filter(None, {filing.submitted_by, filing.started_by}):
        outbox.enqueue(kind=kind, key=f"{kind}:{entry.pk}", to=user, about=filing, context=facts)


def tell_reviewers(filing: Filing, kind: str, entry: LedgerEntry, **more: str) -> None:
    """Owe a notice to every registrar."""
    facts = {**context(filing), **more}
    for user in selector.registrars():
        outbox.enqueue(kind=kind, key=f"{kind}:{entry.pk}", to=user, about=filing, context=facts)
