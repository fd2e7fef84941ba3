"""How somebody stands to an application; what that allows is said in ``partnerships.rules.permissions``."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.exceptions import NotAllowed
from partnerships.services import access
from partnerships.services.access import Actor
from programs.models import Cycle, Juror, Participation


def relations(by: Actor, participation: Participation) -> frozenset[str]:
    """``submitter`` represents the community that applies; ``conflict`` speaks for it or for its partner.

    ``juror`` was appointed to judge in the cycle, and has no conflict with this application.
    """
    if by.user is None:
        return frozenset()
    found: set[str] = set()
    own = participation.jurisdiction.standing_ids
    if access.represents(by, own):
        found.add("submitter")
    tie = participation.affiliation
    parties = [*own, *(pk for party in (tie.first, tie.second) for pk in party.standing_ids)] if tie else own
    if access.represents(by, parties) or _own_community(by, participation.cycle_id, parties):
        found.add("conflict")
    elif Juror.objects.filter(cycle=participation.cycle_id, user=by.user, dismissed_at__isnull=True).exists():
        found.add("juror")
    return frozenset(found)


def _own_community(by: Actor, cycle_id: int, parties: list[int]) -> bool:
    """Whether a juror's own community is one of the parties."""
    return Juror.objects.filter(cycle=cycle_id, user=by.user, community__in=parties).exists()


def is_juror(by: Actor, cycle: Cycle) -> bool:
    return by.user is not None and Juror.objects.filter(cycle=cycle, user=by.user, dismissed_at__isnull=True).exists()


def refuse_conflict(related: frozenset[str]) -> None:
    """Nobody decides about money, works or figures of a community for which they speak. Raises ``NotAllowed``."""
    if "conflict" in related:
        raise NotAllowed(_("You represent one of the parties; somebody else has to decide."))
