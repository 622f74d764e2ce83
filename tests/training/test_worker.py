"""The worker, as the app sees it: through a connection alone. It runs in a thread here."""

import itertools
import threading
from multiprocessing import Pipe

import pytest

from nntui.training.limits import Limits
from nntui.training.messages import (
    Advance,
    Applied,
    Apply,
    BackToFinite,
    Failed,
    ParameterPlace,
    ParameterValue,
    Pause,
    Play,
    Refused,
    Reset,
    SetSpeed,
    SnapshotRequest,
    Started,
    StepOn,
    Stop,
    WorkerStart,
)
from nntui.training.rhythm import Clocks
from nntui.training.snapshot import FieldRequest, Plane, Snapshot
from nntui.training.trainer import Trainer
from nntui.training.until import Condition
from nntui.training.worker import run_worker

EVERYTHING = SnapshotRequest(
    Plane(),
    field=FieldRequest(9, 7, -1.5, 2.5, -1.0, 1.5),
    crosshair=(0.1, 0.2),
    mistakes=True,
    history_columns=40,
    layers=True,
)
DIVERGING = {
    "data.source": "plane",
    "layers": [],
    "optimizer": {"name": "sgd", "learning_rate": 1.3},
}


class App:
    """The other end of a worker's connection."""

    def __init__(self, experiment, limits, clocks):
        self.line, theirs = Pipe()
        arguments = (theirs, WorkerStart(experiment, limits), clocks)
        self.thread = threading.Thread(target=run_worker, args=arguments, daemon=True)
        self.thread.start()
        self.first = self.reply()

    def reply(self):
        assert self.line.poll(60), "the worker does not answer"
        return self.line.recv()

    def tell(self, *commands):
        for command in commands:
            self.line.send(command)

    def edit(self, *arguments, **more):
        self.tell(Apply(*arguments, **more))
        return self.reply()

    def ask(self, request=EVERYTHING):
        self.tell(request)
        reply = self.reply()
        assert isinstance(reply, Snapshot), reply
        return reply

    def ask_until(self, holds):
        """Ask again and again until a snapshot is as it should be; return it."""
        while not holds(snapshot := self.ask()):
            pass
        return snapshot

    def close(self):
        self.line.close()
        self.thread.join(30)
        assert not self.thread.is_alive()


@pytest.fixture
def app(small):
    opened = []

    def make(keys=None, limits=None, clocks=None):
        opened.append(App(small(keys), limits or Limits(), clocks or Clocks()))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def alone(experiment, steps):
    trainer = Trainer(experiment)
    trainer.train(steps)
    return trainer


class TestStart:
    def test_the_first_answer_names_the_first_run(self, app):
        assert app().first == Started(run=1)

    def test_it_begins_paused(self, app):
        snapshot = app().ask()
        assert (snapshot.steps, snapshot.is_playing) == (0, False)

    def test_rows_that_were_left_out_are_told(self, app, tmp_path):
        table = tmp_path / "table.csv"
        table.write_text("a,b,kind\n" + "1,2,x\n2,1,y\n3,3,x\n4,9,y\n" * 5 + "5,,y\n")
        (warning,) = app({"data.source": str(table)}).first.warnings
        assert "1 row left out because a value is missing" in warning

    def test_no_test_points_are_told(self, app):
        (warning,) = app({"data.samples": 4, "data.test_fraction": 0.1}).first.warnings
        assert "no point is left for testing" in warning

    @pytest.mark.parametrize(
        ("keys", "limits", "words"),
        [
            ({"data.source": "no such data"}, Limits(), "no data set"),
            ({}, Limits(until=(Condition.parse("test_r2>0"),)), "this run has no test_r2"),
            ({"data.test_fraction": 0.0}, Limits(patience=3), "no test points"),
        ],
    )
    def test_what_cannot_be_built_fails_as_on_the_command_line(self, app, keys, limits, words):
        failed = app(keys, limits).first
        assert isinstance(failed, Failed)
        assert words in failed.reason

    def test_too_little_memory(self, app, monkeypatch):
        def too_much(*_):
            raise MemoryError

        monkeypatch.setattr("nntui.training.player.Trainer", too_much)
        assert "not enough memory" in app().first.reason


class TestPlaying:
    def test_it_is_the_trainers_own_run_whatever_is_asked(self, app, small, random_keys):
        worker = app(random_keys)
        worker.tell(Play())
        worker.ask_until(lambda snapshot: snapshot.steps > 2000)
        worker.tell(Pause())
        snapshot = worker.ask()
        trainer = alone(small(random_keys), snapshot.steps)
        assert snapshot.evaluated_at == snapshot.steps
        assert snapshot.evaluation == trainer.evaluate()
        assert snapshot.epochs == trainer.epochs

    def test_while_playing_steps_rise_and_the_loss_falls(self, app):
        worker = app()
        first = worker.ask()
        worker.tell(Play())
        later = worker.ask_until(lambda snapshot: snapshot.steps > 1000)
        assert later.is_playing
        assert later.steps_per_second > 0
        assert later.evaluation.train_loss < first.evaluation.train_loss

    def test_paused_it_stays_where_it_is(self, app):
        worker = app()
        worker.tell(Play())
        worker.ask_until(lambda snapshot: snapshot.steps > 100)
        worker.tell(Pause())
        steps = {worker.ask().steps for _ in range(50)}
        assert len(steps) == 1

    def test_steps_and_epochs(self, app):
        worker = app()
        worker.tell(Advance(1), Advance(2))
        snapshot = worker.ask_until(lambda snapshot: not snapshot.is_playing)
        assert snapshot.steps == 3
        worker.tell(Advance(epochs=3))
        snapshot = worker.ask_until(lambda snapshot: not snapshot.is_playing)
        assert (snapshot.epochs, snapshot.steps) == (3, 12)

    def test_a_limit_pauses_it(self, app):
        worker = app(limits=Limits(epochs=10))
        worker.tell(Play())
        snapshot = worker.ask_until(lambda snapshot: not snapshot.is_playing)
        assert (snapshot.epochs, snapshot.stopped_by) == (10, "epochs 10 reached")

    def test_held_back_it_still_answers_at_once(self, app):
        worker = app()
        worker.tell(SetSpeed(0.001), Play())
        worker.ask_until(lambda snapshot: snapshot.steps == 1)
        worker.tell(Pause())
        assert worker.ask().steps == 1
        worker.tell(SetSpeed(None), Play())
        assert worker.ask_until(lambda snapshot: snapshot.steps > 500).is_playing


class TestOrder:
    def test_every_request_is_answered_in_its_order(self, app):
        worker = app()
        sizes = [3, 5, 2, 7, 4]
        requests = [
            SnapshotRequest(Plane(), field=FieldRequest(size, size, -1, 1, -1, 1)) for size in sizes
        ]
        worker.tell(Play(), *requests)
        answers = [worker.reply() for _ in sizes]
        assert [answer.field.request.columns for answer in answers] == sizes
        assert [a.steps for a in answers] == sorted(a.steps for a in answers)

    def test_commands_are_taken_in_their_order(self, app, small):
        worker = app()
        worker.tell(
            Apply(1, small({"seed": 5}), "seed"),
            Apply(2, small({"seed": 5, "data.source": "no such data"}), "data"),
            Reset(),
            Apply(3, small({"seed": 6}), "seed"),
        )
        replies = [worker.reply() for _ in range(3)]
        assert [type(reply) for reply in replies] == [Applied, Refused, Applied]
        assert [reply.revision for reply in replies] == [1, 2, 3]
        assert worker.ask().run == replies[2].run == 4

    def test_a_large_network_is_trained_although_it_is_asked_all_the_time(self, app):
        wall, work = (itertools.count(0.0, tick).__next__ for tick in (0.01, 1.0))
        # By these clocks every answer takes a second.
        worker = app(clocks=Clocks(wall, work))
        worker.tell(Play())
        steps = [worker.ask().steps for _ in range(6)]
        assert all(later > earlier for earlier, later in itertools.pairwise(steps))

    def test_a_paused_one_is_answered_however_long_that_takes(self, app):
        work = itertools.count(0.0, 1000.0).__next__
        worker = app(clocks=Clocks(work=work))
        for _ in range(5):
            worker.ask()

    def test_one_that_waits_for_its_next_step_is_answered_however_long_that_takes(self, app):
        work = itertools.count(0.0, 1000.0).__next__
        worker = app(clocks=Clocks(work=work))
        worker.tell(SetSpeed(1.0), Play())
        for _ in range(5):
            assert worker.ask().is_playing


class TestEdits:
    def test_undo_brings_back_exactly_what_was(self, app, small):
        worker = app()
        worker.tell(Play())
        worker.ask_until(lambda snapshot: snapshot.steps > 300)
        worker.tell(Pause())
        before = worker.ask()
        assert worker.edit(1, small({"layers.0.units": 9}), "units").change.rebuilds
        assert worker.ask().run == 2
        answer = worker.edit(2, small(), "undo", run=1)
        assert (answer.run, answer.restored) == (1, True)
        after = worker.ask()
        assert after.evaluation == before.evaluation
        assert after.history.train_loss.tolist() == before.history.train_loss.tolist()
        assert after.field.winners.tolist() == before.field.winners.tolist()

    def test_playing_goes_on_through_an_edit(self, app, small):
        worker = app()
        worker.tell(Play())
        worker.edit(1, small({"seed": 5}), "seed")
        assert worker.ask_until(lambda snapshot: snapshot.steps > 100).is_playing

    def test_reset_begins_with_the_same_weights(self, app, small):
        worker = app()
        worker.tell(Advance(50))
        worker.ask_until(lambda snapshot: not snapshot.is_playing)
        worker.tell(Reset())
        snapshot = worker.ask()
        assert (snapshot.run, snapshot.steps) == (2, 0)
        assert snapshot.evaluation == Trainer(small()).evaluate()


class TestInside:
    def test_a_number_and_a_step_on_one_point_arrive_in_their_order(self, app, small):
        worker = app()
        worker.tell(StepOn(3))
        place = ParameterPlace(2, 4, 1)
        reply = worker.edit(1, small(), "bias", parameters=(ParameterValue(place, 0.5),))
        assert isinstance(reply, Applied)
        worker.tell(StepOn(4))
        trainer = Trainer(small())
        trainer.step_on(3)
        trainer.network.dense_layers[2].biases[1] = 0.5
        trainer.step_on(4)
        snapshot = worker.ask()
        assert (snapshot.steps, snapshot.is_playing) == (2, False)
        assert snapshot.evaluation == trainer.evaluate()

    def test_a_number_for_no_place_is_refused(self, app, small):
        place = ParameterPlace(2, 5, 0)
        reply = app().edit(1, small(), "bias", parameters=(ParameterValue(place, 0.5),))
        assert reply == Refused(
            1,
            "layer 3, neuron 1, weight 6: expected 1 to 4, because the neuron has "
            "4 weights and a bias",
        )


class TestDivergence:
    def test_it_is_told_and_left(self, app):
        worker = app(DIVERGING)
        worker.tell(Play())
        snapshot = worker.ask_until(lambda snapshot: not snapshot.is_playing)
        assert snapshot.divergence.step == snapshot.steps + 1
        worker.tell(BackToFinite())
        after = worker.ask()
        assert (after.divergence, after.steps) == (None, snapshot.steps)


class TestEnd:
    def test_it_ends_when_told_to(self, app):
        worker = app()
        worker.tell(Play(), Stop())
        worker.thread.join(30)
        assert not worker.thread.is_alive()

    @pytest.mark.parametrize("commands", [(), (Play(),), (SetSpeed(0.001), Play())])
    def test_it_ends_when_nobody_is_there_any_more(self, app, commands):
        worker = app()
        worker.tell(*commands)
        worker.ask()
        worker.close()

    def test_it_ends_when_nobody_takes_its_answers(self, app):
        worker = app()
        worker.tell(*[EVERYTHING] * 200)
        worker.close()

    def test_an_error_of_its_own_is_told_in_one_line(self, app, capfd):
        worker = app()
        worker.tell("this is no command")
        failed = worker.reply()
        assert isinstance(failed, Failed)
        assert failed.reason.count("\n") == 0
        assert "the trainer has met an error of its own" in failed.reason
        worker.thread.join(30)
        assert capfd.readouterr() == ("", "")

    def test_it_writes_nothing_to_the_terminal(self, app, capfd):
        worker = app({"data.source": "plane", "optimizer": {"name": "sgd", "learning_rate": 1e30}})
        worker.tell(Play())
        worker.ask_until(lambda snapshot: not snapshot.is_playing)
        worker.tell(Stop())
        worker.thread.join(30)
        assert capfd.readouterr() == ("", "")
