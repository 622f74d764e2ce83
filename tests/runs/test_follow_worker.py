"""The follower as the app sees it: through a connection alone. It runs in a thread here."""

import threading
from multiprocessing import Pipe

import pytest
from played_runs import play, save

from nntui.explain.page import WalkRequest
from nntui.runs.follow_worker import FOLLOWED, run_follower
from nntui.training.followed import Following, FollowStart, Fork
from nntui.training.messages import (
    Advance,
    Applied,
    Apply,
    Failed,
    Pause,
    Play,
    Refused,
    Reset,
    SnapshotRequest,
    Started,
    Stop,
)
from nntui.training.snapshot import Plane, Snapshot


class App:
    """The other end of a follower's connection."""

    def __init__(self, folder):
        self.line, theirs = Pipe()
        self.thread = threading.Thread(
            target=run_follower, args=(theirs, FollowStart(str(folder))), daemon=True
        )
        self.thread.start()

    def reply(self, kind):
        """Return the next reply of a kind."""
        while True:
            assert self.line.poll(60), "the follower does not answer"
            reply = self.line.recv()
            if isinstance(reply, kind):
                return reply

    def ask(self, **what):
        self.line.send(SnapshotRequest(Plane(), **what))
        return self.reply(Snapshot)

    def close(self):
        self.line.send(Stop())
        self.thread.join(60)
        assert not self.thread.is_alive()


@pytest.fixture
def app(folder):
    app = App(folder)
    yield app
    app.line.close()
    app.thread.join(60)
    assert not app.thread.is_alive()


def test_it_starts_with_the_experiment_and_tells_of_each_save(app, folder, small_run):
    assert app.reply(Started).experiment == small_run.trainer.experiment
    assert app.reply(Following).saves == 1
    assert app.ask().steps == 10
    play(small_run, 20)
    save(small_run, folder)
    assert app.reply(Following).saves == 2
    assert app.ask().steps == 20


def test_what_cannot_be_followed_is_told(tmp_path):
    app = App(tmp_path)
    assert "found a folder without one" in app.reply(Failed).reason
    app.thread.join(60)
    assert not app.thread.is_alive()


def test_it_ends_when_it_is_told_to(app):
    app.reply(Started)
    app.close()


def test_commands_change_nothing(app, small_run):
    for command in (Play(), Advance(5), Reset(), Pause()):
        app.line.send(command)
    app.line.send(Apply(1, small_run.trainer.experiment, "an edit"))
    assert app.reply(Refused) == Refused(1, FOLLOWED)
    assert app.ask().steps == 10


def test_while_an_update_is_walked_through_no_newer_save_takes_its_place(app, folder, small_run):
    app.ask(walk=WalkRequest())
    play(small_run, 20)
    save(small_run, folder)
    while not app.reply(Following).is_held:
        pass
    assert app.ask(walk=WalkRequest()).steps == 10
    assert app.ask().steps == 10
    while app.reply(Following).saves == 1:
        pass
    assert app.ask().steps == 20


def test_a_fork_is_an_ordinary_run_and_leaves_the_followed_one_alone(app, folder, small_run):
    before = [(entry.name, entry.read_bytes()) for entry in folder.iterdir()]
    app.reply(Started)
    app.line.send(Fork())
    assert app.reply(Started).run == 1
    app.line.send(Advance(30))
    while (snapshot := app.ask()).steps < 40:
        pass
    assert snapshot.steps == 40
    app.line.send(Apply(1, small_run.trainer.experiment, "an edit"))
    assert app.reply(Applied).run == 1
    play(small_run, 60)
    save(small_run, folder.parent / "elsewhere")
    assert [(entry.name, entry.read_bytes()) for entry in folder.iterdir()] == before
