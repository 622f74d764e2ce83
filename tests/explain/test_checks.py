import numpy as np
import pytest

from nntui.engine.activations import Linear, Softmax, Step, Tanh
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.losses import (
    CategoricalCrossentropy,
    MeanAbsoluteError,
    PerceptronCriterion,
)
from nntui.engine.rectifiers import ReLU
from nntui.engine.regularizers import Penalty
from nntui.explain import checks


def checked(recording, page_of, layer, **where):
    return page_of(recording, "backward", layer, **where).checks


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_gradients_agree_with_their_definition(make_update, page_of, dtype):
    update = make_update((2, 5, 4, 3), output=Softmax(), loss=CategoricalCrossentropy(),
                         targets=np.eye(3)[[0, 1, 2, 1]], dtype=dtype)  # fmt: skip
    recording = update.record()
    for layer, (units, rows) in enumerate([(5, 3), (4, 6), (3, 5)]):
        for unit in range(units):
            found = checked(recording, page_of, layer, unit=unit, checks=99)
            assert [check.row for check in found] == list(range(rows))
            assert all(check.agrees for check in found)
            gradients = recording.layers[layer].backward.gradients[:, unit]
            assert [check.gradient for check in found] == gradients.tolist()


def test_only_the_rows_asked_for_are_compared(make_update, page_of):
    recording = make_update((6, 2)).record()
    rows = [check.row for check in checked(recording, page_of, 0, first_check=2, checks=3)]
    assert rows == [2, 3, 4]
    assert checked(recording, page_of, 0, first_check=7, checks=3) == ()
    assert checked(recording, page_of, 0, checks=0) == ()
    assert len(checked(recording, page_of, 0, first_check=-5, checks=6)) == 1


def test_a_wrong_gradient_does_not_agree(make_update, page_of):
    recording = make_update().record()
    gradients = recording.layers[0].backward.gradients
    gradients[1, 2] *= 1.01
    found = checked(recording, page_of, 0, unit=2, checks=3)
    assert [check.agrees for check in found] == [True, False, True]
    gradients[1, 2] = np.nan
    assert not checked(recording, page_of, 0, unit=2, checks=3)[1].agrees


def test_a_wrong_gradient_in_single_precision_does_not_agree_either(make_update, page_of):
    recording = make_update(dtype="float32").record()
    recording.layers[0].backward.gradients[0, 0] += 1e-3
    assert not checked(recording, page_of, 0, checks=1)[0].agrees


def test_dropout_repeats_the_masks_of_the_update(make_update, page_of):
    generator = np.random.default_rng(1)
    layers = [
        Dense(6, ReLU(), Normal(1.0)),
        Silence([2]),
        Dropout(0.5, generator),
        Dense(5, Tanh(), Normal(1.0)),
        Dropout(0.3, generator),
        Dense(2, Linear(), Normal(1.0)),
    ]
    recording = make_update(layers=layers).record()
    state = generator.bit_generator.state
    for layer, units in enumerate((6, 5, 2)):
        for unit in range(units):
            assert all(c.agrees for c in checked(recording, page_of, layer, unit=unit, checks=9))
    assert generator.bit_generator.state == state
    # A silenced neuron has nothing to do with the loss.
    assert {c.difference for c in checked(recording, page_of, 0, unit=2, checks=9)} == {0.0}


def test_it_is_the_loss_without_penalty_and_before_clipping(make_update, page_of):
    update = make_update(penalty=Penalty(l1=1.0, l2=1.0, bias_l2=1.0), clip_norm=0.001)
    recording = update.record()
    assert all(check.agrees for check in checked(recording, page_of, 0, checks=3))
    assert "without" in checks.__doc__


def test_it_is_the_loss_before_the_update(make_update, page_of):
    recording = make_update(learning_rate=10.0).record()
    assert all(check.agrees for check in checked(recording, page_of, 0, checks=3))


def test_a_frozen_layer_has_no_gradients_to_compare(make_update, page_of):
    layers = [Dense(3, Tanh(), Normal(1.0), trainable=False), Dense(2, Linear(), Normal(1.0))]
    recording = make_update(layers=layers).record()
    assert checked(recording, page_of, 0, checks=3) == ()
    assert len(checked(recording, page_of, 1, checks=3)) == 3


def test_a_frozen_neuron_has(make_update, page_of):
    layers = [Dense(3, Tanh(), Normal(1.0), frozen_units=[1]), Dense(2, Linear(), Normal(1.0))]
    recording = make_update(layers=layers).record()
    found = checked(recording, page_of, 0, unit=1, checks=3)
    assert all(check.agrees for check in found)
    assert any(check.gradient for check in found)


def test_a_kink_far_from_every_sum_does_no_harm(make_update, page_of):
    recording = make_update((2, 9, 2), hidden=ReLU(), loss=MeanAbsoluteError()).record()
    for unit in range(9):
        assert all(c.agrees for c in checked(recording, page_of, 0, unit=unit, checks=3))


def test_a_large_loss_is_compared_as_well_as_its_rounding_allows(make_update, page_of):
    update = make_update(targets=np.full((4, 2), 1e6))
    assert all(check.agrees for check in checked(update.record(), page_of, 0, checks=3))


def test_a_large_network_is_compared_at_fewer_places(make_update, page_of):
    update = make_update((300, 400, 2), batch=64)
    recording = update.record()
    found = checked(recording, page_of, 0, checks=300)
    assert 1 <= len(found) < 10
    assert all(check.agrees for check in found)


def test_numbers_that_are_none_do_not_agree(make_update, page_of):
    update = make_update()
    update.network.parameters[0] = np.nan
    found = checked(update.record(), page_of, 0, checks=3)
    assert len(found) == 3
    assert not any(check.agrees for check in found)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_where_every_sum_is_0_relu_has_a_corner_and_no_slope_to_compare(
    make_update, page_of, dtype
):
    update = make_update((2, 3, 2), hidden=ReLU(), dtype=dtype)
    update.network.dense_layers[0].parameters[:] = 0.0
    recording = update.record()
    for unit in range(3):
        found = checked(recording, page_of, 0, unit=unit, checks=3)
        assert any(not check.agrees for check in found)
        assert all(check.has_corner for check in found if not check.agrees)
    # The layer that follows is compared as ever.
    found = checked(recording, page_of, 1, checks=4)
    assert all(check.agrees and not check.has_corner for check in found)


def test_a_perceptron_that_begins_at_0_has_a_corner_too(make_update, page_of):
    targets = [[0.0], [1.0], [0.0], [1.0]]
    update = make_update((2, 1), output=Step(), loss=PerceptronCriterion(), targets=targets)
    update.network.parameters[:] = 0.0
    found = checked(update.record(), page_of, 0, checks=3)
    assert all(check.agrees or check.has_corner for check in found)
    assert any(check.has_corner for check in found)


def test_a_corner_excuses_no_gradient_that_it_cannot_explain(make_update, page_of):
    update = make_update((2, 3, 2), hidden=ReLU())
    update.network.dense_layers[0].parameters[:] = 0.0
    recording = update.record()
    recording.layers[0].backward.gradients[0, 0] = 1e3
    check = checked(recording, page_of, 0, checks=1)[0]
    assert not check.agrees
    assert not check.has_corner


def test_a_wrong_gradient_of_a_smooth_loss_is_not_taken_for_a_corner(make_update, page_of):
    recording = make_update().record()
    gradients = recording.layers[0].backward.gradients
    gradients += 0.001
    found = checked(recording, page_of, 0, checks=3)
    assert not any(check.agrees or check.has_corner for check in found)
