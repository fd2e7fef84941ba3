"""Two open affiliations of one pair: which one stays, and what its history is from then on."""

from __future__ import annotations

from partnerships.choices import Act
from partnerships.rules import history, joining
from partnerships.rules.dates import PartialDate
from partnerships.rules.joining import Rival


def act(act: str, on: str, order: int, kind: str = "sister") -> history.Act:
    return history.Act(act, kind, PartialDate.parse(on) if on else None, None, perpetual=False, order=order)


def state(own: list[history.Act], other: list[history.Act]) -> history.History:
    replayed = history.replay(joining.joined(own, other))
    assert replayed is not None
    return replayed


def test_papers_come_before_life_before_age_before_number() -> None:
    papers = Rival(True, "emeritus", None, 9)
    alive, resting = Rival(False, "in_force", PartialDate(1990), 8), Rival(False, "suspended", PartialDate(1950), 1)
    elder, lower = Rival(False, "in_force", PartialDate(1957), 7), Rival(False, "in_force", PartialDate(1990), 2)
    assert joining.stays(papers, alive) == papers
    assert joining.stays(resting, alive) == alive
    assert joining.stays(alive, elder) == elder
    assert joining.stays(alive, lower) == lower


def test_it_makes_no_difference_which_is_named_first() -> None:
    one, other = Rival(False, "in_force", None, 1), Rival(False, "in_force", PartialDate(1957), 2)
    assert joining.stays(one, other) == joining.stays(other, one) == other


def test_it_begins_with_the_earlier_beginning() -> None:
    joined = state([act(Act.ESTABLISH, "1990", 1)], [act(Act.ESTABLISH, "1957", 2)])
    assert (str(joined.since), joined.kind, len(joined.spans)) == ("1957", "sister", 1)


def test_a_beginning_without_a_date_gives_way_to_one_with_a_date() -> None:
    assert str(state([act(Act.ESTABLISH, "", 1)], [act(Act.ESTABLISH, "1957", 2)]).since) == "1957"


def test_it_is_a_sister_from_the_day_on_which_one_of_both_was() -> None:
    joined = state([act(Act.ESTABLISH, "1957", 1, "friendship")], [act(Act.ESTABLISH, "1990", 2)])
    assert [(span.kind, str(span.from_date)) for span in joined.spans] == [
        ("friendship", "1957-01-01"),
        ("sister", "1990-01-01"),
    ]


def test_its_own_acts_decide_its_standing() -> None:
    own = [act(Act.ESTABLISH, "1957", 1), act(Act.SUSPEND, "2022", 3)]
    other = [act(Act.ESTABLISH, "1960", 2), act(Act.END, "2018", 4)]
    assert state(own, other).standing == "suspended"


def test_an_upgrade_that_does_not_fit_makes_it_a_sister_from_its_beginning() -> None:
    own = [act(Act.ESTABLISH, "1957", 1, "friendship"), act(Act.SUSPEND, "1980", 3)]
    joined = state(own, [act(Act.ESTABLISH, "1990", 2)])
    assert (joined.kind, joined.standing) == ("sister", "suspended")


def test_one_whose_own_papers_were_all_annulled_lives_on_those_of_the_other() -> None:
    assert str(state([], [act(Act.ESTABLISH, "1957", 2)]).since) == "1957"
