import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.explain.numerals import (
    difference,
    factor,
    numeral,
    product,
    setting,
    sum_of_numbers,
    sum_of_products,
    told_apart,
)

finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-0.5, "−0.5"),
        (0.31415926, "0.3142"),
        (12.3456, "12.35"),
        (1234.5678, "1235"),
        (99999.6, "100000"),
        (0.00012345, "0.0001234"),
        (0.000012345, "1.234e−5"),
        (2.5e6, "2.5e6"),
        (-1e30, "−1e30"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_numbers_have_four_digits_that_matter_and_a_real_minus_sign(number, text):
    assert numeral(number) == text


@given(finite)
def test_a_written_number_is_the_number_to_four_digits(number):
    text = numeral(number)
    assert "-" not in text
    assert math.isclose(float(text.replace("−", "-")), number, rel_tol=5.01e-4)


@given(st.floats(1e-4, 1e6, exclude_max=True))
def test_ordinary_sizes_have_no_exponent(number):
    assert "e" not in numeral(number)


def test_settings_keep_all_their_digits():
    assert [setting(x) for x in (0.9, 0.999, 0.999999, 1e-7, 0.1 + 0.2)] == [
        "0.9",
        "0.999",
        "0.999999",
        "1e−7",
        "0.3",
    ]


def test_a_negative_number_after_an_operator_stands_in_brackets():
    assert factor(-2) == "(−2)"
    assert factor(2) == "2"
    assert difference(-1, -2) == "−1 − (−2)"
    assert product(-1, -2, 3) == "−1 · (−2) · 3"
    assert sum_of_products([1, -2], [-3, 4]) == "1 · (−3) + (−2) · 4"
    assert sum_of_numbers([-1.0, -2.0]) == "−1 + (−2)"


def test_a_long_sum_shows_its_largest_terms_in_order_and_adds_up_the_rest():
    text = sum_of_products([1, 10, 1, -20, 1, 5], [1, 1, 1, 1, 1, 1])
    assert text == "10 · 1 + (−20) · 1 + 5 · 1 + … 3 more terms (3)"


def test_a_sum_of_four_terms_is_written_out():
    assert sum_of_numbers([1, 2, 3, 4]) == "1 + 2 + 3 + 4"


def test_terms_that_are_0_are_the_first_to_be_folded():
    assert sum_of_numbers([0, 0, 7, 0, 0, 0]) == "7 + … 5 more terms (0)"
    assert sum_of_numbers([0, 0, 0, 0, 0]) == "0 + … 4 more terms (0)"


@given(st.lists(finite, min_size=1, max_size=30))
def test_the_parts_of_a_shortened_sum_make_the_whole(values):
    text = sum_of_numbers(values)
    parts = [p.split("(")[-1].strip("()") for p in text.split(" + ")]
    whole = math.fsum(float(part.replace("−", "-")) for part in parts)
    most = math.fsum(map(abs, values))
    assert abs(whole - math.fsum(values)) <= 5.01e-4 * most + 1e-300


def test_a_sum_with_nan_or_infinity_can_be_written():
    assert "NaN" in sum_of_numbers([1, math.nan, 2, 3, 4, 5, 6])
    assert "∞" in sum_of_numbers([1, math.inf, 2, 3, 4, 5, -math.inf])


def test_numbers_that_hardly_differ_get_the_digits_to_tell_them_apart():
    assert told_apart(1.5, 2.5) == ("1.5", "2.5")
    assert told_apart(1.00000012, 1.00000013) == ("1.00000012", "1.00000013")
    assert told_apart(1.0, 1.0 + 2**-52) == ("1", "1.0000000000000002")
