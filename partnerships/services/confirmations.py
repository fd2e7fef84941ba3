"""Asking once a year whether an affiliation is still active, and taking the answer of who holds the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import ConfirmationAnswer, MilestoneKind, NoticeKind, Standing
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import Affiliation, Confirmation, Counter
from partnerships.rules.dates import PartialDate
from partnerships.selectors import confirmations as selector
from partnerships.selectors import filings as filing_selector
from partnerships.services import access, affiliations, ledger, links, members, outbox, register, typed
from partnerships.services.access import Actor
from partnerships.services.outbox import Debt

LINK_DAYS = 90
#: Affiliations that are asked about in one transaction.
BATCH = 200
#: Its value is the day, as an ordinal, for which everybody due was asked.
_DAY = "confirmations asked"


@dataclass(frozen=True)
class Reached:
    """How the community is reached from now on, as far as it was typed."""

    name: str = ""
    office: str = ""
    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.office, self.email, self.phone))


@transaction.atomic
def ask_due(now: datetime) -> dict[str, int]:
    """Ask about what is due, a batch a run, and once a day no more than that; answers how many letters are owed.

    The row of the counter lets one run at a time look, so that two never ask the same.
    """
    on, by = timezone.localdate(now), Actor.system("yearly confirmation")
    access.require(by, "confirmation.ask")
    Counter.objects.get_or_create(name=_DAY)
    done = Counter.objects.select_for_update().get(name=_DAY)
    if done.value >= on.toordinal():
        return {"asked": 0}
    due = selector.due(on, BATCH)
    asked = _asked(due, on)
    told = outbox.enqueue_many(NoticeKind.CONFIRMATION_ASKED, [_letter(*one) for one in asked])
    if len(due) < BATCH:
        done.value = on.toordinal()
        done.save(update_fields=["value"])
    return {"asked": told}


def _asked(due: Sequence[Affiliation], on: date) -> list[tuple[Confirmation, selector.Address]]:
    """A row for each address of each party; who speaks for both parties is asked once."""
    known = selector.addresses({pk for affiliation in due for pk in affiliation.party_ids}, on)
    made: dict[tuple[int, str], tuple[Confirmation, selector.Address]] = {}
    for affiliation in due:
        for community in (affiliation.first, affiliation.second):
            for address in known[community.pk]:
                row = Confirmation(
                    affiliation=affiliation,
                    jurisdiction=community,
                    email=address.email,
                    language=address.language or settings.LANGUAGE_CODE,
                    asked_on=on,
                    expires_on=on + timedelta(days=LINK_DAYS),
                )
                made.setdefault((affiliation.pk, address.email.lower()), (row, address))
    Confirmation.objects.bulk_create([row for row, _address in made.values()], batch_size=500)
    return list(made.values())


def _letter(asked: Confirmation, address: selector.Address) -> Debt:
    last = asked.affiliation.last_confirmed_on
    return Debt(
        key=f"{NoticeKind.CONFIRMATION_ASKED}:{asked.pk}",
        to=address.user or address.email,
        about=asked,
        context={
            **_facts(asked),
            "last": last.isoformat() if last else "",
            "expires": asked.expires_on.isoformat(),
        },
        language=address.language,
    )


def _facts(asked: Confirmation) -> dict[str, object]:
    affiliation = asked.affiliation
    return {
        "confirmation": asked.pk,
        "number": affiliation.number,
        "parties": f"{affiliation.first.name} – {affiliation.second.name}",
        "community": asked.jurisdiction.name,
    }


def read(token: str) -> Confirmation:
    """The question behind a link, used or not; raises ``Missing`` for a link that this registry did not write."""
    found = Confirmation.objects.select_related(
        "affiliation__first", "affiliation__second", "affiliation__successor", "jurisdiction"
    )
    asked = found.filter(pk=links.read(links.CONFIRMATION, token)).first()
    if asked is None:
        raise Missing(_("This link is not valid any more."))
    return asked


def closed(asked: Confirmation, on: date) -> str:
    """Why the link takes no answer, as a word for the page; empty where it takes one."""
    affiliation = asked.affiliation
    if asked.answer:
        return "used"
    if affiliation.successor_id:
        return "merged"
    if not affiliation.is_open:
        return "ended" if affiliation.standing == Standing.ENDED else "annulled"
    return "expired" if on > asked.expires_on else ""


@transaction.atomic
def answer(
    *,
    token: str,
    answer: str,
    on: date,
    happened: PartialDate | None = None,
    milestone: str = "",
    contact: Reached | None = None,
    request: str = "",
) -> Confirmation:
    """The one answer that the link takes: still active, or something on record is wrong, or both.

    A milestone and the contact count at once; what is registered is left alone, and ``request`` waits for staff.
    Raises ``WrongState`` where the link is used or expired, or the affiliation ended or was merged.
    """
    pk = links.read(links.CONFIRMATION, token)
    register.lock()
    if not Confirmation.objects.select_for_update().filter(pk=pk).exists():
        raise Missing(_("This link is not valid any more."))
    asked = read(token)
    if closed(asked, on):
        raise WrongState(_("This link takes no answer any more."))
    request = _checked(answer, happened, milestone, request)
    by = Actor.anonymous(f"{asked.jurisdiction.name} <{asked.email}>"[:200], asked_about=asked.affiliation_id)
    number = asked.affiliation.number
    if happened is not None:
        affiliations.record_milestone(
            number=number, kind=MilestoneKind.OTHER, happened=happened, text=milestone, sources=[], by=by, on=on
        )
    if answer == ConfirmationAnswer.ACTIVE:
        affiliations.confirm(number=number, by=by, on=on)
    if contact:
        members.correct_contact(
            known=selector.contact_of(asked),
            jurisdiction=asked.jurisdiction.successor or asked.jurisdiction,
            values=vars(contact),
            by=by,
        )
    asked.answer, asked.answered_on, asked.request = answer, on, request
    asked.save(update_fields=["answer", "answered_on", "request"])
    ledger.record(subject=asked, act="confirmation.answered", by=by, now=answer, note=request)
    if request:
        _tell_registrars(asked)
    return asked


def _checked(answer: str, happened: PartialDate | None, milestone: str, request: str) -> str:
    errors: dict[str, list[str]] = {}
    if answer not in ConfirmationAnswer.values:
        errors["answer"] = [_("Choose an answer.")]
    if answer == ConfirmationAnswer.REQUEST and not request.strip():
        errors["request"] = [_("Write what is wrong, or why.")]
    if milestone.strip() and happened is None:
        errors["happened"] = [_("Write the date, as far as it is known.")]
    if happened is not None and not milestone.strip():
        errors["milestone"] = [_("Write what happened.")]
    if errors:
        raise Invalid(errors)
    return typed.words(request, field="request", most=4000)


def _tell_registrars(asked: Confirmation) -> None:
    for user in filing_selector.registrars():
        outbox.enqueue(
            kind=NoticeKind.CONFIRMATION_REQUEST,
            key=f"{NoticeKind.CONFIRMATION_REQUEST}:{asked.pk}",
            to=user,
            about=asked,
            context={**_facts(asked), "comment": asked.request},
        )


@transaction.atomic
def settle(*, confirmation_id: int, by: Actor, on: date, settlement: str) -> Confirmation:
    """Staff looked at what somebody asked for; ``settlement`` says what was done, for those who ask later."""
    access.require(by, "confirmation.settle")
    settlement = typed.words(settlement, field="settlement", missing=_("Write what was done."))
    asked = Confirmation.objects.select_for_update().exclude(request="").filter(pk=confirmation_id).first()
    if asked is None:
        raise Missing(_("There is no such request."))
    if asked.settled_on is not None:
        raise WrongState(_("Already decided by %(name)s.") % {"name": asked.settled_by})
    asked.settled_on, asked.settled_by, asked.settlement = on, by.name[:200], settlement
    asked.save(update_fields=["settled_on", "settled_by", "settlement"])
    ledger.record(subject=asked, act="confirmation.settled", by=by, note=settlement)
    return asked
