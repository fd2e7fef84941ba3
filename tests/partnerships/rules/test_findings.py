"""The table of findings as a whole: order, severities, waivers, words."""

from __future__ import annotations

import pytest

from partnerships.choices import Severity
from partnerships.exceptions import Unmet
from partnerships.rules.findings import RULES, blocking, check, require_clear
from tests.partnerships.rules.papers import IRONDEQUOIT_POLTAVA, TODAY, filing, found

NOTHING_WAIVED: frozenset[str] = frozenset()

EMPTY = filing(parties=(), signatories=(), documents=(), pairs=(), signed_on=None, perpetual=False, languages=())


def test_the_papers_of_irondequoit_and_poltava_are_clean() -> None:
    assert check(IRONDEQUOIT_POLTAVA, today=TODAY) == ()


def test_an_empty_draft_is_told_what_is_missing_and_never_fails() -> None:
    assert [finding.code for finding in check(EMPTY, today=TODAY)] == ["parties", "signed-copy", "dates"]


@pytest.mark.parametrize("act", ["establish", "upgrade", "renew", "amend", "suspend", "resume", "end"])
def test_every_act_of_an_empty_draft_can_be_checked(act: str) -> None:
    assert check(filing(act=act, parties=(), pairs=(), signatories=()), today=TODAY)


def test_the_codes_and_severities_are_those_of_the_design() -> None:
    assert [(rule.code, rule.severity) for rule in RULES] == [
        ("parties", "blocking"),
        ("home-party", "blocking"),
        ("standing", "waivable"),
        ("signatures", "blocking"),
        ("signed-copy", "blocking"),
        ("resolution", "waivable"),
        ("dates", "blocking"),
        ("act", "blocking"),
        ("duplicate", "blocking"),
        ("duplicate", "advice"),
        ("compliance", "advice"),
        ("language", "advice"),
    ]


def test_findings_come_in_the_order_of_the_table() -> None:
    codes = [rule.code for rule in RULES]
    seen = [finding.code for finding in check(filing(documents=(), signatories=()), today=TODAY)]
    assert seen == sorted(seen, key=codes.index) == ["signatures", "signatures", "signed-copy", "resolution"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.severity}")
def test_each_rule_says_where_it_is_put_right_and_on_what_practice_it_stands(rule) -> None:  # type: ignore[no-untyped-def]
    assert rule.step in {"parties", "terms", "signatories", "documents", "reasons"}
    assert rule.source.endswith(".")


def test_a_waivable_finding_blocks_until_it_is_waived() -> None:
    findings = check(filing(documents=(IRONDEQUOIT_POLTAVA.documents[0],)), today=TODAY)
    assert [finding.code for finding in blocking(findings, NOTHING_WAIVED)] == ["resolution"]
    assert blocking(findings, frozenset({"resolution"})) == ()


def test_a_blocking_finding_cannot_be_waived() -> None:
    findings = check(filing(signatories=()), today=TODAY)
    assert {finding.code for finding in blocking(findings, frozenset({"signatures"}))} == {"signatures"}


def test_advice_never_blocks() -> None:
    findings = check(filing(languages=("uk",)), today=TODAY)
    assert [finding.severity for finding in findings] == [Severity.ADVICE]
    require_clear(findings, NOTHING_WAIVED)


def test_what_still_blocks_is_raised_with_its_words() -> None:
    with pytest.raises(Unmet) as refused:
        require_clear(check(filing(documents=()), today=TODAY), frozenset({"resolution"}))
    assert [finding.code for finding in refused.value.findings] == ["signed-copy"]
    assert refused.value.message == "Attach the signed agreement."


def test_a_door_can_translate_a_finding() -> None:
    (finding,) = found("signatures", filing(signatories=IRONDEQUOIT_POLTAVA.signatories[1:]))
    assert finding.text(lambda text: "Es fehlt %(name)s.") == "Es fehlt Irondequoit."
    assert finding.text().startswith("Irondequoit: name the chief elected official")
