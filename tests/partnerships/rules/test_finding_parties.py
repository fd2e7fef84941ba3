"""Findings about who the parties are: parties, home-party, standing, duplicate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerships.rules.findings import DocumentFacts, PairFacts, SimilarFacts
from tests.partnerships.rules.papers import (
    AGREEMENT,
    BRISTOL,
    HANOVER,
    IRONDEQUOIT,
    LUBLIN,
    POLTAVA,
    RESOLUTION,
    ROCHESTER,
    filing,
    found,
    severities,
    standing_between,
    words,
)

SAN_JUAN = replace(ROCHESTER, id=9, name="San Juan", country="PR", subdivision="")
SAN_JUAN_UNDER_US = replace(ROCHESTER, id=9, name="San Juan", subdivision="US-PR")


@pytest.mark.parametrize("parties", [(), (IRONDEQUOIT,), (IRONDEQUOIT, IRONDEQUOIT)])
def test_a_partnership_has_two_different_communities(parties) -> None:  # type: ignore[no-untyped-def]
    assert "at least two" in words("parties", filing(parties=parties))


def test_a_community_named_twice_among_three_is_found() -> None:
    assert found("parties", filing(parties=(IRONDEQUOIT, POLTAVA, POLTAVA)))


def test_two_towns_of_one_country_are_no_partners() -> None:
    assert words("parties", filing(parties=(IRONDEQUOIT, ROCHESTER))).startswith("Irondequoit, Rochester are all in")


def test_same_name_on_both_sides_is_no_hindrance() -> None:
    ohio = replace(IRONDEQUOIT, name="Toledo", subdivision="US-OH")
    spain = replace(POLTAVA, name="Toledo", country="ES", subdivision="ES-TO")
    assert not found("parties", filing(parties=(ohio, spain)))


def test_a_joint_agreement_may_hold_two_communities_of_one_country() -> None:
    assert not found("parties", filing(parties=(IRONDEQUOIT, ROCHESTER, POLTAVA)))


@pytest.mark.parametrize("san_juan", [SAN_JUAN, SAN_JUAN_UNDER_US], ids=["as PR", "as US-PR"])
def test_a_territory_is_another_place_than_its_country(san_juan) -> None:  # type: ignore[no-untyped-def]
    assert not found("parties", filing(parties=(IRONDEQUOIT, san_juan)))


def test_a_territory_written_in_two_ways_is_one_place() -> None:
    ponce = replace(SAN_JUAN_UNDER_US, id=10, name="Ponce")
    assert found("parties", filing(parties=(SAN_JUAN, ponce)))


def test_bristol_and_hanover_have_no_home_party() -> None:
    facts = filing(parties=(BRISTOL, HANOVER))
    assert "(US)" in words("home-party", facts)
    assert severities("home-party", facts) == {"blocking"}


def test_records_from_paper_need_no_home_party_nor_its_membership_or_resolution() -> None:
    facts = filing(parties=(BRISTOL, HANOVER), historical=True, documents=(AGREEMENT,))
    assert not found("home-party", facts)
    assert not found("standing", facts)
    assert not found("resolution", facts)


def test_a_registry_without_home_country_asks_for_no_home_party() -> None:
    facts = filing(parties=(BRISTOL, HANOVER), home_country="")
    assert not found("home-party", facts)


def test_home_is_where_the_settings_say() -> None:
    assert not found("home-party", filing(parties=(BRISTOL, HANOVER), home_country="DE"))
    assert found("home-party", filing(home_country="DE"))


@pytest.mark.parametrize("san_juan", [SAN_JUAN, SAN_JUAN_UNDER_US], ids=["as PR", "as US-PR"])
def test_a_community_of_a_territory_is_at_home_in_the_registry_of_its_country(san_juan) -> None:  # type: ignore[no-untyped-def]
    assert not found("home-party", filing(parties=(san_juan, POLTAVA)))


def test_a_home_party_that_is_no_member_needs_a_reason() -> None:
    facts = filing(parties=(replace(IRONDEQUOIT, good_standing=False), POLTAVA))
    assert severities("standing", facts) == {"waivable"}
    assert "on record, not currently recognised" in words("standing", facts)
    assert "invalid" not in words("standing", facts)


def test_the_foreign_partner_need_not_be_a_member() -> None:
    assert not found("standing", filing())


def test_one_member_among_two_home_parties_is_enough() -> None:
    assert not found("standing", filing(parties=(IRONDEQUOIT, ROCHESTER, POLTAVA)))


@pytest.mark.parametrize("act", ["suspend", "end"])
def test_nobody_has_to_be_a_member_to_suspend_or_end(act: str) -> None:
    parties = (replace(IRONDEQUOIT, good_standing=False), POLTAVA)
    assert not found("standing", filing(act=act, parties=parties))


@pytest.mark.parametrize("standing", ["in_force", "suspended", "emeritus"])
def test_a_second_open_affiliation_of_the_same_parties_is_refused(standing: str) -> None:
    facts = filing(pairs=(standing_between(IRONDEQUOIT, POLTAVA, standing=standing),))
    assert words("duplicate", facts) == "Irondequoit and Poltava already have an open affiliation, SCI-000045."
    assert severities("duplicate", facts) == {"blocking"}


def test_the_order_in_which_the_parties_are_named_hides_nothing() -> None:
    facts = filing(parties=(POLTAVA, IRONDEQUOIT), pairs=(standing_between(IRONDEQUOIT, POLTAVA),))
    assert found("duplicate", facts)


def test_one_open_pair_of_a_joint_agreement_is_found_among_three() -> None:
    facts = filing(
        parties=(IRONDEQUOIT, POLTAVA, LUBLIN),
        pairs=(PairFacts(1, 2, None, None, None, has_term=False), standing_between(POLTAVA, LUBLIN)),
    )
    assert words("duplicate", facts).startswith("Poltava and Lublin already")


def test_what_is_open_already_is_no_duplicate_for_an_amendment() -> None:
    assert not found("duplicate", filing(act="amend", pairs=(standing_between(IRONDEQUOIT, POLTAVA),)))


def test_namesakes_and_other_levels_are_only_advice() -> None:
    facts = filing(
        similar=(
            SimilarFacts(2, "77", "Poltava, Poltavska oblast, UA", "another level"),
            SimilarFacts(2, "78", "Poltava, Cherkaska oblast, UA", "namesake"),
        )
    )
    assert severities("duplicate", facts) == {"advice"}
    assert "on another level" in words("duplicate", facts)
    assert "not the Poltava that is meant" in words("duplicate", facts)


def test_a_city_beside_its_own_county_is_pointed_out() -> None:
    county = replace(ROCHESTER, id=8, name="Monroe County")
    facts = filing(parties=(replace(IRONDEQUOIT, parent_id=8), county, POLTAVA))
    assert words("duplicate", facts) == "Irondequoit is part of Monroe County, which is a party as well."


def test_the_same_file_elsewhere_is_pointed_out_with_its_number() -> None:
    copy = DocumentFacts("signed_agreement", "en", "a" * 64, used_in=("SCI-2026-000123",))
    facts = filing(documents=(copy, RESOLUTION))
    (advice,) = found("duplicate", facts)
    assert (advice.severity, advice.step) == ("advice", "documents")
    assert "SCI-2026-000123" in advice.text()
