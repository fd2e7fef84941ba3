"""A color that a city chooses: read strictly, and never in the way of who reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules import colours

TOKENS = Path(__file__).parents[3] / "static" / "css" / "tokens.css"
PAPERS = (colours.LIGHT_PAPER, colours.DARK_PAPER)


@pytest.mark.parametrize("text", ["0D3B44", "#0d3b44", "0d3b44"])
def test_a_color_is_six_digits_with_or_without_its_sign(text: str) -> None:
    assert colours.parse(text) == "0d3b44"


@pytest.mark.parametrize("text", ["", "red", "fff", "0d3b4g", "##0d3b44", "0d3b44;}", "0d3b44\n", "\uff10d3b44"])
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no color"):
        colours.parse(text)


def test_contrast_is_that_of_the_guideline() -> None:
    assert colours.contrast("000000", "ffffff") == pytest.approx(21)
    assert colours.contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.005)
    assert colours.contrast("123456", "123456") == 1


def test_what_can_be_read_stays_as_it_is() -> None:
    assert colours.readable("0d3b44", colours.LIGHT_PAPER) == "0d3b44"
    assert colours.readable("8fd3d9", colours.DARK_PAPER) == "8fd3d9"


@given(st.integers(0, 0xFFFFFF))
def test_whatever_the_color_it_can_be_read_on_either_paper(number: int) -> None:
    for paper in PAPERS:
        assert colours.contrast(colours.readable(f"{number:06x}", paper), paper) >= colours.LEAST_CONTRAST


def test_the_papers_are_those_of_the_design() -> None:
    assert "--surface: light-dark(#{}, #{});".format(*PAPERS) in TOKENS.read_text("utf-8")
