import numpy as np
import pytest

from nntui.charts.network.edges import Gutter, chosen_edges, draw_lines, routes

GUTTER = Gutter(rows=12, columns=10, tops_before=(0, 8), tops=(1, 5, 9), rows_of_tile=3)


def drawn(weights, most=100, largest=None):
    weights = np.array(weights, float)
    largest = float(np.nanmax(np.abs(weights))) if largest is None else largest
    return chosen_edges(weights, largest, most)


def pairs(edges):
    return sorted(zip(edges.sources.tolist(), edges.targets.tolist(), strict=True))


def test_small_weights_are_left_out():
    edges = drawn([[1.0, -0.5, 0.01]])
    assert pairs(edges) == [(0, 0), (0, 1)]
    assert edges.threshold == pytest.approx(0.05)


def test_of_many_weights_the_largest_are_drawn_and_the_threshold_tells_which():
    weights = np.array([[0.11, -0.22, 0.33], [0.44, -0.55, 0.66]])
    edges = drawn(weights, most=3)
    assert pairs(edges) == [(1, 0), (1, 1), (1, 2)]
    assert edges.threshold == pytest.approx(0.33)
    assert (np.abs(weights[edges.sources, edges.targets]) > edges.threshold).all()


def test_no_threshold_where_every_weight_is_drawn():
    assert drawn([[1.0, -0.5], [0.7, 0.9]]).threshold == 0.0


def test_what_is_not_known_is_not_drawn():
    assert pairs(drawn([[np.nan, 0.5]])) == [(0, 1)]


def test_a_network_that_left_the_finite_numbers_can_be_drawn():
    edges = drawn([[np.inf, -np.inf, np.nan, 1.0]], largest=np.inf)
    assert pairs(edges) == [(0, 0), (0, 1), (0, 3)]
    assert edges.are_positive[edges.targets == 1].tolist() == [False]


@pytest.mark.parametrize("size", [1.79e308, 5e-324])
def test_weights_at_the_ends_of_float64_are_chosen_like_others(size):
    edges = drawn([[size] * 4, [size / 2] * 4], most=4)
    assert (np.abs(edges.threshold) >= size / 2) and np.isfinite(edges.threshold)
    beyond = drawn([[np.inf, 0.5]], largest=0.5)
    assert pairs(beyond) == [(0, 0), (0, 1)]
    assert set(beyond.levels.tolist()) == {2}


def test_stronger_weights_have_higher_levels_and_come_last():
    edges = drawn([[0.1, -1.0, 0.5]])
    assert edges.targets.tolist() == [0, 2, 1]
    assert edges.levels.tolist() == [0, 1, 2]
    assert edges.are_positive.tolist() == [True, True, False]


def test_lines_begin_and_end_within_their_tiles():
    route = routes(GUTTER)
    width = 2 * GUTTER.columns
    rows = route.dots // width // 4
    columns = route.dots % width
    for source, top in enumerate(GUTTER.tops_before):
        assert ((rows[source, :, 0] >= top) & (rows[source, :, 0] < top + 3)).all()
    for target, top in enumerate(GUTTER.tops):
        assert ((rows[:, target, -1] >= top) & (rows[:, target, -1] < top + 3)).all()
        assert (route.target_rows[:, target] == rows[:, target, -1]).all()
    assert (columns[..., 0] == 0).all()
    assert (columns[..., -1] == width - 1).all()


def test_lines_have_no_holes():
    route = routes(GUTTER)
    width = 2 * GUTTER.columns
    for dots in route.dots.reshape(-1, route.dots.shape[-1]):
        rows, columns = np.divmod(dots, width)
        assert np.abs(np.diff(rows)).max() <= 1
        assert np.abs(np.diff(columns)).max() <= 1


def test_the_lines_of_a_neuron_keep_the_order_of_the_neurons_at_the_other_end():
    route = routes(GUTTER)
    assert (np.diff(route.dots[..., 0] // (2 * GUTTER.columns), axis=1) > 0).all()
    assert (np.diff(route.dots[..., -1] // (2 * GUTTER.columns), axis=0) > 0).all()


def dots_of(edges, thickness):
    lines = draw_lines(GUTTER, edges, np.full(len(edges.sources), thickness))
    codes = [ord(c) - 0x2800 for c in lines.characters.ravel() if c != " "]
    return sum(code.bit_count() for code in codes)


def test_thicker_lines_have_more_dots_and_negative_ones_are_dashed():
    plus = drawn([[0, 0, 1.0], [0, 0, 0]])
    minus = drawn([[0, 0, -1.0], [0, 0, 0]])
    thin, thick = dots_of(plus, 1), dots_of(plus, 2)
    assert thin < thick
    assert dots_of(minus, 1) < 0.8 * thin
    assert dots_of(minus, 2) < 0.8 * thick


def test_every_cell_of_a_line_knows_whose_it_is():
    edges = drawn([[1.0, 0.0, 0.5], [0.0, -0.3, 0.0]])
    lines = draw_lines(GUTTER, edges, np.array([1, 1, 1]))
    assert ((lines.owners >= 0) == (lines.characters != " ")).all()
    assert set(lines.owners.ravel().tolist()) == {-1, 0, 1, 2}
    # The strongest is the last; where lines meet, the cell is its.
    width = 2 * GUTTER.columns
    own = routes(GUTTER).dots[0, 0]
    assert (lines.owners[own // width // 4, own % width // 2] == 2).all()


@pytest.mark.parametrize(("rows", "columns"), [(0, 10), (12, 0), (1, 1)])
def test_there_may_be_no_room_for_lines(rows, columns):
    gutter = Gutter(rows, columns, (0,), (0,), 1)
    nothing = drawn(np.zeros((1, 1)))
    assert draw_lines(gutter, nothing, np.zeros(0, np.intp)).characters.shape == (rows, columns)
