"""The pictures of a layer's numbers, against blocks gone through one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.anatomy.layer_numbers import layer_numbers, pooled
from nntui.anatomy.values import Spread
from nntui.engine.activations import Tanh
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense

SPREADS = (Spread(np.array([1]), np.ones((1, 17))), Spread(np.array([2]), np.zeros((1, 17))))


def numbers_of(inputs, units, room):
    layer = Dense(units, Tanh(), Zeros())
    generator = np.random.default_rng(0)
    memory = generator.normal(size=(2, inputs + 1, units))
    layer.use_memory(memory[0].copy(), np.zeros((inputs + 1, units)))
    return layer_numbers(3, layer, memory[1], room, SPREADS), memory


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 4), st.integers(1, 4))
def test_of_each_block_the_largest_number_is_kept_with_its_sign(inputs, units, rows, columns):
    numbers = np.random.default_rng(0).normal(size=(inputs + 1, units))
    picture = pooled(numbers, (rows, columns))
    assert picture.shape == (-(-inputs // rows) + 1, -(-units // columns))
    for place in np.ndindex(picture.shape):
        left = place[1] * columns
        if place[0] == len(picture) - 1:
            block = numbers[-1:, left : left + columns]
        else:
            top = place[0] * rows
            block = numbers[top : min(top + rows, inputs), left : left + columns]
        assert picture[place] == max(block.ravel(), key=abs)


def test_where_there_is_room_every_number_is_shown():
    found, memory = numbers_of(4, 3, (5, 3))
    assert found.column == 3
    assert found.block == (1, 1)
    assert found.shape == (5, 3)
    np.testing.assert_array_equal(found.weights, memory[0])
    np.testing.assert_array_equal(found.gradients, memory[1])
    assert (found.weight_spread, found.gradient_spread) == SPREADS


@pytest.mark.parametrize("room", [(4, 3), (3, 2), (2, 1), (0, 0)])
def test_where_there_is_not_blocks_are_no_larger_than_needed(room):
    found, memory = numbers_of(40, 30, room)
    rows, columns = found.weights.shape
    assert found.block[0] == max(-(-40 // max(room[0] - 1, 1)), 1)
    assert found.block[1] == -(-30 // max(room[1], 1))
    assert rows <= max(room[0], 2)
    assert columns <= max(room[1], 1)
    assert found.gradients.shape == (rows, columns)
    assert np.abs(found.weights).max() == np.abs(memory[0]).max()


def test_a_block_with_a_nan_shows_it():
    numbers = np.ones((3, 2))
    numbers[1, 1] = np.nan
    assert np.isnan(pooled(numbers, (2, 2))).tolist() == [[True], [False]]


def test_they_are_copies():
    layer = Dense(3, Tanh(), Zeros())
    layer.use_memory(np.ones((3, 3)), np.ones((3, 3)))
    found = layer_numbers(1, layer, layer.gradients, (9, 9), SPREADS)
    assert not np.shares_memory(found.weights, layer.parameters)
    assert not np.shares_memory(found.gradients, layer.gradients)
