"""The session and a real trainer together: edits of the network's inside, there and back."""

import numpy as np
import pytest
from direct_trainer import DirectTrainer

from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import experiment_with
from nntui.training.limits import Limits
from nntui.training.messages import ParameterPlace, ParameterValue, SnapshotRequest, WorkerStart
from nntui.training.snapshot import Plane
from nntui.ui.session import Session

PLACE = ParameterPlace(1, 3, 2)


class Both:
    """A session whose trainer answers at once."""

    def __init__(self):
        experiment = experiment_with(Experiment(), [("layers", [5, 4])])
        self.trainer = DirectTrainer(WorkerStart(experiment, Limits()))
        self.session = Session(experiment, self.trainer.send)
        self.trainer.listen(self.session.receive)

    @property
    def parameters(self):
        return self.trainer._player.run.trainer.network.parameters.copy()

    @property
    def number(self):
        network = self.trainer._player.run.trainer.network
        return float(network.dense_layers[PLACE.layer].parameters[PLACE.row, PLACE.unit])

    def put(self, number):
        before, after = ParameterValue(PLACE, self.number), ParameterValue(PLACE, number)
        self.session.set_parameters((before,), (after,), "a weight")

    def figures(self):
        self.session.ask(SnapshotRequest(Plane()))
        return self.session.snapshot.evaluation

    def mark(self, key, numbers):
        self.session.become(experiment_with(self.session.experiment, [(key, numbers)]), key)


@pytest.fixture
def both():
    both = Both()
    both.session.advance(steps=20)
    return both


def test_while_paused_undo_is_exact(both):
    start, figures = both.parameters, both.figures()
    both.put(0.1)
    changed = both.figures()
    both.put(-1.7)
    assert both.figures() != changed != figures
    both.session.undo()
    assert both.figures() == changed
    both.session.undo()
    np.testing.assert_array_equal(both.parameters, start)
    assert both.figures() == figures
    both.session.redo()
    assert both.figures() == changed


def test_undo_leads_back_through_runs_and_numbers(both):
    start = both.parameters
    both.put(2.5)
    both.session.next_seed()
    both.put(9.0)
    for number in (None, 2.5):
        both.session.undo()
        assert number in (None, both.number)
    both.session.undo()
    np.testing.assert_array_equal(both.parameters, start)
    for number in (2.5, None, 9.0):
        both.session.redo()
        assert number in (None, both.number)


def test_silencing_and_freezing_are_edits_of_the_present_run(both):
    figures, start = both.figures(), both.parameters
    both.mark("layers.0.silenced_units", [1, 2])
    assert both.figures() != figures
    both.mark("layers.1.frozen_units", [3])
    kept = both.number
    both.session.advance(epochs=3)
    assert both.number == kept
    assert (both.parameters != start).any()
    both.session.undo()
    both.session.undo()
    both.session.advance(epochs=1)
    assert both.number != kept
    assert both.session.snapshot.run == 1


def test_fewer_neurons_are_never_refused_for_one_that_was_marked(both):
    both.mark("layers.1.frozen_units", [4])
    both.mark("layers.1.silenced_units", [2, 4])
    both.mark("output.frozen_units", [3])
    both.mark("layers.1.units", 3)
    both.mark("data.source", "moons")
    both.figures()
    assert both.session.notice == ""
    assert both.session.experiment.layers[1].silenced_units == (2,)
    assert both.session.snapshot.units == (2, 5, 3, 2)


def test_a_step_on_a_point_is_taken_at_once(both):
    both.session.step_on(7)
    both.figures()
    assert both.session.snapshot.steps == 21
    assert not both.session.is_playing


def test_undo_and_redo_keep_to_the_run_whose_number_was_edited(both):
    both.figures()
    start = both.parameters
    both.put(0.1)
    edited, run = both.parameters, both.trainer._player.run.number
    both.figures()
    both.session.reset()
    both.figures()
    assert both.trainer._player.run.number != run
    fresh = both.parameters
    both.session.undo()
    assert np.array_equal(both.parameters, start)
    both.session.redo()
    assert np.array_equal(both.parameters, edited)
    assert both.trainer._player.run.number == run
    assert not np.array_equal(both.parameters, fresh)
