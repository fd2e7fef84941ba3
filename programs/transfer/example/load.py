"""Entering the programs of the example through the operations; a second run changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from partnerships.choices import Role
from partnerships.models import Affiliation, Jurisdiction, User
from partnerships.rules.dates import PartialDate
from partnerships.services.access import Actor
from programs.kinds import all_kinds
from programs.models import Cycle, Program
from programs.services import cycles, decisions, deliverables, participations, programs, results
from programs.services.cycles import BandRow, QuotaRow
from programs.services.programs import BackerRow
from programs.transfer.example import fictional
from programs.transfer.example.known import PROGRAMS, SCI, SOURCE, Entry, Figure, Known, Year

OFFICER = "programs@example.org"
_PARTIAL = ("starts_on", "ends_on")


@transaction.atomic
def load(on: date) -> int:
    """Every program whose kind this registry has; answers how many cycles were entered."""
    user = User.objects.filter(email=OFFICER).first()
    by = Actor("Priya Programs", user, frozenset({str(Role.PROGRAMS)}))
    at = datetime.combine(on, datetime.min.time(), UTC)
    entered = sum(
        _year(_program(known, by), year, by, at)
        for known in PROGRAMS
        if known.kind in all_kinds()
        for year in known.years
    )
    return entered + fictional.enter(by, at)


def _program(known: Known, by: Actor) -> Program:
    if found := Program.objects.filter(slug=known.slug).first():
        return found
    values = {
        "slug": known.slug,
        "kind": known.kind,
        "name": known.name,
        "summary": known.summary,
        "since": PartialDate.parse(known.since) if known.since else None,
    }
    made = programs.save(values=values, by=by)
    programs.publish(program_id=made.pk, by=by)
    rows = [BackerRow(name, role) for name, role in known.backers]
    if rows:
        programs.set_backers(program_id=made.pk, rows=rows, by=by)
    return made


def _year(program: Program, year: Year, by: Actor, at: datetime) -> int:
    if Cycle.objects.filter(program=program, slug=year.slug).exists():
        return 0
    made = cycles.save(values=_values(year), by=by, program_id=program.pk)
    _rows(program, made, year, by)
    cycles.announce(cycle_id=made.pk, by=by)
    for entry in year.entries:
        _entry(made, entry, by, at)
    for figure in year.figures:
        results.claim(cycle_id=made.pk, values=_claim(figure), by=by, at=at)
    if year.closed:
        cycles.close(cycle_id=made.pk, by=by)
    return 1


def _values(year: Year) -> dict[str, Any]:
    """A cycle from the record: it takes no applications, so its call has no instants."""
    values = {"slug": year.slug, "name": year.name, "historical": True, "needs_good_standing": False, **year.values}
    for name in _PARTIAL:
        if name in values:
            values[name] = PartialDate.parse(values[name])
    if "ages_on" in values:
        values["ages_on"] = date.fromisoformat(values["ages_on"])
    return values


def _rows(program: Program, cycle: Cycle, year: Year, by: Actor) -> None:
    if year.categories:
        cycles.set_categories(cycle_id=cycle.pk, rows=year.categories, by=by)
    if year.bands:
        bands = [BandRow(name, low, high, measure) for name, low, high, measure in year.bands]
        cycles.set_bands(cycle_id=cycle.pk, rows=bands, by=by)
    if year.quotas:
        cycles.set_quotas(cycle_id=cycle.pk, rows=[QuotaRow(most, per) for most, per in year.quotas], by=by)
    if year.backers:
        rows = [BackerRow(name, role, category=category) for name, role, category in year.backers]
        programs.set_backers(program_id=program.pk, cycle_id=cycle.pk, rows=rows, by=by)


def _entry(cycle: Cycle, entry: Entry, by: Actor, at: datetime) -> None:
    one, other = (Jurisdiction.objects.filter(name=name, fictional=False).order_by("pk").first() for name in entry.pair)
    if one is None or other is None:
        return
    tie = Affiliation.objects.visible().between(one.pk, other.pk).first()
    if tie is None:
        return
    made = participations.start(cycle_id=cycle.pk, jurisdiction_id=one.pk, by=by, at=at)
    values = {"title": entry.title, "summary": entry.summary, "affiliation": tie.number, "detail": dict(entry.detail)}
    participations.save(participation_id=made.pk, values=values, by=by)
    participations.submit(participation_id=made.pk, by=by, at=at)
    decisions.accept(participation_id=made.pk, by=by, at=at, comment="Entered from public sources.")
    for title in entry.promises:
        deliverables.promise(participation_id=made.pk, values={"title": title}, by=by)


def _claim(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure,
        "value": figure.value,
        "unit": figure.unit,
        "on": figure.on,
        "method": figure.method,
        "approximate": figure.approximate,
        "claimed_by": SCI,
        "source": SOURCE,
    }
