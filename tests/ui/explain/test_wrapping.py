from hypothesis import given
from hypothesis import strategies as st

from nntui.ui.explain.wrapping import wrapped_formula

LONG = "0.31 · 1.2 + 0.5 · (−0.3) + … 29 more terms (0.94) = 0.322"


def test_a_formula_that_fits_stays_in_one_line():
    assert wrapped_formula(LONG, len(LONG)) == (LONG,)


def test_it_is_broken_before_what_comes_out_and_between_terms():
    assert wrapped_formula(LONG, 52) == (LONG[: LONG.index(" = ")], "    = 0.322")
    assert wrapped_formula(LONG, 30) == (
        "0.31 · 1.2 + 0.5 · (−0.3)",
        "    + … 29 more terms (0.94)",
        "    = 0.322",
    )


@given(st.text("ab ·+−=()", min_size=1, max_size=80), st.integers(1, 60))
def test_nothing_is_lost_and_nothing_too_wide(text, columns):
    lines = wrapped_formula(text, columns)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= columns for line in lines)
