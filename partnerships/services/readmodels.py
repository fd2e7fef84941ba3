"""The tables that lists and totals read, kept in the same transaction as what they copy."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import F

from partnerships.choices import AffiliationKind
from partnerships.models import (
    Affiliation,
    AffiliationSide,
    AffiliationTheme,
    Jurisdiction,
    Signatory,
    SignatoryWord,
    Tally,
)
from partnerships.rules import charter, territories
from partnerships.selectors import recount

TallyKey = tuple[str, str, str, str, str]


def tally_keys(affiliation: Affiliation) -> frozenset[TallyKey]:
    """The totals in which an affiliation, as it is written now, counts once."""
    keys: set[TallyKey] = set()
    for side in affiliation.sides.all():
        keys.add((side.country, "", side.partner_country, side.kind, side.standing))
        if side.subdivision:
            keys.add((side.country, side.subdivision, side.partner_country, side.kind, side.standing))
    return frozenset(keys)


def keep(affiliation: Affiliation, *, before: frozenset[TallyKey]) -> None:
    """Bring sides, themes, tallies and the parties' counts in line with the affiliation."""
    _write_sides(affiliation)
    _write_themes(affiliation)
    after = tally_keys(affiliation)
    for key in sorted(before - after):
        _tally(key, -1)
    for key in sorted(after - before):
        _tally(key, +1)
    for pk in sorted(affiliation.party_ids):
        total = AffiliationSide.objects.open().filter(jurisdiction_id=pk).count()
        Jurisdiction.objects.filter(pk=pk).update(open_count=total)


def _write_sides(affiliation: Affiliation) -> None:
    parties = Jurisdiction.objects.in_bulk(affiliation.party_ids)
    for own, other in (affiliation.party_ids, affiliation.party_ids[::-1]):
        mine, partner = parties[own], parties[other]
        AffiliationSide.objects.update_or_create(
            affiliation=affiliation,
            jurisdiction=mine,
            defaults={
                "country": mine.country.code,
                "subdivision": mine.subdivision,
                "partner": partner,
                "partner_country": partner.country.code,
                "partner_subdivision": partner.subdivision,
                "partner_folded": partner.folded,
                "kind": affiliation.kind,
                "standing": affiliation.standing,
                "is_open": affiliation.is_open,
                "since": affiliation.since,
            },
        )


def _write_themes(affiliation: Affiliation) -> None:
    affiliation.theme_rows.exclude(theme__in=affiliation.themes).delete()
    AffiliationTheme.objects.bulk_create(
        [AffiliationTheme(affiliation=affiliation, theme=theme) for theme in affiliation.themes], ignore_conflicts=True
    )


def _tally(key: TallyKey, change: int) -> None:
    country, subdivision, partner_country, kind, standing = key
    row, _created = Tally.objects.get_or_create(
        country=country, subdivision=subdivision, partner_country=partner_country, kind=kind, standing=standing
    )
    Tally.objects.filter(pk=row.pk).update(count=F("count") + change)


def keep_charter(affiliation: Affiliation) -> None:
    """Work out anew which home partner of the same foreign community is its charter sister city (domain 2.5)."""
    home = territories.home_codes(settings.REGISTRY_HOME_COUNTRY)
    for foreign in affiliation.sides.filter(partner_country__in=home).exclude(country__in=home):
        rivals = (
            Affiliation.objects.visible()
            .filter(sides__jurisdiction=foreign.jurisdiction_id, sides__partner_country__in=home)
            .filter(kind=AffiliationKind.SISTER)
            .values_list("pk", "since")
        )
        ranks = charter.charters(list(rivals))
        of_this_community = Affiliation.objects.filter(
            sides__jurisdiction=foreign.jurisdiction_id, sides__partner_country__in=home
        )
        for other in of_this_community.only("pk", "charter"):
            if other.charter != (rank := ranks.get(other.pk) or ""):
                Affiliation.objects.filter(pk=other.pk).update(charter=rank)
    affiliation.refresh_from_db(fields=["charter"])


def keep_signatories(signatories: Iterable[Signatory]) -> None:
    """Let those who signed be found by their names, now that the agreement is public."""
    SignatoryWord.objects.bulk_create(
        [
            SignatoryWord(signatory=signatory, word=word)
            for signatory in signatories
            for word in recount.words_of(signatory)
        ],
        ignore_conflicts=True,
    )
