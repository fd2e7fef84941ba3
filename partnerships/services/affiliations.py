"""What an affiliation is today, and the acts of staff upon it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.choices import StaffAct, Standing
from partnerships.exceptions import Invalid, Missing
from partnerships.models import Affiliation, Counter, Exclusion, Jurisdiction, Milestone, Period, StaffDecision
from partnerships.rules import history, numbers, recognition
from partnerships.rules.dates import PartialDate
from partnerships.selectors import affiliations as selector
from partnerships.services import access, ledger, readmodels, register, typed
from partnerships.services.access import Actor


def next_serial(series: str) -> int:
    """The next number of a series; the row stays locked until the transaction ends, so no number is lost or doubled."""
    Counter.objects.get_or_create(name=series)
    counter = Counter.objects.select_for_update().get(pk=series)
    counter.value += 1
    counter.save()
    return counter.value


def create(*, first: Jurisdiction, second: Jurisdiction, kind: str, fictional: bool) -> Affiliation:
    """A new affiliation with its number; ``refresh`` fills in what follows from its agreements."""
    low, high = sorted((first, second), key=lambda party: party.pk)
    serial = next_serial("affiliation")
    return Affiliation.objects.create(
        number=numbers.affiliation_number(settings.REGISTRY_PREFIX, serial),
        serial=serial,
        first=low,
        second=high,
        kind=kind,
        fictional=fictional,
    )


def refresh(affiliation: Affiliation, *, on: date, seq: int | None = None) -> None:
    """Work out kind, standing, dates, periods and recognition anew from the acts on record, and keep the read models.

    The agreements and staff decisions are the source; everything written here can be derived from them again.
    """
    before = readmodels.tally_keys(affiliation) if affiliation.sides.exists() else frozenset()
    state = history.replay(selector.acts(affiliation))
    if state is None:
        affiliation.standing, affiliation.ended = Standing.ANNULLED, None
    else:
        affiliation.kind, affiliation.standing = state.kind, state.standing
        affiliation.since, affiliation.ended = state.since, state.ended
        affiliation.term_end, affiliation.perpetual = state.term_end, state.perpetual
    _write_periods(affiliation, state.spans if state else ())
    _set_recognition(affiliation, on)
    if seq is not None:
        affiliation.changed_seq = seq
    affiliation.save()
    readmodels.keep(affiliation, before=before)
    readmodels.keep_charter(affiliation)


def _write_periods(affiliation: Affiliation, spans: Iterable[history.Span]) -> None:
    affiliation.periods.all().delete()
    Period.objects.bulk_create(
        Period(
            affiliation=affiliation,
            kind=span.kind,
            standing=span.standing,
            from_date=span.from_date,
            to_date=span.to_date,
        )
        for span in spans
    )


def _set_recognition(affiliation: Affiliation, on: date) -> None:
    """Keep the interval of recognition that holds on this day, or else the next one to come."""
    current = [
        (start, end)
        for start, end in recognition.intervals(selector.recognition_facts(affiliation))
        if end is None or end >= on
    ]
    affiliation.recognised_from, affiliation.recognised_until = min(current) if current else (None, None)


def refresh_recognition(jurisdiction_id: int, *, on: date) -> int:
    """After a change of membership: the recognition of every affiliation of one community. Answers how many changed."""
    changed = 0
    for affiliation in (
        Affiliation.objects.filter(sides__jurisdiction=jurisdiction_id).order_by("pk").select_for_update()
    ):
        was = (affiliation.recognised_from, affiliation.recognised_until)
        _set_recognition(affiliation, on)
        if was != (affiliation.recognised_from, affiliation.recognised_until):
            affiliation.save(update_fields=["recognised_from", "recognised_until"])
            changed += 1
    return changed


def renew_recognition(*, on: date, limit: int = 5000) -> int:
    """Where the kept interval of recognition was over before this day: keep the next one. Answers how many changed.

    Each affiliation is a transaction of its own, so that nobody waits for all of them. Until it is its turn, an
    interval that is over says the same as none: not recognised.
    """
    passed = Affiliation.objects.filter(recognised_until__lt=on).order_by("pk")
    ids = list(passed.values_list("pk", flat=True)[:limit])
    for pk in ids:
        with transaction.atomic():
            affiliation = Affiliation.objects.select_for_update().get(pk=pk)
            _set_recognition(affiliation, on)
            affiliation.save(update_fields=["recognised_from", "recognised_until"])
    return len(ids)


def _locked(number: str) -> Affiliation:
    register.lock()
    affiliation = Affiliation.objects.select_for_update().filter(number=number).first()
    if affiliation is None:
        raise Missing(_("There is no affiliation %(number)s.") % {"number": number})
    return affiliation


def _publish(affiliation: Affiliation, event: str, payload: dict[str, object], *, on: date) -> None:
    entry = register.append(
        event=event, subject=f"affiliations/{affiliation.number}", payload={"number": affiliation.number, **payload}
    )
    refresh(affiliation, on=on, seq=entry.seq)


@transaction.atomic
def decide(*, number: str, act: str, by: Actor, on: date, effective: PartialDate | None, reason: str) -> Affiliation:
    """Staff make an affiliation emeritus, or reactivate it; ``ActDoesNotFit`` where its standing forbids that."""
    access.require(by, f"affiliation.{StaffAct(act).value}")
    affiliation = _locked(number)
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    was = affiliation.standing
    effective = effective or PartialDate.of(on)
    StaffDecision.objects.create(affiliation=affiliation, act=act, on=effective, reason=reason, by_name=by.name[:200])
    _publish(affiliation, f"affiliation.{act}", {"effective_on": str(effective), "reason": reason}, on=on)
    ledger.record(subject=affiliation, act=f"affiliation.{act}", by=by, was=was, now=affiliation.standing, note=reason)
    return affiliation


@transaction.atomic
def exclude(*, number: str, by: Actor, on: date, from_date: date, to_date: date | None, reason: str) -> Exclusion:
    """Exclude an affiliation from recognition, from a day to a day, for a reason that the public reads."""
    access.require(by, "affiliation.exclude")
    affiliation = _locked(number)
    reason = typed.words(reason, field="reason", missing=_("Write the reason: it is published."))
    if to_date is not None and to_date < from_date:
        raise Invalid({"to_date": [_("The last day must not be before the first.")]})
    exclusion = Exclusion.objects.create(
        affiliation=affiliation, from_date=from_date, to_date=to_date, reason=reason, by=by.user
    )
    _publish(
        affiliation,
        "affiliation.excluded",
        {"from": str(from_date), "to": str(to_date) if to_date else None, "reason": reason},
        on=on,
    )
    ledger.record(subject=affiliation, act="affiliation.excluded", by=by, note=reason)
    return exclusion


@transaction.atomic
def end_exclusion(*, exclusion_id: int, by: Actor, on: date, last_day: date) -> Exclusion:
    """Let recognition return after ``last_day``."""
    access.require(by, "affiliation.exclude")
    exclusion = Exclusion.objects.select_related("affiliation").filter(pk=exclusion_id).first()
    if exclusion is None:
        raise Missing(_("There is no such exclusion."))
    affiliation = _locked(exclusion.affiliation.number)
    if last_day < exclusion.from_date:
        raise Invalid({"to_date": [_("The last day must not be before the first.")]})
    exclusion.to_date = last_day
    exclusion.save(update_fields=["to_date"])
    _publish(affiliation, "affiliation.exclusion-ended", {"to": str(last_day)}, on=on)
    ledger.record(subject=affiliation, act="affiliation.exclusion-ended", by=by, now=last_day)
    return exclusion


@transaction.atomic
def record_milestone(
    *, number: str, kind: str, happened: PartialDate, text: str, sources: list[str], by: Actor, on: date
) -> Milestone:
    """A dated event of an affiliation; it also counts as a confirmation that the affiliation is alive."""
    affiliation = _locked(number)
    access.require(by, "affiliation.milestone", access.stands_to(by, affiliation))
    if happened.earliest > on:
        raise Invalid({"on": [_("The date lies in the future.")]})
    text = typed.words(text, field="text", missing=_("Write what happened."))
    milestone = Milestone(affiliation=affiliation, kind=kind, on=happened, text=text, sources=sources)
    typed.check(milestone)
    milestone.save()
    affiliation.last_confirmed_on = max(filter(None, (affiliation.last_confirmed_on, happened.earliest)))
    _publish(
        affiliation,
        "affiliation.milestone",
        {"kind": kind, "on": str(happened), "text": text, "sources": sources},
        on=on,
    )
    ledger.record(subject=affiliation, act="affiliation.milestone", by=by, now=str(happened), note=text)
    return milestone


@transaction.atomic
def confirm(*, number: str, by: Actor, on: date) -> Affiliation:
    """Somebody who speaks for a party says that the affiliation is active; the light turns green."""
    affiliation = _locked(number)
    access.require(by, "affiliation.confirm", access.stands_to(by, affiliation))
    was, affiliation.last_confirmed_on = affiliation.last_confirmed_on, on
    _publish(affiliation, "affiliation.confirmed", {"on": str(on)}, on=on)
    ledger.record(subject=affiliation, act="affiliation.confirmed", by=by, was=was or "", now=on)
    return affiliation
