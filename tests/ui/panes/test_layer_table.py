import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.training.snapshot import LayerStatistics
from nntui.ui.panes.layer_lines import LayerLine
from nntui.ui.panes.layer_table import about_layer, columns_for, table_line

RELU = LayerLine(
    "layer 1",
    16,
    "relu",
    initializer="he_normal",
    parameters=48,
    bar="▄",
    statistics=LayerStatistics(48, 0.42, 0.61, 0.125, None, 0.0031),
)
TANH = LayerLine(
    "layer 12",
    65_536,
    "leaky_relu",
    dropout=0.25,
    is_frozen=True,
    initializer="he_normal",
    parameters=4_294_967_296,
    bar="█",
    statistics=LayerStatistics(48, -0.4233, 0.61, None, 0.5, 3.1e-12),
)
OUTPUT = LayerLine("output", 3, "softmax", initializer="zeros", loss="huber", parameters=27)


def titles(width):
    return [text for _, text in table_line(columns_for(width), None)]


def drawn(width, line):
    text = [" "] * width
    for start, part in table_line(columns_for(width), line):
        assert start + len(part) <= width
        assert all(character == " " for character in text[start : start + len(part)])
        text[start : start + len(part)] = part
    return "".join(text).rstrip()


@given(st.integers(1, 200), st.sampled_from([RELU, TANH, OUTPUT, None]))
def test_nothing_overlaps_and_nothing_is_outside(width, line):
    if width >= 7:
        drawn(width, line)


def test_a_wide_list_shows_everything():
    assert titles(76) == [
        "layer",
        "units",
        "activation",
        "params",
        "mean ± spread",
        "dead/sat.",
        "gradient",
    ]
    assert drawn(76, RELU).split() == (
        ["layer", "1", "16", "relu", "48", "0.42", "±", "0.61", "dead", "12", "%", "▄", "0.0031"]
    )


def test_the_left_column_of_120_shows_the_gradient_as_number_and_bar():
    assert titles(42) == ["layer", "units", "activation", "params", "gradient"]
    assert drawn(42, RELU) == "layer 1    16 relu           48 ▄ 0.0031"


def test_the_left_column_of_80_still_shows_a_live_figure():
    assert titles(34) == ["layer", "units", "function", "params", "grad"]
    assert drawn(34, RELU) == "layer 1    16 relu         48 ▄"


def test_long_names_and_large_numbers_are_shortened():
    assert drawn(42, TANH).split() == ["layer12", "65536", "leaky…·d·f", "4.29G", "█", "3.10e-12"]


def test_notes_are_written_out_where_there_is_room():
    assert "leaky_relu · drop 0.25 · frozen" in drawn(118, TANH)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (42, "mean 0.42 ± 0.61 · dead 12 % · he_normal weights"),
        (34, "mean 0.42 ± 0.61 · dead 12 % · gradient 0.0031 · he_normal weights"),
        (76, "he_normal weights"),
    ],
)
def test_the_columns_that_are_missing_are_told_below(width, expected):
    assert about_layer(RELU, columns_for(width)) == expected


def test_notes_that_were_shortened_are_told_below():
    assert "leaky_relu · drop 0.25 · frozen" in about_layer(TANH, columns_for(42))
    assert "drop" not in about_layer(TANH, columns_for(118))


def test_the_output_tells_its_loss():
    assert about_layer(OUTPUT, columns_for(42)) == "huber · zeros weights"
