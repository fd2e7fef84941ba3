"""The filter of affiliations: what it understands, and what it says about what it does not."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from partnerships.filters.affiliations import AffiliationFilter
from partnerships.rules.dates import PartialDate
from partnerships.selectors.browse import Criteria


def asked(query: str, **options: object) -> AffiliationFilter:
    return AffiliationFilter(QueryDict(query), **options)  # type: ignore[arg-type]


def test_nothing_asked_is_everything() -> None:
    assert asked("").criteria == Criteria()
    assert asked("").problems == {}


@pytest.mark.django_db  # a community may have been merged
def test_every_parameter_is_understood() -> None:
    criteria = asked(
        "country=JP&country=us&subdivision=us-ca&jurisdiction=7&kind=sister&standing=any&theme=arts&theme=sport"
        "&recognised=true&since_after=1950&since_before=1985-04&q=Osaka&sort=name"
    ).criteria
    assert criteria == Criteria(
        countries=("JP", "US"),
        subdivisions=("US-CA",),
        jurisdictions=(7,),
        kinds=("sister",),
        standings=("any",),
        themes=("arts", "sport"),
        recognised=True,
        since_after=PartialDate(1950),
        since_before=PartialDate(1985, 4),
        q="Osaka",
        sort="name",
    )


def test_empty_values_of_a_form_mean_nothing() -> None:
    sent = asked("subdivision=&kind=&standing=&theme=&recognised=&since_after=&since_before=&q=&sort=")
    assert sent.problems == {}
    assert sent.criteria == Criteria()


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("country=ZZ", "country"),
        ("country=%00", "country"),
        ("subdivision=California", "subdivision"),
        ("subdivision=US-", "subdivision"),
        ("subdivision=U%C3%A9-CA", "subdivision"),
        ("jurisdiction=seven", "jurisdiction"),
        ("jurisdiction=99999999999999999999", "jurisdiction"),
        ("jurisdiction=-1", "jurisdiction"),
        ("jurisdiction=%C2%B2", "jurisdiction"),
        ("kind=brother", "kind"),
        ("standing=annulled", "standing"),
        ("theme=cheese", "theme"),
        ("recognised=maybe", "recognised"),
        ("since_after=99999", "since_after"),
        ("since_before=2020-13", "since_before"),
        ("since_before=1992-06-29x" + "x" * 9000, "since_before"),
        ("q=a%00b", "q"),
        ("q=" + "a" * 10_000, "q"),
        ("as_of=2020", "as_of"),
        ("as_of=2020-02-30", "as_of"),
        ("as_of=2999-01-01", "as_of"),
        ("as_of=" + "1" * 9000, "as_of"),
        ("sort=xyz", "sort"),
        ("sort=name", "sort"),
        ("colour=blue", "colour"),
        ("&".join(f"theme=t{number}" for number in range(50)), "theme"),
    ],
)
def test_what_cannot_be_used_is_named_and_left_out(query: str, parameter: str) -> None:
    sent = asked(query)
    assert list(sent.problems) == [parameter]
    assert sent.criteria == Criteria()
    assert all(len(message) < 200 for message in sent.problems[parameter])


def test_the_good_half_of_a_bad_question_is_answered() -> None:
    sent = asked("country=JP&sort=xyz&colour=blue")
    assert set(sent.problems) == {"sort", "colour"}
    assert sent.criteria == Criteria(countries=("JP",))


def test_a_door_names_the_further_parameters_that_it_knows() -> None:
    assert asked("page_size=10&cursor=abc&format=csv&depth=2", also=("depth",)).problems == {}
    assert list(asked("depth=2").problems) == ["depth"]


def test_the_place_of_the_address_is_added_to_the_question() -> None:
    assert asked("country=US", fixed={"country": ["JP"]}).criteria.countries == ("JP", "US")
    assert asked("sort=name", fixed={"country": ["JP"]}).problems == {}
