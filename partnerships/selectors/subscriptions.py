"""What can be followed, and what an entry of the register is news about.

A follower of a country, a community or an affiliation is told what its feed tells (``selectors.feeds``); what other
apps enter about a place they offer at start-up. Entries are read once for all followers, however many there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_countries import countries as iso_countries

from partnerships.choices import SubscriptionSubject
from partnerships.models import Affiliation, AgreementAffiliation, Jurisdiction, RegisterEntry
from partnerships.selectors import register

#: The kind of what is followed and its id: the number of an affiliation, the key of a community, the code of a country.
Key = tuple[str, str]
EVERYTHING: Key = (SubscriptionSubject.EVERYTHING.value, "")
#: Subjects of the register -> what they are news about, in one statement.
Places = Callable[[Collection[str]], Mapping[str, Collection[Key]]]
_OFFERED: dict[str, Places] = {}
#: Entries that are looked at together, and at most: what lies further back is told to nobody.
CHUNK, MOST = 200, 20_000
_LONGEST_NAMES = 200


def offer(name: str, places: Places) -> None:
    """Let followers be told of these subjects, too. Once, however often it is offered under a name."""
    _OFFERED[name] = places


@dataclass(frozen=True)
class Followed:
    """``country`` is the code of a community's country; ``path`` leads to the page. ``merged``: into another community,
    which is the one to follow."""

    key: Key
    name: str
    country: str
    path: str
    merged: bool = False

    def __str__(self) -> str:
        """What it is called, in the language that is active."""
        return called({"type": self.key[0], "id": self.key[1], "name": self.name, "country": self.country})


def called(facts: Mapping[str, str]) -> str:
    """What a letter calls it: ``type``, ``id``, ``name`` and ``country`` as plain values."""
    if facts["type"] == SubscriptionSubject.EVERYTHING:
        return _("the whole register")
    if facts["type"] == SubscriptionSubject.COUNTRY:
        return str(iso_countries.name(facts["id"]) or facts["id"])
    if facts["type"] == SubscriptionSubject.AFFILIATION:
        return f"{facts['name']} ({facts['id']})"
    return ", ".join(filter(None, (facts["name"], str(iso_countries.name(facts["country"]) or facts["country"]))))


def subject(kind: str, key: str) -> Followed | None:
    """What may be followed under this name; ``None`` where there is nothing. One statement at most."""
    return subjects([(kind, key)]).get((kind, key))


def subjects(keys: Iterable[Key]) -> dict[Key, Followed]:
    """The same for many, in two statements."""
    ids: dict[str, set[str]] = {kind: set() for kind in SubscriptionSubject.values}
    for kind, key in keys:
        ids[kind].add(key)
    found = [
        Followed((SubscriptionSubject.COUNTRY.value, code), "", code, f"/countries/{code}/")
        for code in ids["country"]
        if iso_countries.alpha2(code) == code
    ]
    if ids["everything"]:
        found.append(Followed(EVERYTHING, "", "", "/register/"))
    if ids["jurisdiction"]:
        there = Jurisdiction.objects.filter(pk__in=map(int, ids["jurisdiction"]), provisional=False)
        found += map(_community, there)
    if ids["affiliation"]:
        named = Affiliation.objects.filter(number__in=ids["affiliation"])
        found += map(_affiliation, named.select_related("first", "second"))
    return {one.key: one for one in found}


def _community(one: Jurisdiction) -> Followed:
    key = (SubscriptionSubject.JURISDICTION.value, str(one.pk))
    return Followed(key, one.name, str(one.country), f"/jurisdictions/{one.pk}-{one.slug}/", bool(one.successor_id))


def _affiliation(one: Affiliation) -> Followed:
    key = (SubscriptionSubject.AFFILIATION.value, one.number)
    return Followed(key, f"{one.first.name} – {one.second.name}", "", f"/affiliations/{one.number}/")


# --- News


@dataclass(frozen=True)
class News:
    """One entry of the register, as a letter tells it; ``about``: whose followers are told."""

    seq: int
    event: str
    names: str
    path: str
    on: str
    about: frozenset[Key]

    @property
    def as_told(self) -> dict[str, str | int]:
        return {"seq": self.seq, "event": self.event, "names": self.names, "path": self.path, "on": self.on}


def news(*, after: int, upto: int) -> Iterator[News]:
    """The entries that follow ``after``, ``upto`` the last one, in order; the newest ``MOST`` of them."""
    after = max(after, upto - MOST)
    while after < upto:
        entries = register.page(after=after, limit=min(CHUNK, upto - after))
        if not entries:
            return
        about = _about(entries)
        yield from (_news(entry, about[entry.seq]) for entry in entries)
        after = entries[-1].seq


def _news(entry: RegisterEntry, about: set[Key]) -> News:
    return News(
        seq=entry.seq,
        event=entry.event,
        names=_cut(register.names_in(entry)),
        path=register.page_of(entry),
        on=entry.recorded_at.date().isoformat(),
        about=frozenset(about),
    )


def _cut(names: str) -> str:
    return names if len(names) <= _LONGEST_NAMES else f"{names[: _LONGEST_NAMES - 1]}…"


def _about(entries: Collection[RegisterEntry]) -> dict[int, set[Key]]:
    """What each entry is news about, in a few statements for all of them."""
    named = {entry.subject for entry in entries}
    places: dict[str, set[Key]] = {name: set() for name in named}
    for name in named:
        noun, _slash, key = name.partition("/")
        if noun == "jurisdictions" and key:
            places[name].add((SubscriptionSubject.JURISDICTION.value, key))
    for name, keys in _of_affiliations(named):
        places[name] |= keys
    for offered in _OFFERED.values():
        for name, found in offered(named).items():
            places[name] |= set(found)
    return {entry.seq: {EVERYTHING} | places[entry.subject] | _entered(entry) for entry in entries}


def _of_affiliations(named: Collection[str]) -> Iterator[tuple[str, set[Key]]]:
    """Entries about affiliations, and about the agreements on which they stand."""
    numbers = {name.removeprefix("affiliations/"): name for name in named if name.startswith("affiliations/")}
    agreements = {name.removeprefix("agreements/"): name for name in named if name.startswith("agreements/")}
    pairs: list[tuple[str, int]] = []
    if agreements:
        links = AgreementAffiliation.objects.filter(agreement__number__in=agreements)
        pairs += [(agreements[number], pk) for number, pk in links.values_list("agreement__number", "affiliation")]
    if numbers:
        own = Affiliation.objects.filter(number__in=numbers).values_list("number", "pk")
        pairs += [(numbers[number], pk) for number, pk in own]
    keys = _sides({pk for _name, pk in pairs})
    return ((name, keys[pk]) for name, pk in pairs if pk in keys)


def _sides(ids: Collection[int]) -> dict[int, set[Key]]:
    """An affiliation, the numbers that were merged into it, its communities and their countries."""
    if not ids:
        return {}
    columns = ("pk", "number", "first_id", "second_id", "first__country", "second__country")
    keys: dict[int, set[Key]] = {}
    for pk, number, first, second, here, there in Affiliation.objects.filter(pk__in=ids).values_list(*columns):
        keys[pk] = {
            (SubscriptionSubject.AFFILIATION.value, number),
            *((SubscriptionSubject.JURISDICTION.value, str(party)) for party in (first, second)),
            *((SubscriptionSubject.COUNTRY.value, str(code)) for code in (here, there)),
        }
    for gone in Affiliation.objects.filter(successor__in=ids).only("number", "successor"):
        if gone.successor_id in keys:
            keys[gone.successor_id].add((SubscriptionSubject.AFFILIATION.value, gone.number))
    return keys


def _entered(entry: RegisterEntry) -> set[Key]:
    """Of many affiliations that were entered together: all communities and countries that the entry names."""
    if entry.event != "affiliations.entered" or not entry.payload:
        return set()
    parties = json.loads(entry.payload).get("parties", ())
    return {(SubscriptionSubject.JURISDICTION.value, str(party["id"])) for party in parties} | {
        (SubscriptionSubject.COUNTRY.value, str(party["country"])) for party in parties
    }
