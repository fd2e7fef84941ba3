"""What happens in a participation: concerts, legs of a journey, sessions, projects, each at its place and time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_countries import countries

from partnerships.exceptions import Invalid, Missing, Unmet, WrongState
from partnerships.models import Jurisdiction
from partnerships.rules.dates import PartialDate
from partnerships.services import access, ledger, register, typed
from partnerships.services.access import Actor
from programs.choices import EDITABLE_STATES, PUBLIC_STATES, ActivityState, CycleState, ParticipationState
from programs.kinds import kind_of
from programs.models import Activity, Participation
from programs.rules import details, findings, instants
from programs.selectors import addresses
from programs.services import participations, rights

COLUMNS = (
    "kind",
    "title",
    "text",
    "starts_on",
    "ends_on",
    "venue",
    "address",
    "latitude",
    "longitude",
    "url",
    "public",
)
FIELDS = frozenset((*COLUMNS, "wall_start", "wall_end", "time_zone", "host_id", "country", "detail"))
#: After its acceptance a participation goes on: what happens in it may be added and changed until it is completed.
_GOES_ON = (ParticipationState.FINALIST, ParticipationState.ACCEPTED)
MOST_ACTIVITIES = 200


@transaction.atomic
def save(*, participation_id: int, values: Mapping[str, Any], by: Actor, activity_id: int | None = None) -> Activity:
    """Add an activity, or change one; values that are left out stay.

    ``wall_start`` and ``wall_end`` are times without zone, as the clocks of ``time_zone`` show them. ``starts_on`` and
    ``ends_on`` are days as far as they are known, for what has no time; where there is a time they follow it. Raises
    ``Invalid`` with one message a field (``detail.<name>`` for those of the kind) and ``Unmet`` where a rule of the
    kind would no longer hold; nothing is saved then.
    """
    participation = _changeable(participation_id, by)
    activity = _found(participation, activity_id) if activity_id else _added(participation)
    was_public = bool(activity.pk) and is_public(activity)
    errors = _set(activity, values)
    if errors:
        raise Invalid(errors)
    typed.check(activity)
    activity.save()
    _keep_the_rules(participation)
    _record(activity, "activity.saved", by)
    if is_public(activity) or was_public:
        _publish(activity, "activity.changed" if activity_id else "activity.added")
    return activity


@transaction.atomic
def remove(*, activity_id: int, by: Actor) -> None:
    """Take an activity off an application. What was public is cancelled instead, so that nobody stands at the door."""
    participation = _changeable(_owner(activity_id), by)
    activity = _found(participation, activity_id)
    if participation.state in PUBLIC_STATES:
        raise WrongState(_("What was announced is cancelled, not taken away."))
    _record(activity, "activity.removed", by)
    activity.delete()
    participations.touch(participation)


@transaction.atomic
def set_state(*, activity_id: int, state: str, by: Actor) -> Activity:
    """Say that it was held, or is cancelled, or takes place after all."""
    participation = _changeable(_owner(activity_id), by)
    activity = _found(participation, activity_id)
    if state not in ActivityState.values:
        raise Invalid({"state": [_("Choose from the list.")]})
    if state == activity.state:
        return activity
    was, activity.state = activity.state, state
    activity.save(update_fields=["state"])
    _keep_the_rules(participation)
    _record(activity, "activity.state", by, was)
    if is_public(activity):
        _publish(activity, "activity.changed")
    return activity


def is_public(activity: Activity) -> bool:
    """The activity of a public participation is public, unless it was kept back."""
    shown = activity.participation.state in PUBLIC_STATES
    cycle = activity.participation.cycle
    return bool(activity.public and shown and cycle.program.published and cycle.state != CycleState.DRAFT)


def _owner(activity_id: int) -> int:
    return Activity.objects.filter(pk=activity_id).values_list("participation", flat=True).first() or 0


def _changeable(participation_id: int, by: Actor) -> Participation:
    register.lock()
    participation = participations.locked(participation_id)
    access.require(by, "activity.edit", rights.relations(by, participation))
    if participation.cycle.state == CycleState.CANCELLED:
        raise WrongState(_("This cycle was cancelled."))
    if participation.state not in (*EDITABLE_STATES, *_GOES_ON):
        raise WrongState(
            _("Nothing can be changed now: it is %(state)s.") % {"state": participation.get_state_display().lower()}
        )
    return participation


def _found(participation: Participation, activity_id: int) -> Activity:
    activity = Activity.objects.select_for_update().filter(pk=activity_id, participation=participation).first()
    if activity is None:
        raise Missing(_("There is no such activity."))
    activity.participation = participation
    return activity


def _added(participation: Participation) -> Activity:
    if participation.activities.count() >= MOST_ACTIVITIES:
        raise WrongState(_("There are %(most)s already; no more can be added.") % {"most": MOST_ACTIVITIES})
    kinds = kind_of(participation.cycle.program.kind).activity_kinds
    return Activity(participation=participation, kind=kinds[0] if kinds else "")


def _set(activity: Activity, values: Mapping[str, Any]) -> dict[str, list[str]]:
    kind = kind_of(activity.participation.cycle.program.kind)
    errors = {name: [_("This cannot be set.")] for name in values if name not in FIELDS}
    for name in COLUMNS:
        if name in values:
            setattr(activity, name, values[name])
    if activity.kind not in kind.activity_kinds:
        errors["kind"] = [_("Choose from the list.")]
    errors |= _set_place(activity, values)
    errors |= _set_time(activity, values)
    kept, problems = details.clean(kind.activity_fields, {**activity.detail, **values.get("detail", {})})
    activity.detail = kept
    return errors | {f"detail.{name}": [_(one.message) % one.params] for name, one in problems.items()}


def _set_place(activity: Activity, values: Mapping[str, Any]) -> dict[str, list[str]]:
    if "country" in values:
        code = str(values["country"] or "").upper()
        if code and not countries.alpha2(code):
            return {"country": [_("Choose a country.")]}
        activity.country = code
    if "host_id" in values:
        wanted = values["host_id"]
        host = Jurisdiction.objects.filter(pk=wanted, successor__isnull=True).first() if wanted else None
        if wanted and host is None:
            return {"host_id": [_("Choose a community from the list.")]}
        activity.host = host
    if activity.host is not None and not activity.country:
        activity.country = activity.host.country.code
    return {}


def _set_time(activity: Activity, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The instants of what the clocks of the place show; a time that never was or comes twice is refused."""
    zone_before = activity.time_zone
    if "time_zone" in values:
        activity.time_zone = str(values["time_zone"] or "")
    errors: dict[str, list[str]] = {}
    for field, column in (("wall_start", "starts_at"), ("wall_end", "ends_at")):
        wall = values[field] if field in values else _wall(getattr(activity, column), zone_before)
        try:
            setattr(activity, column, _instant(wall, activity.time_zone))
        except ValueError as error:
            place = "time_zone" if str(error) == instants.NO_SUCH_ZONE else field
            errors[place] = [_(str(error))]
    if errors:
        return errors
    for column, day in (("starts_at", "starts_on"), ("ends_at", "ends_on")):
        if (moment := getattr(activity, column)) is not None:
            setattr(activity, day, PartialDate.of(instants.day_at(moment, activity.time_zone)))
    if activity.starts_on and activity.ends_on and activity.ends_on.latest < activity.starts_on.earliest:
        return {"ends_on": [_("It has to end after it begins.")]}
    return {}


def _wall(moment: datetime | None, zone: str) -> datetime | None:
    return moment.astimezone(instants.zone(zone)).replace(tzinfo=None) if moment else None


def _instant(wall: datetime | None, zone: str) -> datetime | None:
    return instants.instant(wall, zone) if wall is not None else None


def _keep_the_rules(participation: Participation) -> None:
    """What was accepted by the rules of its kind has to meet them after a change, too."""
    participations.touch(participation)
    if participation.state not in PUBLIC_STATES:
        return
    found = findings.blocking(participations.check(participation, at=timezone.now()))
    if broken := [one for one in found if one.step == "activities"]:
        raise Unmet(broken)


def _record(activity: Activity, act: str, by: Actor, was: str = "") -> None:
    detail = {"activity": activity.pk, "kind": activity.kind, "title": activity.title}
    now = activity.state if was else str(activity.starts_on or "")
    ledger.record(subject=activity.participation, act=act, by=by, was=was, now=now, detail=detail)


def _publish(activity: Activity, event: str) -> None:
    subject = addresses.of_participation(activity.participation)
    said = payload(activity) if is_public(activity) else {"activity": activity.pk, "public": False}
    register.append(event=event, subject=subject, payload=said)


def payload(activity: Activity) -> dict[str, Any]:
    """The activity as the register publishes it: public places, days and words, never a person."""
    kind = kind_of(activity.participation.cycle.program.kind)
    return {
        "activity": activity.pk,
        "participation": activity.participation_id,
        "kind": activity.kind,
        "state": activity.state,
        "title": activity.title,
        "starts_at": activity.starts_at.isoformat() if activity.starts_at else None,
        "ends_at": activity.ends_at.isoformat() if activity.ends_at else None,
        "time_zone": activity.time_zone,
        "starts_on": str(activity.starts_on) if activity.starts_on else None,
        "ends_on": str(activity.ends_on) if activity.ends_on else None,
        "venue": activity.venue,
        "country": activity.country.code or None,
        "host": activity.host_id,
        "url": activity.url,
        "detail": {field.name: value for field, value in details.public(kind.activity_fields, activity.detail)},
    }
