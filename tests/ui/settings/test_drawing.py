from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from nntui.experiment.experiment import Experiment
from nntui.experiment.form import layer_rows
from nntui.experiment.overrides import experiment_with
from nntui.ui.canvas import BOLD, Canvas
from nntui.ui.ink import PLAIN_INK
from nntui.ui.settings.drawing import Mark, draw_setting, fitted, placed
from nntui.ui.settings.flow import Spot


def drawn(row, mark, width=30):
    canvas = Canvas(1, width, PLAIN_INK.text)
    draw_setting(canvas, Spot(0, 0, width, 0), row, mark, PLAIN_INK)
    return canvas


@given(st.text(st.characters(categories=("L", "N")), max_size=30), st.integers(0, 20))
def test_a_fitted_text_is_never_wider(text, width):
    assert cell_len(fitted(text, width)) <= width


def test_what_was_cut_ends_with_an_ellipsis():
    assert fitted("categorical_crossentropy", 12) == "categorical…"


def test_values_begin_below_each_other_where_there_is_room():
    assert placed("noise", "0.2", 30)[1] == placed("learning rate", "0.01", 30)[1]


def test_values_end_below_each_other_where_it_is_narrow():
    for label, value in (("noise", "0.2"), ("schedule", "constant"), ("learning rate", "0.01")):
        shown_label, start, shown = placed(label, value, 19)

        assert (shown_label, shown) == (label, value)
        assert start + len(shown) == 19


@given(
    label=st.text("abc ", min_size=1, max_size=13),
    value=st.text("xyz", max_size=30),
    width=st.integers(8, 40),
)
def test_a_value_never_touches_its_label_and_never_leaves_the_width(label, value, width):
    shown_label, start, shown = placed(label, value, width)

    assert start > cell_len(shown_label)
    assert start + cell_len(shown) <= width


def test_what_rebuilds_has_a_sign():
    units, activation = layer_rows(Experiment(), 0)[:2]

    assert drawn(units, Mark(rebuilds=True)).strip(0).text.startswith("↻units")
    assert drawn(activation, Mark()).strip(0).text.startswith(" activation")


def test_a_value_of_ones_own_is_emphasised():
    changed = experiment_with(Experiment(), [("layers.0.units", 5)])

    own = drawn(layer_rows(changed, 0)[0], Mark())
    default = drawn(layer_rows(Experiment(), 0)[0], Mark())

    place = own.strip(0).text.index("5")
    assert own.attributes[0, place] == BOLD
    assert default.attributes[0, place] == 0
