"""How forms and their errors are written for those who see them and those who hear them."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject


class Signing(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the paper.")
    office = forms.CharField(label="Office", required=False)
    capacity = forms.ChoiceField(label="Capacity", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_a_field_is_tied_to_its_label_its_help_and_its_error() -> None:
    written = str(Signing({})["name"].as_field_group())
    assert '<label for="id_name">' in written
    assert 'aria-describedby="id_name_helptext id_name_error"' in written
    assert 'id="id_name_helptext"' in written
    assert 'id="id_name_error"' in written
    assert 'aria-invalid="true"' in written


def test_only_what_may_be_left_out_is_marked() -> None:
    form = Signing()
    assert "optional" not in form["name"].as_field_group()
    assert "optional" in form["office"].as_field_group()


def test_a_group_of_choices_has_a_legend() -> None:
    assert "<legend>Capacity</legend>" in Signing()["capacity"].as_field_group()


def test_what_was_typed_is_written_as_text() -> None:
    written = str(Signing({"name": '"><script>alert(1)</script>'}))
    assert "<script>" not in written


def test_the_error_summary_links_each_error_to_its_field() -> None:
    summary = render_to_string("components/error_summary.html", {"form": Signing({})})
    assert '<a href="#id_name">Name: This field is required.</a>' in summary
    assert '<a href="#id_capacity">' in summary


def test_a_form_without_errors_has_no_summary() -> None:
    assert render_to_string("components/error_summary.html", {"form": Signing()}).strip() == ""


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_an_error_page_needs_nothing_but_itself(name: str) -> None:
    """Django renders some of them without a request, and the last one when nothing else works."""
    assert "<h1>" in render_to_string(f"{name}.html")


def test_a_public_page_asks_nothing_about_who_looks(rf: RequestFactory) -> None:
    """The same answer for everybody can be stored, so neither the account nor the messages may be looked at."""

    def looked_at() -> NoReturn:
        raise AssertionError("The page looked at who asks.")

    request = rf.get("/nowhere/")
    request.user = SimpleLazyObject(looked_at)
    request._messages = SimpleLazyObject(looked_at)  # type: ignore[attr-defined]
    assert "<main" in render_to_string("404.html", request=request)
    with pytest.raises(AssertionError):
        render_to_string("base_personal.html", request=request)


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = (Path(settings.BASE_DIR) / "static/img/icons.svg").read_text("utf-8")
    named = set()
    for template in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        parts = template.read_text("utf-8").split('{% icon "')[1:]
        named |= {part.partition('"')[0] for part in parts}
    assert named
    assert {name for name in named if f'id="{name}"' not in drawn} == set()
