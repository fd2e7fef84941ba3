"""Cycles: setting up the rules of a year as data, announcing the call, closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.choices import AffiliationKind
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import BandMeasure, CycleState, QuotaPer
from programs.kinds import kind_of
from programs.models import Band, Category, Criterion, Cycle, Quota
from programs.rules import details, instants, transitions
from programs.rules.ages import overlap
from programs.rules.phases import FROZEN_ONCE_ANNOUNCED
from programs.selectors import addresses
from programs.selectors import facts as gather
from programs.services import programs

FIELDS = FROZEN_ONCE_ANNOUNCED | {
    "name",
    "theme",
    "description",
    "closes_at",
    "starts_on",
    "ends_on",
    "report_due_on",
    "retention_until",
    "budget",
    "outcome",
}


#: Addresses under that of a program which are not those of a cycle.
RESERVED_SLUGS = frozenset({"activities"})


@dataclass(frozen=True)
class BandRow:
    name: str
    low: int
    high: int | None = None
    measure: str = BandMeasure.POPULATION


@dataclass(frozen=True)
class QuotaRow:
    most: int
    per: tuple[str, ...] = ()


@dataclass(frozen=True)
class CriterionRow:
    name: str
    weight: Decimal = Decimal(1)
    most: int = 10
    help: str = ""


def locked(cycle_id: int) -> Cycle:
    """The cycle for this transaction alone; raises ``Missing``."""
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("program").filter(pk=cycle_id).first()
    if cycle is None:
        raise Missing(_("There is no such cycle."))
    return cycle


@transaction.atomic
def save(*, values: Mapping[str, Any], by: Actor, program_id: int | None = None, cycle_id: int | None = None) -> Cycle:
    """Set up a cycle of a program, or change it. ``values["rules"]`` are the typed rules of its kind.

    Once announced, the rules that applicants rely on stay; the closing may be put off, never brought forward. Raises
    ``Invalid`` with one message a field (``rules.<name>`` for those of the kind); nothing is saved then.
    """
    access.require(by, "program.manage")
    register.lock()
    if cycle_id is not None:
        cycle = locked(cycle_id)
    else:
        cycle = Cycle(program=programs.locked(program_id or 0))
    was = {name: getattr(cycle, name) for name in FIELDS}
    _refuse(cycle, values)
    for name, value in values.items():
        setattr(cycle, name, _rules(cycle, value) if name == "rules" else value)
    _check(cycle)
    cycle.save()
    changed = {name for name in FIELDS if getattr(cycle, name) != was[name]}
    detail = {name: {"was": str(was[name])[:500], "now": str(getattr(cycle, name))[:500]} for name in sorted(changed)}
    ledger.record(subject=cycle, act="cycle.saved", by=by, now=cycle.name, detail=detail)
    if is_public(cycle) and changed:
        register.append(event="cycle.changed", subject=addresses.of_cycle(cycle), payload=payload(cycle))
    return cycle


def is_public(cycle: Cycle) -> bool:
    return cycle.program.published and cycle.state != CycleState.DRAFT


def _refuse(cycle: Cycle, values: Mapping[str, Any]) -> None:
    errors = {name: [_("This cannot be set.")] for name in values if name not in FIELDS}
    if cycle.state != CycleState.DRAFT:
        errors |= {
            name: [_("This stays as it was announced.")]
            for name in FROZEN_ONCE_ANNOUNCED & set(values)
            if values[name] != getattr(cycle, name)
        }
        closing = values.get("closes_at", cycle.closes_at)
        if closing != cycle.closes_at and (closing is None or (cycle.closes_at and closing < cycle.closes_at)):
            errors["closes_at"] = [_("The closing of an announced call can be put off, not brought forward.")]
    if errors:
        raise Invalid(errors)


def _rules(cycle: Cycle, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Invalid({"rules": [_("These are no rules.")]})
    kept, problems = details.clean(kind_of(cycle.program.kind).cycle_fields, value)
    if problems:
        raise Invalid({f"rules.{name}": [_(problem.message) % problem.params] for name, problem in problems.items()})
    return kept


def _check(cycle: Cycle) -> None:
    try:
        instants.zone(cycle.time_zone)
    except ValueError as error:
        raise Invalid({"time_zone": [_(str(error))]}) from error
    if cycle.affiliation_kind and cycle.affiliation_kind not in AffiliationKind.values:
        raise Invalid({"affiliation_kind": [_("Choose sister or friendship.")]})
    if cycle.budget is not None and cycle.budget < cycle.committed:
        raise Invalid({"budget": [_("More than this has been awarded already.")]})
    typed.check(cycle)
    if cycle.slug in RESERVED_SLUGS:
        raise Invalid({"slug": [_("This address is taken by a page of the program.")]})
    if Cycle.objects.filter(program=cycle.program, slug=cycle.slug).exclude(pk=cycle.pk).exists():
        raise Invalid({"slug": [_("Another cycle of this program has this address.")]})


# --- Rows of rules


def _in_preparation(cycle_id: int, by: Actor) -> Cycle:
    access.require(by, "program.manage")
    cycle = locked(cycle_id)
    if cycle.state != CycleState.DRAFT:
        raise WrongState(_("The rules of an announced call stay as they are."))
    return cycle


@transaction.atomic
def set_categories(*, cycle_id: int, rows: Sequence[tuple[str, str]], by: Actor) -> list[Category]:
    """Pairs of code and name, in their order, instead of those before; categories in use stay."""
    cycle = _in_preparation(cycle_id, by)
    if len({code for code, _name in rows}) != len(rows):
        raise Invalid({"categories": [_("Each category needs a code of its own.")]})
    cycle.categories.exclude(code__in=[code for code, _name in rows]).delete()
    made = []
    for position, (code, name) in enumerate(rows):
        category = Category.objects.filter(cycle=cycle, code=code).first() or Category(cycle=cycle, code=code)
        category.name, category.position = name.strip(), position
        typed.check(category)
        category.save()
        made.append(category)
    ledger.record(subject=cycle, act="categories.set", by=by, now=", ".join(code for code, _name in rows))
    return made


@transaction.atomic
def set_bands(*, cycle_id: int, rows: Sequence[BandRow], by: Actor) -> list[Band]:
    """Half-open ranges of population or age instead of those before; of one measure no two may overlap."""
    cycle = _in_preparation(cycle_id, by)
    made = [Band(cycle=cycle, measure=row.measure, name=row.name.strip(), low=row.low, high=row.high) for row in rows]
    cycle.bands.all().delete()
    for band in made:
        typed.check(band)
    for measure in BandMeasure.values:
        if pair := overlap([band for band in made if band.measure == measure]):
            names = {"one": pair[0].name, "other": pair[1].name}
            raise Invalid({"bands": [_("%(one)s and %(other)s overlap.") % names]})
    Band.objects.bulk_create(made)
    ledger.record(subject=cycle, act="bands.set", by=by, now=", ".join(row.name for row in rows))
    return made


@transaction.atomic
def set_quotas(*, cycle_id: int, rows: Sequence[QuotaRow], by: Actor) -> list[Quota]:
    """How many entries there may be at most, counted per what, instead of the quotas before."""
    cycle = _in_preparation(cycle_id, by)
    if any(not set(row.per) <= set(QuotaPer.values) for row in rows):
        raise Invalid({"quotas": [_("Choose from the list.")]})
    order = QuotaPer.values.index
    made = [Quota(cycle=cycle, per=sorted(set(row.per), key=order), most=row.most) for row in rows]
    for quota in made:
        typed.check(quota)
    cycle.quotas.all().delete()
    Quota.objects.bulk_create(made)
    ledger.record(subject=cycle, act="quotas.set", by=by, now=len(made))
    return made


@transaction.atomic
def set_criteria(*, cycle_id: int, rows: Sequence[CriterionRow], by: Actor) -> list[Criterion]:
    """What jurors judge, in their order, instead of the criteria before."""
    cycle = _in_preparation(cycle_id, by)
    made = [
        Criterion(cycle=cycle, name=row.name.strip(), weight=row.weight, most=row.most, help=row.help, position=place)
        for place, row in enumerate(rows)
    ]
    if len({row.name for row in made}) != len(made):
        raise Invalid({"criteria": [_("Each criterion needs a name of its own.")]})
    cycle.criteria.all().delete()
    for criterion in made:
        typed.check(criterion)
    Criterion.objects.bulk_create(made)
    ledger.record(subject=cycle, act="criteria.set", by=by, now=len(made))
    return made


# --- The life of a cycle


def _move(cycle_id: int, move: str, by: Actor, comment: str = "") -> Cycle:
    access.require(by, f"cycle.{move}")
    register.lock()
    cycle = locked(cycle_id)
    row = transitions.CYCLE[move]
    missing = _("Write why: it is published.") if row.comment_required else ""
    comment = typed.words(comment, field="comment", missing=missing)
    was, cycle.state = cycle.state, transitions.after(transitions.CYCLE, cycle.state, move)
    if move == "cancel":
        cycle.cancelled_because = comment
    if move == "announce":
        _refuse_incomplete(cycle)
        # Whoever is of the right age when the call is announced stays so where its closing is put off.
        cycle.ages_on = gather.call(cycle).ages_on
    cycle.save()
    ledger.record(subject=cycle, act=row.past, by=by, was=was, now=cycle.state, note=comment)
    if cycle.program.published and (was != CycleState.DRAFT or move == "announce"):
        said = {"reason": comment} if comment else {}
        register.append(event=row.event, subject=addresses.of_cycle(cycle), payload={**payload(cycle), **said})
    return cycle


def _refuse_incomplete(cycle: Cycle) -> None:
    kind, errors = kind_of(cycle.program.kind), {}
    if not cycle.program.published:
        errors["program"] = [_("Publish the program first.")]
    if not cycle.historical:
        if cycle.opens_at is None or cycle.closes_at is None:
            errors["closes_at"] = [_("Say when the call opens and closes.")]
        if kind.person_roles and cycle.retention_until is None:
            errors["retention_until"] = [_("Say until when personal data may be kept.")]
    # Of a year from the record what is not known is left empty.
    for field in () if cycle.historical else details.missing(kind.cycle_fields, cycle.rules):
        errors[f"rules.{field.name}"] = [_("This is needed before the call is announced.")]
    if kind.scored and not cycle.historical and not cycle.criteria.exists():
        errors["criteria"] = [_("Say what is judged.")]
    if errors:
        raise Invalid(errors)


@transaction.atomic
def announce(*, cycle_id: int, by: Actor) -> Cycle:
    """Make the call public: from now on its rules stay. Members are told when it opens (``services.reminders``)."""
    return _move(cycle_id, "announce", by)


@transaction.atomic
def close(*, cycle_id: int, by: Actor) -> Cycle:
    """End the cycle: nothing is handed in or decided any more; reports may still come."""
    return _move(cycle_id, "close", by)


@transaction.atomic
def reopen(*, cycle_id: int, by: Actor, reason: str) -> Cycle:
    return _move(cycle_id, "reopen", by, reason)


@transaction.atomic
def cancel(*, cycle_id: int, by: Actor, reason: str) -> Cycle:
    """Give the cycle up, for a reason that is published."""
    return _move(cycle_id, "cancel", by, reason)


def payload(cycle: Cycle) -> dict[str, Any]:
    """The cycle as the register publishes it: its public rules and dates."""

    def text(value: object) -> str | None:
        return str(value) if value not in (None, "") else None

    return {
        "program": cycle.program.slug,
        "cycle": cycle.slug,
        "name": cycle.name,
        "theme": cycle.theme,
        "state": cycle.state,
        "opens_at": cycle.opens_at.isoformat() if cycle.opens_at else None,
        "closes_at": cycle.closes_at.isoformat() if cycle.closes_at else None,
        "time_zone": cycle.time_zone,
        "starts_on": text(cycle.starts_on),
        "ends_on": text(cycle.ends_on),
        "budget": text(cycle.budget),
        "cap_per_pair": text(cycle.cap_per_pair),
        "currency": cycle.currency,
        "historical": cycle.historical,
        "fictional": cycle.fictional,
    }
