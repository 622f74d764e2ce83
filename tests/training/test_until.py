"""A condition such as ``test_accuracy>=0.95`` is read, checked against a run, and asked."""

import pytest

from nntui.errors import ExperimentError
from nntui.training.evaluation import METRICS, Evaluation
from nntui.training.until import Condition

CLASSIFIED = Evaluation(0.5, 0.6, 0.1, 0.9, 0.8, None, None)
PREDICTED = Evaluation(0.5, 0.6, 0.1, None, None, 0.7, 0.4)
UNTESTED = Evaluation(0.5, None, 0.1, 0.9, None, None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("test_accuracy>=0.95", Condition("test_accuracy", ">=", 0.95)),
        ("  test_loss <  1e-3 ", Condition("test_loss", "<", 0.001)),
        ("train-accuracy > .5", Condition("train_accuracy", ">", 0.5)),
        ("Train_Loss<=2", Condition("train_loss", "<=", 2.0)),
        ("test_r2>-1", Condition("test_r2", ">", -1.0)),
    ],
)
def test_a_condition_is_read(text, expected):
    assert Condition.parse(text) == expected


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_has_conditions_that_are_read_as_they_are_written(metric):
    condition = Condition(metric, "<=", 0.25)
    assert str(condition) == f"{metric}<=0.25"
    assert Condition.parse(str(condition)) == condition


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "expected a metric"),
        ("test_loss", "expected a metric"),
        ("test_loss=0.1", "expected a metric"),
        ("test_loss==0.1", "expected a metric"),
        ("test_loss<", "expected a metric"),
        ("<0.1", "expected a metric"),
        ("test_loss<0.1 0.2", "expected a metric"),
        ("test_lss<0.1", 'Did you mean "test_loss"?'),
        ("speed>3", "there is no metric 'speed'"),
        ("test_loss<low", "found 'low', expected a number"),
        ("test_loss<nan", "found 'nan', expected a number"),
        ("test_loss<inf", "found 'inf', expected a number"),
    ],
)
def test_what_is_no_condition_is_refused(text, part):
    with pytest.raises(ExperimentError) as caught:
        Condition.parse(text)
    assert str(caught.value).startswith(f"--until {text!r}: ")
    assert part in str(caught.value)


def test_a_message_neither_repeats_escapes_nor_grows_with_what_was_given():
    with pytest.raises(ExperimentError) as caught:
        Condition.parse("\x1b[31m" + "x" * 1000)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_the_name_of_an_unknown_metric_is_cut_too():
    with pytest.raises(ExperimentError) as caught:
        Condition.parse("x" * 1000 + ">0.1")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [
        (">=", False, True, True),
        ("<=", True, True, False),
        (">", False, False, True),
        ("<", True, False, False),
    ],
)
def test_a_condition_holds_or_not(comparison, below, equal, above):
    # The training loss is 0.5: below, at and above the number it is compared with.
    answers = [
        Condition("train_loss", comparison, value).holds(CLASSIFIED) for value in (0.75, 0.5, 0.25)
    ]
    assert answers == [below, equal, above]


def test_it_asks_the_metric_that_it_names():
    assert Condition("test_loss", "<", 0.61).holds(CLASSIFIED)
    assert not Condition("test_loss", "<", 0.59).holds(CLASSIFIED)
    assert Condition("train_loss_with_penalty", ">", 0.55).holds(CLASSIFIED)


@pytest.mark.parametrize("comparison", ["<", "<=", ">", ">="])
def test_what_cannot_be_computed_fulfils_nothing(comparison):
    assert not Condition("test_r2", comparison, 0.0).holds(CLASSIFIED)


@pytest.mark.parametrize(
    ("evaluation", "metric", "why"),
    [
        (UNTESTED, "test_loss", "data.test_fraction"),
        (UNTESTED, "test_accuracy", "data.test_fraction"),
        (CLASSIFIED, "train_r2", "regression"),
        (CLASSIFIED, "test_r2", "regression"),
        (PREDICTED, "train_accuracy", "classification"),
        (PREDICTED, "test_accuracy", "classification"),
    ],
)
def test_a_metric_that_a_run_does_not_have_is_refused(evaluation, metric, why):
    with pytest.raises(ExperimentError) as caught:
        Condition(metric, ">", 0.5).check_against(evaluation)
    assert metric in str(caught.value)
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("evaluation", "metric"),
    [(UNTESTED, "train_loss"), (CLASSIFIED, "test_accuracy"), (PREDICTED, "test_r2")],
)
def test_a_metric_that_a_run_has_is_fine(evaluation, metric):
    condition = Condition(metric, "<", 0.75)
    condition.check_against(evaluation)
    assert condition.holds(evaluation) == (getattr(evaluation, metric) < 0.75)
