"""Every record keeps what its list in ``records.py`` promises."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client
from django.utils.functional import Promise

from tests.contracts.records import APPS

MODELS = {
    f"{app}.{model.__name__}": model for app, records in APPS.items() for model in apps.get_app_config(app).get_models()
}
PUBLIC = {f"{app}.{name}": address for app, records in APPS.items() for name, address in records.public.items()}
STAFF = {f"{app}.{name}" for app, records in APPS.items() for name in records.staff}
#: Public records whose staff work with them on the page of another record.
BESIDE = {"programs.Activity": "programs.Participation"}
IN_THE_ADMIN = sorted({*PUBLIC, *STAFF} - {*BESIDE})
WORD_LISTS = [
    words
    for app in APPS
    for _, words in inspect.getmembers(importlib.import_module(f"{app}.choices"), inspect.isclass)
    if issubclass(words, models.TextChoices) and words.choices
]


@pytest.mark.parametrize("app", sorted(APPS))
def test_every_record_is_in_exactly_one_list(app: str) -> None:
    of = APPS[app]
    lists: list[set[str]] = [set(of.public), set(of.staff), set(of.parts), set(of.kept)]
    known = sorted(model.__name__ for model in apps.get_app_config(app).get_models())
    assert sorted(name for names in lists for name in names) == known


def test_every_app_of_the_registry_keeps_its_lists() -> None:
    own = {config.label for config in apps.get_app_configs() if config.models_module and _is_own(config.name)}
    assert own == set(APPS)


def _is_own(module: str) -> bool:
    return importlib.util.find_spec(f"{module}.services") is not None


@pytest.mark.parametrize("name", sorted({*PUBLIC, *STAFF}))
def test_what_people_see_has_a_name_that_can_be_translated(name: str) -> None:
    options = MODELS[name]._meta
    assert isinstance(options.verbose_name, Promise)
    assert isinstance(options.verbose_name_plural, Promise)


@pytest.mark.parametrize("words", WORD_LISTS, ids=lambda words: words.__name__)
def test_every_word_of_a_list_can_be_translated(words: Any) -> None:
    assert all(isinstance(word._label_, Promise) for word in words)


@pytest.mark.parametrize("name", IN_THE_ADMIN)
def test_staff_find_it_in_the_admin(name: str) -> None:
    admin.autodiscover()
    assert admin.site.is_registered(MODELS[name])


@pytest.mark.parametrize("name", sorted(BESIDE))
def test_staff_find_it_on_the_page_of_what_it_belongs_to(name: str) -> None:
    admin.autodiscover()
    shown = admin.site.get_model_admin(MODELS[BESIDE[name]]).inlines
    assert MODELS[name] in {inline.model for inline in shown}


@pytest.mark.parametrize("name", sorted({*IN_THE_ADMIN} - {"partnerships.User"}))
def test_the_admin_reads_lists_in_few_statements(name: str) -> None:
    """A list that shows a relation reads it along with the rows."""
    admin.autodiscover()
    door = admin.site.get_model_admin(MODELS[name])
    shown = {column for column in door.list_display if isinstance(column, str)}
    relations = {field.name for field in MODELS[name]._meta.fields if field.is_relation}
    if shown & relations:
        assert door.list_select_related


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(PUBLIC.values()))
def test_everybody_reads_it_through_the_api(client: Client, address: str) -> None:
    answer = client.get(f"/api/v1/{address}/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/json")


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(PUBLIC.values()))
def test_a_filter_that_does_not_exist_is_named(client: Client, address: str) -> None:
    answer = client.get(f"/api/v1/{address}/?colour=blue")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert "colour" in answer.text


@pytest.mark.parametrize("name", sorted(MODELS))
def test_nothing_of_record_goes_with_an_account(name: str) -> None:
    """Who did something stays named, so an account with a past cannot be deleted."""
    user = MODELS["partnerships.User"]
    to_accounts = [field for field in MODELS[name]._meta.fields if field.related_model is user]
    assert all(field.remote_field.on_delete is models.PROTECT for field in to_accounts)
