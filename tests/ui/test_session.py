import msgspec
import pytest
from editing import edit

from nntui.errors import ExperimentError
from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import TypedText
from nntui.training.changes import change_between
from nntui.training.messages import (
    Advance,
    Applied,
    Apply,
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
)
from nntui.training.snapshot import Plane, Snapshot
from nntui.ui.session import SPEEDS, Session


class Sent(list):
    """The commands that a session has sent."""

    def take(self):
        commands, self[:] = list(self), []
        return commands


@pytest.fixture
def sent():
    return Sent()


@pytest.fixture
def session(sent):
    session = Session(Experiment(), sent.append)
    session.receive(Started(run=1))
    return session


def applied(apply, run=1, before=None):
    change = change_between(before or Experiment(), apply.experiment)
    return Applied(apply.revision, run, change)


def shown(session, *, run=1, is_playing=False, stopped_by="", revision=None):
    """Let the session receive a snapshot of its experiment's run."""
    fields = dict.fromkeys(Snapshot.__dataclass_fields__)
    fields |= {"run": run, "is_playing": is_playing, "stopped_by": stopped_by}
    fields["revision"] = session._edited.revision if revision is None else revision
    session.receive(Snapshot(**fields))


def test_play_and_pause_take_turns(session, sent):
    session.toggle_play()
    session.toggle_play()

    assert sent == [Play(), Pause()]
    assert not session.is_playing


def test_steps_and_epochs_end_playing(session, sent):
    session.toggle_play()
    session.advance(steps=3)
    session.advance(epochs=1)

    assert sent[1:] == [Advance(steps=3), Advance(epochs=1)]
    assert not session.is_playing


def test_speeds_reach_from_one_step_a_second_to_full(session, sent):
    for _ in range(20):
        session.change_speed(-1)
    assert sent[-1] == SetSpeed(1.0)
    for _ in range(20):
        session.change_speed(1)
    assert sent[-1] == SetSpeed(None)
    assert list(SPEEDS[:-1]) == sorted(SPEEDS[:-1])


def test_an_edit_is_shown_at_once_and_sent(session, sent):
    edit(session, "optimizer.learning_rate", TypedText("0.3"), "learning rate 0.3")

    (apply,) = sent
    assert apply == Apply(1, session.experiment, "learning rate 0.3")
    assert session.experiment.optimizer.learning_rate == 0.3


def test_a_bad_value_changes_nothing(session, sent):
    with pytest.raises(ExperimentError, match=r"optimizer\.learning_rate"):
        edit(session, "optimizer.learning_rate", TypedText("-1"), "learning rate -1")

    assert session.experiment == Experiment()
    assert not sent


def test_an_edit_that_changes_nothing_is_no_edit(session, sent):
    outcomes = []
    edit(session, "seed", 7, "seed 7", outcomes.append)

    assert not sent
    assert outcomes == [""]
    session.undo()
    assert session.notice == "There is nothing to undo."


def test_a_refused_edit_is_taken_back_with_its_reason(session, sent):
    edit(session, "data.source", TypedText("missing.csv"), "data missing.csv")
    session.receive(Refused(sent[0].revision, "missing.csv: no such file"))

    assert session.experiment == Experiment()
    assert session.notice == "missing.csv: no such file"
    session.undo()
    assert session.notice == "There is nothing to undo."


def test_whoever_asked_is_told_instead_of_all(session, sent):
    outcomes = []
    edit(session, "data.source", TypedText("missing.csv"), "data", outcomes.append)
    session.receive(Refused(sent[0].revision, "no such file"))

    assert outcomes == ["no such file"]
    assert not session.notice


def test_only_the_newest_of_quick_edits_waits(session, sent):
    for seed in (1, 2, 3, 4):
        edit(session, "seed", seed, f"seed {seed}")
    (first,) = sent.take()
    session.receive(applied(first, run=2))

    (last,) = sent
    assert (first.experiment.seed, last.experiment.seed) == (1, 4)
    assert session.experiment.seed == 4


def test_a_refusal_takes_back_what_was_made_on_top_of_it(session, sent):
    edit(session, "seed", 1, "seed 1")
    session.receive(applied(sent.take()[0], run=2))
    edit(session, "data.source", TypedText("missing.csv"), "data")
    edit(session, "seed", 2, "seed 2")
    edit(session, "seed", 3, "seed 3")
    session.receive(Refused(sent.take()[0].revision, "no such file"))

    assert not sent
    assert session.experiment == msgspec.structs.replace(Experiment(), seed=1)
    session.undo()
    assert session.experiment == Experiment()


def test_undo_brings_back_the_run_that_belonged_to_the_experiment(session, sent):
    edit(session, "seed", 8, "seed 8")
    session.receive(applied(sent.take()[0], run=2))
    session.undo()

    (back,) = sent.take()
    assert (back.experiment, back.run, back.label) == (Experiment(), 1, "undo seed 8")
    session.receive(applied(back, run=1))
    session.redo()
    (again,) = sent
    assert (again.experiment.seed, again.run, again.label) == (8, 2, "redo seed 8")


def test_a_reset_leaves_the_experiment_as_it_is(session, sent):
    session.reset()

    assert sent == [Reset()]
    assert session.experiment == Experiment()


def test_new_seed_and_new_data_are_edits(session, sent):
    session.next_seed()
    session.receive(applied(sent.take()[0], run=2))
    session.next_data()

    assert session.experiment.seed == 8
    assert session.experiment.data.seed == Experiment().data.seed + 1
    session.receive(applied(sent.take()[0], run=3))
    session.undo()
    assert session.experiment.data == Experiment().data


def test_an_undo_after_a_reset_stays_in_the_run_that_the_reset_began(session, sent):
    session.reset()
    shown(session, run=2)
    edit(session, "optimizer.learning_rate", 0.5, "learning rate 0.5")
    session.receive(applied(sent.take()[-1], run=2))
    session.undo()

    assert sent[-1].run == 2


def test_a_refusal_spares_the_edits_before_it_though_it_was_undone_already(session, sent):
    edit(session, "seed", 1, "seed 1")
    session.receive(applied(sent.take()[0], run=2))
    edit(session, "data.source", TypedText("missing.csv"), "data")
    session.undo()
    session.receive(Refused(sent.take()[0].revision, "no such file"))
    session.undo()

    assert session.experiment == Experiment()


def test_an_undo_that_is_refused_can_be_tried_again(session, sent):
    edit(session, "seed", 1, "seed 1")
    session.receive(applied(sent.take()[0], run=2))
    session.undo()
    session.receive(Refused(sent.take()[0].revision, "not enough memory"))

    assert session.experiment.seed == 1
    session.undo()
    assert session.experiment == Experiment()


def test_after_a_refused_edit_redo_makes_again_what_it_would_have_before(session, sent):
    edit(session, "seed", 1, "seed 1")
    session.receive(applied(sent.take()[0], run=2))
    session.undo()
    session.receive(applied(sent.take()[0], run=1))
    edit(session, "data.source", TypedText("missing.csv"), "data")
    session.receive(Refused(sent.take()[0].revision, "no such file"))
    session.redo()

    assert session.experiment.seed == 1


def test_a_picture_of_before_the_key_does_not_take_the_key_back(session, sent):
    session.toggle_play()
    session.ask(SnapshotRequest(Plane()))
    session.toggle_play()
    shown(session, is_playing=True)

    assert not session.is_playing
    session.ask(SnapshotRequest(Plane()))
    shown(session, is_playing=True)
    assert session.is_playing


def test_why_the_run_has_paused_covers_nothing_that_is_newer(session, sent):
    shown(session, stopped_by="steps 5 reached")
    assert session.notice == "Paused: steps 5 reached."

    edit(session, "data.source", TypedText("missing.csv"), "data")
    session.receive(Refused(sent.take()[0].revision, "no such file"))
    shown(session, stopped_by="steps 5 reached")

    assert session.notice == "no such file"
    session.notice = ""
    assert session.notice == "Paused: steps 5 reached."


def test_a_run_that_pauses_by_itself_says_so_whatever_was_said_before(session):
    session.toggle_play()
    session.notice = "Saved: experiment.toml"
    session.ask(SnapshotRequest(Plane()))
    shown(session, stopped_by="steps 5 reached")

    assert session.notice == "Paused: steps 5 reached."
    session.toggle_play()
    assert not session.notice


def test_a_snapshot_from_before_an_edit_is_not_shown(session):
    shown(session)
    before = session.snapshot
    edit(session, "seed", 9, "seed 9")

    shown(session, is_playing=True, revision=0)

    assert session.snapshot is before
    assert not session.is_playing


# Single weights and biases.

BIAS, WEIGHT = ParameterPlace(0, 2, 1), ParameterPlace(1, 0, 3)


def values(number, place=BIAS):
    return (ParameterValue(place, number),)


def press(session, number, place=BIAS, step=0.5):
    """Do as a pane does for +: add to what is shown, or to what has been asked for already."""
    pending = session.pending_value(place)
    shown_now = number if pending is None else pending
    session.set_parameters(values(shown_now, place), values(shown_now + step, place), "bias + 0.5")


def test_a_number_is_sent_with_the_experiment_as_it_is(session, sent):
    session.set_parameters(values(0.25), values(0.5), "bias 0.5")

    assert sent == [Apply(1, Experiment(), "bias 0.5", parameters=values(0.5))]


def test_a_number_that_is_there_already_is_no_edit(session, sent):
    outcomes = []
    session.set_parameters(values(0.5), values(0.5), "bias 0.5", outcomes.append)

    assert not sent
    assert outcomes == [""]
    session.undo()
    assert session.notice == "There is nothing to undo."


def test_undo_puts_the_number_back_and_redo_the_new_one(session, sent):
    session.set_parameters(values(0.25), values(0.5), "bias 0.5")
    session.receive(applied(sent.take()[0]))
    session.undo()
    (undo,) = sent.take()
    session.receive(applied(undo))
    session.redo()
    (redo,) = sent.take()
    session.receive(applied(redo))
    session.undo()

    assert (undo.parameters, undo.run, undo.label) == (values(0.25), 1, "undo bias 0.5")
    assert (redo.parameters, redo.run, redo.label) == (values(0.5), 1, "redo bias 0.5")
    assert sent[0].parameters == values(0.25)


def test_undo_of_what_came_after_sets_no_number(session, sent):
    session.set_parameters(values(0.25), values(0.5), "bias 0.5")
    session.receive(applied(sent.take()[0]))
    edit(session, "seed", 8, "seed 8")
    session.receive(applied(sent.take()[0], run=2))
    session.undo()

    (back,) = sent.take()
    assert (back.run, back.parameters) == (1, ())
    session.receive(applied(back))
    session.undo()
    assert (sent[0].run, sent[0].parameters) == (1, values(0.25))


def test_quick_presses_add_up_and_arrive_as_one(session, sent):
    for _ in range(4):
        press(session, 0.25)
    (first,) = sent.take()
    session.receive(applied(first))

    (rest,) = sent.take()
    assert (first.parameters, rest.parameters) == (values(0.75), values(2.25))
    session.receive(applied(rest))
    for number in (1.75, 1.25, 0.75, 0.25):
        session.undo()
        assert session.pending_value(BIAS) == number


def test_edits_that_wait_keep_all_their_numbers(session, sent):
    edit(session, "optimizer.learning_rate", 0.5, "learning rate 0.5")
    press(session, 0.25)
    press(session, 1.0, WEIGHT)
    press(session, 0.25)
    edit(session, "layers.0.dropout", 0.1, "dropout")
    session.receive(applied(sent.take()[0]))

    (rest,) = sent
    assert rest.experiment == session.experiment
    assert set(rest.parameters) == {*values(1.25), *values(1.5, WEIGHT)}
    assert rest.revision == 5


def test_an_undo_that_waits_takes_the_number_back(session, sent):
    edit(session, "optimizer.learning_rate", 0.5, "learning rate 0.5")
    press(session, 0.25)
    press(session, 0.25)
    session.undo()
    session.receive(applied(sent.take()[0]))

    (rest,) = sent
    assert rest.parameters == values(0.75)


def test_numbers_of_a_run_do_not_get_into_the_next_one(session, sent):
    edit(session, "optimizer.learning_rate", 0.5, "learning rate 0.5")
    press(session, 0.25)
    edit(session, "seed", 9, "seed 9")
    edit(session, "seed", 10, "seed 10")
    press(session, 3.0, WEIGHT)
    session.receive(applied(sent.take()[0]))
    (numbers,) = sent.take()
    session.receive(applied(numbers))
    (other_run,) = sent.take()

    assert (numbers.experiment.seed, numbers.parameters) == (7, values(0.75))
    assert (other_run.experiment.seed, other_run.parameters) == (10, values(3.5, WEIGHT))


def test_an_undo_that_waits_brings_its_run_back_whatever_is_edited_next(session, sent):
    edit(session, "seed", 8, "seed 8")
    session.receive(applied(sent.take()[0], run=2))
    edit(session, "optimizer.learning_rate", 0.5, "learning rate 0.5")
    session.undo()
    session.undo()
    press(session, 0.25)
    session.receive(applied(sent.take()[0], run=2))

    (back,) = sent
    assert (back.run, back.parameters) == (1, values(0.75))


def test_the_number_asked_for_is_known_until_it_is_shown(session, sent):
    assert session.pending_value(BIAS) is None
    press(session, 0.25)
    assert session.pending_value(BIAS) == 0.75
    assert session.pending_value(WEIGHT) is None
    session.receive(applied(sent.take()[0]))
    shown(session, revision=0)
    assert session.pending_value(BIAS) == 0.75
    shown(session)
    assert session.pending_value(BIAS) is None


def test_another_run_knows_nothing_of_numbers_asked_for_in_this_one(session):
    press(session, 0.25)
    edit(session, "optimizer.learning_rate", 0.5, "learning rate 0.5")
    assert session.pending_value(BIAS) == 0.75
    edit(session, "seed", 8, "seed 8")
    assert session.pending_value(BIAS) is None


def test_a_refused_number_is_taken_back_with_what_was_made_on_top_of_it(session, sent):
    press(session, 0.25)
    session.receive(applied(sent.take()[0]))
    press(session, 0.25)
    press(session, 0.25)
    press(session, 0.25, WEIGHT)
    session.receive(Refused(sent.take()[0].revision, "there is no such weight"))

    assert not sent
    assert session.notice == "there is no such weight"
    assert session.pending_value(BIAS) == 0.75
    assert session.pending_value(WEIGHT) is None
    session.undo()
    assert sent[0].parameters == values(0.25)


def test_after_a_refusal_what_was_shown_before_is_no_longer_pending(session, sent):
    press(session, 0.25)
    session.receive(applied(sent.take()[0]))
    shown(session)
    press(session, 0.75)
    session.receive(Refused(sent.take()[0].revision, "no"))

    assert session.pending_value(BIAS) is None


def test_a_step_on_a_point_ends_playing_and_what_was_said(session, sent):
    session.toggle_play()
    session.notice = "Saved."
    session.step_on(16)

    assert sent[1:] == [StepOn(16)]
    assert not session.is_playing
    assert not session.notice
