"""The worker in a process of its own: it starts, trains, and ends with the app."""

import os
import queue
import select
import signal
import subprocess
import sys
import textwrap

import pytest

from nntui.training.limits import Limits
from nntui.training.messages import Failed, Pause, Play, SnapshotRequest, Started, WorkerStart
from nntui.training.snapshot import FieldRequest, Plane, Snapshot
from nntui.training.trainer import Trainer
from nntui.training.worker_process import default_kind, launch_worker, start_worker

KINDS = ("process", "thread")
posix = pytest.mark.skipif(os.name != "posix", reason="elsewhere a worker is a thread")
REQUEST = SnapshotRequest(Plane(), field=FieldRequest(9, 7, -1.5, 2.5, -1.0, 1.5))
PATIENCE = 60


class App:
    """What the app does with a worker."""

    def __init__(self, handle):
        self.handle = handle
        self.first = handle.first_reply(PATIENCE)
        self.replies = queue.Queue()
        handle.listen(self.replies.put)

    def ask(self):
        self.handle.send(REQUEST)
        reply = self.replies.get(timeout=PATIENCE)
        assert isinstance(reply, Snapshot), reply
        return reply

    def ask_until(self, holds):
        while not holds(snapshot := self.ask()):
            pass
        return snapshot


@pytest.fixture
def start(small):
    handles = []

    def make(kind=None, keys=None):
        handles.append(start_worker(WorkerStart(small(keys), Limits()), kind))
        return handles[-1]

    yield make
    for handle in handles:
        handle.close()


@posix
def test_the_default_is_a_process():
    assert default_kind() == "process"


@pytest.mark.parametrize("kind", KINDS)
class TestBothKinds:
    def test_it_trains_like_the_trainer_alone(self, start, small, random_keys, kind):
        app = App(start(kind, random_keys))
        assert app.first == Started(run=1)
        app.handle.send(Play())
        app.ask_until(lambda snapshot: snapshot.steps > 200)
        app.handle.send(Pause())
        snapshot = app.ask_until(lambda snapshot: not snapshot.is_playing)
        trainer = Trainer(small(random_keys))
        trainer.train(snapshot.steps)
        assert snapshot.evaluation == trainer.evaluate()

    def test_what_cannot_be_built_is_the_first_reply(self, start, kind):
        failed = start(kind, {"data.source": "no such data"}).first_reply(PATIENCE)
        assert isinstance(failed, Failed)
        assert "no data set" in failed.reason

    def test_closing_ends_it_and_may_be_repeated(self, start, kind):
        app = App(start(kind))
        app.handle.send(Play())
        app.ask()
        app.handle.close()
        app.handle.close()
        app.handle.send(Play())
        assert app.replies.empty()

    def test_closing_before_anything_was_heard(self, start, kind):
        start(kind).close()

    def test_closing_before_anything_was_said(self, kind):
        launch_worker(kind).close()

    def test_one_that_was_launched_earlier_begins_when_it_is_told(self, small, kind):
        handle = launch_worker(kind)
        try:
            handle.begin(WorkerStart(small(), Limits()))
            assert handle.first_reply(PATIENCE) == Started(run=1)
        finally:
            handle.close()

    def test_one_that_takes_too_long_to_start_has_failed(self, kind):
        handle = launch_worker(kind)
        try:
            reply = handle.first_reply(0.001)
            assert reply == Failed("the trainer did not start within 0.001 seconds")
        finally:
            handle.close()


@posix
class TestProcess:
    @pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM])
    def test_a_child_that_dies_is_told_about(self, start, signal_):
        app = App(start("process"))
        app.ask()
        os.kill(app.handle.process_id, signal_)
        failed = app.replies.get(timeout=PATIENCE)
        name = signal_.name
        assert failed == Failed(f"the trainer has ended unexpectedly (signal {name})")

    def test_a_child_that_dies_before_it_has_started(self, start):
        handle = start("process")
        os.kill(handle.process_id, signal.SIGKILL)
        failed = handle.first_reply(PATIENCE)
        assert failed == Failed("the trainer has ended unexpectedly (signal SIGKILL)")

    @pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGHUP])
    def test_what_the_terminal_sends_to_everybody_is_for_the_app(self, start, signal_):
        app = App(start("process"))
        os.kill(app.handle.process_id, signal_)
        app.handle.send(Play())
        assert app.ask_until(lambda snapshot: snapshot.steps > 50).is_playing

    def test_closing_waits_for_the_end_of_the_process(self, start):
        app = App(start("process"))
        app.handle.send(Play())
        app.ask()
        process_id = app.handle.process_id
        app.handle.close()
        with pytest.raises(ProcessLookupError):
            os.kill(process_id, 0)

    def test_it_does_not_import_what_only_the_screen_needs(self):
        script = """
            import sys
            import nntui.runs.worker_child, nntui.training.worker
            print(*(sys.modules.keys() & {"textual", "rich", "plotext", "cyclopts"}))
        """
        assert run_script(script) == "\n"

    def test_launching_it_does_not_wait_for_numpy(self):
        script = """
            import sys
            import nntui.training.worker_process
            print("numpy" in sys.modules)
        """
        assert run_script(script) == "False\n"


def run_script(script):
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment())
    assert done.stderr == ""
    return done.stdout


def environment():
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


PARENT = """
    import os, sys
    from nntui.experiment.experiment import Experiment
    from nntui.training.messages import Play, SnapshotRequest, WorkerStart
    from nntui.training.limits import Limits
    from nntui.training.snapshot import Plane
    from nntui.training.worker_process import start_worker

    handle = start_worker(WorkerStart(Experiment(), Limits()), "process")
    handle.first_reply()
    if "playing" in sys.argv:
        handle.send(Play())
    print(handle.process_id, flush=True)
    sys.stdin.read()
    {end}
"""


@posix
class TestNothingSurvivesTheApp:
    """A script starts the worker, without a guard around its main part, as a user's may."""

    def parent(self, *arguments, end=""):
        """Start a parent of a worker; return it, and the child's number once that plays."""
        script = textwrap.dedent(PARENT).replace("{end}", end)
        parent = subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )
        return parent, int(parent.stdout.readline())

    def has_ended(self, process_id):
        """Wait until a process that is not our child has ended."""
        try:
            watched = os.pidfd_open(process_id)
        except ProcessLookupError:
            return True
        try:
            return bool(select.select([watched], [], [], PATIENCE)[0])
        finally:
            os.close(watched)

    @pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="there is no way to wait for it here")
    @pytest.mark.parametrize(
        ("signal_", "arguments"),
        [(signal.SIGKILL, ()), (signal.SIGKILL, ("playing",)), (signal.SIGHUP, ("playing",))],
        ids=["killed-paused", "killed-playing", "hung-up"],
    )
    def test_when_it_is_killed(self, signal_, arguments):
        parent, child = self.parent(*arguments)
        with parent:
            parent.send_signal(signal_)
            parent.wait(PATIENCE)
            assert self.has_ended(child)

    @pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="there is no way to wait for it here")
    @pytest.mark.parametrize("end", ["", "os._exit(4)"])
    def test_when_it_ends_by_itself(self, end):
        parent, child = self.parent("playing", end=end)
        with parent:
            parent.stdin.close()
            parent.wait(PATIENCE)
            assert self.has_ended(child)
