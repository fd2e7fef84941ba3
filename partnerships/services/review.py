"""Review and decision: what registrars do with a filing, one function a verb."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import FilingState, Severity
from partnerships.exceptions import Invalid, Missing, NotAllowed, RegistryError, WrongState
from partnerships.models import Agreement, Filing, Waiver
from partnerships.rules import findings, permissions, transitions
from partnerships.services import access, agreements, filings, jurisdictions, ledger, typed
from partnerships.services.access import Actor


def refusal(filing: Filing, move: str, by: Actor, related: frozenset[str]) -> RegistryError | None:
    """Why this actor, who stands to the filing as ``access.relations`` says, cannot make this move now.

    ``None`` where nothing but words or clear findings may be missing.
    """
    row = transitions.TRANSITIONS[move]
    if not permissions.allows(f"filing.{move}", by.roles, related):
        return NotAllowed(_("You are not allowed to do this."))
    if filing.state not in row.from_states:
        return WrongState(_who_was_first(filing))
    if "conflict-of-interest" in row.needs and "conflict" in related:
        return NotAllowed(_("You represent one of the parties; somebody else has to decide."))
    if "taken-by-caller" in row.needs and filing.taken_by != by.user:
        return WrongState(_("%(name)s has this filing in review.") % {"name": filing.taken_by})
    if "four-eyes" in row.needs and "entered" in related and not settings.REGISTRY_ONE_PERSON_OFFICE:
        return NotAllowed(_("You entered this filing; a second person has to decide it."))
    return None


def _begin(filing_id: int, move: str, by: Actor, comment: str = "") -> tuple[Filing, str]:
    """Lock, permission, state and the needs that the table of transitions names; answers the state that was."""
    filing = filings.locked(filing_id)
    if refused := refusal(filing, move, by, access.relations(by, filing)):
        raise refused
    required = transitions.TRANSITIONS[move].comment_required
    missing = _("Write why: the people who filed will read it.") if required else ""
    typed.words(comment, field="comment", missing=missing, most=4000)
    was, filing.state = filing.state, transitions.after(filing.state, move)
    return filing, was


def _who_was_first(filing: Filing) -> str:
    if filing.decided_by_name:
        return _("Already decided by %(name)s: %(state)s.") % {
            "name": filing.decided_by_name,
            "state": filing.get_state_display().lower(),
        }
    if filing.state == FilingState.IN_REVIEW:
        return _("Already taken into review by %(name)s.") % {"name": filing.taken_by}
    return _("This is not possible now: the filing is %(state)s.") % {"state": filing.get_state_display().lower()}


def _finish(filing: Filing, move: str, by: Actor, was: str, note: str = "") -> None:
    filing.save()
    past = transitions.TRANSITIONS[move].past
    entry = ledger.record(subject=filing, act=past, by=by, was=was, now=filing.state, note=note)
    filings.announce(filing, move, entry)


def _decided(filing: Filing, by: Actor) -> None:
    filing.decided_by, filing.decided_by_name, filing.decided_at = by.user, by.name[:200], timezone.now()
    filing.claimed_pairs.all().delete()


@transaction.atomic
def take(*, filing_id: int, by: Actor) -> Filing:
    """Begin the review; of two reviewers at once, the second is told who was first."""
    filing, was = _begin(filing_id, "take", by)
    filing.taken_by, filing.taken_at = by.user, timezone.now()
    _finish(filing, "take", by, was)
    return filing


@transaction.atomic
def release(*, filing_id: int, by: Actor, comment: str = "") -> Filing:
    """Put the filing back into the queue for somebody else."""
    filing, was = _begin(filing_id, "release", by, comment)
    filing.taken_by = filing.taken_at = None
    _finish(filing, "release", by, was, comment)
    return filing


@transaction.atomic
def return_(*, filing_id: int, by: Actor, comment: str) -> Filing:
    """Ask the people who filed for changes; ``comment`` says which."""
    filing, was = _begin(filing_id, "return", by, comment)
    filing.comment = comment.strip()
    filing.taken_by = filing.taken_at = None
    _finish(filing, "return", by, was, comment)
    return filing


@transaction.atomic
def reject(*, filing_id: int, by: Actor, reason: str) -> Filing:
    """Decide against the filing; ``reason`` says why."""
    filing, was = _begin(filing_id, "reject", by, reason)
    filing.comment = reason.strip()
    _decided(filing, by)
    _finish(filing, "reject", by, was, reason)
    return filing


@transaction.atomic
def register(*, filing_id: int, by: Actor, on: date) -> Agreement:
    """Enter the filed agreement in the register and tell everyone concerned.

    Raises ``NotAllowed`` (four eyes, conflict of interest), ``WrongState`` (someone decided first) and ``Unmet`` with
    the findings that still block.
    """
    filing, was = _begin(filing_id, "register", by)
    filings.follow_merges(filing)
    waived = frozenset(filing.waivers.values_list("code", flat=True))
    findings.require_clear(filings.check(filing, on=on), waived)
    one_person = "entered" in access.relations(by, filing)
    agreement = agreements.settle(filing, on=on, one_person_office=one_person)
    _decided(filing, by)
    _finish(filing, "register", by, was, "one-person office" if one_person else "")
    return agreement


@transaction.atomic
def annul(*, filing_id: int, by: Actor, on: date, reason: str) -> Agreement:
    """Undo a registration that was an error; it stays visible with its reason."""
    filing, was = _begin(filing_id, "annul", by, reason)
    agreement = filing.agreement
    if agreement is None:
        raise Missing(_("There is no agreement to annul."))
    agreements.annul(agreement, on=on, reason=reason.strip())
    filing.comment = reason.strip()
    _finish(filing, "annul", by, was, reason)
    return agreement


@transaction.atomic
def waive(*, filing_id: int, code: str, by: Actor, on: date, reason: str) -> Waiver:
    """Set a waivable finding aside for a written reason."""
    filing = filings.locked(filing_id)
    access.require(by, "filing.waive", access.relations(by, filing))
    if filing.state != FilingState.IN_REVIEW or filing.taken_by != by.user:
        raise WrongState(_who_was_first(filing))
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it stays with the filing."))
    open_codes = {found.code for found in filings.check(filing, on=on) if found.severity == Severity.WAIVABLE}
    if code not in open_codes:
        raise Invalid({"code": [_("There is no such finding to waive.")]})
    waiver, _created = Waiver.objects.update_or_create(
        filing=filing, code=code, defaults={"reason": reason, "by": by.user, "by_name": by.name[:200]}
    )
    ledger.record(subject=filing, act="filing.waived", by=by, now=code, note=reason)
    return waiver


@transaction.atomic
def match_party(*, filing_id: int, provisional_id: int, existing_id: int, by: Actor) -> Filing:
    """In review: the new community of this filing is one that the registry knows."""
    filing = filings.locked(filing_id)
    access.require(by, "jurisdiction.match")
    if filing.state != FilingState.IN_REVIEW or filing.taken_by != by.user:
        raise WrongState(_who_was_first(filing))
    if not filing.party_rows.filter(jurisdiction_id=provisional_id).exists():
        raise Missing(_("This community is not a party of the filing."))
    filing.claimed_pairs.all().delete()
    existing = jurisdictions.match(provisional_id=provisional_id, existing_id=existing_id, by=by)
    filings.claim_pairs(filing)
    ledger.record(subject=filing, act="filing.party-matched", by=by, was=provisional_id, now=existing.pk)
    return filing
