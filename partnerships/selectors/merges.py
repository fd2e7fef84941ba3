"""Two communities side by side, and what a merge of the one into the other would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import number_format

from partnerships.models import Affiliation, Jurisdiction
from partnerships.rules import joining
from partnerships.selectors import affiliations as selector

#: What is shown of either; the merge itself takes all.
MOST_SHOWN = 100
_FACTS = (
    "native_name",
    "kind",
    "local_term",
    "country",
    "subdivision_name",
    "latitude",
    "longitude",
    "population",
    "geonames_id",
    "wikidata_id",
    "website",
)


@dataclass(frozen=True)
class Outcome:
    """One affiliation of the community that goes: with whom, and the number that it leads to where both have one.

    ``stays``: of the two, this one stays and the other leads to it.
    """

    number: str
    partner: str
    standing: str
    joins: str
    stays: bool


@dataclass(frozen=True)
class Fact:
    """One line of the comparison; ``same`` where both say the same, ``fills`` where only the one that goes knows."""

    label: str
    gone: str
    kept: str
    same: bool
    fills: bool


@dataclass(frozen=True)
class Preview:
    gone: Jurisdiction
    kept: Jurisdiction
    facts: tuple[Fact, ...]
    names: tuple[str, ...]
    known_names: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    total: int
    kept_total: int
    partners: str


def preview(gone: Jurisdiction, kept: Jurisdiction) -> Preview:
    """What both hold, and what would become of it; ``partners``: the affiliation between the two, which forbids it."""
    own = _own(gone)
    between = Affiliation.objects.visible().between(gone.pk, kept.pk).first() if gone != kept else None
    known = {kept.name, kept.native_name, *kept.names.values_list("name", flat=True)} - {""}
    theirs = {gone.name, gone.native_name, *gone.names.values_list("name", flat=True)} - {""}
    return Preview(
        gone=gone,
        kept=kept,
        facts=tuple(_fact(name, gone, kept) for name in _FACTS),
        names=tuple(sorted(theirs - known)),
        known_names=tuple(sorted(known)),
        outcomes=tuple(_outcomes(own[:MOST_SHOWN], gone, kept)),
        total=len(own),
        kept_total=Affiliation.objects.visible().filter(Q(first=kept) | Q(second=kept)).count(),
        partners=between.number if between else "",
    )


def _own(community: Jurisdiction) -> list[Affiliation]:
    found = Affiliation.objects.visible().filter(Q(first=community) | Q(second=community))
    return list(found.select_related("first", "second").prefetch_related("agreements").order_by("serial"))


def _fact(name: str, gone: Jurisdiction, kept: Jurisdiction) -> Fact:
    label = str(Jurisdiction._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    mine, theirs = _text(gone, name), _text(kept, name)
    return Fact(label, mine, theirs, same=mine == theirs, fills=bool(mine) and not theirs)


def _text(community: Jurisdiction, name: str) -> str:
    if name == "country":
        return str(community.country.name)
    if name == "kind":
        return str(community.get_kind_display())
    value = getattr(community, name)
    if name == "population" and value is not None:
        return number_format(value, use_l10n=True, force_grouping=True)
    return "" if value is None else str(value)


def _outcomes(own: Iterable[Affiliation], gone: Jurisdiction, kept: Jurisdiction) -> list[Outcome]:
    rivals = _open_partners(kept)
    found = []
    for affiliation in own:
        partner = affiliation.second if affiliation.first_id == gone.pk else affiliation.first
        rival = rivals.get(partner.pk) if affiliation.is_open else None
        stays = rival is None or _stays(affiliation, rival)
        number = rival.number if rival else ""
        found.append(Outcome(affiliation.number, partner.full_name, affiliation.standing, number, stays))
    return found


def _stays(affiliation: Affiliation, rival: Affiliation) -> bool:
    return joining.stays(selector.rival(affiliation), selector.rival(rival)).serial == affiliation.serial


def _open_partners(kept: Jurisdiction) -> dict[int, Affiliation]:
    found = Affiliation.objects.open().filter(Q(first=kept) | Q(second=kept)).prefetch_related("agreements")
    return {row.second_id if row.first_id == kept.pk else row.first_id: row for row in found}
