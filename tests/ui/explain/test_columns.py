import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.ui.explain.columns import column_texts

NUMBERS = st.lists(st.floats(-1e9, 1e9, allow_subnormal=False), min_size=1, max_size=8)


def value_of(text):
    return float(text.replace("−", "-"))


def test_decimal_points_stand_in_line():
    assert column_texts([-0.31416, 12.5, 0.25], 9) == ["−0.3142", "12.5000", "0.2500"]


def test_small_numbers_get_more_decimals_and_tiny_ones_exponents():
    assert column_texts([0.012345, -0.004], 9) == ["0.01235", "−0.00400"]
    assert column_texts([1.2345e-5, -4e-7], 9) == ["1.234e−5", "−4e−7"]
    assert column_texts([0.5, 1.2e-7], 9) == ["0.5000", "1.2e−7"]


def test_what_is_no_number_is_told():
    assert column_texts([math.nan, math.inf, -math.inf, 0.0], 9) == ["–", "∞", "−∞", "0"]


def test_decimals_are_left_out_where_there_is_little_room():
    assert column_texts([-1234.5678], 8) == ["−1234.57"]
    assert column_texts([-123456.78], 8) == ["−123457"]


@given(NUMBERS, st.integers(8, 12))
def test_every_number_fits_and_is_nearly_right(values, width):
    largest = max(abs(value) for value in values)
    for value, text in zip(values, column_texts(values, width), strict=True):
        assert len(text) <= width
        assert value_of(text) == pytest.approx(value, rel=0.051, abs=max(1e-3 * largest, 1e-99))
        assert text.startswith("−") == (value < 0)
