"""Saving a draft step by step: everything or nothing, with a message at the field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnerships.exceptions import Invalid, NotAllowed
from partnerships.models import Filing, Jurisdiction, Signatory, User
from partnerships.rules.dates import PartialDate
from partnerships.services import filings
from partnerships.services.access import Actor
from partnerships.services.filings import SignatoryRow
from tests import cast


@pytest.fixture
def filing(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    return cast.draft(representative_of_irondequoit, [irondequoit, poltava], documents_on_file=False)


def owner(filing: Filing) -> Actor:
    assert filing.started_by is not None
    return Actor.of(filing.started_by)


def save_terms(filing: Filing, **values: Any) -> Filing:
    return filings.save_terms(filing_id=filing.pk, by=owner(filing), values=values)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"act": "marry"}, "act"),
        ({"kind": "twin"}, "kind"),
        ({"title": "x" * 301}, "title"),
        ({"title": "Sister\x00City"}, "title"),
        ({"signed_on": "next week"}, "signed_on"),
        ({"term_end": "2030-02-30"}, "term_end"),
        ({"term_end": date(2030, 1, 1), "perpetual": True}, "__all__"),
        ({"reasons": ["astrology"]}, "reasons"),
        ({"themes": ["arts", "war"]}, "themes"),
        ({"languages": [{"code": "en"}]}, "languages"),
        ({"languages": ["en"] * 51}, "languages"),
        ({"state": "registered"}, "state"),
        ({"agreement_id": 1}, "agreement_id"),
        ({"story": "x" * 5001}, "story"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_saved(
    filing: Filing, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        save_terms(filing, place="Rochester", **values)
    assert field in refused.value.errors
    assert Filing.objects.get().place == ""


def test_partial_dates_are_kept_as_they_are(filing: Filing) -> None:
    save_terms(filing, signed_on=PartialDate.parse("1931"), effective_on=PartialDate.parse("1931-05"))
    kept = Filing.objects.get()
    assert (str(kept.signed_on), str(kept.effective_on)) == ("1931", "1931-05")


def test_text_in_any_script_and_direction_is_kept_as_it_is(filing: Filing) -> None:
    words = "نحن אנחנו 我们 e\u0301 \u200fRTL"
    assert save_terms(filing, story=words).story == words


def test_only_the_named_columns_change(filing: Filing) -> None:
    save_terms(filing, title="Friends for good")
    save_terms(filing, place="Poltava")
    assert Filing.objects.get().title == "Friends for good"


def test_an_upgrade_is_always_to_sister(filing: Filing) -> None:
    assert save_terms(filing, act="upgrade", kind="friendship").kind == "sister"


def test_a_stranger_saves_nothing(filing: Filing, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        filings.save_terms(filing_id=filing.pk, by=Actor.of(stranger), values={"title": "Mine"})


@pytest.mark.parametrize("ids", [["own", "own"], ["own", 999_999], ["partner", "other"]])
def test_parties_are_known_named_once_and_include_the_one_that_files(
    filing: Filing, irondequoit: Jurisdiction, poltava: Jurisdiction, osaka: Jurisdiction, ids: list[Any]
) -> None:
    known = {"own": irondequoit.pk, "partner": poltava.pk, "other": osaka.pk}
    with pytest.raises(Invalid) as refused:
        filings.save_parties(
            filing_id=filing.pk, by=owner(filing), jurisdiction_ids=[known.get(name, name) for name in ids]
        )
    assert set(refused.value.errors) == {"parties"}
    assert filing.party_rows.count() == 2


def test_a_party_that_leaves_takes_its_signatories_along(
    filing: Filing, irondequoit: Jurisdiction, osaka: Jurisdiction
) -> None:
    filings.save_parties(filing_id=filing.pk, by=owner(filing), jurisdiction_ids=[irondequoit.pk, osaka.pk])
    assert [signatory.name for signatory in Signatory.objects.all()] == ["Mayor of Irondequoit"]


def test_errors_of_signatories_name_line_and_field_and_keep_the_old_lines(
    filing: Filing, irondequoit: Jurisdiction, osaka: Jurisdiction
) -> None:
    rows = [
        SignatoryRow(irondequoit.pk, "Fredrick W. Lapple", "Supervisor", "chief_elected", None),
        SignatoryRow(irondequoit.pk, " ", "Clerk", "emperor", None),
        SignatoryRow(osaka.pk, "Somebody", "", "other", None),
    ]
    with pytest.raises(Invalid) as refused:
        filings.save_signatories(filing_id=filing.pk, by=owner(filing), rows=rows)
    assert set(refused.value.errors) == {"1-name", "1-capacity", "2-jurisdiction"}
    assert Signatory.objects.count() == 2


def test_a_filing_is_started_only_for_a_community_that_one_represents(
    representative_of_irondequoit: User, poltava: Jurisdiction, clerk: User
) -> None:
    with pytest.raises(NotAllowed):
        filings.start(by=Actor.of(representative_of_irondequoit), act="establish", jurisdiction_id=poltava.pk)
    with pytest.raises(NotAllowed):
        filings.start(by=Actor.of(representative_of_irondequoit), act="establish", historical=True)
    assert filings.start(by=Actor.of(clerk), act="establish", historical=True).historical
