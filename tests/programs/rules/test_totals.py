"""Whatever figures there are: claimed and verified, different units or measures, a whole and its parts never add up."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from programs.rules.totals import ACTIVITY, CYCLE, PARTICIPATION, Figure, totals

FIGURES = st.lists(
    st.builds(
        Figure,
        measure=st.sampled_from(["Beneficiaries", "Concerts"]),
        unit=st.sampled_from(["people", "households"]),
        value=st.decimals(0, 10**9, places=2),
        verified=st.booleans(),
        approximate=st.booleans(),
        group=st.sampled_from(["", "children"]),
        level=st.sampled_from([CYCLE, PARTICIPATION, ACTIVITY]),
    ),
    max_size=30,
)


@given(FIGURES)
def test_each_total_is_the_sum_of_those_that_agree_and_of_no_other(figures: list[Figure]) -> None:
    for total in totals(figures):
        alike = [
            one
            for one in figures
            if (one.measure, one.unit, one.verified, one.group, one.level)
            == (total.measure, total.unit, total.verified, total.group, total.level)
        ]
        assert total.value == sum((one.value for one in alike), Decimal(0))
        assert total.figures == len(alike)
        assert total.approximate == any(one.approximate for one in alike)


@given(FIGURES)
def test_every_figure_is_in_one_total_and_the_order_does_not_matter(figures: list[Figure]) -> None:
    found = totals(figures)
    assert sum(total.figures for total in found) == len(figures)
    assert len({(one.measure, one.unit, one.verified, one.group, one.level) for one in found}) == len(found)
    assert found == totals(reversed(figures))


def test_the_verified_stand_before_the_claimed() -> None:
    made = [
        Figure("Beneficiaries", "people", Decimal(value), verified=proof) for value, proof in ((1, False), (2, True))
    ]
    assert [total.verified for total in totals(made)] == [True, False]
