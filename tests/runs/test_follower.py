"""Somebody else's run is seen as it is saved, whatever becomes of its folder.

Clocks that only go when they are told to stand for the time.
"""

import os
import shutil
from dataclasses import dataclass, field

import numpy as np
import pytest
from played_runs import SMALL, begun_run, digest, play, save

from nntui.errors import RunError
from nntui.runs import follower as follower_module
from nntui.runs.folder import RUN_FILE, WRITER_FILE
from nntui.runs.follower import SECONDS_TO_NEXT_TRY, SILENT_AFTER, Follower
from nntui.runs.recorder import SaveClocks
from nntui.runs.run_file import load_run
from nntui.training.messages import SnapshotRequest
from nntui.training.snapshot import FieldRequest, Plane

EVERYTHING = SnapshotRequest(
    Plane(), field=FieldRequest(5, 4, -1.0, 1.0, -1.0, 1.0), history_columns=50, layers=True
)


@dataclass
class Clock:
    """Two clocks; the writer's files are as old as ``age`` says."""

    now: float = 100.0
    times: SaveClocks = field(init=False)

    def __post_init__(self):
        self.times = SaveClocks(lambda: self.now, lambda: 1e9 + self.now)

    def dates(self, folder, age=0.0):
        """Let a save be so old."""
        time = int((1e9 + self.now - age) * 1e9)
        os.utime(folder / RUN_FILE, ns=(time, time))


@pytest.fixture
def clock(folder):
    clock = Clock()
    clock.dates(folder)
    return clock


@pytest.fixture
def follower(folder, clock):
    return Follower(str(folder), clock.times)


def save_again(run, steps, folder, clock):
    play(run, steps)
    save(run, folder)
    clock.dates(folder)


def parameters(follower):
    return follower.run.trainer.network.parameters


def test_it_is_where_the_run_was_saved(follower, small_run):
    small_run.look()
    snapshot = follower.snapshot(EVERYTHING)
    assert snapshot.steps == small_run.trainer.steps == 10
    assert snapshot.evaluation == small_run.evaluation
    np.testing.assert_array_equal(parameters(follower), small_run.trainer.network.parameters)
    assert snapshot.history.steps[-1] == 10
    assert not snapshot.is_playing
    assert follower.news.state == "live"
    assert follower.news.name == "a run"


def test_it_sees_each_save_as_the_writer_has_it(follower, small_run, folder, clock):
    for steps in (12, 17, 40):
        clock.now += 1
        assert not follower.look()
        save_again(small_run, steps, folder, clock)
        assert follower.look()
        assert follower.snapshot(EVERYTHING).steps == steps
        np.testing.assert_array_equal(parameters(follower), small_run.trainer.network.parameters)
    assert follower.news.run == 1
    assert follower.news.saves == 4


def test_a_save_is_read_once(follower, small_run, folder, clock, monkeypatch):
    read = []
    monkeypatch.setattr(
        follower_module, "load_run", lambda place: read.append(place) or load_run(place)
    )
    for _ in range(10):
        follower.look()
    assert read == []
    save_again(small_run, 12, folder, clock)
    for _ in range(10):
        follower.look()
    assert len(read) == 1


def test_nothing_in_the_folder_is_changed_and_the_writers_lock_is_not_touched(
    follower, folder, small_run, clock
):
    save_again(small_run, 12, folder, clock)
    # As for another account, which cannot open it either.
    (folder / WRITER_FILE).unlink()
    before = {entry.name: entry.stat().st_mtime_ns for entry in folder.iterdir()}
    assert follower.look()
    assert {entry.name: entry.stat().st_mtime_ns for entry in folder.iterdir()} == before


def test_what_is_followed_can_go_on_bit_for_bit(follower, small_run, folder, clock):
    # A step whose figures the writer has in its history too.
    save_again(small_run, 15, folder, clock)
    follower.look()
    follower.snapshot(EVERYTHING)
    play(small_run, 30)
    play(follower.run, 30)
    assert digest(follower.run) == digest(small_run)


def test_gradients_are_there_to_be_seen(follower):
    assert all(layer.gradient_norm > 0 for layer in follower.snapshot(EVERYTHING).layers)


def test_the_speed_is_that_between_two_saves(follower, small_run, folder, clock):
    clock.now += 2
    save_again(small_run, 40, folder, clock)
    follower.look()
    assert follower.snapshot(EVERYTHING).steps_per_second == pytest.approx(15)


class TestTheWriter:
    def test_it_is_silent_after_a_while_and_the_age_is_told(self, follower, clock):
        states = []
        for _ in range(130):
            clock.now += 1
            if follower.look():
                states.append((follower.news.state, follower.news.seconds))
        assert states[:3] == [("live", 10), ("silent", 10), ("silent", 20)]
        assert [seconds for _, seconds in states[3:]] == [30, 40, 50, 60, 120]

    def test_one_that_saves_seldom_is_given_more_time(self, follower, small_run, folder, clock):
        clock.now += 3 * SILENT_AFTER
        save_again(small_run, 12, folder, clock)
        follower.look()
        clock.now += 2 * SILENT_AFTER
        follower.look()
        assert follower.news.state == "live"

    def test_an_old_save_is_old_from_the_beginning(self, folder, clock):
        clock.dates(folder, age=7300)
        news = Follower(str(folder), clock.times).news
        assert (news.state, news.seconds) == ("silent", 7200)

    def test_another_machines_clock_does_not_matter_once_it_saves(
        self, follower, small_run, folder, clock
    ):
        save_again(small_run, 12, folder, clock)
        clock.dates(folder, age=3600)
        clock.now += 1
        follower.look()
        assert (follower.news.state, follower.news.seconds) == ("live", 0)

    def test_why_it_has_ended_is_told_and_not_as_a_pause(self, follower, small_run, folder, clock):
        small_run.stopped_by = "epochs 3 reached"
        save_again(small_run, 12, folder, clock)
        assert follower.look()
        assert (follower.news.state, follower.news.why) == ("ended", "epochs 3 reached")
        assert follower.snapshot(EVERYTHING).stopped_by == ""
        clock.now += 100
        follower.look()
        assert follower.news.state == "ended"

    def test_one_that_goes_on_later_is_live_again(self, follower, small_run, folder, clock):
        small_run.stopped_by = "interrupted"
        save_again(small_run, 12, folder, clock)
        follower.look()
        small_run.stopped_by = ""
        save_again(small_run, 13, folder, clock)
        follower.look()
        assert (follower.news.state, follower.news.why) == ("live", "")


def test_another_experiment_in_the_folder_is_another_run(follower, folder, clock):
    other = begun_run({**SMALL, "layers": [{"units": 3}]})
    save_again(other, 4, folder, clock)
    assert follower.look()
    assert follower.news.run == 2
    assert follower.news.experiment == other.trainer.experiment
    assert follower.snapshot(EVERYTHING).units == (2, 3, 2)


def damage(folder):
    (folder / RUN_FILE).write_bytes(b"\xff" * 1000)


def cut_off(folder):
    content = (folder / RUN_FILE).read_bytes()
    (folder / RUN_FILE).write_bytes(content[: len(content) // 2])


def put_a_link(folder):
    (folder / RUN_FILE).unlink()
    (folder / RUN_FILE).symlink_to("/dev/zero")


@pytest.mark.parametrize("harm", [shutil.rmtree, damage, cut_off, put_a_link])
def test_a_folder_that_comes_to_harm_is_followed_on_when_it_is_whole(
    follower, small_run, folder, clock, harm
):
    harm(folder)
    assert follower.look()
    assert follower.news.state == "lost"
    assert "run" in follower.news.why
    # What was seen last stays in sight.
    assert follower.snapshot(EVERYTHING).steps == 10
    assert not follower.look()
    shutil.rmtree(folder, ignore_errors=True)
    save_again(small_run, 12, folder, clock)
    assert follower.look()
    assert (follower.news.state, follower.news.why) == ("live", "")
    assert follower.snapshot(EVERYTHING).steps == 12


def test_what_could_not_be_read_is_tried_again_though_it_looks_the_same(
    follower, small_run, folder, clock, monkeypatch
):
    def refuse(place):
        raise RunError("permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(follower_module, "load_run", refuse)
        save_again(small_run, 12, folder, clock)
        follower.look()
        assert (follower.news.state, follower.news.why) == ("lost", "permission denied")
    assert not follower.look()
    clock.now += SECONDS_TO_NEXT_TRY
    assert follower.look()
    assert follower.snapshot(EVERYTHING).steps == 12


def test_without_a_run_it_says_so_at_once(tmp_path, clock):
    with pytest.raises(RunError, match=r"nowhere: found nothing, expected the folder of a run"):
        Follower(str(tmp_path / "nowhere"), clock.times)


def test_a_newer_save_can_be_left_unread_for_a_while(follower, small_run, folder, clock):
    save_again(small_run, 12, folder, clock)
    assert follower.look(hold=True)
    assert follower.news.is_held
    assert follower.snapshot(EVERYTHING).steps == 10
    assert follower.look()
    assert not follower.news.is_held
    assert follower.snapshot(EVERYTHING).steps == 12
