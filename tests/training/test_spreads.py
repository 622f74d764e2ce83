"""How the numbers of each layer have been spread, against numpy's own quantiles."""

import itertools

import numpy as np
import pytest

from nntui.training.limit_watch import LimitWatch
from nntui.training.limits import Limits
from nntui.training.messages import (
    AnatomyRequest,
    Apply,
    LayerRequest,
    SnapshotRequest,
    WorkerStart,
)
from nntui.training.player import Player
from nntui.training.recorded_run import RecordedRun
from nntui.training.rhythm import Clocks
from nntui.training.snapshot import Plane
from nntui.training.spreads import MOST_MOMENTS, SHARES, Spreads
from nntui.training.trainer import Trainer

EQUAL_SHARES = np.linspace(0.0, 1.0, SHARES)


def trained(trainer, spreads, moments, steps=1):
    for _ in range(moments):
        trainer.train(steps)
        spreads.record(trainer.steps, trainer.network)


def quantiles(numbers):
    return np.quantile(numbers.astype(np.float64), EQUAL_SHARES)


class TestMoments:
    def test_they_are_quantiles_of_parameters_and_of_the_last_gradients(self, small):
        trainer, spreads = Trainer(small()), Spreads()
        expected = []
        for _ in range(5):
            trainer.train(3)
            spreads.record(trainer.steps, trainer.network)
            expected.append(
                [
                    (quantiles(layer.parameters), quantiles(layer.gradients))
                    for layer in trainer.network.dense_layers
                ]
            )
        for number in range(3):
            weights, gradients = spreads.view(number, 99, trainer.steps, trainer.network)
            for kind, spread in enumerate((weights, gradients)):
                assert spread.steps.tolist() == [3, 6, 9, 12, 15]
                values = np.array([moment[number][kind] for moment in expected])
                np.testing.assert_allclose(spread.quantiles, values, rtol=1e-5, atol=1e-7)

    def test_of_a_large_layer_some_numbers_stand_for_all(self, small):
        trainer, spreads = Trainer(small({"layers.*.units": 100})), Spreads()
        trained(trainer, spreads, 2)
        layer = trainer.network.dense_layers[1]
        found = spreads.view(1, 9, trainer.steps, trainer.network)[0].quantiles[-1]
        width = float(layer.parameters.max() - layer.parameters.min())
        # The outermost numbers may not be among those chosen; all between are close.
        np.testing.assert_allclose(found[1:-1], quantiles(layer.parameters)[1:-1], atol=width / 20)

    def test_the_first_moment_has_no_gradients(self, small):
        trainer, spreads = Trainer(small()), Spreads()
        spreads.record(0, trainer.network)
        trained(trainer, spreads, 2)
        weights, gradients = spreads.view(0, 9, trainer.steps, trainer.network)
        assert weights.steps.tolist() == [0, 1, 2]
        assert gradients.steps.tolist() == [1, 2]

    def test_the_present_moment_is_shown_though_it_is_not_recorded(self, small):
        trainer, spreads = Trainer(small()), Spreads()
        trained(trainer, spreads, 2)
        trainer.train(5)
        weights, gradients = spreads.view(2, 9, trainer.steps, trainer.network)
        assert weights.steps.tolist() == gradients.steps.tolist() == [1, 2, 7]
        output = trainer.network.dense_layers[2]
        np.testing.assert_allclose(weights.quantiles[-1], quantiles(output.parameters), rtol=1e-5)
        assert len(spreads) == 2

    def test_an_edited_weight_is_seen_in_the_present_moment(self, small):
        trainer, spreads = Trainer(small()), Spreads()
        trained(trainer, spreads, 2)
        trainer.network.parameters[0] = 77.0
        weights, _ = spreads.view(0, 9, trainer.steps, trainer.network)
        assert weights.steps.tolist() == [1, 2]
        assert weights.quantiles[-1, -1] == 77.0

    def test_a_network_that_is_not_finite_is_left_out(self, small):
        trainer, spreads = Trainer(small()), Spreads()
        trained(trainer, spreads, 1)
        trainer.network.parameters[3] = np.nan
        weights, _ = spreads.view(0, 9, 5, trainer.network)
        assert weights.steps.tolist() == [1]

    def test_nothing_live_is_kept(self, small):
        trainer, spreads = Trainer(small()), Spreads()
        trained(trainer, spreads, 1)
        before = spreads.view(0, 9, 2, trainer.network)[0].quantiles[0].copy()
        trainer.train(20)
        after = spreads.view(0, 9, trainer.steps, trainer.network)[0].quantiles[0]
        np.testing.assert_array_equal(after, before)

    @pytest.mark.parametrize("most", [0, 1, 2, 4])
    def test_no_more_are_sent_than_asked_for_and_the_last_one_always(self, small, most):
        trainer, spreads = Trainer(small()), Spreads()
        trained(trainer, spreads, 9)
        weights, gradients = spreads.view(0, most, trainer.steps, trainer.network)
        assert len(weights.steps) == len(gradients.steps) == most
        assert weights.quantiles.shape == (most, SHARES)
        assert weights.steps[-1:].tolist() == ([9] if most else [])
        assert (np.diff(weights.steps) > 0).all()


class TestThinning:
    @pytest.mark.parametrize("steps", [1, 7])
    def test_moments_stay_bounded_and_evenly_spaced(self, small, steps):
        trainer, spreads = Trainer(small()), Spreads(16)
        for number in range(1, 700):
            trainer.steps = number * steps
            spreads.record(trainer.steps, trainer.network)
            assert len(spreads) <= 16
        shown = spreads.view(0, 99, trainer.steps, trainer.network)[0].steps
        assert shown[0] == steps
        assert len(shown) >= 8
        gaps = np.diff(shown[:-1])
        assert gaps.max() <= 2 * gaps.min()

    def test_memory_is_counted_and_small(self, small):
        trainer, spreads = Trainer(small()), Spreads()
        assert spreads.nbytes == 0
        trained(trainer, spreads, 3)
        assert spreads.nbytes == 3 * 3 * 2 * SHARES * 4
        trained(trainer, spreads, 500)
        assert spreads.nbytes <= MOST_MOMENTS * 3 * 2 * SHARES * 4


class TestGoingBack:
    def test_what_came_after_is_forgotten_and_gradients_are_unknown_there(self, small):
        trainer, spreads = Trainer(small()), Spreads()
        trained(trainer, spreads, 4)
        state = trainer.state()
        trained(trainer, spreads, 4)
        trainer.restore(state)
        spreads.truncate(4)
        weights, gradients = spreads.view(0, 99, trainer.steps, trainer.network)
        assert weights.steps.tolist() == [1, 2, 3, 4]
        assert gradients.steps.tolist() == [1, 2, 3]
        trained(trainer, spreads, 1)
        gradients = spreads.view(0, 99, trainer.steps, trainer.network)[1]
        assert gradients.steps[-1] == 5

    def test_a_run_records_them_when_it_looks_and_keeps_them_when_it_is_left(self, small):
        run = RecordedRun(1, Trainer(small()), LimitWatch(Limits()))
        for _ in range(3):
            run.trainer.train(10)
            run.look()
        kept = run.keep()
        assert kept.nbytes >= kept.history.nbytes + kept.spreads.nbytes > kept.history.nbytes
        trainer = Trainer(kept.experiment, kept.prepared)
        trainer.restore(kept.state)
        again = RecordedRun(1, trainer, kept.limits, kept.history, kept.spreads)
        weights, gradients = again.spreads.view(0, 99, trainer.steps, trainer.network)
        assert weights.steps.tolist() == [0, 10, 20, 30]
        # The trainer that goes on has made no step yet.
        assert gradients.steps.tolist() == [10, 20]

    def test_an_undo_brings_those_of_an_earlier_run_back(self, small):
        clock = itertools.count(0.0, 1e-4).__next__
        player = Player(WorkerStart(small(), Limits()), Clocks(clock, clock))
        asked = SnapshotRequest(Plane(), anatomy=AnatomyRequest(layer=LayerRequest(1, 9, 9, 999)))

        def play(steps):
            player.play()
            while player.run.trainer.steps < steps:
                player.train()
            player.pause()
            return player.snapshot(asked).anatomy.layer.weight_spread

        before = play(400)
        assert len(before.steps) > 3
        player.apply(Apply(1, small({"layers.0.units": 9}), "other units"))
        other = player.snapshot(asked).anatomy.layer
        assert other.weight_spread.steps.tolist() == [0]
        assert other.shape == (3, 9)
        player.apply(Apply(2, small(), "undo", run=1))
        again = player.snapshot(asked).anatomy.layer.weight_spread
        np.testing.assert_array_equal(again.steps, before.steps)
        np.testing.assert_array_equal(again.quantiles, before.quantiles)
        later = play(before.steps[-1] + 3).steps
        assert set(later) > set(before.steps[:3])

    def test_a_diverged_run_forgets_the_steps_that_it_went_back_over(self, small):
        trainer = Trainer(
            small({"optimizer.name": "sgd", "optimizer.learning_rate": 1e20, "dtype": "float32"})
        )
        run = RecordedRun(1, trainer, LimitWatch(Limits()))
        trainer.train(200)
        run.look()
        assert run.divergence is not None
        weights, gradients = run.spreads.view(0, 99, trainer.steps, trainer.network)
        assert weights.steps.max() == trainer.steps < 200
        assert np.isfinite(weights.quantiles).all()
        assert np.isfinite(gradients.quantiles).all()
        assert trainer.steps not in gradients.steps
