"""Where a filing stands, in plain words, and what happened to it, as those who filed may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.choices import FilingState, PartnerAnswer
from partnerships.models import Filing, LedgerEntry

#: What a state means for those who filed, and what happens next.
STATES: dict[str, Promise] = {
    FilingState.DRAFT: gettext_lazy(
        "This is a draft. Nobody but you and your community's other representatives sees it."
    ),
    FilingState.SUBMITTED: gettext_lazy(
        "It was handed in and waits for a registrar. You will get a letter when the review begins."
    ),
    FilingState.IN_REVIEW: gettext_lazy("A registrar is looking at it. You will get a letter with the decision."),
    FilingState.RETURNED: gettext_lazy(
        "A registrar asks for changes. Make them and hand it in again; everything you entered is kept."
    ),
    FilingState.REGISTERED: gettext_lazy("It is in the register for everybody to see."),
    FilingState.REJECTED: gettext_lazy("It was not registered. The reason stands below."),
    FilingState.WITHDRAWN: gettext_lazy("It was taken back. It stays on file and is not decided."),
    FilingState.ANNULLED: gettext_lazy("The registration was undone. The reason stands below, and in the register."),
}


@dataclass(frozen=True)
class _Telling:
    """How an entry of the ledger is told. ``note``: what was written was written for those who file."""

    title: Promise
    note: bool = False
    tone: str = ""


#: Only these are told; every other entry of the ledger is the registry's own business.
_TOLD: dict[str, _Telling] = {
    "filing.started": _Telling(gettext_lazy("Begun")),
    "document.attached": _Telling(gettext_lazy("Document attached")),
    "document.removed": _Telling(gettext_lazy("Document removed")),
    "filing.submitted": _Telling(gettext_lazy("Handed in"), tone="act"),
    "filing.taken": _Telling(gettext_lazy("Review begun")),
    "filing.released": _Telling(gettext_lazy("Back in the queue")),
    "filing.returned": _Telling(gettext_lazy("Returned for changes"), note=True, tone="act"),
    "filing.registered": _Telling(gettext_lazy("Registered"), tone="milestone"),
    "filing.rejected": _Telling(gettext_lazy("Rejected"), note=True, tone="ending"),
    "filing.withdrawn": _Telling(gettext_lazy("Withdrawn"), note=True, tone="ending"),
    "filing.annulled": _Telling(gettext_lazy("Annulled"), note=True, tone="ending"),
    "filing.partner-asked": _Telling(gettext_lazy("Partner asked to confirm"), tone="act"),
    "filing.partner-answered": _Telling(gettext_lazy("Partner has answered"), note=True, tone="milestone"),
}
#: While a filing is in one of these, something is still to happen.
OPEN = (FilingState.DRAFT, FilingState.RETURNED, FilingState.SUBMITTED, FilingState.IN_REVIEW)

_FILES = frozenset({"document.attached", "document.removed"})


@dataclass(frozen=True)
class Event:
    """One line of the history, latest first; in the shape that the timeline component prints."""

    when: datetime
    title: str
    text: str
    by: str
    tone: str


def words(state: str) -> str:
    return str(STATES[state])


def history(filing: Filing) -> list[Event]:
    """What happened to a filing, without the notes that staff made for themselves."""
    entries = LedgerEntry.objects.filter(subject_type="filing", subject_id=str(filing.pk), act__in=_TOLD)
    return [_event(entry) for entry in entries.select_related("actor").order_by("-pk")]


def _event(entry: LedgerEntry) -> Event:
    telling = _TOLD[entry.act]
    return Event(
        when=entry.at,
        title=str(telling.title),
        text=_text(entry, telling),
        # Staff act for their office; who of them it was is the registry's own business.
        by=_("The registry") if entry.actor and entry.actor.is_staff else entry.actor_name,
        tone=telling.tone,
    )


def _text(entry: LedgerEntry, telling: _Telling) -> str:
    if entry.act in _FILES:
        return entry.now or entry.was
    if entry.act == "filing.partner-answered" and entry.now in PartnerAnswer.values:
        return ": ".join(filter(None, (str(PartnerAnswer(entry.now).label), entry.note)))
    return entry.note if telling.note else ""
