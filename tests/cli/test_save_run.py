"""``nntui train --save-run`` and ``--resume``: a run that is kept whole, and goes on."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nntui.runs.folder import RUN_FILE, RunWriter
from nntui.runs.run_file import load_run

NNTUI = (sys.executable, "-m", "nntui")
ROOT = Path(__file__).parents[2]


def without_time(printed):
    return {name: value for name, value in json.loads(printed).items() if "second" not in name}


@pytest.fixture
def trained(nntui):
    """Return a function that trains with ``--json --quiet`` and returns the figures."""

    def train(*arguments, code=0):
        result = nntui("train", *arguments, "--json", "--quiet")
        assert result.code == code, result.err
        return without_time(result.out)

    return train


def test_a_run_that_goes_on_ends_as_one_that_never_stopped(trained):
    flags = ("--dropout", "0.2", "--set", "augmentation.jitter=0.1")
    expected = trained(*flags, "--steps", "90", "--save-run", "there")
    trained(*flags, "--steps", "41", "--save-run", "run")
    assert trained("--resume", "run", "--steps", "90") == expected
    run, there = load_run("run"), load_run("there")
    np.testing.assert_array_equal(run.state.parameters, there.state.parameters)
    assert repr(run.state.dropping) == repr(there.state.dropping)
    assert run.history.steps[0] == 0
    assert run.history.steps[-1] == 90


def test_the_folder_is_named_in_the_report(nntui):
    result = nntui("train", "--epochs", "2", "--save-run", "run")
    assert result.code == 0
    assert re.search(r"run +run \(--resume", result.out)
    assert load_run("run").label.name == "spiral"


def test_a_run_is_called_as_its_experiment_file(nntui, tmp_path):
    (tmp_path / "two-moons.toml").write_text('[data]\nsource = "moons"\n')
    assert nntui("train", "two-moons.toml", "--epochs", "2", "--save-run", "run").code == 0
    assert load_run("run").label.name == "two-moons"
    assert nntui("train", "--resume", "run", "--epochs", "3").code == 0
    assert load_run("run").label.name == "two-moons"


def test_it_is_private_unless_asked(nntui):
    for flags, folder_mode, file_mode in ((), 0o700, 0o600), (("--shared",), 0o755, 0o644):
        assert nntui("train", "--epochs", "1", "--save-run", "run", "--overwrite", *flags).code == 0
        assert stat.S_IMODE(Path("run").stat().st_mode) == folder_mode
        assert stat.S_IMODE(Path("run", RUN_FILE).stat().st_mode) == file_mode


def test_what_is_edited_on_the_way_is_marked(nntui):
    assert nntui("train", "--epochs", "2", "--save-run", "run").code == 0
    done = nntui("train", "--resume", "run", "--epochs", "4", "--learning-rate", "0.5")
    assert done.code == 0, done.err
    saved = load_run("run")
    assert saved.experiment.optimizer.learning_rate == 0.5
    assert saved.history.marks == ((16, "optimizer.learning_rate, training.epochs"),)
    assert saved.state.epochs == 4


def test_a_run_can_go_on_in_another_folder(trained):
    trained("--epochs", "3", "--save-run", "run")
    before = Path("run", RUN_FILE).read_bytes()
    trained("--resume", "run", "--epochs", "5", "--save-run", "other")
    assert Path("run", RUN_FILE).read_bytes() == before
    assert load_run("other").state.epochs == 5


def test_patience_goes_on_where_it_was(trained):
    flags = ("--data", "moons", "--noise", "0.4", "--learning-rate", "0.05", "--patience", "8")
    expected = trained(*flags, "--save-run", "there")
    assert expected["stopped_by"] == "patience"
    trained(*flags, "--steps", str(expected["steps"] - 10), "--save-run", "run")
    assert load_run("run").best is not None
    assert trained("--resume", "run") == expected


def test_a_run_at_its_end_says_how_it_goes_on(nntui):
    assert nntui("train", "--epochs", "3", "--save-run", "run").code == 0
    done = nntui("train", "--resume", "run")
    assert done.code == 0
    assert "3 epochs already" in done.err
    assert load_run("run").state.epochs == 3


class TestRefusals:
    @pytest.fixture
    def run(self, nntui):
        assert nntui("train", "--epochs", "2", "--quiet", "--save-run", "run").code == 0
        return Path("run")

    def refused(self, nntui, *arguments):
        result = nntui("train", "--quiet", "--epochs", "3", *arguments)
        assert result.code == 2
        assert "Traceback" not in result.err
        assert result.out == ""
        return result.err

    def test_a_run_is_not_thrown_away_unasked(self, nntui, run):
        before = (run / RUN_FILE).read_bytes()
        assert "--overwrite" in self.refused(nntui, "--save-run", "run")
        assert (run / RUN_FILE).read_bytes() == before
        assert nntui("train", "--epochs", "1", "--save-run", "run", "--overwrite").code == 0
        assert load_run(run).state.epochs == 1

    def test_a_folder_of_something_else_is_left_alone(self, nntui):
        Path("thesis").mkdir()
        Path("thesis", "chapter.txt").write_text("mine")
        message = self.refused(nntui, "--save-run", "thesis", "--overwrite")
        assert "something else" in message
        assert [each.name for each in Path("thesis").iterdir()] == ["chapter.txt"]

    def test_a_damaged_run_is_told(self, nntui, run):
        (run / RUN_FILE).write_bytes(b"\x1b[2J")
        message = self.refused(nntui, "--resume", "run")
        assert message.startswith("nntui: error: --resume: run: ")
        assert "\x1b" not in message

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("--resume", "missing"), "nothing"),
            (("--resume", "run", "--layers", "4"), "--layers: layers"),
            (("--resume", "run", "--set", "seed=8"), "seed: it cannot be changed"),
            (("--resume", "run", "--learning-rate", "fast"), "--learning-rate"),
            (("other.toml", "--resume", "run"), "beside --resume"),
            (("--resume", ""), "empty name"),
            (("--save-run", ""), "empty name"),
            (("--save-run", "missing/run"), "does not exist"),
            (("--overwrite",), "--save-run beside it"),
            (("--shared",), "beside it"),
        ],
    )
    def test_what_does_not_go_together_is_told(self, nntui, run, arguments, message):
        before = (run / RUN_FILE).read_bytes()
        assert message in self.refused(nntui, *arguments)
        assert (run / RUN_FILE).read_bytes() == before

    def test_a_folder_that_another_writes_is_told(self, nntui, run):
        with RunWriter(run):
            assert "another nntui" in self.refused(nntui, "--resume", "run")

    def test_changed_data_are_told(self, nntui, flowers):
        arguments = ("--data", "flowers.csv", "--label", "species", "--save-run", "run")
        assert nntui("train", "--epochs", "2", *arguments).code == 0
        flowers.write_text(flowers.read_text().replace("lily", "tulip"))
        message = self.refused(nntui, "--resume", "run")
        assert "flowers.csv" in message
        assert "changed" in message


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_saves_the_run_where_it_is(tmp_path, number, code):
    running = subprocess.Popen(
        [
            *NNTUI, "train", "--seconds", "60", "--quiet", "--json", "--log", "/dev/stdout",
            "--save-run", str(tmp_path / "run"),
        ],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    for _ in range(20):  # Epochs.
        running.stdout.readline()
    running.send_signal(number)
    out, _ = running.communicate()
    assert running.returncode == code
    ended = json.loads(out.splitlines()[-1])
    assert ended["stopped_by"] == "interrupted"
    saved = load_run(tmp_path / "run")
    assert saved.state.steps == ended["steps"] >= 20 * 8
    assert saved.stopped_by == "interrupted"
    assert saved.history.train_loss[-1] == ended["train_loss"]


def test_a_hang_up_that_is_to_be_survived_is_none():
    running = subprocess.Popen(
        [
            # As nohup does it.
            "sh", "-c", """trap '' HUP; exec "$@" """, "sh",
            *NNTUI, "train", "--epochs", "300", "--quiet", "--json", "--log", "/dev/stdout",
        ],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    running.stdout.readline()
    os.kill(running.pid, signal.SIGHUP)
    out, _ = running.communicate()
    assert running.returncode == 0
    assert json.loads(out.splitlines()[-1])["epochs"] == 300
