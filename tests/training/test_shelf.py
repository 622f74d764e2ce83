"""Earlier runs are kept, in bounded memory."""

import dataclasses

import numpy as np
import pytest

from nntui.training.limit_watch import LimitWatch
from nntui.training.limits import Limits
from nntui.training.recorded_run import RecordedRun
from nntui.training.shelf import Shelf
from nntui.training.trainer import Trainer


@pytest.fixture(scope="module")
def trainer(small):
    return Trainer(small())


@pytest.fixture
def kept(trainer):
    def make(run, megabytes=0.0, prepared=None):
        one = RecordedRun(run, trainer, LimitWatch(Limits())).keep()
        parameters = np.zeros(int(megabytes * 2**20) // 8)
        state = dataclasses.replace(one.state, parameters=parameters)
        return dataclasses.replace(one, state=state, prepared=prepared or one.prepared)

    return make


def on(shelf):
    return [run for run in range(20) if shelf.find(run)]


def test_the_run_left_longest_ago_is_forgotten_first(kept, trainer):
    shelf = Shelf(most_runs=3)
    for run in (1, 2, 3, 1, 4, 5):
        shelf.put(kept(run), trainer.prepared)
    assert on(shelf) == [1, 4, 5]


def test_many_runs_are_kept_where_they_are_small(kept, trainer):
    shelf = Shelf()
    for run in range(1, 251):
        shelf.put(kept(run), trainer.prepared)
    assert all(shelf.find(run) for run in range(1, 251))


def test_they_take_bounded_memory(kept, trainer):
    shelf = Shelf(most_bytes=10 * 2**20)
    for run in range(1, 7):
        shelf.put(kept(run, megabytes=3), trainer.prepared)
    assert on(shelf) == [4, 5, 6]


def test_one_that_is_too_large_by_itself_is_not_kept(kept, trainer):
    shelf = Shelf(most_bytes=2**20)
    shelf.put(kept(1, megabytes=2), trainer.prepared)
    assert on(shelf) == []


def test_data_count_once_and_not_where_they_are_in_use(kept, trainer, small):
    large = Trainer(small({"data.samples": 20_000})).prepared  # nearly 1 MB
    shelf = Shelf(most_bytes=3 * 2**19)
    for run in (1, 2, 3):
        shelf.put(kept(run, prepared=large), trainer.prepared)
    assert on(shelf) == [1, 2, 3]
    other = Trainer(small({"data.samples": 20_000, "data.seed": 1})).prepared
    shelf.put(kept(4, prepared=other), in_use=other)
    assert on(shelf) == [1, 2, 3, 4]
    shelf.put(kept(5), in_use=trainer.prepared)
    assert on(shelf) == [4, 5]


def test_a_run_that_is_taken_is_kept_no_longer(kept, trainer):
    shelf = Shelf()
    shelf.put(kept(1), trainer.prepared)
    shelf.forget(1)
    shelf.forget(2)
    assert on(shelf) == []
