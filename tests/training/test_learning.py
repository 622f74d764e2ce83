"""Networks learn what networks of their kind can learn, and no more."""

from nntui.experiment.convert import from_plain
from nntui.training.trainer import Trainer


def after(epochs, experiment):
    """Return the figures of an experiment after some epochs."""
    trainer = Trainer(from_plain(experiment))
    trainer.train(epochs * trainer.steps_per_epoch)
    return trainer.evaluate()


XOR = {"source": "xor", "noise": 0.02}


def test_the_default_experiment_learns_the_spiral():
    figures = after(300, {})
    assert figures.train_accuracy > 0.9
    assert figures.test_accuracy > 0.7


def test_four_hidden_neurons_learn_xor():
    layer = {"units": 4, "activation": "tanh", "initializer": "glorot_uniform"}
    figures = after(
        200, {"data": XOR, "layers": [layer], "optimizer": {"name": "adam", "learning_rate": 0.03}}
    )
    assert figures.train_accuracy > 0.95


def test_without_a_hidden_layer_xor_cannot_be_learnt():
    # Minsky and Papert, 1969: a line puts at most three of the four squares on their side.
    assert after(200, {"data": XOR, "layers": []}).train_accuracy < 0.75


def test_but_with_the_product_of_both_inputs_it_can():
    experiment = {"data": {**XOR, "features": ["x1", "x2", "x1*x2"]}, "layers": []}
    assert after(200, experiment).train_accuracy > 0.95


def test_a_perceptron_separates_two_clouds():
    data = {"source": "two_gaussians", "noise": 0.05}
    figures = after(20, {"data": data, "layers": [], "optimizer": {"name": "perceptron"}})
    assert figures.train_accuracy > 0.95
    assert figures.test_accuracy > 0.95


def test_a_plane_is_explained():
    figures = after(30, {"data": {"source": "plane"}})
    assert figures.train_r2 > 0.95
    assert figures.test_r2 > 0.95


def test_a_plane_needs_no_hidden_layer_but_a_sine_does():
    assert after(100, {"data": {"source": "plane"}, "layers": []}).test_r2 > 0.95
    assert after(100, {"data": {"source": "sine"}, "layers": []}).test_r2 < 0.75
    layers = [{"activation": "tanh"}]
    assert after(300, {"data": {"source": "sine"}, "layers": layers}).test_r2 > 0.95


def test_handwritten_digits_are_told_apart():
    assert after(5, {"data": {"source": "digits"}, "layers": [{"units": 32}]}).test_accuracy > 0.9


def test_one_sigmoid_output_tells_two_classes_apart():
    figures = after(50, {"data": {"source": "circle"}, "output": {"activation": "sigmoid"}})
    assert figures.test_accuracy > 0.95


def test_so_does_one_tanh_output_with_squared_errors():
    output = {"activation": "tanh", "loss": "mean_squared_error"}
    assert after(100, {"data": {"source": "moons"}, "output": output}).test_accuracy > 0.95


def test_it_learns_through_dropout_augmentation_and_penalties():
    experiment = {
        "data": {"source": "moons"},
        "layers": [{"units": 32, "dropout": 0.2}],
        "augmentation": {"jitter": 0.05, "rotation_degrees": 5.0, "mixup": 0.1},
        "regularization": {"l2": 0.0001},
    }
    assert after(200, experiment).test_accuracy > 0.95


def test_a_penalty_keeps_weights_small():
    plain, priced = (
        after(100, {"regularization": {"l2": l2}, "layers": [{"units": 16}]}) for l2 in (1e-9, 0.01)
    )
    # The penalty per unit of its price is the sum of the squared weights.
    assert priced.penalty / 0.01 < 0.5 * plain.penalty / 1e-9


def test_perceptrons_tell_three_clouds_apart_by_their_sums():
    data = {"source": "blobs", "noise": 0.05}
    figures = after(20, {"data": data, "layers": [], "optimizer": {"name": "perceptron"}})
    assert figures.train_accuracy > 0.95
