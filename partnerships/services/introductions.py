"""A community tells another one, which looks for a partner, that it is interested; staff note what comes of it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerships.choices import OPEN_INTRODUCTIONS, OPEN_STANDINGS, IntroductionState, NoticeKind
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import AffiliationSide, Introduction, Jurisdiction, Wish
from partnerships.selectors import filings
from partnerships.selectors import seeking as selector
from partnerships.services import access, ledger, outbox, seeking, typed
from partnerships.services.access import Actor

#: A board is no mailing list: so many letters a community may send within a week.
MOST_A_WEEK = 20


@transaction.atomic
def express(*, seeker_id: int, interested_id: int, by: Actor, on: date, message: str) -> Introduction:
    """Tell the representatives of a community that looks for a partner who is interested, and how to reach them.

    Raises ``NotAllowed`` unless the actor speaks for ``interested``, ``WrongState`` where the search is over, the two
    are partners, or their interest is known already (of two at once one wins), ``Invalid`` at ``message``.
    """
    access.require(by, "seeking.answer", seeking.relation(by, interested_id, on))
    message = typed.words(message, field="message", missing=_("Write to them who you are and what you have in mind."))
    seeker, interested = _both(seeker_id, interested_id, on)
    introduction = Introduction(seeker=seeker, interested=interested, message=message, sent_by=by.user, sent_on=on)
    try:
        with transaction.atomic():
            introduction.save(force_insert=True)
    except IntegrityError as error:
        raise WrongState(_("Your community has told them already.")) from error
    ledger.record(subject=introduction, act="introduction.sent", by=by, now=str(introduction)[:200])
    _write(introduction, by, on)
    return introduction


def _both(seeker_id: int, interested_id: int, on: date) -> tuple[Jurisdiction, Jurisdiction]:
    """Both communities, locked in one order, so that their sending is counted and their search is known to stand."""
    if seeker_id == interested_id:
        raise Invalid({"community": [_("A community cannot be its own partner.")]})
    rows = Jurisdiction.objects.select_for_update().order_by("pk").in_bulk([seeker_id, interested_id])
    seeker, interested = rows.get(seeker_id), rows.get(interested_id)
    if seeker is None or interested is None or seeker.successor_id or seeker.provisional:
        raise Missing(_("There is no such community."))
    if interested.successor_id or interested.provisional:
        raise WrongState(_("The registry has not accepted this community yet."))
    wish = Wish.objects.filter(jurisdiction=seeker).first()
    if wish is None or not selector.stands(wish, on):
        raise WrongState(_("This community does not look for a partner any more."))
    tie = AffiliationSide.objects.filter(jurisdiction=seeker, partner=interested, standing__in=OPEN_STANDINGS)
    if tie.exists():
        raise WrongState(_("These two communities already have an open affiliation."))
    pair = Introduction.objects.filter(seeker=seeker, interested=interested, state__in=OPEN_INTRODUCTIONS)
    if pair.exists():
        raise WrongState(_("Your community has told them already."))
    week = Introduction.objects.filter(interested=interested, sent_on__gt=on - timedelta(days=7))
    if week.count() >= MOST_A_WEEK:
        raise WrongState(_("Your community has written to many this week. Go on next week."))
    return seeker, interested


def _write(introduction: Introduction, by: Actor, on: date) -> None:
    """To those who speak for the seeker; where nobody does today, to the registrars, who know whom to ask."""
    recipients = seeking.speakers(introduction.seeker_id, on) or list(filings.registrars())
    for user in recipients:
        outbox.enqueue(
            kind=NoticeKind.INTEREST_EXPRESSED,
            key=f"{NoticeKind.INTEREST_EXPRESSED}:{introduction.pk}",
            to=user,
            about=introduction,
            context={
                "community": introduction.seeker.name,
                "jurisdiction": introduction.seeker_id,
                "partner": introduction.interested.full_name,
                "name": by.name,
                "address": by.user.email if by.user else "",
                "comment": introduction.message,
            },
        )


@transaction.atomic
def note(*, introduction_id: int, by: Actor, on: date, state: str, note: str = "") -> Introduction:
    """Staff note what came of an introduction."""
    access.require(by, "introduction.note")
    note = typed.words(note, field="note", most=500)
    introduction = Introduction.objects.select_for_update().filter(pk=introduction_id).first()
    if introduction is None:
        raise Missing(_("There is no such introduction."))
    if state not in IntroductionState.values:
        raise Invalid({"state": [_("Choose from the list.")]})
    was, introduction.state = introduction.state, state
    introduction.note, introduction.noted_on = note, on
    try:
        with transaction.atomic():
            introduction.save(update_fields=["state", "note", "noted_on"])
    except IntegrityError as error:
        raise WrongState(_("A later introduction of these two is open.")) from error
    ledger.record(subject=introduction, act="introduction.noted", by=by, was=was, now=state, note=note)
    return introduction
