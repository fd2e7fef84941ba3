"""Who bears the words of a search: communities by any of their names, people who signed, and of how many communities
each word is a name. All in one statement, as a page may not ask many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from partnerships.models import Jurisdiction, JurisdictionName, NameWord, Signatory, SignatoryWord
from partnerships.rules import matching
from partnerships.selectors import rows
from partnerships.selectors.rows import PartyRow

LONGEST = 200
MOST_COMMUNITIES = 30
MOST_PEOPLE = 20
#: Names of people are looked for by words from this length on.
_PEOPLE_FROM = 3
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


#: What is told of somebody who signed, in the order of ``PersonHit``.
TOLD = ("name", "office", "jurisdiction__name", "filing__agreement__number", "filing__agreement__fictional")


@dataclass(frozen=True)
class Bearers:
    """``of_word``: how many communities have the word in a name; empty where only one word was asked for."""

    communities: tuple[CommunityHit, ...] = ()
    people: tuple[PersonHit, ...] = ()
    of_word: dict[str, int] = field(default_factory=dict)


def find(text: str, words: Sequence[str], *, countries: Sequence[str], beside: bool) -> Bearers:
    """``beside``: with communities and people, not only how many bear each word. At most one statement."""
    parts = [_communities(text, words, countries), *_people(words, countries)] if beside else []
    if len(words) > 1:
        parts += [_bearers(place, word) for place, word in enumerate(words)]
    if not parts:
        return Bearers()
    told = [_Told(*row) for row in (parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])]
    communities = sorted(
        (row for row in told if row.part == _COMMUNITY),
        key=lambda row: (row.place, -row.open_count, row.folded, row.number),
    )
    people = sorted((row for row in told if row.part == _PERSON), key=lambda row: (row.name, row.number))
    count = {row.place: row.number for row in told if row.part == _WORD}
    return Bearers(
        communities=tuple(_community_hit(row) for row in communities),
        people=tuple(PersonHit(row.name, row.native, row.state, row.kind, bool(row.fictional)) for row in people),
        of_word={word: count.get(place, 0) for place, word in enumerate(words)} if len(words) > 1 else {},
    )


def public() -> QuerySet[Jurisdiction]:
    return Jurisdiction.objects.filter(provisional=False, successor__isnull=True)


# --- The parts of the one statement, with the same columns each

_COMMUNITY, _PERSON, _WORD = range(3)


class _Told(NamedTuple):
    """A community, or in the same columns a person, or a word.

    ``place``: how well a community fits, or which word it is; ``number``: the id, or how many bear the word. Of a
    person ``native`` is the office, ``kind`` the number of the agreement and ``state`` the party.
    """

    part: int
    place: int
    open_count: int
    folded: str
    number: int
    name: str
    native: str
    kind: str
    state: str
    code: str
    country: str
    latitude: Any
    longitude: Any
    fictional: bool


_EMPTY = Value("", output_field=CharField())
_NONE = Value(None, output_field=DecimalField(max_digits=8, decimal_places=5))
_ZERO = Value(0)


def _communities(text: str, words: Sequence[str], countries: Sequence[str]) -> QuerySet[Any, Any]:
    """Those one of whose names begins with each of the words: whole names, names that begin so, then the others; of
    each those with most affiliations first."""
    longest = max(words, key=len)
    found = public().filter(pk__in=_begins(NameWord.objects.all(), longest).values("jurisdiction"))
    for word in words:
        if word != longest:
            found = found.filter(Exists(_begins(NameWord.objects.filter(jurisdiction=OuterRef("pk")), word)))
    if countries:
        found = found.filter(country__in=countries)
    rank = _rank(matching.fold(text)[:LONGEST])
    best = found.annotate(rank=rank).order_by("rank", "-open_count", "folded", "pk").values("pk")[:MOST_COMMUNITIES]
    names = ("name", "native_name", "kind", "subdivision_name", "subdivision", "country")
    return (
        Jurisdiction.objects.filter(pk__in=best)
        .order_by()
        .values_list(
            Value(_COMMUNITY), rank, "open_count", "folded", "pk", *names, "latitude", "longitude", "fictional"
        )
    )


def _community_hit(row: _Told) -> CommunityHit:
    found = Jurisdiction(
        pk=row.number,
        name=row.name,
        native_name=row.native,
        kind=row.kind,
        subdivision_name=row.state,
        subdivision=row.code,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
        fictional=bool(row.fictional),
    )
    return CommunityHit(rows.party(found), row.open_count, similar=False)


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


def _people(words: Sequence[str], countries: Sequence[str]) -> list[QuerySet[Any, Any]]:
    longest = max(words, key=len)
    if len(longest) < _PEOPLE_FROM:
        return []
    found = Signatory.objects.filter(pk__in=_begins(SignatoryWord.objects.all(), longest).values("signatory"))
    for word in words:
        if word != longest:
            found = found.filter(Exists(_begins(SignatoryWord.objects.filter(signatory=OuterRef("pk")), word)))
    if countries:
        found = found.filter(jurisdiction__country__in=countries)
    first = found.filter(filing__agreement__isnull=False).order_by("name", "pk").values("pk")[:MOST_PEOPLE]
    name, office, party, agreement, fictional = TOLD
    listed = Signatory.objects.filter(pk__in=first).order_by()
    facts = (name, office, agreement, party)
    return [
        listed.values_list(Value(_PERSON), _ZERO, _ZERO, _EMPTY, "pk", *facts, _EMPTY, _EMPTY, _NONE, _NONE, fictional)
    ]


def _bearers(place: int, word: str) -> QuerySet[Any, Any]:
    counted = (
        _begins(NameWord.objects.order_by(), word)
        .annotate(part=Value(_WORD))
        .values("part")
        .annotate(place=Value(place), number=Count("pk"))
    )
    empty = (_EMPTY,) * 6
    return counted.values_list("part", "place", _ZERO, _EMPTY, "number", *empty, _NONE, _NONE, Value(False))  # noqa: FBT003
