"""A worker whose run is interrupted, in every way, and goes on in another worker."""

import threading
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path

import numpy as np
import pytest
from played_runs import SMALL, digest

from nntui.experiment.convert import from_plain
from nntui.experiment.overrides import experiment_with
from nntui.runs.keeper import RunKeeper
from nntui.runs.places import kept_runs, next_to_resume, runs_folder
from nntui.runs.resume import resume
from nntui.runs.run_file import load_run
from nntui.training.ending import Ending
from nntui.training.limits import Limits
from nntui.training.messages import (
    Advance,
    Applied,
    Apply,
    Failed,
    Kept,
    Play,
    SnapshotRequest,
    Started,
    Stop,
    WorkerStart,
)
from nntui.training.snapshot import Plane, Snapshot
from nntui.training.trainer import Trainer
from nntui.training.worker import run_worker

EXPERIMENT = from_plain(SMALL)
START = WorkerStart(EXPERIMENT, Limits(steps=1_000_000), name="my run")
PATIENCE = 60


@pytest.fixture(autouse=True)
def state_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


class Worker:
    """A worker in a thread, and the other end of its connection."""

    def __init__(self, start=START, now=1e9):
        self.line, theirs = Pipe()
        self.ending = Ending()
        self.keeper = RunKeeper(start, lambda: now)

        def work():
            run_worker(theirs, start, keeper=self.keeper, ending=self.ending)
            self.keeper.close()

        self.thread = threading.Thread(target=work, daemon=True)
        self.thread.start()
        self.first = self.line.recv()

    def ask(self):
        self.line.send(SnapshotRequest(Plane()))
        reply = self.line.recv()
        assert isinstance(reply, Snapshot), reply
        return reply

    def advance(self, steps):
        target = self.ask().steps + steps
        self.line.send(Advance(steps))
        while self.ask().steps < target:
            pass

    def play(self):
        self.line.send(Play())
        while self.ask().steps < 20:
            pass

    def last_word(self):
        """Wait for the end; return what it says last, None for nothing."""
        try:
            reply = self.line.recv()
        except EOFError:
            reply = None
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()
        return reply

    def interrupt(self):
        self.line.send(Stop(keep=True))
        return self.last_word()


def hang_up(worker):
    worker.line.close()
    worker.thread.join(PATIENCE)


def request_the_end(worker):
    worker.ending.request()
    worker.last_word()


def interrupt(worker):
    worker.interrupt()


@pytest.mark.parametrize("how", [interrupt, hang_up, request_the_end])
@pytest.mark.parametrize("playing", [True, False])
def test_however_it_is_interrupted_the_run_goes_on_bit_for_bit(how, playing, fingerprint_of):
    worker = Worker()
    worker.advance(7)
    if playing:
        worker.play()
    how(worker)
    (kept,) = kept_runs()
    assert kept.summary.label.name == "my run"
    assert kept.folder.name.endswith("-my-run")

    trainer = resume(load_run(kept.folder)).trainer
    never_interrupted = Trainer(EXPERIMENT)
    never_interrupted.train(kept.summary.steps + 13)
    trainer.train(13)
    assert fingerprint_of(trainer) == fingerprint_of(never_interrupted)


@pytest.fixture
def fingerprint_of():
    def of(trainer):
        state = trainer.state()
        arrays = (state.parameters.tobytes(), state.optimizer.tobytes())
        return (*arrays, state.steps, state.epochs, state.points, repr(state.shuffling))

    return of


def test_nothing_changes_on_the_way_through_a_worker():
    first = Worker()
    first.advance(9)
    first.line.send(Apply(1, experiment_with(EXPERIMENT, [("optimizer.learning_rate", 0.05)]), "l"))
    assert isinstance(first.line.recv(), Applied)
    first.advance(5)
    seen = first.ask()
    kept = first.interrupt()
    before = resume(load_run(kept.folder)).recorded()

    second = Worker(WorkerStart(EXPERIMENT, Limits(), resume_from=kept.folder), now=2e9)
    assert isinstance(second.first, Started)
    assert second.first.experiment == before.trainer.experiment
    assert "step 14" in second.first.warnings[0]
    again = second.ask()
    assert (again.steps, again.evaluation, again.is_playing) == (14, seen.evaluation, False)
    assert second.interrupt() == kept
    saved = load_run(kept.folder)
    after = resume(saved).recorded()
    assert digest(after) == digest(before)
    assert after.limits.state() == replace(before.limits.state(), seconds=saved.limits.seconds)
    assert saved.limits.limits == START.limits
    assert saved.label.saved_at == 2e9
    assert saved.label.name == "my run"


def test_what_the_user_did_last_belongs_to_the_run():
    worker = Worker()
    edited = experiment_with(EXPERIMENT, [("optimizer.learning_rate", 0.5)])
    worker.line.send(Apply(1, edited, "learning rate"))
    worker.line.close()
    worker.thread.join(PATIENCE)
    assert load_run(kept_runs()[0].folder).experiment == edited


def test_leaving_keeps_nothing():
    worker = Worker()
    worker.advance(3)
    # The line's end says less than what was said before.
    worker.line.send(Stop())
    worker.ending.request()
    worker.last_word()
    assert kept_runs() == []


def test_a_run_in_which_nothing_was_done_is_not_kept():
    assert Worker().interrupt() is None
    assert not runs_folder().exists()


def test_a_run_that_was_resumed_and_left_stays_but_comes_last():
    older, newer = Worker(), Worker(now=2e9)
    older.advance(1)
    newer.advance(2)
    older_folder, newer_folder = older.interrupt().folder, newer.interrupt().folder
    assert str(next_to_resume(kept_runs()).folder) == newer_folder

    again = Worker(replace(START, resume_from=newer_folder))
    # While it is open, nobody else can have it.
    assert str(next_to_resume(kept_runs()).folder) == older_folder
    refused = Worker(replace(START, resume_from=newer_folder)).first
    assert isinstance(refused, Failed)
    assert "another nntui" in refused.reason

    again.line.send(Stop())
    again.last_word()
    assert [run.is_left for run in kept_runs()] == [True, False]
    assert str(next_to_resume(kept_runs()).folder) == older_folder

    third = Worker(replace(START, resume_from=newer_folder), now=3e9)
    third.interrupt()
    assert str(next_to_resume(kept_runs()).folder) == newer_folder


def test_a_run_from_elsewhere_is_only_read(tmp_path):
    worker = Worker()
    worker.advance(4)
    elsewhere = tmp_path / "elsewhere"
    Path(worker.interrupt().folder).rename(elsewhere)
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}

    again = Worker(replace(START, resume_from=str(elsewhere), name=""))
    again.advance(1)
    kept = again.interrupt()
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before
    assert [str(run.folder) for run in kept_runs()] == [kept.folder]
    assert kept_runs()[0].summary.label.name == "my run"


def test_a_damaged_run_is_refused_in_words():
    worker = Worker()
    worker.advance(4)
    kept = worker.interrupt().folder
    (file,) = [path for path in kept_runs()[0].folder.iterdir() if "safetensors" in path.name]
    file.write_bytes(file.read_bytes()[:-8])
    refused = Worker(replace(START, resume_from=kept)).first
    assert isinstance(refused, Failed)
    assert "damaged" in refused.reason
    assert kept.rpartition("/")[2] in refused.reason


def test_a_save_that_fails_is_told(tmp_path):
    (tmp_path / "state").write_text("a file where the folder should be")
    worker = Worker()
    worker.advance(1)
    kept = worker.interrupt()
    assert isinstance(kept, Kept)
    assert not kept.folder
    assert "cannot be written" in kept.problem


def test_a_diverged_run_is_kept_at_its_last_finite_step():
    experiment = experiment_with(
        EXPERIMENT,
        [("optimizer.name", "sgd"), ("optimizer.learning_rate", 1e6), ("data.source", "plane")],
    )
    worker = Worker(WorkerStart(experiment, Limits()))
    worker.line.send(Play())
    while worker.ask().divergence is None:
        pass
    run = resume(load_run(worker.interrupt().folder)).recorded()
    assert run.divergence is not None
    assert np.isfinite(run.trainer.state().parameters).all()
