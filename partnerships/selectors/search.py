"""One box for everything: communities by any of their names, affiliations by number or both names, people who signed.

Case, accents, script, order of words and unfinished words make no difference; where nothing fits, names that look
alike are taken. At most five statements, whatever is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from partnerships.models import (
    Affiliation,
    AffiliationSide,
    Agreement,
    Jurisdiction,
    NameWord,
    Signatory,
    SignatoryWord,
)
from partnerships.rules import matching, numbers
from partnerships.selectors import browse, rows
from partnerships.selectors.browse import Criteria
from partnerships.selectors.rows import AffiliationRow, PartyRow

LONGEST = 200
MOST_WORDS = 6
MOST_COMMUNITIES = 30
MOST_OTHERS = 20
#: How alike two words must be, 0 to 100, for one to be a slip of the other.
ALIKE = 74
#: Shorter words are too much like too many others.
FUZZY_FROM = 4
#: A slip changes the length of a word by no more than this.
SLIP = 2
_BEST_WORDS = 4
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


@dataclass(frozen=True)
class Found:
    """``agreement``: the number of the agreement that was asked for by its number."""

    communities: tuple[CommunityHit, ...] = ()
    affiliations: tuple[AffiliationRow, ...] = ()
    people: tuple[PersonHit, ...] = ()
    agreement: str = ""

    def __bool__(self) -> bool:
        return bool(self.communities or self.affiliations or self.people or self.agreement)


def search(text: str, *, on: date) -> Found:
    """Everything that fits the text; the best first."""
    number = numbers.parse(text)
    if number is not None:
        return _by_number(number, on)
    words = matching.words(text[:LONGEST])[:MOST_WORDS]
    if not words:
        return Found()
    found = Found(
        communities=tuple(_communities(text, words)),
        affiliations=tuple(_affiliations(words, on)),
        people=tuple(_people(words)),
    )
    return found or _similar(words, on)


def _by_number(number: numbers.Number, on: date) -> Found:
    if number.is_agreement:
        known = Agreement.objects.filter(number=str(number)).values_list("number", flat=True).first()
        return Found(agreement=known or "")
    one = Affiliation.objects.select_related("first", "second").filter(number=str(number))
    return Found(affiliations=tuple(rows.of(one, on=on)))


def _public() -> QuerySet[Jurisdiction]:
    return Jurisdiction.objects.filter(provisional=False, successor__isnull=True)


def _communities(text: str, words: Sequence[str]) -> list[CommunityHit]:
    """Those one of whose names begins with each of the words; a whole name first, then those with most affiliations."""
    folded = matching.fold(text)
    longest = max(words, key=len)
    found = _public().filter(pk__in=_begins(NameWord.objects.all(), longest).values("jurisdiction"))
    for word in words:
        if word != longest:
            found = found.filter(Exists(_begins(NameWord.objects.filter(jurisdiction=OuterRef("pk")), word)))
    exact = Q(folded=folded) | Q(names__folded=folded)
    whole = _public().filter(exact).values("pk")
    ranked = found.annotate(is_whole=Exists(whole.filter(pk=OuterRef("pk"))))
    best = ranked.order_by("-is_whole", "-open_count", "folded", "pk")[:MOST_COMMUNITIES]
    return [CommunityHit(rows.party(one), one.open_count, False) for one in best]


def _begins(table: QuerySet[Any], word: str) -> QuerySet[Any]:
    """A single letter is a word of its own: as a beginning it would be half of the register."""
    if len(word) == 1:
        return table.filter(word=word)
    return table.filter(word__gte=word[:60], word__lt=word[:60] + _END)


def _affiliations(words: Sequence[str], on: date) -> list[AffiliationRow]:
    """For several words: those with every word in the name of one party or the other."""
    if len(words) < 2:
        return []
    return browse.between(Criteria(q=" ".join(words), standings=(browse.ANY,)), on=on, size=MOST_OTHERS)


def _people(words: Sequence[str]) -> list[PersonHit]:
    longest = max(words, key=len)
    if len(longest) < 3:
        return []
    found = Signatory.objects.filter(pk__in=_begins(SignatoryWord.objects.all(), longest).values("signatory"))
    for word in words:
        if word != longest:
            found = found.filter(Exists(_begins(SignatoryWord.objects.filter(signatory=OuterRef("pk")), word)))
    listed = found.filter(filing__agreement__isnull=False).select_related("jurisdiction", "filing__agreement")
    hits = []
    for signatory in listed.order_by("name", "pk")[:MOST_OTHERS]:
        agreement = signatory.filing.agreement
        if agreement is not None:
            party = signatory.jurisdiction.name
            hits.append(PersonHit(signatory.name, signatory.office, party, agreement.number, agreement.fictional))
    return hits


# --- Slips of the pen


def _similar(words: Sequence[str], on: date) -> Found:
    """Communities, or else pairs of them, whose names look like the words."""
    holders = _holders(words)
    if not all(holders.get(word) for word in words):
        return Found()
    scores = {pk: score for word in words for pk, score in holders[word].items()}
    everywhere = set.intersection(*(set(holders[word]) for word in words))
    if everywhere:
        best = sorted(everywhere, key=lambda pk: -scores[pk])[: 10 * MOST_COMMUNITIES]
        found = _public().filter(pk__in=best)
        ranked = sorted(found, key=lambda one: (-scores[one.pk], -one.open_count, one.folded))[:MOST_COMMUNITIES]
        return Found(communities=tuple(CommunityHit(rows.party(one), one.open_count, True) for one in ranked))
    return Found(affiliations=tuple(_pairs([set(holders[word]) for word in words], on)))


def _holders(words: Sequence[str]) -> dict[str, dict[int, float]]:
    """For each word the communities with a word much like it, and how alike."""
    near = Q()
    for word in words:
        slip = SLIP if len(word) >= FUZZY_FROM else 0
        near |= Q(
            word__gte=word[0], word__lt=word[0] + _END, length__gte=len(word) - slip, length__lte=len(word) + slip
        )
    by_word: dict[str, list[int]] = defaultdict(list)
    candidates = NameWord.objects.annotate(length=Length("word")).filter(near)
    for other, pk in candidates.values_list("word", "jurisdiction"):
        by_word[other].append(pk)
    return {word: _best(word, by_word) for word in words}


def _best(word: str, by_word: dict[str, list[int]]) -> dict[int, float]:
    alike = ((matching.likeness(word, other), other) for other in by_word if other[0] == word[0])
    enough = 100.0 if len(word) < FUZZY_FROM else ALIKE
    best = sorted((pair for pair in alike if pair[0] >= enough), reverse=True)[:_BEST_WORDS]
    return {pk: score for score, other in reversed(best) for pk in by_word[other]}


def _pairs(holders: Sequence[Iterable[int]], on: date) -> list[AffiliationRow]:
    """Affiliations with every word in the name of one party or the other."""
    sides: QuerySet[Any] = AffiliationSide.objects.filter(jurisdiction__in=holders[0])
    for ids in holders[1:]:
        sides = sides.filter(Q(jurisdiction__in=ids) | Q(partner__in=ids))
    listed = sides.filter(standing__in=browse.LISTED).select_related("affiliation", "jurisdiction", "partner")
    return rows.of(listed.order_by("-is_open", "-since", "affiliation")[:MOST_OTHERS], on=on)
