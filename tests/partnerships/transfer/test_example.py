"""The example registry: every fact that the domain names, nothing beside them, entered through the operations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from partnerships.choices import FilingState, MilestoneKind
from partnerships.models import (
    Affiliation,
    Agreement,
    Filing,
    Jurisdiction,
    LedgerEntry,
    MembershipTerm,
    Milestone,
    Notice,
    RegisterEntry,
    Signatory,
    User,
)
from partnerships.selectors import differences, register
from partnerships.transfer.example import fictional, known
from partnerships.transfer.example.load import load

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The example, entered once for all tests of this file and rolled back after them."""
    folder = str(tmp_path_factory.mktemp("media"))
    documents = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    quick = override_settings(
        STORAGES={**settings.STORAGES, "default": documents},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with django_db_blocker.unblock(), transaction.atomic():
        with quick:
            load(on=TODAY, logins=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def example(loaded: None, db: None) -> None:
    """Each test in a savepoint of its own."""


def between(one: str, other: str) -> Affiliation:
    """The affiliation of two communities, named with their country where two share a name."""

    def community(text: str) -> Jurisdiction:
        name, _comma, country = text.partition(", ")
        found = Jurisdiction.objects.filter(name=name)
        return found.get(country=country) if country else found.get()

    return Affiliation.objects.between(community(one).pk, community(other).pk).get()


@pytest.mark.parametrize(
    ("one", "other", "since"),
    [
        ("Toledo, US", "Toledo, ES", "1931"),
        ("Bristol", "Hanover", "1947"),
        ("San Francisco", "Osaka", "1957"),
        ("Irondequoit", "Poltava", "1992-06-29"),
        ("Portland", "Bologna", "None"),
        ("Chicago", "Warsaw", "None"),
        ("Gainesville", "Qalqilya", "None"),
        ("Muscatine", "Ramallah", "None"),
        ("Fort Lauderdale", "Agogo", "None"),
    ],
)
def test_each_partnership_of_the_domain_is_on_record_as_far_as_it_is_known(
    example: None, one: str, other: str, since: str
) -> None:
    affiliation = between(one, other)
    assert (str(affiliation.since), affiliation.kind, affiliation.standing) == (since, "sister", "in_force")
    assert not affiliation.fictional
    assert affiliation.reasons == []


def test_irondequoit_and_poltava_signed_for_good_on_29_june_1992(example: None) -> None:
    affiliation = between("Irondequoit", "Poltava")
    assert affiliation.perpetual
    filing = affiliation.agreements.get().filing
    assert [(row.jurisdiction.name, row.name) for row in filing.signatories.all()] == [
        ("Irondequoit", "Fredrick W. Lapple"),
        ("Poltava", "Anatonij Kukoba"),
    ]


def test_the_virtual_conference_of_2022_is_a_milestone_and_confirms_the_affiliation(example: None) -> None:
    affiliation = between("Irondequoit", "Poltava")
    milestone = affiliation.milestones.get()
    assert (milestone.kind, str(milestone.on)) == (MilestoneKind.CONFERENCE, "2022-07-14")
    assert affiliation.last_confirmed_on == date(2022, 7, 14)


def test_the_register_tells_the_history_of_irondequoit_and_poltava(example: None) -> None:
    affiliation = between("Irondequoit", "Poltava")
    about = {f"affiliations/{affiliation.number}", f"agreements/{affiliation.agreements.get().number}"}
    about |= {f"jurisdictions/{pk}" for pk in affiliation.party_ids}
    told = [entry.event for entry in RegisterEntry.objects.all() if entry.subject in about]
    assert told == ["jurisdiction.accepted"] * 2 + ["agreement.registered", "affiliation.milestone"]


def test_bristol_and_hanover_have_no_party_in_the_united_states(example: None) -> None:
    sides = between("Bristol", "Hanover").sides.values_list("country", flat=True)
    assert sorted(sides) == ["DE", "GB"]


def test_the_technology_partnership_of_agogo_dates_from_2006(example: None) -> None:
    affiliation = between("Fort Lauderdale", "Agogo")
    assert str(affiliation.milestones.get().on) == "2006"
    assert "technology" in affiliation.themes
    for word in ("Citrix", "ICT centre", "aquaculture", "hydroponics"):
        assert word in affiliation.story


def test_what_the_sources_do_not_say_is_left_empty(example: None) -> None:
    real = Filing.objects.filter(fictional=False)
    assert set(real.values_list("place", "title", "term_end", "effective_on")) == {("", "", None, None)}
    assert Signatory.objects.filter(filing__in=real).count() == 2
    assert not MembershipTerm.objects.exclude(jurisdiction__fictional=True).exists()
    assert {agreement.evidence for agreement in Agreement.objects.filter(fictional=False)} == {"declared"}


def test_what_is_missing_was_waived_with_a_reason_by_a_registrar(example: None) -> None:
    filing = between("Chicago", "Warsaw").agreements.get().filing
    waived = {waiver.code: waiver.reason for waiver in filing.waivers.all()}
    assert waived == known.WAIVED_BECAUSE
    assert {waiver.by_name for waiver in filing.waivers.all()} == {"Rosa Registrar"}


@pytest.mark.parametrize(
    ("one", "other", "kind", "standing"),
    [
        ("Example Falls", "Beispielstadt", "friendship", "in_force"),
        ("Sample City", "Exempleville", "sister", "in_force"),
        ("Specimen Harbor", "Przykładowo", "sister", "suspended"),
        ("Sample City", "Voorbeelddam", "sister", "ended"),
        ("Demo Springs", "Tatoe", "sister", "emeritus"),
    ],
)
def test_fictional_affiliations_show_every_kind_and_standing(
    example: None, one: str, other: str, kind: str, standing: str
) -> None:
    affiliation = between(one, other)
    assert (affiliation.kind, affiliation.standing, affiliation.fictional) == (kind, standing, True)


def test_the_upgraded_one_keeps_its_time_as_a_friendship(example: None) -> None:
    periods = between("Sample City", "Exempleville").periods.order_by("from_date")
    assert [(period.kind, period.to_date) for period in periods] == [
        ("friendship", date(2022, 9, 17)),
        ("sister", None),
    ]


def test_the_joint_agreement_of_three_covers_three_affiliations(example: None) -> None:
    joint = Agreement.objects.get(party_count=3)
    pairs = {frozenset((row.first.name, row.second.name)) for row in joint.affiliations.all()}
    names = ("Example Falls", "Ejemplo del Mar", "Esempio Terme")
    assert pairs == {frozenset((one, other)) for one in names for other in names if one < other}


def test_there_is_a_filing_in_every_state_that_a_queue_shows(example: None) -> None:
    states = Counter(Filing.objects.values_list("state", flat=True))
    assert set(states) == set(FilingState.values) - {FilingState.ANNULLED}


def test_everything_fictional_is_marked_and_nothing_real_is(example: None) -> None:
    for affiliation in Affiliation.objects.select_related("first", "second"):
        assert affiliation.fictional == affiliation.first.fictional == affiliation.second.fictional
    assert Agreement.objects.filter(fictional=True).count() == Agreement.objects.filter(source=fictional.SOURCE).count()


def test_papers_are_attached_to_every_fictional_agreement_and_to_no_real_one(example: None) -> None:
    for filing in Filing.objects.filter(state=FilingState.REGISTERED):
        assert filing.documents.exists() == filing.fictional
    for filing in Filing.objects.filter(fictional=True).exclude(state=FilingState.DRAFT):
        for document in filing.documents.all():
            assert (document.media_type, document.pages) == ("application/pdf", 1)


def test_the_ledger_knows_who_did_what(example: None) -> None:
    who = dict(LedgerEntry.objects.filter(act="filing.registered").values_list("act", "actor_name"))
    assert who == {"filing.registered": "Rosa Registrar"}
    starts = LedgerEntry.objects.filter(act="filing.started").values_list("actor_name", flat=True)
    assert set(starts) == {"Clara Clerk", "Eva Example"}


def everything() -> tuple[Any, ...]:
    """What a second run must not touch."""
    models = (Affiliation, Agreement, Filing, Jurisdiction, LedgerEntry, MembershipTerm, Milestone, Notice, User)
    return (register.head(), *(list(model.objects.order_by("pk").values_list()) for model in models))


def test_a_second_run_changes_nothing(example: None) -> None:
    before = everything()
    assert load(on=TODAY, logins=True) == 0
    assert everything() == before


def test_a_second_run_a_year_later_changes_nothing(example: None) -> None:
    before = everything()
    assert load(on=date(2027, 11, 24), logins=True) == 0
    assert everything() == before


def test_the_chain_and_the_read_models_hold(example: None) -> None:
    assert register.verify() == register.head()
    assert [str(found) for found in differences.all_differences(on=TODAY)] == []
