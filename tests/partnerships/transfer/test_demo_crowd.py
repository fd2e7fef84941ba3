"""Fictional affiliations between real places: marked, seeded, and no others the second time."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from partnerships.models import Affiliation, Agreement, Jurisdiction
from partnerships.selectors import differences, register
from partnerships.transfer import demo_crowd, gazetteer_loader

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _large_cities(db: None) -> None:
    gazetteer_loader.load(min_population=1_000_000)


def test_each_says_that_it_is_fictional_and_its_places_are_real() -> None:
    assert demo_crowd.enter(count=60, on=TODAY) == 60
    assert set(Affiliation.objects.values_list("fictional", "story")) == {(True, demo_crowd.STORY)}
    assert set(Agreement.objects.values_list("fictional", "source")) == {(True, demo_crowd.SOURCE)}
    assert not Jurisdiction.objects.filter(fictional=True).exists()
    assert not Jurisdiction.objects.filter(geonames_id=None).exists()


def test_a_second_run_adds_nothing_and_a_larger_one_the_rest() -> None:
    demo_crowd.enter(count=40, on=TODAY)
    pairs = set(Affiliation.objects.values_list("first_id", "second_id"))
    assert demo_crowd.enter(count=40, on=TODAY) == 0
    assert demo_crowd.enter(count=60, on=TODAY) == 20
    assert pairs < set(Affiliation.objects.values_list("first_id", "second_id"))


def test_both_sides_lie_in_different_countries() -> None:
    demo_crowd.enter(count=60, on=TODAY)
    for affiliation in Affiliation.objects.select_related("first", "second"):
        assert affiliation.first.country != affiliation.second.country


def test_places_of_the_example_are_not_entered_twice() -> None:
    call_command("load_example", demo_size=80, stdout=StringIO())
    ids = Jurisdiction.objects.exclude(geonames_id=None).values_list("geonames_id", flat=True)
    assert len(ids) == len(set(ids))
    assert Affiliation.objects.filter(agreements__source=demo_crowd.SOURCE).distinct().count() == 80


def test_the_chain_and_the_read_models_hold() -> None:
    demo_crowd.enter(count=80, on=TODAY)
    assert register.verify() == register.head()
    assert [str(found) for found in differences.all_differences(on=TODAY)] == []


def test_where_the_places_are_used_up_fewer_are_entered() -> None:
    gazetteer_loader.load(min_population=20_000_000, force=True)
    assert demo_crowd.enter(count=500, on=TODAY) < 500
