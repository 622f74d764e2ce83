"""``nntui train``: what it trains, prints, logs and saves."""

import json
import math

import pytest

from nntui.training.model_file import load_model

JSON_FIELDS = {
    "data", "epochs", "steps", "train_loss", "test_loss", "train_loss_with_penalty", "penalty",
    "train_accuracy", "test_accuracy", "train_r2", "test_r2", "parameters", "seconds",
    "steps_per_second", "stopped_by", "best_epoch", "train_points", "test_points",
    "dropped_rows", "network", "confusion_matrix", "classes", "diverged_at_step",
}  # fmt: skip


def test_the_result_as_json_is_one_line_with_every_field(nntui):
    result = nntui("train", "--epochs", "3", "--layers", "4,5", "--json")
    assert result.code == 0
    assert result.out.count("\n") == 1
    found = json.loads(result.out, parse_constant=pytest.fail)
    assert set(found) == JSON_FIELDS
    assert found["data"] == "spiral"
    assert found["network"] == [2, 4, 5, 3]
    assert found["parameters"] == 2 * 4 + 4 + 4 * 5 + 5 + 5 * 3 + 3
    assert (found["train_points"], found["test_points"]) == (240, 60)
    assert (found["epochs"], found["steps"]) == (3, 3 * math.ceil(240 / 32))
    assert found["stopped_by"] == "epochs"
    assert found["train_r2"] is found["test_r2"] is None
    assert sum(map(sum, found["confusion_matrix"])) == 60
    right = sum(found["confusion_matrix"][i][i] for i in range(3))
    assert found["test_accuracy"] == pytest.approx(right / 60)


def test_a_csv_file_is_learnt(train_json, flowers):
    found = train_json("--data", flowers, "--label", "species", "--layers", "8", "--epochs", "60")
    assert found["classes"] == ["lily", "rose"]
    assert found["network"] == [2, 8, 2]
    assert found["test_accuracy"] > 0.9


def test_values_of_a_csv_file_are_learnt(train_json, prices):
    found = train_json("--data", prices, "--layers", "16", "--epochs", "200")
    assert found["test_r2"] > 0.9
    assert found["train_accuracy"] is found["test_accuracy"] is found["confusion_matrix"] is None
    assert found["classes"] == []


def test_the_same_experiment_gives_the_same_figures(train_json):
    def without_time(figures):
        return {name: value for name, value in figures.items() if "second" not in name}

    first, second = (train_json("--epochs", "5", "--dropout", "0.2") for _ in range(2))
    assert without_time(first) == without_time(second)
    other = train_json("--epochs", "5", "--dropout", "0.2", "--seed", "8")
    assert other["train_loss"] != first["train_loss"]


def test_flags_set_their_keys(nntui, tmp_path):
    values = {
        "--data": ("moons", 'source = "moons"'),
        "--samples": ("77", "samples = 77"),
        "--noise": ("0.25", "noise = 0.25"),
        "--features": ("x1,x1*x2", 'features = ["x1", "x1*x2"]'),
        "--test-fraction": ("0.3", "test_fraction = 0.3"),
        "--layers": ("5,6", "units = 6"),
        "--activation": ("tanh", 'activation = "tanh"'),
        "--dropout": ("0.1", "dropout = 0.1"),
        "--loss": ("mean_squared_error", 'loss = "mean_squared_error"'),
        "--optimizer": ("sgd", 'name = "sgd"'),
        "--learning-rate": ("0.123", "learning_rate = 0.123"),
        "--momentum": ("0.7", "momentum = 0.7"),
        "--batch-size": ("11", "batch_size = 11"),
        "--epochs": ("13", "epochs = 13"),
        "--patience": ("17", "patience = 17"),
        "--l1": ("0.001", "l1 = 0.001"),
        "--l2": ("0.002", "l2 = 0.002"),
        "--seed": ("99", "seed = 99"),
        "--dtype": ("float64", 'dtype = "float64"'),
        "--set": ("augmentation.jitter=0.05", "jitter = 0.05"),
    }
    arguments = [text for flag, (value, _) in values.items() for text in (flag, value)]
    assert nntui("new", "e.toml", *arguments).code == 0
    written = (tmp_path / "e.toml").read_text()
    for _, line in values.values():
        assert line in written


def test_a_flag_wins_over_the_file(train_json, tmp_path):
    (tmp_path / "e.toml").write_text("[training]\nepochs = 4\n[[layers]]\nunits = 5\n")
    assert train_json("e.toml")["epochs"] == 4
    found = train_json("e.toml", "--epochs", "2", "--layers", "3")
    assert found["epochs"] == 2
    assert found["network"] == [2, 3, 3]


def test_a_number_of_steps_ends_the_run_exactly_there(train_json):
    found = train_json("--steps", "4021")
    assert (found["steps"], found["stopped_by"]) == (4021, "steps")
    assert found["epochs"] == 4021 // 8


def test_the_first_limit_ends_the_run(train_json):
    assert train_json("--steps", "1000", "--epochs", "2")["stopped_by"] == "epochs"
    assert train_json("--steps", "9", "--epochs", "2")["stopped_by"] == "steps"
    assert train_json("--steps", "9", "--set", "training.epochs=1")["stopped_by"] == "epochs"


def test_seconds_end_the_run(train_json):
    found = train_json("--seconds", "0.05")
    assert found["stopped_by"] == "seconds"
    assert found["seconds"] >= 0.05
    assert found["steps_per_second"] == pytest.approx(found["steps"] / found["seconds"])


def test_a_condition_ends_the_run_at_the_end_of_an_epoch(train_json):
    found = train_json("--data", "blobs", "--until", "test_loss<0", "--until", "train_accuracy>=.9")
    assert found["stopped_by"] == "until train_accuracy>=0.9"
    assert found["train_accuracy"] >= 0.9
    assert found["steps"] == 8 * found["epochs"]


def test_patience_goes_back_to_the_best_epoch(train_json, tmp_path):
    arguments = ["--noise", "1", "--layers", "64", "--patience", "3", "--log", "log"]
    found = train_json(*arguments)
    assert found["stopped_by"] == "patience"
    epochs = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    best = min(epochs, key=lambda epoch: epoch["test_loss"])
    assert found["best_epoch"] == best["epoch"]
    assert found["test_loss"] == best["test_loss"]
    assert len(epochs) == best["epoch"] + 3


def test_the_loss_with_the_penalty_is_told_apart(train_json):
    found = train_json("--epochs", "2", "--l2", "0.01")
    assert found["penalty"] > 0
    assert found["train_loss_with_penalty"] == pytest.approx(found["train_loss"] + found["penalty"])


def test_the_log_has_a_line_for_each_epoch(nntui, tmp_path):
    nntui("train", "--epochs", "4", "--set", "optimizer.schedule=inverse_time", "--log", "log")
    lines = (tmp_path / "log").read_text().splitlines()
    epochs = [json.loads(line, parse_constant=pytest.fail) for line in lines]
    assert [epoch["epoch"] for epoch in epochs] == [1, 2, 3, 4]
    assert [epoch["step"] for epoch in epochs] == [8, 16, 24, 32]
    rates = [epoch["learning_rate"] for epoch in epochs]
    assert rates == sorted(rates, reverse=True)
    assert {"train_loss", "test_loss", "penalty", "train_accuracy", "test_r2"} <= set(epochs[0])


def test_a_log_without_a_whole_epoch_is_empty(nntui, tmp_path):
    assert nntui("train", "--steps", "1", "--log", "log").code == 0
    assert (tmp_path / "log").read_text() == ""


def test_divergence_ends_with_its_own_code_and_keeps_the_last_finite_weights(nntui):
    result = nntui(
        "train", "--data", "plane", "--optimizer", "sgd", "--learning-rate", "1e6", "--json",
        "--save", "m.safetensors",
    )  # fmt: skip
    assert result.code == 3
    found = json.loads(result.out, parse_constant=pytest.fail)
    assert found["stopped_by"] == "diverged"
    assert found["diverged_at_step"] == found["steps"] + 1
    assert math.isfinite(found["train_loss"])
    for fragment in (f"step {found['diverged_at_step']}", "largest weight", "gradient", "smaller"):
        assert fragment in result.err
    assert load_model("m.safetensors").steps == found["steps"]


def test_the_report_says_what_was_trained_and_how_good_it_is(nntui, flowers):
    result = nntui("train", "--data", flowers, "--label", "species", "--l2", "0.01", "--save", "m")
    assert result.code == 0
    for fragment in (
        "flowers.csv", "2 classes of species", "96 to train, 24 to test", "loss", "+ penalty",
        "accuracy", "100.0 %", "adam", "lily", "rose", "saved", "steps/s", "the number of epochs",
    ):  # fmt: skip
        assert fragment in result.out
    assert all(len(line) <= 80 for line in result.out.splitlines())


def test_the_report_of_values_has_r_squared_and_no_confusion_matrix(nntui, prices):
    result = nntui("train", "--data", prices, "--epochs", "5")
    assert "R²" in result.out
    assert "values of price" in result.out
    assert "accuracy" not in result.out
    assert "predicted" not in result.out


def test_the_confusion_matrix_of_long_names_fits_the_page(nntui, tmp_path):
    names = [f"a flower with a very long name {letter}" for letter in "abcdefgh"]
    rows = [f"{i % 8},{i % 3},{names[i % 8]}" for i in range(80)]
    (tmp_path / "f.csv").write_text("a,b,flower\n" + "\n".join(rows) + "\n")
    result = nntui("train", "--data", "f.csv", "--epochs", "1")
    assert "8 a flower" in result.out
    assert all(len(line) <= 80 for line in result.out.splitlines())


def test_dropped_rows_are_counted_and_told(nntui, flowers):
    with flowers.open("a") as file:
        file.write("1,,2\n,rose,2\n")
    result = nntui("train", "--data", flowers, "--label", "species", "--epochs", "1", "--json")
    assert json.loads(result.out)["dropped_rows"] == 2
    assert "2 rows" in result.err
    result = nntui("train", "--data", flowers, "--label", "species", "--epochs", "1", "--quiet")
    assert result.err == ""
    assert "2 rows" in result.out


def test_no_hidden_layer_and_no_test_points(train_json):
    found = train_json("--layers", "none", "--test-fraction", "0", "--epochs", "2")
    assert found["network"] == [2, 3]
    assert found["test_points"] == 0
    assert found["test_loss"] is found["test_accuracy"] is None


def test_the_perceptron_learns_by_its_rule(train_json):
    found = train_json(
        "--data", "two_gaussians", "--optimizer", "perceptron", "--layers", "none",
        "--epochs", "20",
    )  # fmt: skip
    assert found["network"] == [2, 1]
    assert found["test_accuracy"] > 0.9


def test_a_model_that_cannot_be_written_at_the_end_does_not_lose_the_result(nntui, tmp_path):
    result = nntui("train", "--epochs", "1", "--json", "--save", "/dev/full")
    assert result.code == 2
    assert json.loads(result.out)["epochs"] == 1
    assert "/dev/full" in result.err


def test_a_log_that_cannot_be_written_does_not_cost_the_result(nntui, tmp_path):
    result = nntui(
        *("train", "--epochs", "3", "--log", "/dev/full", "--save", "m.safetensors", "--json")
    )
    assert result.code == 2
    assert json.loads(result.out)["epochs"] == 3
    assert "--log: /dev/full: cannot be written" in result.err
    assert (tmp_path / "m.safetensors").exists()


@pytest.mark.parametrize("flag", ["--save", "--log"])
def test_a_path_that_ends_in_a_slash_does_not_replace_a_file(nntui, tmp_path, flag):
    (tmp_path / "precious").write_text("kept")
    result = nntui("train", "--epochs", "1", flag, "precious/")
    assert result.code == 2
    assert "slash" in result.err
    assert (tmp_path / "precious").read_text() == "kept"


def test_a_key_that_is_set_twice_is_refused(nntui):
    result = nntui("train", "--set", "seed=1", "--seed", "2")
    assert result.code == 2
    assert "seed: found it set twice" in result.err


def test_samples_that_real_data_do_not_take_are_warned_of(nntui):
    result = nntui("train", "--data", "iris", "--samples", "30", "--epochs", "1")
    assert result.code == 0
    assert "data.samples is for made-up data sets" in result.err


def test_an_empty_test_set_is_warned_of(nntui):
    result = nntui("train", "--samples", "6", "--test-fraction", "0.01", "--epochs", "1")
    assert "no point is left for testing" in result.err


def test_progress_that_cannot_be_shown_does_not_cost_the_result(nntui, monkeypatch):
    class Broken:
        def show(self, progress):
            raise OSError(28, "No space left on device")

        def close(self):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("nntui.cli.training_session.choose_display", lambda *_, **__: Broken())
    result = nntui("train", "--epochs", "2", "--json")
    assert result.code == 0
    assert json.loads(result.out)["epochs"] == 2


def test_a_directory_is_told_to_be_one(nntui, tmp_path):
    (tmp_path / "flowers").mkdir()
    result = nntui("train", "--data", "flowers")
    assert result.code == 2
    assert "found a directory, expected a CSV file" in result.err
