"""Asking the other community: one mail, one link, three answers."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import FilingState, NoticeKind, PartnerAnswer
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import Filing, PartnerRequest
from partnerships.services import access, filings, ledger, links, outbox, typed
from partnerships.services.access import Actor

LINK_DAYS = 60
#: While a filing waits, is in review or is being corrected, the partner's word can still make a difference.
OPEN_TO_ANSWERS = (FilingState.SUBMITTED, FilingState.IN_REVIEW, FilingState.RETURNED)


@transaction.atomic
def ask(*, filing_id: int, jurisdiction_id: int, email: str, language: str, by: Actor) -> PartnerRequest:
    """Ask a party of a filing to confirm, correct or decline it, in its language."""
    filing = filings.locked(filing_id)
    access.require(by, "filing.ask-partner", access.relations(by, filing))
    if filing.state not in (FilingState.SUBMITTED, FilingState.IN_REVIEW):
        raise WrongState(_("The partner is asked while a filing waits or is in review."))
    if not filing.party_rows.filter(jurisdiction_id=jurisdiction_id).exists():
        raise Invalid({"jurisdiction": [_("Choose one of the parties.")]})
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Invalid({"email": error.messages}) from error
    request = _open_question(filing, jurisdiction_id)
    request.email, request.language = email.strip(), language
    request.expires_at = timezone.now() + timedelta(days=LINK_DAYS)
    request.save()
    ledger.record(subject=filing, act="filing.partner-asked", by=by, now=jurisdiction_id)
    outbox.enqueue(
        kind=NoticeKind.PARTNER_ASKED,
        key=f"{NoticeKind.PARTNER_ASKED}:{request.pk}:{request.expires_at:%Y%m%d}",
        to=request.email,
        about=filing,
        context={
            **filings.context(filing),
            "partner_request": request.pk,
            "community": str(request.jurisdiction),
            "expires": request.expires_at.date().isoformat(),
        },
        language=language,
    )
    return request


def _open_question(filing: Filing, jurisdiction_id: int) -> PartnerRequest:
    """A new question, or the one that expired without an answer; the filing's lock keeps two from being asked."""
    known = filing.partner_requests.filter(jurisdiction_id=jurisdiction_id, answer="").first()
    if known is None:
        return PartnerRequest(filing=filing, jurisdiction_id=jurisdiction_id)
    if known.expires_at >= timezone.now():
        raise WrongState(_("This community was asked already and has not answered yet."))
    return known


def read(token: str) -> PartnerRequest:
    """The question behind a link; raises ``Missing`` for a link that is wrong or has expired."""
    request = (
        PartnerRequest.objects.select_related("filing", "jurisdiction")
        .filter(pk=links.read(links.PARTNER, token))
        .first()
    )
    if request is None or (request.expires_at < timezone.now() and not request.answer):
        raise Missing(_("This link is not valid any more."))
    return request


@transaction.atomic
def answer(*, token: str, answer: str, name: str, comment: str = "") -> PartnerRequest:
    """The partner's answer; the link takes one answer only."""
    request = read(token)
    request = PartnerRequest.objects.select_for_update().select_related("filing").get(pk=request.pk)
    errors: dict[str, list[str]] = {}
    if answer not in PartnerAnswer.values:
        errors["answer"] = [_("Choose an answer.")]
    if not name.strip():
        errors["name"] = [_("Write your name and office.")]
    if answer in (PartnerAnswer.CORRECTION, PartnerAnswer.DECLINED) and not comment.strip():
        errors["comment"] = [_("Write what is wrong, or why.")]
    if errors:
        raise Invalid(errors)
    if request.answer:
        raise WrongState(_("This question has been answered already."))
    if request.filing.state not in OPEN_TO_ANSWERS:
        raise WrongState(_("The filing has been decided or taken back; no answer is needed any more."))
    request.answer, request.answered_at = answer, timezone.now()
    request.comment = typed.words(comment, field="comment", most=4000)
    request.answered_by = typed.words(name, field="name", most=200)
    request.save()
    entry = ledger.record(
        subject=request.filing,
        act="filing.partner-answered",
        by=Actor.anonymous(request.answered_by),
        now=answer,
        note=comment,
    )
    said = {"answer": answer, "community": str(request.jurisdiction)}
    filings.tell(request.filing, NoticeKind.PARTNER_ANSWERED, entry, **said)
    filings.tell_reviewers(request.filing, NoticeKind.PARTNER_ANSWERED, entry, **said)
    return request
