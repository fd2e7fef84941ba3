"""Findings about signatures and documents: signatures, signed-copy, resolution, language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerships.rules.findings import DocumentFacts
from tests.partnerships.rules.papers import (
    AGREEMENT,
    IRONDEQUOIT,
    KUKOBA,
    LAPPLE,
    LUBLIN,
    NOTICE,
    POLTAVA,
    RESOLUTION,
    filing,
    found,
    severities,
    words,
)


def test_each_party_signs_by_its_chief_official() -> None:
    facts = filing(signatories=(LAPPLE,))
    assert [finding.params["name"] for finding in found("signatures", facts)] == ["Poltava"]
    assert severities("signatures", facts) == {"blocking"}


def test_a_chief_appointed_official_signs_where_there_are_no_elections() -> None:
    assert not found("signatures", filing(signatories=(LAPPLE, replace(KUKOBA, capacity="chief_appointed"))))


@pytest.mark.parametrize("capacity", ["council_chair", "witness", "other"])
def test_others_may_sign_beside_the_chief_official_and_not_instead(capacity: str) -> None:
    other = replace(KUKOBA, name="Somebody", capacity=capacity)
    assert found("signatures", filing(signatories=(LAPPLE, other)))
    assert not found("signatures", filing(signatories=(LAPPLE, KUKOBA, other)))


def test_two_signatures_of_one_side_do_not_make_up_for_the_other() -> None:
    assert found("signatures", filing(signatories=(LAPPLE, replace(LAPPLE, name="Another mayor"))))


def test_all_three_parties_of_a_joint_agreement_sign() -> None:
    facts = filing(parties=(IRONDEQUOIT, POLTAVA, LUBLIN))
    assert [finding.params["name"] for finding in found("signatures", facts)] == ["Lublin"]


@pytest.mark.parametrize("act", ["suspend", "end"])
def test_one_party_is_enough_to_suspend_or_end(act: str) -> None:
    assert not found("signatures", filing(act=act, signatories=(KUKOBA,)))
    assert len(found("signatures", filing(act=act, signatories=()))) == 1


@pytest.mark.parametrize("act", ["renew", "amend", "upgrade", "resume"])
def test_every_party_signs_what_binds_both(act: str) -> None:
    assert found("signatures", filing(act=act, signatories=(KUKOBA,)))


def test_lost_names_of_old_signatories_can_be_waived() -> None:
    assert severities("signatures", filing(signatories=(), historical=True)) == {"waivable"}


def test_a_signed_agreement_is_attached() -> None:
    facts = filing(documents=(RESOLUTION, DocumentFacts("photograph", "", "d" * 64)))
    assert words("signed-copy", facts) == "Attach the signed agreement."
    assert severities("signed-copy", facts) == {"blocking"}


def test_a_translation_does_not_stand_for_the_signed_agreement() -> None:
    assert found("signed-copy", filing(documents=(DocumentFacts("translation", "en", "d" * 64),)))


@pytest.mark.parametrize("act", ["suspend", "end"])
def test_a_notice_stands_for_the_agreement_where_one_side_declares(act: str) -> None:
    assert not found("signed-copy", filing(act=act, documents=(NOTICE,)))
    assert "statement" in words("signed-copy", filing(act=act, documents=()))


@pytest.mark.parametrize("act", ["establish", "resume"])
def test_a_notice_does_not_stand_for_an_agreement_of_both(act: str) -> None:
    assert found("signed-copy", filing(act=act, documents=(NOTICE,)))


def test_the_shelfmark_of_the_original_is_a_signed_copy_on_paper() -> None:
    assert not found("signed-copy", filing(documents=(), historical=True, shelfmark="Box 12/7"))


def test_a_shelfmark_does_not_help_a_city_that_files_today() -> None:
    assert severities("signed-copy", filing(documents=(), shelfmark="Box 12/7")) == {"blocking"}


def test_toledo_1931_without_paper_at_hand_can_be_waived_with_a_reason() -> None:
    assert severities("signed-copy", filing(documents=(), historical=True, shelfmark="  ")) == {"waivable"}


def test_a_missing_resolution_of_the_home_party_needs_a_reason() -> None:
    facts = filing(documents=(AGREEMENT,))
    assert severities("resolution", facts) == {"waivable"}
    assert "council resolution of Irondequoit" in words("resolution", facts)


@pytest.mark.parametrize("act", ["suspend", "end"])
def test_a_statement_of_one_side_stands_without_resolution(act: str) -> None:
    assert not found("resolution", filing(act=act, documents=(NOTICE,)))


def test_an_original_that_staff_cannot_read_wants_a_translation() -> None:
    facts = filing(languages=("uk",))
    assert severities("language", facts) == {"advice"}
    translation = DocumentFacts("translation", "en-US", "d" * 64)
    assert not found("language", filing(languages=("uk",), documents=(AGREEMENT, RESOLUTION, translation)))


def test_a_translation_into_a_third_language_does_not_help() -> None:
    translation = DocumentFacts("translation", "fr", "d" * 64)
    assert found("language", filing(languages=("uk",), documents=(AGREEMENT, RESOLUTION, translation)))


@pytest.mark.parametrize("languages", [("en",), ("uk", "en-GB"), ("EN",), ("en_US", "uk")])
def test_an_original_in_the_language_of_the_registry_needs_none(languages: tuple[str, ...]) -> None:
    assert not found("language", filing(languages=languages))


def test_where_no_language_is_named_that_of_the_signed_copy_counts() -> None:
    copy = replace(AGREEMENT, language="ja")
    assert found("language", filing(languages=(), documents=(copy, RESOLUTION)))
    assert not found("language", filing(languages=(), documents=(replace(copy, language=""), RESOLUTION)))


def test_the_language_of_the_registry_is_a_setting() -> None:
    assert not found("language", filing(languages=("de",), registry_language="de"))
