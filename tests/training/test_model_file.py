"""Model files: what is written, what comes back, and that nothing in a file is trusted."""

import json
import struct

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from nntui.errors import DataError, ModelFileError, OutputError
from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import experiment_with
from nntui.training.model import Model
from nntui.training.model_file import load_model, save_model
from nntui.training.trainer import Trainer


def trained(*overrides, epochs=3):
    trainer = Trainer(experiment_with(Experiment(), [("layers", [5, 4]), *overrides]))
    for _ in range(epochs):
        trainer.epoch()
    return trainer


def metadata_of(path):
    with safe_open(path, framework="numpy") as file:
        return file.metadata()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.safetensors"


@pytest.fixture
def saved(path):
    save_model(path, trained())
    return path


@pytest.fixture
def changed(saved):
    """Return a function that writes the saved model again with changes."""

    def change(tensors=None, raw=None, **entries):
        found = load_file(saved)
        found.update(tensors or {})
        found = {name: value for name, value in found.items() if value is not None}
        content = {**json.loads(metadata_of(saved)["nntui"]), **entries}
        content = {name: value for name, value in content.items() if value is not None}
        save_file(found, saved, {"nntui": json.dumps(content) if raw is None else raw})
        return saved

    return change


@pytest.mark.parametrize(
    "overrides",
    [
        [],
        [("dtype", "float64")],
        [("layers", [])],
        [("layers.0.dropout", 0.4)],
        [("data.features", ["x1*x2", "sin(x1)"])],
        [("data.source", "moons")],
        [("data.source", "moons"), ("output.activation", "sigmoid")],
        [("data.source", "plane")],
        [("data.source", "iris"), ("data.standardize", False)],
    ],
)
def test_a_model_answers_as_the_network_that_was_trained(path, overrides):
    trainer = trained(*overrides)
    save_model(path, trainer)
    loaded, test = load_model(path), trainer.prepared.test
    found = loaded.predict(test.inputs)
    expected = Model.of(trainer).predict(test.inputs)
    np.testing.assert_array_equal(found.outputs, expected.outputs)
    evaluation = trainer.evaluate()
    if test.task == "classification":
        accuracy = np.mean(found.classes == test.targets)
        assert accuracy == pytest.approx(evaluation.test_accuracy)
        np.testing.assert_array_equal(found.classes, found.outputs.argmax(axis=1))
        np.testing.assert_allclose(found.outputs.sum(axis=1), 1, rtol=1e-6)
    else:
        assert found.classes is None
        errors = found.outputs[:, 0] - test.targets
        r2 = 1 - np.sum(errors**2) / np.sum((test.targets - test.targets.mean()) ** 2)
        assert r2 == pytest.approx(evaluation.test_r2, abs=1e-5)


def test_everything_else_comes_back_too(path):
    trainer = trained(("data.source", "penguins"), ("optimizer", "rmsprop"))
    save_model(path, trainer)
    model = load_model(path)
    assert model.experiment == trainer.experiment
    assert model.class_names == ("Adelie", "Chinstrap", "Gentoo")
    assert model.target_name == trainer.prepared.dataset.target_name
    assert model.data_name == "penguins"
    assert model.coding == trainer.coding
    assert (model.epochs, model.steps) == (trainer.epochs, trainer.steps)
    assert model.preparation.input_names == trainer.prepared.dataset.input_names


def test_tensors_are_called_and_shaped_as_in_pytorch(path):
    trainer = trained(("layers.0.dropout", 0.5))
    save_model(path, trainer)
    tensors = load_file(path)
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        "layers.0.weight": (5, 2), "layers.0.bias": (5,),
        "layers.1.weight": (4, 5), "layers.1.bias": (4,),
        "layers.2.weight": (3, 4), "layers.2.bias": (3,),
    }  # fmt: skip
    for index, layer in enumerate(trainer.network.dense_layers):
        np.testing.assert_array_equal(tensors[f"layers.{index}.weight"], layer.weights.T)
        np.testing.assert_array_equal(tensors[f"layers.{index}.bias"], layer.biases)


def test_another_program_can_compute_the_answers_from_the_file(saved):
    tensors, model = load_file(saved), load_model(saved)
    preparation = json.loads(metadata_of(saved)["nntui"])["preparation"]["standardizer"]
    raw = np.array([[0.3, -0.2], [-0.5, 0.9]])
    values = (raw - preparation["mean"]) / preparation["scale"]
    for index in range(2):
        sums = values @ tensors[f"layers.{index}.weight"].T + tensors[f"layers.{index}.bias"]
        values = np.maximum(sums, 0)
    sums = values @ tensors["layers.2.weight"].T + tensors["layers.2.bias"]
    expected = np.exp(sums) / np.exp(sums).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict(raw).outputs, expected, rtol=1e-5)


def test_the_same_run_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        save_model(tmp_path / name, trained())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert list(metadata_of(tmp_path / "a")) == ["nntui"]


def test_saving_again_after_loading_and_training_on_leaves_nothing_else(tmp_path, saved):
    save_model(saved, trained(epochs=5))
    assert load_model(saved).epochs == 5
    assert list(tmp_path.iterdir()) == [saved]


@pytest.mark.parametrize("name", ["no/model", "", "\0"])
def test_a_place_that_cannot_be_written(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="cannot be written"):
        save_model(name, trained(epochs=0))
    assert list(tmp_path.iterdir()) == []


def test_a_failure_while_writing_keeps_the_old_file(saved, monkeypatch, tmp_path):
    before = saved.read_bytes()

    def full_disk(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OutputError, match="No space left"):
        save_model(saved, trained(epochs=1))
    assert saved.read_bytes() == before
    assert list(tmp_path.iterdir()) == [saved]


@pytest.mark.parametrize("left", [0, 1, 7, 8, 100, -1])
def test_a_truncated_file(saved, left):
    content = saved.read_bytes()
    saved.write_bytes(content[:left])
    with pytest.raises(ModelFileError, match=r"model\.safetensors: .*cut short"):
        load_model(saved)


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n" * 50,
        b"\xff" * 100,
        struct.pack("<Q", 2**63) + b"{}",
        struct.pack("<Q", 16) + b"[" * 16,
        struct.pack("<Q", 100_000) + b"[" * 100_000,
        b"\0" * 1000,
    ],
)
def test_a_file_that_is_no_safetensors(path, content):
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"model\.safetensors: "):
        load_model(path)


def test_a_file_that_is_not_there_or_a_directory(tmp_path):
    with pytest.raises(ModelFileError, match="no such file"):
        load_model(tmp_path / "none")
    with pytest.raises(ModelFileError, match="found a directory"):
        load_model(tmp_path)
    with pytest.raises(ModelFileError, match="cannot be read"):
        load_model("a\0b")


@pytest.mark.parametrize("metadata", [None, {}, {"format": "pt"}])
def test_a_file_of_another_program(path, metadata):
    save_file({"layers.0.weight": np.zeros((2, 2))}, path, metadata)
    with pytest.raises(ModelFileError, match="not written by nntui"):
        load_model(path)


def test_a_newer_format_is_told(changed):
    with pytest.raises(ModelFileError, match=r"format 2, .* newer"):
        load_model(changed(format=2, something_new=True))


UNREADABLE = {
    "empty": "",
    "cut": "{",
    "a list": "[]",
    "no JSON": "nonsense",
    "a text for a number": '{"format": "1"}',
    "not a number": '{"format": NaN}',
    "nothing else": '{"format": 1}',
    "deep": "[" * 100_000,
    "too old": '{"format": 0}',
    "a huge number": '{"format": 1' + "0" * 400 + "}",
    "a huge text": '{"format": 1, "x": "' + "y" * 11_000_000,
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_metadata_that_cannot_be_read(changed, case):
    with pytest.raises(ModelFileError, match=r"model\.safetensors: .*(metadata|format)"):
        load_model(changed(raw=UNREADABLE[case]))


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"experiment": {"sed": 1}}, "sed"),
        ({"experiment": {"optimizer": {"name": "adam", "learning_rate": -1}}}, "learning_rate"),
        ({"experiment": None}, "experiment"),
        ({"preparation": {}}, "preparation.input_names"),
        ({"classes": ["a"]}, "classes"),
        ({"classes": ["a", "a", "b"]}, "classes"),
        ({"classes": ["a", "b", "\x1b[2Jc"]}, r"control characters in the name \"\\x1b"),
        ({"classes": []}, "target_standardizer"),
        ({"classes": "abc"}, "classes"),
        ({"steps": "many"}, "steps"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_metadata_that_do_not_fit_together(changed, entries, message):
    with pytest.raises(ModelFileError, match=rf"model\.safetensors: .*{message}"):
        load_model(changed(**entries))


@pytest.mark.parametrize(
    ("tensors", "message"),
    [
        ({"layers.1.weight": np.zeros((16, 5), "f4")}, r"layers.1.weight: found shape \(16, 5\), "
         r"expected \(4, 5\)"),
        ({"layers.1.bias": np.zeros((4, 1), "f4")}, "layers.1.bias: found shape"),
        ({"layers.2.bias": None}, "no layers.2.bias"),
        ({"layers.3.weight": np.zeros((3, 3), "f4")}, "unexpected layers.3.weight"),
        ({"layers.0.weight": np.zeros((5, 2))}, "found F64 numbers, expected float32"),
        ({"layers.0.weight": np.zeros((5, 2), "i4")}, "found I32 numbers"),
    ],
)  # fmt: skip
def test_weights_of_another_experiment(changed, tensors, message):
    with pytest.raises(ModelFileError, match=f"{message}.*another experiment"):
        load_model(changed(tensors=tensors))


def test_an_experiment_of_immense_layers_asks_for_no_memory(changed):
    experiment = {"layers": [{"units": 65_536}] * 100}
    with pytest.raises(ModelFileError, match="another experiment"):
        load_model(changed(experiment=experiment))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_weights_that_are_not_finite(changed, bad):
    weights = np.zeros((4, 5), "f4")
    weights[2, 3] = bad
    with pytest.raises(ModelFileError, match=r"layers\.1: .*not finite"):
        load_model(changed(tensors={"layers.1.weight": weights}))


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_damaged_byte_never_crashes(tmp_path, model_bytes, place, byte):
    damaged = bytearray(model_bytes)
    damaged[int(place * len(damaged))] = byte
    path = tmp_path / "damaged"
    path.write_bytes(bytes(damaged))
    try:
        model = load_model(path)
    except ModelFileError as error:
        assert "damaged: " in str(error)
        assert str(error).isprintable()
    else:
        assert np.isfinite(model.network.parameters).all()


@pytest.fixture(scope="module")
def model_bytes(tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "m"
    save_model(path, trained())
    return path.read_bytes()


def test_points_too_large_for_the_network_are_named():
    model = Model.of(trained())
    raw = np.zeros((4, 2))
    raw[2, 0] = 1e300
    with pytest.raises(DataError, match=r"point 3: .*too large"):
        model.predict(raw)
    raw[2, 0] = 3e38
    with pytest.raises(DataError, match="point 3: "):
        model.predict(raw)


def test_no_points_give_no_answers():
    found = Model.of(trained()).predict(np.zeros((0, 2)))
    assert found.outputs.shape == (0, 3)
    assert len(found.classes) == 0


def test_the_metadata_are_json_for_any_reader(saved):
    content = msgspec.json.decode(metadata_of(saved)["nntui"])
    assert content["format"] == 1
    assert content["experiment"]["data"]["source"] == "spiral"
    assert content["classes"] == ["0", "1", "2"]
    assert content["steps"] == 3 * 8


def test_a_model_does_not_follow_the_trainer_it_came_from():
    trainer = trained()
    model = Model.of(trainer)
    before = model.network.parameters.copy()
    trainer.step()
    np.testing.assert_array_equal(model.network.parameters, before)
