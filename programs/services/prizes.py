"""Places and titles won in a cycle: one winner for each place of a category and band, whoever decides at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import PUBLIC_STATES, CycleState, EntryState
from programs.kinds import kind_of
from programs.models import Band, Category, Cycle, Entry, Participation, Prize
from programs.selectors import addresses
from programs.services import cycles, participations, rights

#: What is not in the running any more.
_OUT = (EntryState.WITHDRAWN, EntryState.NOT_SELECTED)


@transaction.atomic
def give(
    *,
    cycle_id: int,
    participation_id: int,
    title: str,
    reason: str,
    by: Actor,
    at: datetime,
    entry_id: int | None = None,
    category: str | None = None,
    band: str | None = None,
    place: int = 1,
) -> Prize:
    """Name a winner, with the reason, which is public. Raises ``WrongState`` where the place is given already.

    ``category`` is a code and ``band`` a name of the cycle; ``None`` takes those of the entry or application,
    and ``""`` means the whole competition.
    """
    participation = _competing(cycle_id, participation_id, by)
    entry = _entry(participation, entry_id)
    prize = Prize(
        cycle=participation.cycle,
        participation=participation,
        entry=entry,
        category=_category(participation, entry, category),
        band=_band(participation, entry, band),
        place=place,
        title=typed.words(title, field="title", missing=_("Name the prize."), most=120),
        reason=typed.words(reason, field="reason", missing=_("Write why: it is published."), most=2000),
        decided_by_name=by.name[:200],
        decided_at=at,
    )
    typed.check(prize, leave={"cycle", "participation", "entry", "category", "band"})
    _keep(prize)
    if entry is not None:
        entry.state = EntryState.WINNER
        entry.save(update_fields=["state"])
    ledger.record(subject=prize, act="prize.given", by=by, now=prize, note=prize.reason, detail=payload(prize))
    return _publish(prize, "prize.given", reason=prize.reason)


def _competing(cycle_id: int, participation_id: int, by: Actor) -> Participation:
    register.lock()
    cycles.locked(cycle_id)
    participation = participations.locked(participation_id)
    related = rights.relations(by, participation)
    access.require(by, "prize.give", related)
    rights.refuse_conflict(related)
    if participation.cycle_id != cycle_id:
        raise Missing(_("There is no such application."))
    if not kind_of(participation.cycle.program.kind).prizes:
        raise WrongState(_("In programs of this kind nothing is won."))
    if participation.cycle.state == CycleState.CANCELLED:
        raise WrongState(_("This cycle was cancelled; nothing is decided in it any more."))
    if participation.state not in PUBLIC_STATES:
        raise WrongState(_("Who wins was a finalist or accepted before."))
    return participation


def _entry(participation: Participation, entry_id: int | None) -> Entry | None:
    if entry_id is None:
        if kind_of(participation.cycle.program.kind).entries:
            raise Invalid({"entry": [_("Choose the entry that wins.")]})
        return None
    entries = Entry.objects.select_for_update(of=("self",)).select_related("category", "age_group")
    entry = entries.filter(pk=entry_id, participation=participation).first()
    if entry is None:
        raise Missing(_("There is no such entry."))
    if entry.state in _OUT:
        raise WrongState(_("This entry is not in the running any more."))
    return entry


def _category(participation: Participation, entry: Entry | None, code: str | None) -> Category | None:
    if code is None:
        return entry.category if entry else participation.category
    if not code:
        return None
    found = Category.objects.filter(cycle=participation.cycle_id, code=code).first()
    if found is None:
        raise Invalid({"category": [_("Choose from the list.")]})
    return found


def _band(participation: Participation, entry: Entry | None, name: str | None) -> Band | None:
    if name is None:
        return entry.age_group if entry else participation.band
    if not name:
        return None
    found = Band.objects.filter(cycle=participation.cycle_id, name=name).first()
    if found is None:
        raise Invalid({"band": [_("Choose from the list.")]})
    return found


def _keep(prize: Prize) -> None:
    """The database decides who was first, also where two officers name a winner at once."""
    try:
        with transaction.atomic():
            prize.save(force_insert=True)
    except IntegrityError as error:
        raise WrongState(_("This place of the category and band is given already.")) from error


@transaction.atomic
def take_back(*, prize_id: int, reason: str, by: Actor) -> Participation:
    """Take back a prize that was given in error; the register keeps both, with the published reason."""
    register.lock()
    found = Prize.objects.filter(pk=prize_id).values_list("participation", flat=True).first()
    if found is None:
        raise Missing(_("There is no such prize."))
    participation = participations.locked(found)
    related = rights.relations(by, participation)
    access.require(by, "prize.give", related)
    rights.refuse_conflict(related)
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    prizes = Prize.objects.select_for_update(of=("self",)).select_related("category", "band", "entry")
    prize = prizes.filter(pk=prize_id).first()
    if prize is None:
        raise Missing(_("There is no such prize."))
    prize.participation, prize.cycle = participation, participation.cycle
    ledger.record(subject=prize, act="prize.taken_back", by=by, was=prize, note=reason, detail=payload(prize))
    _publish(prize, "prize.taken_back", reason=reason)
    prize.delete()
    if (entry := prize.entry) is not None and not entry.prizes.exists():
        entry.state = EntryState.FINALIST
        entry.save(update_fields=["state"])
    return participation


def _publish(prize: Prize, event: str, *, reason: str) -> Prize:
    register.append(
        event=event,
        subject=addresses.of_participation(prize.participation),
        payload={**payload(prize), "reason": reason},
    )
    return prize


def payload(prize: Prize) -> dict[str, Any]:
    """The prize as the register publishes it: the community and the place, never who made the work."""
    cycle: Cycle = prize.cycle
    return {
        "program": cycle.program.slug,
        "cycle": cycle.slug,
        "participation": prize.participation_id,
        "entry": prize.entry_id,
        "community": {"id": prize.participation.jurisdiction_id, "name": prize.participation.jurisdiction.name},
        "category": prize.category.code if prize.category else None,
        "band": prize.band.name if prize.band else None,
        "place": prize.place,
        "title": prize.title,
        "fictional": prize.participation.fictional,
    }
