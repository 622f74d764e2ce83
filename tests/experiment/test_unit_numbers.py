"""Neurons that an experiment names by their number."""

import tomllib

import pytest

from nntui.errors import ExperimentError
from nntui.experiment.convert import checked, from_plain
from nntui.experiment.experiment import Experiment, LayerSettings, OutputSettings
from nntui.experiment.overrides import edit, experiment_with, parse_setting
from nntui.experiment.toml_text import to_toml
from nntui.experiment.unit_numbers import check_output_units

MARKED = checked(
    Experiment(
        layers=(
            LayerSettings(units=6, frozen_units=(2, 5), silenced_units=(6,)),
            LayerSettings(units=4, silenced_units=(1, 4)),
        ),
        output=OutputSettings(frozen_units=(3,)),
    )
)


def marks(experiment):
    return [(layer.units, layer.frozen_units, layer.silenced_units) for layer in experiment.layers]


def test_they_come_in_order_and_once_each():
    settings = LayerSettings(frozen_units=(7, 1, 7), silenced_units=(3, 2))
    output = OutputSettings(frozen_units=(2, 1, 1))
    experiment = checked(Experiment(layers=(settings,), output=output))
    assert marks(experiment) == [(32, (1, 7), (2, 3))]
    assert experiment.output.frozen_units == (1, 2)


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (
            {"units": 4, "frozen_units": [2, 5, 9]},
            r"layers\.1\.frozen_units = \[2, 5, 9\]: found 5, expected numbers from 1 to 4, "
            "because the layer has 4 neurons",
        ),
        (
            {"units": 1, "silenced_units": [2]},
            r"layers\.1\.silenced_units = \[2\]: found 2, expected 1 alone, "
            "because the layer has 1 neuron$",
        ),
        ({"silenced_units": [0]}, r"layers\.1\.silenced_units = \[0\]: .* from 1 to 65536"),
        ({"silenced_units": [1.5]}, r"layers\.1\.silenced_units = \[1\.5\]: .* whole numbers"),
        ({"frozen_units": 3}, r"frozen_units = 3: expected a list of whole numbers"),
    ],
)
def test_one_that_does_not_exist_is_refused(layer, words):
    with pytest.raises(ExperimentError, match=words):
        from_plain({"layers": [{}, layer]})


@pytest.mark.parametrize(("units", "fits"), [(3, True), (2, False), (1, False)])
def test_outputs_are_checked_once_their_number_is_known(units, fits):
    if fits:
        check_output_units(MARKED, units)
        return
    with pytest.raises(ExperimentError, match=r"output\.frozen_units = \[3\]: found 3, expected"):
        check_output_units(MARKED, units)


@pytest.mark.parametrize("comments", [True, False])
def test_a_file_holds_them(comments):
    assert from_plain(tomllib.loads(to_toml(MARKED, comments=comments))) == MARKED


def test_they_can_be_typed():
    experiment = edit(Experiment(), "layers.0.silenced_units", "3, 1")
    assert experiment.layers[0].silenced_units == (1, 3)
    key, value = parse_setting("layers.*.frozen_units=[2]")
    experiment = experiment_with(experiment, [(key, value)])
    assert [layer.frozen_units for layer in experiment.layers] == [(2,), (2,)]
    assert edit(experiment, "layers.0.frozen_units", "none").layers[0].frozen_units == ()


class TestFewerUnits:
    def test_what_was_said_of_neurons_that_go_goes_with_them(self):
        fewer = experiment_with(MARKED, [("layers.0.units", 5), ("layers.1.units", 1)])
        assert marks(fewer) == [(5, (2, 5), ()), (1, (), (1,))]

    def test_more_units_change_nothing_else(self):
        more = edit(MARKED, "layers.0.units", "60")
        assert marks(more) == [(60, (2, 5), (6,)), (4, (), (1, 4))]

    def test_the_same_for_every_layer_at_once(self):
        assert marks(experiment_with(MARKED, [("layers.*.units", 3)])) == [
            (3, (2,), ()),
            (3, (), (1,)),
        ]

    @pytest.mark.parametrize("first", [True, False])
    def test_what_is_said_in_the_same_breath_has_to_fit(self, first):
        both = [("layers.1.units", 2), ("layers.1.frozen_units", [3])]
        with pytest.raises(ExperimentError, match=r"layers\.1\.frozen_units = \[3\]"):
            experiment_with(MARKED, both if first else both[::-1])

    def test_a_value_that_is_no_number_of_units_is_still_refused(self):
        with pytest.raises(ExperimentError, match=r"layers\.0\.units = \"many\""):
            edit(MARKED, "layers.0.units", "many")

    def test_new_layers_for_all_have_no_marked_neurons(self):
        like_the_first = experiment_with(MARKED, [("layers", [6, 6, 6])])
        assert marks(like_the_first) == [(6, (), ())] * 3


class TestOutputs:
    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("data.source", "moons"),
            ("data.classes", 2),
            ("output.activation", "sigmoid"),
            ("output.loss", "binary_crossentropy"),
        ],
    )
    def test_they_are_released_when_they_stand_for_something_else(self, key, value):
        changed = experiment_with(MARKED, [(key, value)])
        assert changed.output.frozen_units == ()
        assert marks(changed) == marks(MARKED)

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("data.noise", 0.1),
            ("optimizer.name", "sgd"),
            ("output.activation", "softmax"),
            ("output.frozen_units", [3]),
            ("seed", 8),
        ],
    )
    def test_otherwise_they_stay(self, key, value):
        assert experiment_with(MARKED, [(key, value)]).output.frozen_units == (3,)

    def test_what_is_said_in_the_same_breath_holds(self):
        changes = [("data.source", "moons"), ("output.frozen_units", [2])]
        assert experiment_with(MARKED, changes).output.frozen_units == (2,)
