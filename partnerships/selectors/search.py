"""One box for everything: communities by any of their names, affiliations by number or by names of their parties,
people who signed, and what other apps let be found (``searchers``).

Case, accents, script, order of words and unfinished words make no difference; where nothing fits, names that look
alike are taken. Whole names come first, then names that begin so. At most four statements, whatever is asked, and one
more after the register moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from partnerships.models import (
    Affiliation,
    AffiliationSide,
    Agreement,
    NameWord,
    SignatoryWord,
)
from partnerships.rules import matching, numbers
from partnerships.selectors import browse, facets, hits, named, rows, searchers, slips
from partnerships.selectors.facets import Facets
from partnerships.selectors.hits import Chosen
from partnerships.selectors.named import Bearers, CommunityHit, PersonHit
from partnerships.selectors.rows import AffiliationRow
from partnerships.selectors.searchers import OtherHit

LONGEST = named.LONGEST
MOST_WORDS = 6
MOST_OTHERS = 20


@dataclass(frozen=True)
class Found:
    """``agreement``: the number of the agreement that was asked for by its number. ``others``: of other apps.
    ``facets`` count affiliations; those that are listed are the first of them."""

    communities: tuple[CommunityHit, ...] = ()
    affiliations: tuple[AffiliationRow, ...] = ()
    people: tuple[PersonHit, ...] = ()
    others: tuple[OtherHit, ...] = ()
    agreement: str = ""
    facets: Facets = Facets()

    def __bool__(self) -> bool:
        return bool(self.communities or self.affiliations or self.people or self.others or self.agreement)


def search(text: str, *, on: date, chosen: Chosen = Chosen(), head: str = "") -> Found:  # noqa: B008 - it is frozen
    """Everything that fits the text and the facets that were chosen; the best first.

    ``head``: the hash of the register's last entry, which spares a statement to whoever knows it.
    """
    number = numbers.parse(text)
    if number is not None:
        return _by_number(number, on)
    words = matching.words(text[:LONGEST])[:MOST_WORDS]
    if not words:
        return Found()
    bearers = named.find(text, words, countries=chosen.country, beside=not chosen.of_affiliations_alone)
    others = () if chosen else tuple(searchers.find(words, on=on, head=head))
    affiliations, counts = _affiliations(words, bearers, chosen, on)
    if not (affiliations or bearers.communities or bearers.people or others) and not chosen:
        return _similar(words, on, head)
    return Found(bearers.communities, affiliations, bearers.people, others, facets=counts)


def _affiliations(
    words: Sequence[str], bearers: Bearers, chosen: Chosen, on: date
) -> tuple[tuple[AffiliationRow, ...], Facets]:
    """The best of them, and by what they can be narrowed down."""
    # Whose party has the one word is in the list of communities.
    alone = len(words) == 1 and not bearers.communities and not chosen
    if alone or not all(bearers.of_word.values()):
        return (), Facets()
    words = sorted(words, key=lambda word: (bearers.of_word.get(word, 0), -len(word)))
    found = hits.counted(words)
    narrowed = hits.counted(words, chosen) if chosen and not found.whole else None
    counts = facets.count(found, narrowed, chosen)
    if counts.whole and not counts.count:
        return (), counts
    best = hits.best(words, chosen, narrowed or found, few=found.whole, size=MOST_OTHERS, on=on)
    return tuple(best), replace(counts, count=max(counts.count, len(best)))


def _by_number(number: numbers.Number, on: date) -> Found:
    if number.is_agreement:
        known = Agreement.objects.filter(number=str(number)).values_list("number", flat=True).first()
        return Found(agreement=known or "")
    one = Affiliation.objects.select_related("first", "second").filter(number=str(number))
    return Found(affiliations=tuple(rows.of(one, on=on)))


# --- Slips of the pen


def _similar(words: Sequence[str], on: date, head: str) -> Found:
    """Communities, or else pairs of them, or else people and what other apps tell, whose names look like the words."""
    holders = slips.holders(NameWord.objects.all(), "jurisdiction", words)
    if all(holders.values()):
        scores = {pk: score for word in words for pk, score in holders[word].items()}
        everywhere = set.intersection(*(set(holders[word]) for word in words))
        if everywhere:
            return Found(communities=tuple(_alike(everywhere, scores)))
        return Found(affiliations=tuple(_pairs([set(holders[word]) for word in words], on)))
    if others := searchers.find(words, on=on, head=head, similar=True):
        return Found(others=tuple(others))
    return Found(people=tuple(_similar_people(words)))


def _alike(ids: Iterable[int], scores: dict[int, float]) -> list[CommunityHit]:
    best = sorted(ids, key=lambda pk: -scores[pk])[: 10 * named.MOST_COMMUNITIES]
    ranked = sorted(named.public().filter(pk__in=best), key=lambda one: (-scores[one.pk], -one.open_count, one.folded))
    return [CommunityHit(rows.party(one), one.open_count, True) for one in ranked[: named.MOST_COMMUNITIES]]


def _similar_people(words: Sequence[str]) -> list[PersonHit]:
    """One statement: there are few candidates, so what is told of each is read with its words."""
    if max(map(len, words)) < slips.FUZZY_FROM:
        return []
    registered = SignatoryWord.objects.filter(signatory__filing__agreement__isnull=False)
    columns = ("word", "signatory", *(f"signatory__{name}" for name in named.TOLD))
    found = list(slips.candidates(registered, words).values_list(*columns))
    holders = slips.alike(words, [(word, pk) for word, pk, *_told in found])
    everywhere = set.intersection(*(set(holders[word]) for word in words))
    told = {pk: replace(PersonHit(*rest), similar=True) for _word, pk, *rest in found if pk in everywhere}
    return sorted(told.values(), key=lambda hit: (hit.name, hit.agreement))[: named.MOST_PEOPLE]


def _pairs(holders: Sequence[Iterable[int]], on: date) -> list[AffiliationRow]:
    """Affiliations with every word in the name of one party or the other."""
    sides: QuerySet[Any] = AffiliationSide.objects.filter(jurisdiction__in=holders[0])
    for ids in holders[1:]:
        sides = sides.filter(Q(jurisdiction__in=ids) | Q(partner__in=ids))
    listed = sides.filter(standing__in=browse.LISTED).select_related("affiliation", "jurisdiction", "partner")
    return rows.of(listed.order_by("-is_open", "-since", "affiliation")[:MOST_OTHERS], on=on)
