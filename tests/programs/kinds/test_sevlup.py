"""SEVLUP: those who take part are counted by the groups that the strand named."""

from __future__ import annotations

from programs.kinds import kind_of


def asked(groups: list[str]) -> list[tuple[str, str]]:
    found = kind_of("sevlup").measures_of({"groups": groups})
    return [(measure.name, measure.group) for measure in found][:2]


def test_a_report_asks_for_the_participants_of_each_group_apart() -> None:
    assert asked(["Teachers", "Pupils"]) == [("Participants", "Teachers"), ("Participants", "Pupils")]


def test_a_strand_that_named_no_group_reports_all_of_them_together() -> None:
    assert asked([]) == [("Participants", ""), ("Sessions held", "")]
