"""Jurors: appointed and dismissed by officers; the points that they give, each on their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid, Missing, NotAllowed, WrongState
from partnerships.models import Jurisdiction, User
from partnerships.services import access, ledger, typed
from partnerships.services.access import Actor
from programs.choices import CycleState
from programs.kinds import kind_of
from programs.models import Criterion, Entry, Juror, Participation, Score
from programs.rules import scoring
from programs.services import cycles, participations, rights


@transaction.atomic
def appoint(*, cycle_id: int, user_id: int, by: Actor, community_id: int | None = None) -> Juror:
    """Let somebody judge in a cycle; ``community_id`` is their own, which they will not judge.

    Somebody who was dismissed is appointed anew, with the points given before; who judges already stays.
    """
    access.require(by, "juror.appoint")
    cycle = cycles.locked(cycle_id)
    if not kind_of(cycle.program.kind).scored:
        raise WrongState(_("In programs of this kind nobody gives points."))
    if not User.objects.filter(pk=user_id, is_active=True).exists():
        raise Invalid({"user": [_("Choose somebody with an open account.")]})
    if community_id is not None and not Jurisdiction.objects.filter(pk=community_id).exists():
        raise Invalid({"community": [_("There is no such community.")]})
    juror = Juror.objects.filter(cycle=cycle, user=user_id).first() or Juror(cycle=cycle, user_id=user_id)
    juror.community_id, juror.appointed_by_name, juror.dismissed_at = community_id, by.name[:200], None
    juror.save()
    ledger.record(subject=juror, act="juror.appointed", by=by, now=user_id, detail={"cycle": cycle.pk})
    return juror


@transaction.atomic
def dismiss(*, juror_id: int, by: Actor, at: datetime) -> Juror:
    """Somebody judges no more; their points stay on file and count no more."""
    access.require(by, "juror.appoint")
    juror = Juror.objects.select_for_update(of=("self",)).filter(pk=juror_id).first()
    if juror is None:
        raise Missing(_("There is no such juror."))
    if juror.dismissed_at is not None:
        raise WrongState(_("This juror was dismissed already."))
    juror.dismissed_at = at
    juror.save()
    ledger.record(subject=juror, act="juror.dismissed", by=by, was=juror.user_id, detail={"cycle": juror.cycle_id})
    return juror


@transaction.atomic
def give(
    *, participation_id: int, points: Mapping[int, Any], by: Actor, entry_id: int | None = None, comment: str = ""
) -> list[Score]:
    """Keep a juror's points for each criterion (by its id) of an application or entry; a second call changes them.

    Raises ``NotAllowed`` for who is no juror or is bound to one of the parties, ``WrongState`` once it is decided, and
    ``Invalid`` at ``points.<id>``.
    """
    participation = participations.locked(participation_id)
    juror = _judging(participation, by)
    entry = _judged(participation, entry_id)
    criteria = list(participation.cycle.criteria.all())
    given = _points(criteria, points)
    comment = typed.words(comment, field="comment", most=2000)
    kept = [
        Score.objects.update_or_create(
            juror=juror,
            participation=participation,
            entry=entry,
            criterion=criterion,
            # The words are about the whole, and stand with the first criterion.
            defaults={"points": given[criterion.pk], "comment": comment if place == 0 else ""},
        )[0]
        for place, criterion in enumerate(criteria)
    ]
    ledger.record(
        subject=participation,
        act="score.given",
        by=by,
        note=comment,
        detail={"entry": entry_id, "points": {str(pk): str(value) for pk, value in given.items()}},
    )
    return kept


def _judging(participation: Participation, by: Actor) -> Juror:
    related = rights.relations(by, participation)
    if "conflict" in related and rights.is_juror(by, participation.cycle):
        raise NotAllowed(_("This is about your own community; somebody else judges it."))
    access.require(by, "score.give", related)
    return Juror.objects.get(cycle=participation.cycle_id, user=by.user)


def _judged(participation: Participation, entry_id: int | None) -> Entry | None:
    """The entry, or nothing where the application itself is judged; raises ``WrongState`` once it is decided."""
    entry, of_works = None, kind_of(participation.cycle.program.kind).entries
    if of_works and entry_id is not None:
        entries = Entry.objects.select_for_update(of=("self",))
        entry = entries.filter(pk=entry_id, participation=participation).first()
    if entry is None and (of_works or entry_id is not None):
        raise Missing(_("There is no such entry."))
    judged = scoring.ENTRIES_JUDGED if entry else scoring.APPLICATIONS_JUDGED
    undecided = (
        participation.state in judged
        and (entry is None or entry.state in scoring.WORKS_JUDGED)
        and participation.cycle.state == CycleState.ANNOUNCED
    )
    if not undecided:
        raise WrongState(_("Points are given while it is undecided; that is over."))
    return entry


def _points(criteria: list[Criterion], points: Mapping[int, Any]) -> dict[int, Decimal]:
    errors, given = {}, {}
    for criterion in criteria:
        try:
            given[criterion.pk] = scoring.within(points.get(criterion.pk), criterion.most)
        except ValueError:
            said = _("Give points from 0 to %(most)s, with at most two decimals.") % {"most": criterion.most}
            errors[f"points.{criterion.pk}"] = [said]
    unknown = set(points) - {criterion.pk for criterion in criteria}
    errors |= {f"points.{pk}": [_("This is not judged here.")] for pk in unknown}
    if not criteria:
        raise WrongState(_("This cycle has no criteria to judge by."))
    if errors:
        raise Invalid(errors)
    return given
