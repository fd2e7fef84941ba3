"""Findings about what the agreement does: act, compliance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from partnerships.rules.dates import PartialDate
from partnerships.rules.findings import ComplianceFacts, PairFacts
from tests.partnerships.rules.papers import (
    IRONDEQUOIT,
    LUBLIN,
    POLTAVA,
    ROCHESTER,
    filing,
    found,
    severities,
    standing_between,
    words,
)

IN_FORCE = standing_between(IRONDEQUOIT, POLTAVA)
FRIENDSHIP = standing_between(IRONDEQUOIT, POLTAVA, kind="friendship")
WITH_TERM = standing_between(IRONDEQUOIT, POLTAVA, term=True)
SUSPENDED = standing_between(IRONDEQUOIT, POLTAVA, standing="suspended")
EMERITUS = standing_between(IRONDEQUOIT, POLTAVA, standing="emeritus")
NOTHING = PairFacts(1, 2, None, None, None, has_term=False)

ADMITS = {
    "establish": [NOTHING, IN_FORCE, FRIENDSHIP, WITH_TERM, SUSPENDED, EMERITUS],  # the open ones are `duplicate`
    "upgrade": [FRIENDSHIP],
    "renew": [WITH_TERM],
    "amend": [IN_FORCE, FRIENDSHIP, WITH_TERM],
    "suspend": [IN_FORCE, FRIENDSHIP, WITH_TERM],
    "resume": [SUSPENDED],
    "end": [IN_FORCE, FRIENDSHIP, WITH_TERM, SUSPENDED, EMERITUS],
}


@pytest.mark.parametrize("act", ADMITS)
@pytest.mark.parametrize("pair", [NOTHING, IN_FORCE, FRIENDSHIP, WITH_TERM, SUSPENDED, EMERITUS])
def test_an_act_fits_the_kind_and_standing_that_it_needs(act: str, pair: PairFacts) -> None:
    assert bool(found("act", filing(act=act, pairs=(pair,)))) == (pair not in ADMITS[act])


def test_an_act_that_does_not_fit_blocks_and_names_the_pair() -> None:
    facts = filing(act="resume", pairs=(IN_FORCE,))
    assert severities("act", facts) == {"blocking"}
    assert words("act", facts) == "Irondequoit and Poltava have no suspended affiliation that could be resumed."


def test_every_pair_of_a_joint_agreement_has_to_admit_the_act() -> None:
    facts = filing(
        act="amend",
        parties=(IRONDEQUOIT, POLTAVA, LUBLIN),
        pairs=(IN_FORCE, standing_between(IRONDEQUOIT, LUBLIN, standing="suspended")),
    )
    assert [(finding.params["one"], finding.params["other"]) for finding in found("act", facts)] == [
        ("Irondequoit", "Lublin"),
        ("Poltava", "Lublin"),
    ]


TEXAS = ComplianceFacts(
    "US-TX", frozenset({"CN", "RU"}), date(2025, 9, 1), None, "Tex. Gov. Code ch. 795", "limits such partners."
)
HOUSTON = replace(IRONDEQUOIT, name="Houston", subdivision="US-TX")
SHENZHEN = replace(POLTAVA, name="Shenzhen", country="CN", subdivision="CN-GD")


def texan(signed: str | None, **changes):  # type: ignore[no-untyped-def]
    on = PartialDate.parse(signed) if signed else None
    return filing(
        **{"parties": (HOUSTON, SHENZHEN), "compliance_rules": (TEXAS,), "signed_on": on, "signatories": (), **changes}
    )


def test_a_law_is_pointed_out_with_its_citation_and_decides_nothing() -> None:
    facts = texan("2026-01-15")
    (advice,) = found("compliance", facts)
    assert (advice.severity, advice.source) == ("advice", "Tex. Gov. Code ch. 795")
    assert advice.text() == "Tex. Gov. Code ch. 795 covers Houston with Shenzhen: limits such partners."


@pytest.mark.parametrize(("signed", "covered"), [("2025-08-31", 0), ("2025-09-01", 1), ("2025", 1), ("2024", 0)])
def test_the_law_of_the_day_of_the_act_counts(signed: str, covered: int) -> None:
    assert len(found("compliance", texan(signed))) == covered


def test_without_a_date_the_law_of_today_counts() -> None:
    assert found("compliance", texan(None))


def test_a_law_that_has_gone_covers_its_last_day_and_no_more() -> None:
    gone = (replace(TEXAS, to_date=date(2025, 12, 31)),)
    assert found("compliance", texan("2025-12-31", compliance_rules=gone))
    assert found("compliance", texan("2025", compliance_rules=gone))
    assert not found("compliance", texan("2026-01-01", compliance_rules=gone))
    ended_in_the_year = (replace(TEXAS, to_date=date(2025, 11, 1)),)
    assert found("compliance", texan("2025", compliance_rules=ended_in_the_year))


def test_other_states_and_other_countries_are_not_covered() -> None:
    assert not found("compliance", texan("2026-01-15", parties=(ROCHESTER, SHENZHEN)))
    assert not found("compliance", texan("2026-01-15", parties=(HOUSTON, POLTAVA)))


def test_a_territory_named_by_the_law_is_covered_however_it_is_written() -> None:
    hong_kong = (replace(TEXAS, countries=frozenset({"HK"})),)
    for place in (replace(SHENZHEN, country="HK", subdivision=""), replace(SHENZHEN, subdivision="CN-HK")):
        assert found("compliance", texan("2026-01-15", parties=(HOUSTON, place), compliance_rules=hong_kong))


def test_only_the_texan_pair_of_a_joint_agreement_is_named() -> None:
    facts = texan("2026-01-15", parties=(replace(ROCHESTER, id=7), HOUSTON, SHENZHEN))
    assert [finding.params["name"] for finding in found("compliance", facts)] == ["Houston"]


@pytest.mark.parametrize("act", ["suspend", "end"])
def test_no_law_stands_against_suspending_or_ending(act: str) -> None:
    assert not found("compliance", texan("2026-01-15", act=act))
