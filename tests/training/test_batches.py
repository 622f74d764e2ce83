"""Every epoch goes through every training point once; test points never get near a batch."""

from itertools import pairwise

import numpy as np
import pytest

from nntui.data.augment import Augmentation
from nntui.engine.training_step import ROWS_FROM
from nntui.training.batches import TrainingPoints
from nntui.training.targets import TargetCoding
from nntui.training.trainer import Trainer

POINTS = 30  # Training points of the small experiment.
INPUTS = 2


@pytest.fixture
def exact(small):
    """Return a function that makes a trainer whose batches hold the raw coordinates exactly."""

    def make(changes=None):
        return Trainer(small({"data.standardize": False, "dtype": "float64", **(changes or {})}))

    return make


def coordinates(batches):
    """Return the inputs of all points of some batches, as tuples in the order of learning."""
    return [tuple(point) for batch in batches for point in batch[:INPUTS].T.tolist()]


def train_points(trainer):
    return sorted(map(tuple, trainer.prepared.train.inputs.tolist()))


class TestOnceAnEpoch:
    @pytest.mark.parametrize("batch_size", [1, 2, 7, 8, 15, 29, 30, 31, 1000])
    def test_every_training_point_is_learnt_from_once(self, exact, batches_seen, batch_size):
        trainer = exact({"training.batch_size": batch_size})
        assert len(set(train_points(trainer))) == POINTS
        for _ in range(3):
            batches_seen.clear()
            trainer.epoch()
            assert sorted(coordinates(batches_seen)) == train_points(trainer)
            sizes = [batch.shape[1] for batch in batches_seen]
            full = min(batch_size, POINTS)
            assert sizes[:-1] == [full] * (len(sizes) - 1)
            assert sizes[-1] == (POINTS % full or full)

    @pytest.mark.parametrize("batch_size", [1, 8, 29])
    def test_the_order_is_another_one_in_each_epoch(self, exact, batches_seen, batch_size):
        trainer = exact({"training.batch_size": batch_size})
        orders = []
        for _ in range(4):
            batches_seen.clear()
            trainer.epoch()
            orders.append(tuple(coordinates(batches_seen)))
        assert len(set(orders)) == 4

    def test_every_point_comes_with_its_own_target(self, exact, batches_seen):
        trainer = exact()
        trainer.epoch()
        train = trainer.prepared.train
        class_of = dict(zip(map(tuple, train.inputs.tolist()), train.targets, strict=True))
        for batch in batches_seen:
            for point, targets in zip(coordinates([batch]), batch[INPUTS + 1 :].T, strict=True):
                np.testing.assert_array_equal(targets, np.eye(2)[class_of[point]])

    def test_the_row_between_inputs_and_targets_is_ones(self, exact, batches_seen):
        exact().epoch()
        for batch in batches_seen:
            np.testing.assert_array_equal(batch[INPUTS], 1.0)

    @pytest.mark.parametrize(
        ("first_size", "steps", "second_size"),
        [(8, 2, 5), (8, 2, 100), (8, 1, 8), (8, 3, 1), (1, 7, 30), (29, 1, 2)],
    )
    def test_another_batch_size_in_mid_epoch_leaves_no_point_out(
        self, exact, small, batches_seen, first_size, steps, second_size
    ):
        trainer = exact({"training.batch_size": first_size})
        trainer.epoch()
        batches_seen.clear()
        trainer.train(steps)
        changed = small(
            {"data.standardize": False, "dtype": "float64", "training.batch_size": second_size}
        )
        trainer.apply(changed)
        remaining = POINTS - steps * first_size
        assert trainer.steps_left_in_epoch == -(-remaining // second_size)
        trainer.epoch()
        assert sorted(coordinates(batches_seen)) == train_points(trainer)
        assert trainer.epochs == 2
        batches_seen.clear()
        trainer.epoch()
        assert sorted(coordinates(batches_seen)) == train_points(trainer)
        assert len(batches_seen) == trainer.steps_per_epoch == -(-POINTS // second_size)

    @pytest.mark.parametrize("batch_size", [7, 1000])
    def test_wide_points_too(self, tmp_path, small, batches_seen, batch_size):
        # From ROWS_FROM inputs on, batches lie the other way round in memory.
        generator = np.random.default_rng(0)
        table = generator.random((20, ROWS_FROM))
        lines = [
            ",".join(map(repr, row)) + f",{'ab'[i % 2]}" for i, row in enumerate(table.tolist())
        ]
        file = tmp_path / "wide.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        keys = {
            "data": {"source": str(file), "standardize": False, "test_fraction": 0.0},
            "dtype": "float64",
            "training.batch_size": batch_size,
        }
        trainer = Trainer(small(keys))
        for _ in range(2):
            batches_seen.clear()
            trainer.epoch()
            seen = np.concatenate([batch[:ROWS_FROM].T for batch in batches_seen])
            order = np.argsort(seen[:, 0])
            np.testing.assert_array_equal(seen[order], table[np.argsort(table[:, 0])])
            targets = np.concatenate([batch[ROWS_FROM + 1 :].T for batch in batches_seen])
            own = (np.arange(20) % 2)[np.argsort(table[:, 0])]
            np.testing.assert_array_equal(targets[order], np.eye(2)[own])


class TestFullBatch:
    def test_dropout_still_varies(self, exact):
        keys = {"training.batch_size": 1000, "optimizer": {"name": "sgd", "learning_rate": 1e-9}}
        trainer = exact({**keys, "layers.0.dropout": 0.5})
        gradients = []
        for _ in range(3):
            trainer.step()
            gradients.append(trainer.network.gradients.copy())
        for one, next_one in pairwise(gradients):
            assert np.abs(one - next_one).max() > 1e-3

    @pytest.mark.parametrize(
        "key", ["augmentation.jitter", "augmentation.rotation_degrees", "augmentation.mixup"]
    )
    def test_augmentation_still_varies(self, exact, batches_seen, key):
        exact({"training.batch_size": 1000, key: 0.5}).train(3)
        assert len({batch.tobytes() for batch in batches_seen}) == 3

    def test_without_either_every_step_sees_the_same(self, exact, batches_seen):
        exact({"training.batch_size": 1000}).train(3)
        assert len({batch.tobytes() for batch in batches_seen}) == 1

    def test_going_back_to_it_from_small_batches(self, exact, small, batches_seen):
        keys = {"data.standardize": False, "dtype": "float64"}
        trainer = exact({"training.batch_size": 1000})
        trainer.train(2)
        trainer.apply(small({**keys, "training.batch_size": 7}))
        trainer.train(3)
        trainer.apply(small({**keys, "training.batch_size": 1000}))
        trainer.epoch()
        batches_seen.clear()
        trainer.epoch()
        assert sorted(coordinates(batches_seen)) == train_points(trainer)


class TestTestPoints:
    def test_they_never_get_into_a_batch(self, exact, batches_seen):
        trainer = exact()
        test_points = set(map(tuple, trainer.prepared.test.inputs.tolist()))
        assert len(test_points) == 10
        trainer.train(20)
        assert not test_points & set(coordinates(batches_seen))

    def test_augmentation_leaves_all_raw_points_as_they_are(self, small, random_keys):
        trainer, untouched = Trainer(small(random_keys)), Trainer(small(random_keys))
        trainer.train(20)
        for part in ("train", "test", "dataset"):
            now = getattr(trainer.prepared, part).inputs
            assert now.tobytes() == getattr(untouched.prepared, part).inputs.tobytes()

    def test_standardization_is_learnt_from_the_training_points(self, small, batches_seen):
        trainer = Trainer(small({"dtype": "float64", "training.batch_size": 1000}))
        trainer.step()
        raw = trainer.prepared.train.inputs
        expected = (raw - raw.mean(axis=0)) / raw.std(axis=0)
        np.testing.assert_allclose(batches_seen[0][:INPUTS].T, expected, rtol=1e-12, atol=1e-14)


class TestTable:
    """A row for each point: its inputs, a one, its targets."""

    @staticmethod
    def points(small, augmentation=None):
        trainer = Trainer(small())
        return TrainingPoints(
            trainer.prepared, TargetCoding.of("softmax", 2), augmentation or Augmentation()
        )

    def test_without_augmentation_nothing_is_drawn(self, small):
        points = self.points(small)
        generator = np.random.default_rng(5)
        table = points.table(generator)
        assert table.shape == (len(points), INPUTS + 1 + 2)
        assert repr(generator.bit_generator.state) == repr(
            np.random.default_rng(5).bit_generator.state
        )
        assert not points.vary

    def test_jitter_has_the_size_asked_for_in_the_raw_units(self, small):
        points = self.points(small, Augmentation(jitter=0.25))
        generator = np.random.default_rng(5)
        tables = np.stack([points.table(generator) for _ in range(400)])
        scale = points.prepared.train.inputs.std(axis=0)
        deviation = (tables[:, :, :INPUTS] * scale).std(axis=0).mean()
        assert points.vary
        assert deviation == pytest.approx(0.25, rel=0.05)

    def test_a_turn_keeps_the_distance_from_the_raw_origin(self, small):
        points = self.points(small, Augmentation(rotation_degrees=90.0))
        raw = points.prepared.train.inputs
        table = points.table(np.random.default_rng(5))
        turned = table[:, :INPUTS] * raw.std(axis=0) + raw.mean(axis=0)
        distance, own = np.hypot(*turned.T), np.hypot(*raw.T)
        np.testing.assert_allclose(distance, own, rtol=1e-9)
        assert np.abs(turned - raw).max() > 0.1

    def test_mixup_blends_inputs_and_targets_alike(self, small):
        points = self.points(small, Augmentation(mixup=1.0))
        plain = self.points(small).table(np.random.default_rng(0))
        table = points.table(np.random.default_rng(5))
        np.testing.assert_allclose(table[:, INPUTS], 1.0, rtol=1e-12)
        np.testing.assert_allclose(table[:, INPUTS + 1 :].sum(axis=1), 1.0, rtol=1e-12)
        blended = (table[:, INPUTS + 1 :] > 0).all(axis=1)
        assert blended.any()
        # Of a blend, own + share · (other − own), the share shows in the targets; the inputs then
        # tell the other point, which has to be one of the set.
        for own, mixed in zip(plain[blended], table[blended], strict=True):
            share = mixed[INPUTS + 1 :].min()
            other = own[:INPUTS] + (mixed[:INPUTS] - own[:INPUTS]) / share
            assert np.abs(plain[:, :INPUTS] - other).sum(axis=1).min() < 1e-6
