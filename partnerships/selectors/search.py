"""One box for everything: communities by any of their names, affiliations by number or by names of their parties,
people who signed, and what other apps let be found (``searchers``).

Case, accents, script, order of words and unfinished words make no difference; where nothing fits, names that look
alike are taken. Whole names come first, then names that begin so. At most five
statements, whatever is asked, and one more after the register moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from partnerships.models import (
    Affiliation,
    AffiliationSide,
    Agreement,
    Jurisdiction,
    JurisdictionName,
    NameWord,
    Signatory,
    SignatoryWord,
)
from partnerships.rules import matching, numbers
from partnerships.selectors import browse, facets, hits, rows, searchers, slips
from partnerships.selectors.facets import Facets
from partnerships.selectors.hits import Chosen
from partnerships.selectors.rows import AffiliationRow, PartyRow
from partnerships.selectors.searchers import OtherHit

LONGEST = 200
MOST_WORDS = 6
MOST_COMMUNITIES = 30
MOST_OTHERS = 20
_END = "~"


@dataclass(frozen=True)
class CommunityHit:
    """``similar``: found because the names look alike, not because they are the same."""

    party: PartyRow
    open_count: int
    similar: bool


@dataclass(frozen=True)
class PersonHit:
    """Somebody who signed a registered agreement."""

    name: str
    office: str
    party: str
    agreement: str
    fictional: bool
    similar: bool = False


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
    communities, people, others = _beside(text, words, chosen, on, head)
    alone = len(words) == 1 and not communities and not chosen
    # Whose party has the one word is in the list of communities.
    affiliations, counts = ((), Facets()) if alone else _affiliations(words, chosen, on)
    if not (affiliations or communities or people or others) and not chosen:
        return _similar(words, on, head)
    return Found(communities, affiliations, people, others, facets=counts)


def _affiliations(words: Sequence[str], chosen: Chosen, on: date) -> tuple[tuple[AffiliationRow, ...], Facets]:
    """The best of them, and by what they can be narrowed down."""
    found = hits.counted(words)
    narrowed = hits.counted(words, chosen) if chosen and not found.whole else None
    counts = facets.count(found, narrowed, chosen)
    if counts.whole and not counts.count:
        return (), counts
    best = hits.best(words, chosen, narrowed or found, few=found.whole, size=MOST_OTHERS, on=on)
    return tuple(best), replace(counts, count=max(counts.count, len(best)))


_Beside = tuple[tuple[CommunityHit, ...], tuple[PersonHit, ...], tuple[OtherHit, ...]]


def _beside(text: str, words: Sequence[str], chosen: Chosen, on: date, head: str) -> _Beside:
    """What is found beside affiliations; none of it has a kind or a standing, and what other apps tell no country."""
    if chosen.of_affiliations_alone:
        return (), (), ()
    others = () if chosen else tuple(searchers.find(words, on=on, head=head))
    return tuple(_communities(text, words, chosen.country)), tuple(_people(words, chosen.country)), others


def _by_number(number: numbers.Number, on: date) -> Found:
    if number.is_agreement:
        known = Agreement.objects.filter(number=str(number)).values_list("number", flat=True).first()
        return Found(agreement=known or "")
    one = Affiliation.objects.select_related("first", "second").filter(number=str(number))
    return Found(affiliations=tuple(rows.of(one, on=on)))


def _public() -> QuerySet[Jurisdiction]:
    return Jurisdiction.objects.filter(provisional=False, successor__isnull=True)


def _communities(text: str, words: Sequence[str], countries: Sequence[str]) -> list[CommunityHit]:
    """Those one of whose names begins with each of the words: whole names, names that begin so, then the others; of
    each those with most affiliations first."""
    longest = max(words, key=len)
    found = _public().filter(pk__in=_begins(NameWord.objects.all(), longest).values("jurisdiction"))
    for word in words:
        if word != longest:
            found = found.filter(Exists(_begins(NameWord.objects.filter(jurisdiction=OuterRef("pk")), word)))
    if countries:
        found = found.filter(country__in=countries)
    best = found.annotate(rank=_rank(matching.fold(text)[:LONGEST])).order_by("rank", "-open_count", "folded", "pk")
    return [CommunityHit(rows.party(one), one.open_count, False) for one in best[:MOST_COMMUNITIES]]


def _rank(folded: str) -> Case:
    """0 for a whole name, 1 for one that begins so, 2 for the rest, by the name itself or any other name."""
    names = JurisdictionName.objects.filter(jurisdiction=OuterRef("pk"))
    begins = {"folded__gte": folded, "folded__lt": folded + _END}
    return Case(
        When(Q(folded=folded) | Q(Exists(names.filter(folded=folded))), then=Value(0)),
        When(Q(**begins) | Q(Exists(names.filter(**begins))), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _begins(table: QuerySet[Any], word: str) -> QuerySet[Any]:
    """A single letter is a word of its own: as a beginning it would be half of the register."""
    if len(word) == 1:
        return table.filter(word=word)
    return table.filter(word__gte=word[:60], word__lt=word[:60] + _END)


#: What is told of somebody who signed, in the order of ``PersonHit``.
_TOLD = ("name", "office", "jurisdiction__name", "filing__agreement__number", "filing__agreement__fictional")


def _people(words: Sequence[str], countries: Sequence[str]) -> list[PersonHit]:
    longest = max(words, key=len)
    if len(longest) < 3:
        return []
    found = Signatory.objects.filter(pk__in=_begins(SignatoryWord.objects.all(), longest).values("signatory"))
    for word in words:
        if word != longest:
            found = found.filter(Exists(_begins(SignatoryWord.objects.filter(signatory=OuterRef("pk")), word)))
    if countries:
        found = found.filter(jurisdiction__country__in=countries)
    registered = found.filter(filing__agreement__isnull=False).order_by("name", "pk")
    return [PersonHit(*told) for told in registered.values_list(*_TOLD)[:MOST_OTHERS]]


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
    best = sorted(ids, key=lambda pk: -scores[pk])[: 10 * MOST_COMMUNITIES]
    ranked = sorted(_public().filter(pk__in=best), key=lambda one: (-scores[one.pk], -one.open_count, one.folded))
    return [CommunityHit(rows.party(one), one.open_count, True) for one in ranked[:MOST_COMMUNITIES]]


def _similar_people(words: Sequence[str]) -> list[PersonHit]:
    """One statement: there are few candidates, so what is told of each is read with its words."""
    if max(map(len, words)) < slips.FUZZY_FROM:
        return []
    registered = SignatoryWord.objects.filter(signatory__filing__agreement__isnull=False)
    columns = ("word", "signatory", *(f"signatory__{name}" for name in _TOLD))
    found = list(slips.candidates(registered, words).values_list(*columns))
    holders = slips.alike(words, [(word, pk) for word, pk, *_told in found])
    everywhere = set.intersection(*(set(holders[word]) for word in words))
    told = {pk: replace(PersonHit(*rest), similar=True) for _word, pk, *rest in found if pk in everywhere}
    return sorted(told.values(), key=lambda hit: (hit.name, hit.agreement))[:MOST_OTHERS]


def _pairs(holders: Sequence[Iterable[int]], on: date) -> list[AffiliationRow]:
    """Affiliations with every word in the name of one party or the other."""
    sides: QuerySet[Any] = AffiliationSide.objects.filter(jurisdiction__in=holders[0])
    for ids in holders[1:]:
        sides = sides.filter(Q(jurisdiction__in=ids) | Q(partner__in=ids))
    listed = sides.filter(standing__in=browse.LISTED).select_related("affiliation", "jurisdiction", "partner")
    return rows.of(listed.order_by("-is_open", "-since", "affiliation")[:MOST_OTHERS], on=on)
