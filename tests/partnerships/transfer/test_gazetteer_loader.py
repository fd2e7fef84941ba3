"""What is loaded of the packages, and how GeoNames' subdivisions become those of ISO 3166-2."""

from __future__ import annotations

from io import StringIO

import pycountry
import pytest
from django.core.management import CommandError, call_command

from partnerships.models import GazetteerEdition, Place, PlaceName
from partnerships.transfer.admin1 import ADMIN1, iso_3166_2


@pytest.mark.parametrize("country", ADMIN1)
def test_every_code_of_the_table_is_one_of_iso_and_none_is_given_twice(country: str) -> None:
    codes = [iso_3166_2(country, admin1) for admin1 in ADMIN1[country]]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= {row.code for row in pycountry.subdivisions.get(country_code=country)}


@pytest.mark.parametrize(
    ("country", "admin1", "code"),
    [("US", "NY", "US-NY"), ("JP", "32", "JP-27"), ("UA", "18", "UA-53"), ("GB", "SCT", "GB-SCT"), ("GH", "02", "")],
)
def test_a_subdivision_is_named_only_where_it_is_known_for_certain(country: str, admin1: str, code: str) -> None:
    assert iso_3166_2(country, admin1) == code


@pytest.mark.django_db
def test_a_dry_run_only_counts() -> None:
    out = StringIO()
    call_command("load_gazetteer", min_population=5_000_000, dry_run=True, stdout=out)
    assert "Would load" in out.getvalue()
    assert not Place.objects.exists()


@pytest.mark.django_db
def test_another_smallest_population_replaces_what_was_loaded() -> None:
    call_command("load_gazetteer", min_population=10_000_000, stdout=StringIO())
    fewer = Place.objects.count()
    call_command("load_gazetteer", min_population=5_000_000, stdout=StringIO())
    assert Place.objects.count() > fewer
    edition = GazetteerEdition.objects.get()
    assert (edition.places, edition.names) == (Place.objects.count(), PlaceName.objects.count())
    assert edition.min_population == 5_000_000


@pytest.mark.django_db
def test_names_of_airports_and_spelt_out_scripts_are_left_out() -> None:
    call_command("load_gazetteer", min_population=5_000_000, stdout=StringIO())
    names = set(PlaceName.objects.filter(place__name="Tokyo").values_list("name", flat=True))
    assert "Tokyo" in names
    assert not {"TYO", "dong jing"} & names


def test_a_negative_population_is_refused() -> None:
    with pytest.raises(CommandError, match="negative"):
        call_command("load_gazetteer", min_population=-1)
