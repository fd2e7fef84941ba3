"""What would become of the rows of an import, decided for many at once and without changing anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django_countries import countries

from partnerships.choices import ImportOutcome, Standing
from partnerships.rules import import_rows, same_place, told_again
from partnerships.rules.import_rows import SIDES, PairRow, PlaceRow, Problem, RawRow
from partnerships.rules.same_place import Directory, Entry, Known
from partnerships.rules.territories import place_of
from partnerships.rules.told_again import Statement
from partnerships.selectors import candidates, corrections
from partnerships.selectors.candidates import Tie
from partnerships.selectors.corrections import Correction

Pair = tuple[int, int]
#: The community that each place of a row is, and the ids of all that it may be, the best first.
Meant = Mapping[PlaceRow, Known | Problem]
Fits = Mapping[PlaceRow, tuple[int, ...]]


@dataclass(frozen=True)
class NewPlace:
    """A community that the registry does not know, with what the gazetteer knows of it."""

    row: PlaceRow
    entry: Entry | None
    geonames_id: int | None


@dataclass(frozen=True)
class Decision:
    """What becomes of one row.

    ``places``: the two communities, new ones by the number below 0 that ``Planner.new`` knows. ``tie``: the affiliation
    that the row tells of again; its id is below 0 where an earlier row of the same import makes it (minus its line).
    ``problem``: why the row is rejected, or that a registrar corrected what it says before.
    """

    line: int
    outcome: str
    raw: RawRow
    problem: Problem | None = None
    row: PairRow | None = None
    places: Pair = (0, 0)
    tie: Tie | None = None
    statements: tuple[Statement, ...] = ()


@dataclass
class Planner:
    """Decides rows in their order. One planner may take batch after batch: it remembers what it would have entered."""

    today: date
    directory: Directory = field(default_factory=Directory)
    new: dict[int, NewPlace] = field(default_factory=dict)
    _ties: dict[Pair, list[Tie]] = field(default_factory=dict)
    _corrected: dict[Pair, Correction] = field(default_factory=dict)
    _seen: dict[PlaceRow, Known | Problem] = field(default_factory=dict)
    _whole: dict[PlaceRow, PlaceRow] = field(default_factory=dict)
    _looked_about: set[PlaceRow] = field(default_factory=set)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def decide(self, rows: Sequence[RawRow]) -> list[Decision]:
        read = [(raw, import_rows.read(raw, self.today)) for raw in rows]
        sound = [row for _raw, row in read if isinstance(row, PairRow)]
        meant = self._places(sound)
        self._fetch_ties({known.id for known in meant.values() if isinstance(known, Known)})
        fits = self._all_that_fit(sound, meant)
        self._fetch_ties({pk for row in fits.values() for pk in row})
        self._fetch_corrections(sound, fits)
        return [self._decision(raw, row, meant, fits) for raw, row in read]

    def _places(self, rows: Sequence[PairRow]) -> dict[PlaceRow, Known | Problem]:
        """Which community each place of these rows is; new ones are noted in the order of the rows."""
        columns = {place: f"{side}_name" for row in rows for side, place in zip(SIDES, row.places, strict=True)}
        unseen = [place for place in columns if place not in self._seen]
        looked_up = _completed(unseen, columns)
        places = [place for place, _entry, problem in looked_up.values() if problem is None]
        for known in candidates.communities(places):
            self.directory.add(known)
        unknown = [place for place in places if self.directory.find(place) is None]
        for known in candidates.near(unknown):
            self.directory.add(known)
        for told, (place, entry, problem) in looked_up.items():
            self._whole[told] = place
            self._seen[told] = problem or self.directory.find(place, columns[told]) or self._note(place, entry)
        self._looked_about |= set(unknown)
        return {place: self._seen[place] for place in columns}

    def _note(self, place: PlaceRow, entry: Entry | None) -> Known:
        number = -next(self._numbers)
        taken = place.geonames_id is not None and self.directory.has_geonames(place.geonames_id)
        known = Known(
            id=number,
            name=place.name,
            names=frozenset({place.folded}),
            country=place.country,
            subdivision=place.subdivision,
            kind=place.kind,
            latitude=None if place.latitude is None else float(place.latitude),
            longitude=None if place.longitude is None else float(place.longitude),
            geonames_id=None if taken else place.geonames_id,
            wikidata_id=place.wikidata_id,
        )
        self.new[number] = NewPlace(place, None if taken else entry, known.geonames_id)
        self.directory.add(known)
        return known

    def _all_that_fit(self, rows: Sequence[PairRow], meant: Meant) -> Fits:
        """Each place of the rows that do not just repeat the record, with every community that it may mean.

        What fits best may have become known only after a row went in. The row then has its affiliation with one that
        fits less, and shall find it there and make no second one.
        """
        told = dict.fromkeys(place for row in rows if not self._is_repeated(row, meant) for place in row.places)
        wholes = {self._whole[place] for place in told} - self._looked_about
        for known in candidates.near(wholes):
            self.directory.add(known)
        self._looked_about |= wholes
        fits: dict[PlaceRow, tuple[int, ...]] = {}
        for place in told:
            best = meant[place]
            first = [best.id] if isinstance(best, Known) else []
            others = [known.id for known in self.directory.all_that_fit(self._whole[place])]
            fits[place] = tuple(dict.fromkeys(first + others))
        return fits

    def _is_repeated(self, row: PairRow, meant: Meant) -> bool:
        one, other = (meant[place] for place in row.places)
        if isinstance(one, Problem) or isinstance(other, Problem):
            return False
        ties = self._ties.get((min(one.id, other.id), max(one.id, other.id)), ())
        return any(not _said(row, tie) for tie in ties)

    def _fetch_ties(self, ids: set[int]) -> None:
        for pair, ties in candidates.ties_among({pk for pk in ids if pk > 0}).items():
            self._ties.setdefault(pair, ties)

    def _fetch_corrections(self, rows: Sequence[PairRow], fits: Fits) -> None:
        pairs = {pair for row in rows for pair in _pairs(row, fits) if pair[0] > 0}
        self._corrected |= corrections.corrected_pairs(pairs)

    def _decision(self, raw: RawRow, row: PairRow | Problem, meant: Meant, fits: Fits) -> Decision:
        if isinstance(row, Problem):
            return Decision(raw.line, ImportOutcome.REJECTED, raw, row)
        one, other = (meant[place] for place in row.places)
        pairs = _pairs(row, fits)
        if isinstance(one, Problem) or isinstance(other, Problem):
            why = one if isinstance(one, Problem) else other
            return self._repeated(raw, row, pairs) or Decision(raw.line, ImportOutcome.REJECTED, raw, why, row)  # type: ignore[arg-type]
        if problem := _not_a_pair(one, other):
            return Decision(raw.line, ImportOutcome.REJECTED, raw, problem, row)
        return self._tied(raw, row, (one, other), pairs)

    def _repeated(self, raw: RawRow, row: PairRow, pairs: Sequence[Pair]) -> Decision | None:
        """The row says what is on record of an affiliation between two that it may mean."""
        for pair in pairs:
            for tie in self._ties.get(pair, ()):
                if not _said(row, tie):
                    return Decision(raw.line, ImportOutcome.MERGED, raw, None, row, pair, tie)
        return None

    def _tied(self, raw: RawRow, row: PairRow, best: tuple[Known, Known], others: Sequence[Pair]) -> Decision:
        one, other = best
        pair = (min(one.id, other.id), max(one.id, other.id))
        pairs = [pair, *(fit for fit in others if fit != pair)]
        if repeated := self._repeated(raw, row, pairs):
            return repeated
        told = told_again.which(row, [(fit, tie) for fit in pairs for tie in self._ties.get(fit, ())])
        if told is None:
            for fit in pairs:
                if corrected := self._corrected.get(fit):
                    return _corrected_before(raw, row, one, other, corrected)
            self._ties.setdefault(pair, []).append(_made_by(row))
            return Decision(raw.line, ImportOutcome.IMPORTED, raw, None, row, pair)
        pair, tie = told
        said = _said(row, tie)
        disputed = any(statement.disagrees for statement in said)
        outcome = ImportOutcome.DISPUTED if disputed else ImportOutcome.MERGED
        return Decision(raw.line, outcome, raw, None, row, pair, tie, said)


def _pairs(row: PairRow, fits: Fits) -> list[Pair]:
    """The two that fit best first."""
    ones, others = (fits.get(place, ()) for place in row.places)
    return [(min(one, other), max(one, other)) for one in ones for other in others if one != other]


def _corrected_before(raw: RawRow, row: PairRow, one: Known, other: Known, corrected: Correction) -> Decision:
    """The row names a wrong namesake again: it is about the affiliation that a registrar found to be meant."""
    side, wrong = ("a", one) if one.id == corrected.wrong_id else ("b", other)
    why = {"name": wrong.name, "number": corrected.number, "reason": corrected.reason}
    problem = Problem("corrected", f"{side}_name", why)
    said = _said(row, corrected.tie) if corrected.tie else ()
    pair = (min(one.id, other.id), max(one.id, other.id))
    return Decision(raw.line, ImportOutcome.CORRECTED, raw, problem, row, pair, corrected.tie, said)


def _said(row: PairRow, tie: Tie) -> tuple[Statement, ...]:
    return told_again.statements(row, kind=tie.kind, standing=tie.standing, since=tie.since, ended=tie.ended)


def _made_by(row: PairRow) -> Tie:
    return Tie(-row.line, "", row.kind, row.standing or Standing.IN_FORCE, row.since, row.until)


def _not_a_pair(one: Known, other: Known) -> Problem | None:
    """The blocking rule ``parties`` of domain section 5; one party at home is not asked of historical records."""
    if one.id == other.id:
        return Problem("same-place", "b_name", {"name": one.name})
    land = place_of(one.country, one.subdivision)
    if land == place_of(other.country, other.subdivision):
        return Problem("same-country", "b_country", {"country": countries.name(land) or land})
    return None


def _completed(
    places: Iterable[PlaceRow], columns: dict[PlaceRow, str]
) -> dict[PlaceRow, tuple[PlaceRow, Entry | None, Problem | None]]:
    """Each place with what the gazetteer adds to it, and with what is wrong with it even so."""
    places = list(places)
    known = candidates.gazetteer(places)
    found: dict[PlaceRow, tuple[PlaceRow, Entry | None, Problem | None]] = {}
    for place in places:
        try:
            by_id = known.by_id.get(place.geonames_id) if place.geonames_id else None
            named = [entry for land in place.lands for entry in known.by_name.get((land, place.folded[:100]), ())]
            entry = same_place.identify(place, by_id, named)
        except same_place.Ambiguous:
            found[place] = (place, None, same_place.ambiguous(place, columns[place]))
            continue
        whole = same_place.completed(place, entry) if entry else place
        problem = None
        if not whole.country:
            problem = import_rows.past(place, columns[place].replace("_name", "_country"))
        found[place] = (whole, entry, problem)
    return found
