import pytest

from nntui.data.sources import catalogue
from nntui.experiment.experiment import Experiment
from nntui.experiment.form import form_rows, layer_rows
from nntui.training.data_facts import facts_of
from nntui.ui.settings.options import A_FILE, options_of

FACTS = facts_of("spiral", files=["mine.csv"])
ROWS = {row.key: row for row in form_rows(Experiment(), FACTS)}
LAYER = {row.field.name: row for row in layer_rows(Experiment(), 0)}


def test_every_data_set_may_be_chosen_and_a_file_too():
    values = [value for value, _, _ in options_of(ROWS["data.source"], FACTS)]

    assert [entry.name for entry in catalogue()] == values[:-2]
    assert values[-2:] == ["mine.csv", A_FILE]


@pytest.mark.parametrize(
    "row", [LAYER["activation"], LAYER["initializer"], ROWS["optimizer"], ROWS["output.loss"]]
)
def test_every_choice_is_explained(row):
    options = options_of(row, FACTS)

    assert len(options) >= len(row.field.choices) > 1
    assert all(len(about) > 10 for _, _, about in options)


def test_what_may_be_left_out_offers_that():
    assert (None, "auto") in [option[:2] for option in options_of(ROWS["output.loss"], FACTS)]


def test_yes_or_no_is_a_choice():
    assert [option[0] for option in options_of(LAYER["trainable"], FACTS)] == [False, True]


@pytest.mark.parametrize("key", ["data.noise", "optimizer.learning_rate", "seed"])
def test_numbers_are_typed(key):
    assert options_of(ROWS[key], FACTS) == ()
