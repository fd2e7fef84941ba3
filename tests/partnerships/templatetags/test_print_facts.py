"""How facts are printed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from partnerships import choices
from partnerships.rules.dates import PartialDate
from partnerships.templatetags import registry


def rendered(source: str, **context: Any) -> str:
    return Template("{% load registry %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (PartialDate(1931), "1931"),
        (PartialDate(1985, 4), "April 1985"),
        (PartialDate(1992, 6, 29), "29 June 1992"),
        ("1985-04", "April 1985"),
        (date(2022, 7, 14), "14 July 2022"),
        (datetime(2022, 7, 14, 12, tzinfo=UTC), "14 July 2022"),
        (None, ""),
        ("", ""),
        ("around 1950", ""),
    ],
)
def test_a_date_prints_as_far_as_it_is_known(value: Any, expected: str) -> None:
    assert registry.partial_date(value) == expected


def test_a_date_prints_in_the_language_of_the_reader() -> None:
    with translation.override("ja"):
        assert registry.partial_date("1992-06-29") == "1992年6月29日"


def test_a_date_says_to_machines_what_it_says_to_people() -> None:
    assert registry.when(PartialDate(1985, 4)) == '<time datetime="1985-04">April 1985</time>'


def test_an_unknown_date_prints_the_words_given_for_it() -> None:
    assert rendered('{% when None "not known" %}') == "not known"


def test_a_country_prints_by_name_and_an_unknown_one_by_its_code() -> None:
    assert rendered('{{ "UA"|country_name }} {{ "QQ"|country_name }}') == "Ukraine QQ"


def test_a_flag_is_decoration_and_an_unknown_country_has_none() -> None:
    assert 'alt=""' in registry.flag("UA")
    assert registry.flag("QQ") == ""


def test_a_stored_value_prints_as_its_words_and_an_unknown_one_as_it_is() -> None:
    assert rendered('{{ "renew"|label_of:"Act" }} {{ "burn"|label_of:"Act" }}') == "Renew burn"


@pytest.mark.parametrize(
    ("looks", "noun"),
    [
        (registry.KINDS, choices.AffiliationKind),
        (registry.STANDINGS, choices.Standing),
        (registry.LIGHTS, choices.Light),
        (registry.STATES, choices.FilingState),
        (registry.EVIDENCE, choices.EvidenceGrade),
    ],
)
def test_every_value_has_a_badge_of_its_own(looks: dict[str, tuple[str, str]], noun: Any) -> None:
    assert set(looks) == set(noun.values)
    assert len(set(looks.values())) == len(looks)


def test_a_badge_says_in_words_and_picture_what_its_colour_says() -> None:
    badge = rendered('{% standing_badge "suspended" %}')
    assert "Suspended" in badge
    assert "#pause" in badge


def test_what_is_not_recognised_is_never_called_invalid() -> None:
    badge = rendered("{% recognition_badge False %}")
    assert "Not currently recognised" in badge
    assert "negative" not in badge


def test_a_canonical_address_has_no_query(settings: Any, rf: RequestFactory) -> None:
    settings.SITE_URL = "https://registry.example.org"
    request = rf.get("/countries/JP/?sort=since")
    assert rendered("{% canonical_url %}", request=request) == "https://registry.example.org/countries/JP/"


def test_a_registry_of_one_language_offers_no_other(settings: Any, rf: RequestFactory) -> None:
    settings.LANGUAGES = [("en", "English")]
    assert rendered("{% in_other_languages as all %}{{ all|length }}", request=rf.get("/")) == "0"


def test_a_page_is_offered_in_each_language_in_its_own_words(settings: Any, rf: RequestFactory) -> None:
    settings.LANGUAGES = [("en", "English"), ("ja", "Japanese")]
    source = "{% in_other_languages as all %}{% for o in all %}{{ o.name }}{{ o.path }} {% endfor %}"
    assert rendered(source, request=rf.get("/account/login/")) == "English/account/login/ 日本語/ja/account/login/"
