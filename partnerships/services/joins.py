"""Two open affiliations that were one all along: one stays, the other leads to it, and nothing of either is lost.

Parts of a merge (``services.merges``), which locks, checks, records and publishes; what is done here can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from partnerships.choices import ConflictState, EvidenceGrade, Standing
from partnerships.models import Affiliation, Claim, Conflict, Exclusion, Milestone
from partnerships.rules import claims as claim_rule
from partnerships.rules import joining
from partnerships.selectors import affiliations as selector
from partnerships.selectors import claims as claim_selector
from partnerships.services import affiliations, claims

#: What is kept of the one that stays, to be put back.
_DESCRIPTION = ("story", "themes", "reasons", "last_confirmed_on", "joined")


def choose(one: Affiliation, other: Affiliation) -> tuple[Affiliation, Affiliation]:
    """By the rule: the one that is merged, and the one that stays."""
    staying = joining.stays(selector.rival(one), selector.rival(other))
    return (other, one) if staying.serial == one.serial else (one, other)


def join(gone: Affiliation, kept: Affiliation, *, on: date) -> dict[str, Any]:
    """Let ``gone`` lead to ``kept``; answers what changed. ``kept`` still has to be refreshed."""
    said = claim_selector.on_record(gone)
    earlier = list(gone.predecessors.values_list("pk", flat=True))
    moved: dict[str, Any] = {
        "gone": gone.pk,
        "kept": kept.pk,
        "earlier": earlier,
        "was": {name: getattr(kept, name) for name in _DESCRIPTION},
        "milestones": _repoint(Milestone, gone, kept),
        "exclusions": _repoint(Exclusion, gone, kept),
        "conflicts": list(Conflict.objects.filter(affiliation=kept).values("id", "values", "state", "opened_on")),
    }
    _describe(kept, gone)
    gone.successor = kept
    affiliations.refresh(gone, on=on)
    Affiliation.objects.filter(pk__in=earlier).update(successor=kept)
    moved["claims"] = _move_claims(gone, kept)
    moved["made"] = claims.keep(_statements(gone, kept, said), on=on)
    return moved


def _repoint(model: Any, gone: Affiliation, kept: Affiliation) -> list[int]:
    ids = list(model.objects.filter(affiliation=gone).values_list("pk", flat=True))
    model.objects.filter(pk__in=ids).update(affiliation=kept)
    return ids


def _describe(kept: Affiliation, gone: Affiliation) -> None:
    kept.story = kept.story or gone.story
    kept.themes = list(dict.fromkeys([*kept.themes, *gone.themes]))
    kept.reasons = list(dict.fromkeys([*kept.reasons, *gone.reasons]))
    kept.last_confirmed_on = max(filter(None, (kept.last_confirmed_on, gone.last_confirmed_on)), default=None)
    kept.joined = True


def _move_claims(gone: Affiliation, kept: Affiliation) -> list[int]:
    """Claims follow, but for those that the other has word for word."""
    own = {claim.pk: claim for claim in Claim.objects.filter(affiliation=gone)}
    keys = {pk: claims.key_of(kept.pk, row.fact, row.value, row.source, row.source_url) for pk, row in own.items()}
    known = set(Claim.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    moving = [own[pk] for pk, key in keys.items() if key not in known]
    for claim in moving:
        claim.affiliation, claim.key = kept, keys[claim.pk]
    Claim.objects.bulk_update(moving, ["affiliation", "key"], batch_size=claims.BATCH)
    return [claim.pk for claim in moving]


def _statements(gone: Affiliation, kept: Affiliation, said: dict[str, str]) -> list[claims.NewClaim]:
    """Where the records of the two differed, both are kept as claims, each with its number as the source."""
    own = claim_selector.on_record(kept)
    differing = [
        fact for fact in said if said[fact] and own[fact] and not claim_rule.agree(fact, own[fact], said[fact])
    ]
    return [
        claims.NewClaim(kept.pk, fact, record[fact], source.number, evidence=_grade(source))
        for fact in differing
        for source, record in ((gone, said), (kept, own))
    ]


def _grade(affiliation: Affiliation) -> str:
    return EvidenceGrade.DECLARED if selector.stands_on_papers(affiliation) else EvidenceGrade.IMPORTED


def part(moved: dict[str, Any], *, on: date) -> tuple[Affiliation, Affiliation]:
    """Undo ``join``: answers both, of which the one that stayed still has to be refreshed."""
    gone, kept = (Affiliation.objects.select_for_update().get(pk=moved[name]) for name in ("gone", "kept"))
    Affiliation.objects.filter(pk__in=moved["earlier"], successor=kept).update(successor=gone)
    Milestone.objects.filter(pk__in=moved["milestones"]).update(affiliation=gone)
    Exclusion.objects.filter(pk__in=moved["exclusions"]).update(affiliation=gone)
    _part_claims(gone, moved)
    _put_back_conflicts(kept, moved["conflicts"])
    for name, value in moved["was"].items():
        setattr(kept, name, date.fromisoformat(value) if name == "last_confirmed_on" and value else value)
    kept.save()
    gone.successor, gone.standing = None, Standing.ANNULLED
    affiliations.refresh(gone, on=on)
    return gone, kept


def _part_claims(gone: Affiliation, moved: dict[str, Any]) -> None:
    Claim.objects.filter(pk__in=moved["made"]).delete()
    returning = list(Claim.objects.filter(pk__in=moved["claims"]))
    for claim in returning:
        claim.affiliation = gone
        claim.key = claims.key_of(gone.pk, claim.fact, claim.value, claim.source, claim.source_url)
    Claim.objects.bulk_update(returning, ["affiliation", "key"], batch_size=claims.BATCH)


def _put_back_conflicts(kept: Affiliation, before: Iterable[dict[str, Any]]) -> None:
    """As they were, but for what staff decided since."""
    known = {row["id"]: row for row in before}
    for conflict in Conflict.objects.filter(affiliation=kept, state=ConflictState.OPEN):
        row = known.get(conflict.pk)
        if row is None and not conflict.settled_as:
            conflict.delete()
        elif row is not None:
            Conflict.objects.filter(pk=conflict.pk).update(
                values=row["values"], state=row["state"], opened_on=row["opened_on"]
            )
