"""Wrong namesakes that a registrar corrected: for an importer, so that no source brings the error back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnerships.choices import ClaimFact, Standing
from partnerships.models import Claim
from partnerships.selectors import successors
from partnerships.selectors.candidates import Tie

Pair = tuple[int, int]


@dataclass(frozen=True)
class Correction:
    """``wrong_id`` is the community that a source names by mistake; ``tie`` the affiliation that is meant, unless that
    was annulled since."""

    wrong_id: int
    number: str
    reason: str
    tie: Tie | None


def corrected_pairs(pairs: Iterable[Pair]) -> Mapping[Pair, Correction]:
    """Those of these pairs of communities (ids, in either order) of which a registrar found one to be a wrong namesake.

    A row about such a pair belongs to the affiliation that is meant and makes no new one. One statement, and one more
    for each link of the longest chain of communities that were merged.
    """
    wanted = {pair: tuple(sorted(pair)) for pair in pairs}
    if not wanted:
        return {}
    disputed = Claim.objects.filter(fact=ClaimFact.PARTNER, partner_of__isnull=False).exclude(disputed_because="")
    claims = list(disputed.select_related("affiliation").order_by("pk"))
    last = successors.last({pk for claim in claims for pk in _named(claim)})
    found: dict[tuple[int, ...], Correction] = {}
    for claim in claims:
        wrong, other = (last[pk] for pk in _named(claim))
        found[tuple(sorted((wrong, other)))] = _correction(claim, wrong)
    return {pair: found[key] for pair, key in wanted.items() if key in found}


def _named(claim: Claim) -> Pair:
    return int(claim.value), claim.partner_of_id or 0


def _correction(claim: Claim, wrong: int) -> Correction:
    meant = claim.affiliation
    tie = Tie(meant.pk, meant.number, meant.kind, meant.standing, meant.since, meant.ended)
    return Correction(wrong, meant.number, claim.disputed_because, None if meant.standing == Standing.ANNULLED else tie)
