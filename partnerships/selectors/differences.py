"""Where the read models differ from what the record says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnerships.choices import Standing
from partnerships.models import Affiliation, AffiliationSide, MembershipTerm, Period, Tally
from partnerships.rules import history, recognition
from partnerships.selectors import affiliations as selector
from partnerships.selectors import recount

_STATE = ("kind", "standing", "since", "ended", "term_end", "perpetual")
_SIDE = (
    "country",
    "subdivision",
    "partner_id",
    "partner_country",
    "partner_subdivision",
    "partner_folded",
    "kind",
    "standing",
    "is_open",
    "since",
)


@dataclass(frozen=True)
class Difference:
    """``affiliation`` is the id of the affiliation to be worked out anew, where one is at fault."""

    what: str
    of: str
    kept: object
    counted: object
    affiliation: int | None = None

    def __str__(self) -> str:
        return f"{self.what} of {self.of}: kept {self.kept}, counted {self.counted}"


def all_differences(*, on: date, passed: Callable[[], None] = lambda: None) -> Iterator[Difference]:
    """Everything that is kept beside the record and does not follow from it. ``passed``: called an affiliation."""
    totals: Counter[recount.TallyKey] = Counter()
    terms = _all_terms()
    for affiliation in recount.fetched(Affiliation.objects.all()):
        yield from _of_affiliation(affiliation, terms, on)
        totals.update(recount.tally_keys(recount.sides(affiliation)).get(affiliation.pk, ()))
        passed()
    yield from _tallies(totals)
    for pk, kept, counted in recount.stale_open_counts():
        yield Difference("open affiliations", f"community {pk}", kept, counted)
    for signatory, words, names in recount.stale_signatories():
        yield Difference("words", f"signatory {signatory.pk}", words, names)
    for pk, kept_rank, rank in recount.charters():
        if kept_rank != rank:
            yield Difference("charter", f"affiliation {pk}", kept_rank, rank)


def _of_affiliation(affiliation: Affiliation, terms: Mapping[int, selector.Terms], on: date) -> Iterator[Difference]:
    def differs(what: str, kept: object, counted: object) -> Iterator[Difference]:
        if kept != counted:
            yield Difference(what, affiliation.number, kept, counted, affiliation.pk)

    state = recount.state(affiliation)
    if state is None:
        yield from differs("standing", affiliation.standing, Standing.ANNULLED)
    else:
        for name in _STATE:
            yield from differs(name, getattr(affiliation, name), getattr(state, name))
    yield from differs("periods", _in_words(affiliation.periods.all()), _in_words(state.spans if state else ()))
    yield from differs("recognition", *_recognition(affiliation, terms, on))
    kept_sides = {side.jurisdiction_id: _columns(side) for side in affiliation.sides.all()}
    yield from differs(
        "sides", kept_sides, {side.jurisdiction_id: _columns(side) for side in recount.sides(affiliation)}
    )
    themes = sorted(row.theme for row in affiliation.theme_rows.all())
    yield from differs("themes", themes, sorted(set(affiliation.themes)))


def _in_words(spans: Iterable[history.Span | Period]) -> list[str]:
    return sorted(f"{span.kind} {span.standing} {span.from_date} to {span.to_date}" for span in spans)


def _all_terms() -> Mapping[int, selector.Terms]:
    """The terms of membership of every community; none for those that never were members."""
    terms: dict[int, selector.Terms] = defaultdict(tuple)
    for term in MembershipTerm.objects.order_by("from_date").iterator():
        terms[term.jurisdiction_id] += ((term.from_date, term.paid_through),)
    return terms


def _recognition(affiliation: Affiliation, terms: Mapping[int, selector.Terms], on: date) -> tuple[Any, Any]:
    """As kept and as counted; an interval that was right and is over since is as good as none."""
    kept = (affiliation.recognised_from, affiliation.recognised_until)
    intervals = recognition.intervals(selector.recognition_facts(affiliation, terms))
    counted = recount.current(intervals, on) or (None, None)
    if counted == (None, None) and kept in intervals:
        return kept, kept
    return kept, counted


def _columns(side: AffiliationSide) -> tuple[object, ...]:
    return tuple(getattr(side, name) for name in _SIDE)


def _tallies(totals: Counter[recount.TallyKey]) -> Iterator[Difference]:
    kept = {tuple(row[:-1]): row[-1] for row in Tally.objects.values_list(*recount.TALLY_COLUMNS, "count")}
    for key in sorted({*kept, *totals}):
        if kept.get(key, 0) != totals[key]:
            yield Difference("total", " ".join(filter(None, key)), kept.get(key, 0), totals[key])
