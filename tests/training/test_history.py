"""The history of a run: bounded, and its views keep every peak."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nntui.training.evaluation import Evaluation
from nntui.training.history import History

SERIES = ("train_loss", "test_loss", "train_score", "test_score")


def evaluation(train_loss=0.5, test_loss=None, train_accuracy=None, **figures):
    rest = dict.fromkeys(("test_accuracy", "train_r2", "test_r2")) | figures
    return Evaluation(
        train_loss=train_loss,
        test_loss=test_loss,
        penalty=0.0,
        train_accuracy=train_accuracy,
        **rest,
    )


def history_of(losses, most_samples=65_536, stride=1):
    history = History(most_samples)
    for number, loss in enumerate(losses):
        history.record(number * stride, number, evaluation(loss))
    return history


class TestRecord:
    def test_a_sample_carries_every_figure_exactly(self):
        history = History()
        history.record(8, 1, evaluation(0.1 + 0.2, 0.7, train_accuracy=2 / 3, test_accuracy=0.25))
        view = history.view(10)
        assert view.steps.tolist() == [8]
        assert view.epochs.tolist() == [1]
        assert [getattr(view, name).tolist() for name in SERIES] == [
            [0.1 + 0.2],
            [0.7],
            [2 / 3],
            [0.25],
        ]

    def test_the_score_of_a_regression_is_r_squared(self):
        history = History()
        history.record(0, 0, evaluation(0.5, 0.6, train_r2=0.9, test_r2=-1.5))
        view = history.view(10)
        assert (view.train_score.item(), view.test_score.item()) == (0.9, -1.5)

    def test_what_there_is_not_is_nan(self):
        view = history_of([1.0]).view(10)
        assert np.isnan([view.test_loss[0], view.train_score[0], view.test_score[0]]).all()

    def test_the_same_step_again_replaces_its_figures(self):
        history = history_of([3.0, 2.0, 1.0])
        history.record(2, 2, evaluation(0.25))
        assert history.view(10).train_loss.tolist() == [3.0, 2.0, 0.25]

    def test_an_earlier_step_is_refused(self):
        history = history_of([3.0, 2.0, 1.0])
        with pytest.raises(ValueError, match="Step 1 lies before the last one, 2"):
            history.record(1, 1, evaluation())

    def test_a_loss_alone(self):
        history = history_of([3.0])
        history.record_loss(5, 2, 9.0)
        view = history.view(10)
        assert (view.steps[-1], view.epochs[-1], view.train_loss[-1]) == (5, 2, 9.0)
        assert math.isnan(view.test_loss[-1])


class TestView:
    def test_few_samples_are_all_there(self):
        losses = [1 / number for number in range(1, 21)]
        assert history_of(losses).view(10).train_loss.tolist() == losses

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.integers(1, 50),
                st.floats(0.0, 9.0),
                st.one_of(st.just(None), st.floats(0.0, 9.0)),
            ),
            min_size=1,
            max_size=200,
        ),
        st.integers(1, 30),
    )
    def test_each_column_keeps_its_ends_and_its_extremes(self, samples, columns):
        history, everything, steps = History(), {}, 0
        for gap, train_loss, test_loss in samples:
            steps += gap
            history.record(steps, 0, evaluation(train_loss, test_loss))
            everything[steps] = (train_loss, math.nan if test_loss is None else test_loss)
        view = history.view(columns)
        figures = zip(view.train_loss.tolist(), view.test_loss.tolist(), strict=True)
        seen = dict(zip(view.steps.tolist(), figures, strict=True))
        assert all(repr(everything[step]) == repr(pair) for step, pair in seen.items())
        first, width = min(everything), max(everything) - min(everything)
        for column in range(columns):
            low = first + width * column // columns
            high = first + width * (column + 1) // columns if column + 1 < columns else math.inf
            inside = {step: values for step, values in everything.items() if low <= step < high}
            kept = {step: values for step, values in seen.items() if low <= step < high}
            if not inside:
                continue
            assert {min(inside), max(inside)} <= kept.keys()
            for series in range(2):
                numbers = [v[series] for v in inside.values() if not math.isnan(v[series])]
                shown = [v[series] for v in kept.values() if not math.isnan(v[series])]
                if numbers:
                    assert (min(shown), max(shown)) == (min(numbers), max(numbers))

    def test_it_stays_small_however_many_samples_there_are(self):
        generator = np.random.default_rng(0)
        history = history_of(generator.random(20_000), stride=7)
        assert len(history.view(100)) <= 100 * 4  # ends and two extremes of one series

    def test_a_single_peak_among_thousands_is_seen(self):
        losses = np.full(10_000, 0.1)
        losses[4321] = 77.0
        view = history_of(losses).view(50)
        assert view.steps[view.train_loss.argmax()] == 4321
        assert view.train_loss.max() == 77.0

    def test_it_is_not_computed_again_while_nothing_is_recorded(self):
        history = history_of(range(1000))
        view = history.view(50)
        assert history.view(50) is view
        history.record(1000, 1000, evaluation(0.0))
        assert history.view(50).steps[-1] == 1000
        assert view.steps[-1] == 999

    def test_it_is_a_copy(self):
        history = history_of(range(5))
        history.view(50).train_loss[:] = 99.0
        assert history.state().train_loss.tolist() == [0, 1, 2, 3, 4]

    def test_an_empty_one(self):
        assert len(History().view(10)) == 0


class TestBoundedMemory:
    def test_peaks_and_ends_stay_when_it_is_thinned_again_and_again(self):
        generator = np.random.default_rng(1)
        losses = generator.random(5000)
        losses[[700, 2500, 4100]] = [5.0, -3.0, 9.0]
        history = history_of(losses, most_samples=200)
        assert len(history) <= 200
        kept = dict(zip(history.state().steps.tolist(), history.state().train_loss, strict=True))
        assert {0, 700, 2500, 4100, 4999} <= kept.keys()
        assert all(kept[step] == losses[step] for step in kept)

    def test_the_memory_does_not_grow(self):
        short, long = (history_of(np.zeros(count), most_samples=200) for count in (200, 3000))
        assert long.nbytes == short.nbytes


class TestMarksAndGoingBack:
    def test_marks_are_in_the_view(self):
        history = history_of(range(10))
        history.mark(4, "learning rate 0.01 → 0.1")
        assert history.view(5).marks == ((4, "learning rate 0.01 → 0.1"),)

    def test_the_latest_of_very_many_marks_are_kept(self):
        history = history_of(range(3))
        for number in range(5000):
            history.mark(2, str(number))
        marks = history.view(5).marks
        assert len(marks) <= 1000
        assert marks[-1] == (2, "4999")

    def test_going_back_forgets_what_came_after(self):
        history = history_of(range(10))
        history.mark(4, "kept")
        history.mark(5, "lost")
        history.truncate(4)
        assert history.view(5).steps.tolist() == [0, 1, 2, 3, 4]
        assert history.view(5).marks == ((4, "kept"),)
        history.record(5, 5, evaluation(0.5))
        assert history.view(5).train_loss[-1] == 0.5


class TestState:
    @pytest.mark.parametrize("count", [0, 1, 3000])
    def test_it_is_brought_back_and_goes_on(self, count):
        history = history_of(np.arange(count) / 7)
        history.mark(0, "a mark")
        again = History.of(history.state())
        for each in (history, again):
            each.record(count, count, evaluation(0.5, 0.25))
        for name in ("steps", "epochs", *SERIES):
            ours, theirs = getattr(history.state(), name), getattr(again.state(), name)
            assert ours.tobytes() == theirs.tobytes()
        assert again.state().marks == history.state().marks

    def test_one_that_is_too_long_is_refused(self):
        with pytest.raises(ValueError, match="Found 30 samples, expected at most 20"):
            History.of(history_of(range(30)).state(), most_samples=20)
