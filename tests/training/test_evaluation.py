"""The figures of a run equal their definitions, computed here from the weights alone."""

import numpy as np
import pytest

from nntui.engine.inference import MOST_POINTS_AT_ONCE
from nntui.training.evaluation import METRICS, Evaluation
from nntui.training.trainer import Trainer


def relu(values):
    return np.maximum(values, 0.0)


def parts_of(trainer):
    """Return (inputs, targets) of the training and of the test points, standardized here."""
    train, test = trainer.prepared.train, trainer.prepared.test
    mean, deviation = train.inputs.mean(axis=0), train.inputs.std(axis=0)
    return [((part.inputs - mean) / deviation, part.targets) for part in (train, test)]


def softmax(sums):
    exponentials = np.exp(sums - sums.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


class TestFigures:
    def test_softmax_and_crossentropy(self, small, numpy_forward):
        keys = {"dtype": "float64", "layers.*.dropout": 0.5, "augmentation.jitter": 1.0}
        trainer = Trainer(small({**keys, "data.source": "spiral", "data.samples": 90}))
        trainer.train(20)
        evaluation = trainer.evaluate()
        figures = []
        for inputs, classes in parts_of(trainer):
            probabilities = softmax(numpy_forward(trainer.network, [np.tanh, relu], inputs))
            loss = -np.log(probabilities[np.arange(len(classes)), classes]).mean()
            figures += [loss, (probabilities.argmax(axis=1) == classes).mean()]
        found = [
            evaluation.train_loss,
            evaluation.train_accuracy,
            evaluation.test_loss,
            evaluation.test_accuracy,
        ]
        assert found == pytest.approx(figures, rel=1e-10)
        assert evaluation.train_r2 is None
        assert evaluation.test_r2 is None

    def test_one_sigmoid_unit_for_two_classes(self, small, numpy_forward):
        trainer = Trainer(small({"dtype": "float64", "output.activation": "sigmoid"}))
        trainer.train(20)
        evaluation = trainer.evaluate()
        assert trainer.network.units == 1
        for part, (inputs, classes) in zip(("train", "test"), parts_of(trainer), strict=True):
            sums = numpy_forward(trainer.network, [np.tanh, relu], inputs)[:, 0]
            yes = 1.0 / (1.0 + np.exp(-sums))
            loss = -np.log(np.where(classes == 1, yes, 1.0 - yes)).mean()
            assert getattr(evaluation, f"{part}_loss") == pytest.approx(loss, rel=1e-10)
            accuracy = ((yes > 0.5) == classes).mean()
            assert getattr(evaluation, f"{part}_accuracy") == pytest.approx(accuracy)

    def test_a_regression(self, small, numpy_forward):
        trainer = Trainer(small({"dtype": "float64", "data.source": "six_gaussians"}))
        trainer.train(20)
        evaluation = trainer.evaluate()
        train = trainer.prepared.train.targets
        for part, (inputs, raw) in zip(("train", "test"), parts_of(trainer), strict=True):
            values = (raw - train.mean()) / train.std()
            answers = numpy_forward(trainer.network, [np.tanh, relu], inputs)[:, 0]
            squares = (answers - values) ** 2
            assert getattr(evaluation, f"{part}_loss") == pytest.approx(squares.mean(), rel=1e-9)
            r2 = 1.0 - squares.sum() / ((values - values.mean()) ** 2).sum()
            assert getattr(evaluation, f"{part}_r2") == pytest.approx(r2, rel=1e-9)
        assert evaluation.train_accuracy is None
        assert evaluation.test_accuracy is None

    def test_the_penalty_stands_beside_the_loss(self, small):
        keys = {"l1": 0.01, "l2": 0.1, "bias_l1": 0.02, "bias_l2": 0.2}
        plain, priced = (
            Trainer(small({"dtype": "float64"})),
            Trainer(small({"dtype": "float64", "regularization": keys})),
        )
        priced.train(5)
        plain.network.parameters[:] = priced.network.parameters
        evaluation = priced.evaluate()
        layers = priced.network.dense_layers
        weights = np.concatenate([layer.weights.ravel() for layer in layers])
        biases = np.concatenate([layer.biases for layer in layers])
        penalty = 0.01 * np.abs(weights).sum() + 0.1 * (weights**2).sum()
        penalty += 0.02 * np.abs(biases).sum() + 0.2 * (biases**2).sum()
        assert evaluation.penalty == pytest.approx(penalty, rel=1e-10)
        assert evaluation.train_loss == plain.evaluate().train_loss
        assert plain.evaluate().penalty == 0.0
        assert evaluation.train_loss_with_penalty == evaluation.train_loss + evaluation.penalty

    def test_without_test_points_there_are_no_test_figures(self, small):
        evaluation = Trainer(small({"data.test_fraction": 0.0})).evaluate()
        assert evaluation.test_loss is None
        assert evaluation.test_accuracy is None
        assert evaluation.train_accuracy is not None

    @pytest.mark.parametrize("extra", [0, 1, 700])
    def test_points_answered_in_portions_count_like_the_others(self, small, numpy_forward, extra):
        keys = {"dtype": "float64", "data.samples": 2 * MOST_POINTS_AT_ONCE + extra}
        trainer = Trainer(small({**keys, "data.test_fraction": 0.0, "data.noise": 0.5}))
        evaluation = trainer.evaluate()
        inputs, classes = parts_of(trainer)[0]
        probabilities = softmax(numpy_forward(trainer.network, [np.tanh, relu], inputs))
        loss = -np.log(probabilities[np.arange(len(classes)), classes]).mean()
        assert evaluation.train_loss == pytest.approx(loss, rel=1e-10)
        accuracy = (probabilities.argmax(axis=1) == classes).mean()
        assert evaluation.train_accuracy == pytest.approx(accuracy)

    def test_it_follows_the_weights(self, small):
        trainer = Trainer(small())
        before = trainer.evaluate()
        trainer.network.parameters[:] = 0.0
        # Without weights all classes are equally likely: −log(1/2).
        assert trainer.evaluate().train_loss == pytest.approx(np.log(2.0))
        assert before.train_loss != pytest.approx(np.log(2.0))


class TestConfusion:
    def test_rows_are_actual_and_columns_predicted_test_points(self, small, numpy_forward):
        trainer = Trainer(small({"data.source": "spiral", "data.samples": 150}))
        trainer.train(15)
        inputs, classes = parts_of(trainer)[1]
        predicted = numpy_forward(trainer.network, [np.tanh, relu], inputs).argmax(axis=1)
        expected = np.zeros((3, 3), int)
        for actual, guess in zip(classes, predicted, strict=True):
            expected[actual, guess] += 1
        assert not np.array_equal(expected, expected.T)
        np.testing.assert_array_equal(trainer.confusion(), expected)

    def test_without_test_points_it_counts_the_training_points(self, small):
        trainer = Trainer(small({"data.test_fraction": 0.0}))
        table = trainer.confusion()
        assert table.sum() == len(trainer.prepared.train) == 40
        assert np.trace(table) / 40 == pytest.approx(trainer.evaluate().train_accuracy)

    def test_a_regression_has_none(self, small):
        assert Trainer(small({"data.source": "plane"})).confusion() is None


def test_every_metric_is_a_figure_of_an_evaluation():
    evaluation = Evaluation(1.0, 2.0, 0.5, 0.9, 0.8, 0.7, 0.6)
    assert [getattr(evaluation, name) for name in METRICS] == [
        1.0,
        2.0,
        1.5,
        0.5,
        0.9,
        0.8,
        0.7,
        0.6,
    ]
