"""Loading data by the name an experiment gives."""

import csv
from importlib import resources

import numpy as np
import pytest

from nntui.data.sources import SAMPLES, catalogue, load
from nntui.data.toy import TOYS
from nntui.errors import DataError


@pytest.mark.parametrize("name", TOYS)
def test_toys_by_name(name):
    dataset = load(name, samples=50, seed=1)
    assert dataset.name == name
    assert len(dataset) == 50
    again = load(name.upper().replace("_", "-"), samples=50, seed=1)
    assert np.array_equal(again.inputs, dataset.inputs)


def test_the_settings_of_a_toy_arrive():
    dataset = load("spiral", samples=40, classes=4, noise=0.0, seed=3)
    assert len(dataset.class_names) == 4
    assert np.array_equal(dataset.inputs, load("spiral", samples=40, classes=4, noise=0.0).inputs)
    assert not np.array_equal(load("moons", seed=1).inputs, load("moons", seed=2).inputs)


def test_the_default_noise_is_the_toy_s_own():
    default = load("moons", seed=1)
    same = load("moons", seed=1, noise=TOYS["moons"].default_noise)
    assert np.array_equal(default.inputs, same.inputs)


# Numbers of points from the publications named in samples/LICENSES.md.
@pytest.mark.parametrize(
    ("name", "class_counts", "columns", "dropped"),
    [
        ("iris", {"setosa": 50, "versicolor": 50, "virginica": 50}, 4, 0),
        ("penguins", {"Adelie": 151, "Chinstrap": 68, "Gentoo": 123}, 4, 2),
        (
            "digits",
            dict(
                zip("0123456789", [178, 182, 177, 183, 181, 182, 181, 179, 174, 180], strict=True)
            ),
            64,
            0,
        ),
    ],
)
def test_samples(name, class_counts, columns, dropped):
    dataset = load(name)
    assert dataset.name == name
    assert dataset.inputs.shape == (sum(class_counts.values()), columns)
    assert dict(zip(dataset.class_names, np.bincount(dataset.targets), strict=True)) == class_counts
    assert dataset.dropped_rows == dropped


def test_iris_means_are_fishers():
    # Table 3 of Fisher (1936), centimetres.
    dataset = load("iris")
    means = [dataset.inputs[dataset.targets == number].mean(axis=0) for number in range(3)]
    assert np.array(means) == pytest.approx(
        np.array(
            [[5.006, 3.428, 1.462, 0.246], [5.936, 2.77, 4.26, 1.326], [6.588, 2.974, 5.552, 2.026]]
        )
    )


def test_digits_are_pixels_from_0_to_16():
    inputs = load("digits").inputs
    assert inputs.min() == 0.0
    assert inputs.max() == 16.0
    assert np.array_equal(inputs, np.round(inputs))


def test_every_sample_has_a_licence():
    folder = resources.files("nntui.data").joinpath("samples")
    text = folder.joinpath("LICENSES.md").read_text(encoding="utf-8")
    files = {entry.name for entry in folder.iterdir() if entry.name.endswith(".csv")}
    assert files == {f"{name}.csv" for name in SAMPLES}
    for file in files:
        assert f"## {file}" in text
    assert text.count("**Licence**") == text.count("**Citation**") == len(files)


def test_a_sample_can_be_asked_for_another_label():
    dataset = load("penguins", label="body_mass_g", columns=("flipper_length_mm",))
    assert dataset.task == "regression"
    assert dataset.inputs.shape == (342, 1)


@pytest.mark.parametrize("name", ["points.csv", "points.TSV", "points.txt", "spiral", "points"])
def test_files_by_path(tmp_path, monkeypatch, name):
    (tmp_path / name).write_text("a,label\n1,x\n2,y\n")
    monkeypatch.chdir(tmp_path)
    assert load(f"./{name}").name == name
    assert load(str(tmp_path / name)).input_names == ("a",)
    expected = "spiral" if name == "spiral" else name
    assert load(name).name == expected
    assert (len(load(name)) == 2) == (name != "spiral")


def test_settings_of_a_file_arrive(tmp_path):
    path = tmp_path / "points.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]])
    dataset = load(str(path), label="1", header=True, columns=("3",), task="regression")
    assert dataset.inputs.tolist() == [[6.0], [9.0]]
    assert dataset.targets.tolist() == [4.0, 7.0]


@pytest.mark.parametrize(
    ("source", "settings", "words"),
    [
        ("spirral", {}, ["data.source", '"spirral"', 'Did you mean "spiral"?', "nntui data"]),
        ("pengins", {}, ['Did you mean "penguins"?']),
        ("two-gausians", {}, ['Did you mean "two_gaussians"?']),
        ("", {}, ["data.source", '""']),
        ("\x1b[2J", {}, ["data.source", "\\x1b"]),
        ("a\0b", {}, ["data.source", "\\x00"]),
        ("nowhere/points", {}, ["nowhere/points", "no such file"]),
        ("none.csv", {}, ["none.csv", "no such file"]),
        ("spiral", {"label": "x"}, ["data.label", "files", '"spiral"']),
        ("spiral", {"header": False}, ["data.header", "files"]),
        ("spiral", {"task": "regression"}, ["data.task", "files"]),
        ("spiral", {"columns": ("x1",)}, ["data.columns", "files"]),
        ("spiral", {"seed": -1}, ["data.seed", "-1"]),
        ("spiral", {"samples": 1}, ["data.samples", "1"]),
        ("iris", {"classes": 3}, ["data.classes", "made-up", '"iris"']),
        ("iris", {"noise": 0.0}, ["data.noise", "made-up"]),
        ("iris", {"label": "specie"}, ["data.label", "iris.csv", 'Did you mean "species"?']),
        ("points.csv", {"noise": 0.1}, ["data.noise", "made-up"]),
    ],
)
def test_what_cannot_be_loaded_is_refused(source, settings, words):
    with pytest.raises(DataError) as error:
        load(source, **settings)
    message = str(error.value)
    assert message.isprintable()
    for word in words:
        assert word in message


def test_the_catalogue_tells_the_truth():
    entries = catalogue()
    assert [entry.name for entry in entries] == [*TOYS, *SAMPLES]
    for entry in entries:
        dataset = load(entry.name)
        assert entry.task == dataset.task
        assert entry.columns == dataset.inputs.shape[1]
        classes = len(dataset.class_names)
        assert entry.classes in ({str(classes), f"{classes} (any)"} if classes else {""})
        assert entry.kind == ("toy" if entry.name in TOYS else "sample")
        assert entry.points == ("any" if entry.name in TOYS else str(len(dataset)))
        assert (entry.default_noise is None) == (entry.kind == "sample")
        assert "\n" not in entry.description
        assert entry.description


def test_the_catalogue_says_where_the_classes_are_free():
    free = {entry.name for entry in catalogue() if "any" in entry.classes}
    assert free == {"spiral", "rings", "blobs"}
    assert len(load("blobs", classes=6).class_names) == 6
