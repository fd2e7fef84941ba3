"""Names as they come: every script is welcome, what nobody can see or read is not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from partnerships.forms.fields import LineField, StoryField


@pytest.mark.parametrize(
    "name", ["Fredrick W. Lapple", "Анатолій Кукоба", "大阪市長", "محمد بن راشد", "O’Brien-Núñez", "نام‌خانوادگی"]
)
def test_every_script_stays_as_it_was_typed(name: str) -> None:
    assert LineField(letters=True).clean(name) == name


def test_combining_signs_become_the_letters_that_they_mean() -> None:
    assert LineField().clean("Ne\u0301meth") == "Németh"


def test_signs_that_turn_the_line_round_are_taken_out() -> None:
    assert LineField().clean("\u202egnp.exe\u202c Mayor\u200b") == "gnp.exe Mayor"


def test_pasted_space_becomes_one_space() -> None:
    assert LineField().clean("  Anna \t Maria\u00a0\n Rossi ") == "Anna Maria Rossi"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("x" * 10_000, "max_length"),
        ("An\x00na", "control"),
        ("An\x07na", "control"),
        ("\u200b\u200e", "required"),
        ("—…!", "letters"),
    ],
)
def test_what_cannot_be_a_name_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        LineField(letters=True).clean(typed)
    assert [error.code for error in refused.value.error_list] == [code]


@given(st.text(max_size=300))
def test_any_text_is_either_one_clean_line_or_refused(text: str) -> None:
    try:
        line = LineField(letters=True).clean(text)
    except ValidationError:
        return
    assert 0 < len(line) <= 200
    assert not {"\n", "\x00", "\u202e"} & set(line)
    assert LineField(letters=True).clean(line) == line


def test_a_line_end_counts_as_one_sign_as_in_the_browser() -> None:
    assert StoryField(max_length=5).clean("ab\r\ncd") == "ab\ncd"
