from editing import edit

from nntui.experiment.experiment import Experiment
from nntui.experiment.form import form_rows, layer_rows
from nntui.experiment.overrides import experiment_with
from nntui.ui.session import Session
from nntui.ui.settings.form import Form


def form_with(experiment=None):
    session = Session(experiment or Experiment(), lambda _: None)
    return session, Form(session, form_rows)


def place(form, key):
    return [row.key for row in form.rows].index(key)


def test_the_cursor_stays_at_its_setting_when_others_come():
    session, form = form_with()
    form.go_to(place(form, "regularization.l2"))

    edit(session, "optimizer", "sgd")
    assert form.refresh()

    assert place(form, "optimizer.momentum")
    assert form.row.key == "regularization.l2"


def test_the_cursor_goes_to_a_neighbour_when_its_setting_goes():
    session, form = form_with(experiment_with(Experiment(), [("optimizer", "sgd")]))
    form.go_to(place(form, "optimizer.momentum"))

    edit(session, "optimizer", "adam")
    form.refresh()

    assert form.row.group == "Optimizer"


def test_the_cursor_stays_within_the_rows():
    _, form = form_with()

    form.go_to(1000)
    assert form.cursor == len(form.rows) - 1
    form.go_to(-5)
    assert form.cursor == 0


def test_nothing_new_is_told_as_such():
    _, form = form_with()

    assert not form.refresh()


def test_a_file_may_be_chosen_again():
    session, form = form_with()
    edit(session, "data.source", "mine.csv")
    form.refresh()
    edit(session, "data.source", "moons")
    form.refresh()

    assert "mine.csv" in [source.name for source in form.facts.sources]


def test_marks_follow_the_experiment():
    session, form = form_with(experiment_with(Experiment(), [("optimizer", "adamw")]))
    assert not form.rebuilding[place(form, "optimizer")]

    edit(session, "layers", [])
    form.refresh()

    # Without hidden layers the next optimizer is the perceptron, with another output.
    assert form.rebuilding[place(form, "optimizer")]


def test_rows_that_are_gone_leave_an_empty_form():
    session = Session(Experiment(), lambda _: None)
    form = Form(session, lambda e, _: layer_rows(e, 1) if len(e.layers) > 1 else ())

    edit(session, "layers", [4])
    form.refresh()

    assert form.row is None
    assert form.rebuilding == ()
