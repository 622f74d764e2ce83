import math

import pytest

from nntui.ui.figures import figure, percent, short_count, speed_text


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (999, "999"), (1000, "1k"), (12_345, "12.3k"), (123_456, "123k"), (2.5e6, "2.5M")],
)
def test_counts_are_short(count, text):
    assert short_count(count) == text


@pytest.mark.parametrize(
    ("speed", "text"),
    [(0.5, "0.5"), (1.0, "1"), (9.94, "9.9"), (41_234, "41k"), (41_999, "42k"), (873, "870")],
)
def test_a_speed_has_two_digits_so_that_it_does_not_flicker(speed, text):
    assert speed_text(speed) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (math.nan, "-"),
        (0.0, "0"),
        (0.08312, "0.0831"),
        (0.00001234, "1.23e-05"),
        (12.345, "12.3"),
        (math.inf, "inf"),
    ],
)
def test_figures_have_the_digits_that_matter(value, text):
    assert figure(value) == text


def test_shares_are_percentages():
    assert percent(0.97312) == "97.3 %"
    assert percent(1.0) == "100.0 %"
    assert percent(None) == "-"
