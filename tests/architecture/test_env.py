"""The readers of the environment."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from sci_registry.env import BEGIN, END, Env, Row, parsed, with_table


@pytest.mark.parametrize(("text", "value"), [("on", True), ("1", True), ("True", True), ("no", False), ("0", False)])
def test_a_flag_reads_the_usual_words(text: str, value: bool) -> None:
    assert Env({"FLAG": text}).flag("FLAG", "A flag.", default=not value) is value


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Env({"NUMBER": ""}).number("NUMBER", "A number.", default=7) == 7


def test_a_list_drops_blanks_and_empty_words() -> None:
    assert Env({"HOSTS": " a.example , ,b.example,"}).words("HOSTS", "Hosts.") == ["a.example", "b.example"]


def test_local_values_stand_in_only_with_debug_on() -> None:
    env = Env({})
    env.debug = True
    assert env.required("KEY", "A key.", local=lambda: "local", shown="local") == "local"
    env.debug = False
    with pytest.raises(ImproperlyConfigured, match="KEY is not set"):
        env.required("KEY", "A key.", local=lambda: "local", shown="local")


def test_a_refused_address_does_not_show_its_password() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        Env({"URL": "ftp://me:hush@host"}).address("URL", "A URL.", default="", schemes=("http",))
    assert "hush" not in str(refusal.value)


def test_a_value_error_becomes_a_sentence_with_the_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="NUMBER cannot be used"):
        parsed("NUMBER", "x", int)


def test_the_table_replaces_what_stands_between_its_markers() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    new = with_table(page, [Row("NAME", "text", "`x`", "What it is.")])
    assert "old" not in new
    assert "| `NAME` | text | `x` | What it is. |" in new
    assert new.startswith("before\n")
    assert new.endswith("\nafter\n")


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="settings: begin"):
        with_table("nothing here", [])
