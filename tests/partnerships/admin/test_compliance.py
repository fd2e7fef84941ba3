"""The compliance lens: what each law touches on a day, what a change changes, and drafts that staff alone send."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.test import Client

from partnerships.models import Affiliation, ComplianceLetter, ComplianceRule, Jurisdiction, LedgerEntry, Notice, User
from partnerships.rules.dates import PartialDate
from partnerships.selectors import compliance as selector
from partnerships.services import bulk, compliance
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.admin.desk import address, at_the_desk

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
LAW = {"subdivision": "US-TX", "citation": "Texas Gov. Code ch. 795", "summary": "Restricts"}


@pytest.fixture
def desk(registrar: User) -> Client:
    return at_the_desk(registrar)


@pytest.fixture
def houston(db: None) -> Jurisdiction:
    return cast.jurisdiction("Houston", "US", subdivision="US-TX", subdivision_name="Texas")


def partner(town: Jurisdiction, name: str, country: str, *deeds: tuple[str, int], subdivision: str = "") -> str:
    other = cast.jurisdiction(name, country, subdivision=subdivision)
    acts = tuple(bulk.Deed(act, PartialDate(year)) for act, year in deeds or (("establish", 1986),))
    row = bulk.NewAffiliation((town.pk, other.pk), "sister", acts)
    source = bulk.Provenance("A list")
    (made,) = bulk.enter(rows=[row], provenance=source, by=Actor.system("import"), on=TODAY)
    return Affiliation.objects.get(pk=made).number


def rule(*countries: str, **more: date) -> ComplianceRule:
    return ComplianceRule.objects.create(**LAW, countries=list(countries), **more)


def numbers(law: ComplianceRule, on: date = TODAY) -> set[str]:
    return {row.number for row in selector.touched(law, on=on)}


def test_a_law_touches_the_open_affiliations_of_its_state_with_its_countries(
    houston: Jurisdiction, san_francisco: Jurisdiction
) -> None:
    meant = partner(houston, "Shenzhen", "CN")
    partner(houston, "Chiba", "JP")
    partner(san_francisco, "Shanghai", "CN")
    partner(houston, "Baku", "CN", ("establish", 1986), ("end", 2018))
    assert numbers(rule("CN")) == {meant}


def test_a_territory_is_touched_where_it_is_named_itself(houston: Jurisdiction) -> None:
    meant = partner(houston, "Hong Kong", "CN", subdivision="CN-HK")
    partner(houston, "Shenzhen", "CN")
    assert numbers(rule("HK")) == {meant}


def test_the_day_decides_by_the_laws_dates_and_by_what_was_in_force_then(houston: Jurisdiction) -> None:
    ended = partner(houston, "Shenzhen", "CN", ("establish", 1986), ("end", 2018))
    law = rule("CN", from_date=date(2010, 1, 1), to_date=date(2024, 12, 31))
    assert numbers(law, date(2015, 6, 1)) == {ended}
    assert numbers(law, date(2009, 6, 1)) == numbers(law, date(2020, 6, 1)) == set()
    more, fewer = selector.changes(law, on=date(2020, 6, 1), against=date(2015, 6, 1))
    assert (more, [row.number for row in fewer]) == ((), [ended])


def test_a_law_without_countries_on_file_touches_nothing_and_says_so(desk: Client, houston: Jurisdiction) -> None:
    partner(houston, "Shenzhen", "CN")
    assert numbers(rule()) == set()
    assert "no countries on file" in desk.get(address("compliancerule_lens")).content.decode()


def test_the_lens_shows_laws_citations_and_what_they_touch(desk: Client, houston: Jurisdiction) -> None:
    number = partner(houston, "Shenzhen", "CN")
    rule("CN", from_date=date(2025, 9, 1))
    text = desk.get(
        address("compliancerule_lens"), {"on": "1 October 2025", "against": "1 January 2025"}
    ).content.decode()
    assert "Texas Gov. Code ch. 795" in text
    assert "In force from 1 September 2025" in text
    assert f"+ {number}: Houston, Texas" in text


def test_a_wrong_day_is_told_and_kept(desk: Client) -> None:
    answer = desk.get(address("compliancerule_lens"), {"on": "soon"})
    assert answer.status_code == 200
    assert 'value="soon"' in answer.content.decode()


def test_a_change_of_a_law_is_logged_with_what_it_touches_now(desk: Client, houston: Jurisdiction) -> None:
    chinese, russian = partner(houston, "Shenzhen", "CN"), partner(houston, "Tyumen", "RU")
    law = rule("CN")
    typed = {**LAW, "countries": ["RU"]}
    desk.post(address("compliancerule_change", law.pk), typed)
    detail = LedgerEntry.objects.get(act="compliancerule.changed").detail
    assert detail["countries"] == {"was": "CN", "now": "RU"}
    assert detail["touched"] == {"was": 1, "now": 1, "more": [russian], "no longer": [chinese]}


def test_letters_are_drafts_that_are_edited_and_taken_as_text_and_never_sent(
    desk: Client, houston: Jurisdiction
) -> None:
    number, law = partner(houston, "Shenzhen", "CN"), rule("CN")
    desk.post(address("compliancerule_letters", law.pk))
    letter = ComplianceLetter.objects.get()
    assert number in letter.text
    assert "Texas Gov. Code ch. 795" in letter.text
    desk.post(address("complianceletter_change", letter.pk), {"text": "Dear mayor of Houston"})
    desk.post(address("compliancerule_letters", law.pk))
    answer = desk.get(address("complianceletter_text", letter.pk))
    assert answer.content.decode() == "Dear mayor of Houston"
    assert answer["Content-Disposition"] == f'attachment; filename="letter-{number}.txt"'
    assert (ComplianceLetter.objects.count(), len(mail.outbox), Notice.objects.count()) == (1, 0, 0)


def test_the_lens_changes_nothing_of_the_record(desk: Client, houston: Jurisdiction) -> None:
    number = partner(houston, "Shenzhen", "CN")
    compliance.draft_letters(rule_id=rule("CN").pk, by=Actor.of(cast.staff("registrar")), on=TODAY)
    page = desk.get(f"/affiliations/{number}/").content.decode()
    assert "ch. 795" not in page


def test_an_auditor_looks_and_drafts_nothing(auditor: User, houston: Jurisdiction) -> None:
    partner(houston, "Shenzhen", "CN")
    law, client = rule("CN"), at_the_desk(auditor)
    text = client.get(address("compliancerule_lens")).content.decode()
    assert "Draft letters" not in text
    assert client.post(address("compliancerule_letters", law.pk)).status_code == 403
    assert at_the_desk(cast.staff("registrar")).get(address("compliancerule_letters", law.pk)).status_code == 405
