"""A session on somebody else's run, without an app: what it lets through, and what it says."""

import pytest

from nntui.experiment.experiment import Experiment
from nntui.training.followed import Following, Fork
from nntui.training.messages import ParameterPlace, ParameterValue, Play, Started
from nntui.ui.followed import FollowedSession, said_of

EXPERIMENT = Experiment()
VALUE = ParameterValue(ParameterPlace(0, 0, 0), 1.0)


def news(state="live", seconds=0, why="", *, is_held=False, saves=1):
    return Following(1, EXPERIMENT, "lesson", saves, state, seconds, why, is_held)


@pytest.fixture
def sent():
    return []


@pytest.fixture
def session(sent):
    session = FollowedSession(EXPERIMENT, sent.append)
    session.receive(Started(1, experiment=EXPERIMENT))
    session.receive(news())
    return session


CHANGES = {
    "play": lambda session: session.toggle_play(),
    "advance": lambda session: session.advance(steps=3),
    "a step on a point": lambda session: session.step_on(2),
    "reset": lambda session: session.reset(),
    "back": lambda session: session.back_to_finite(),
    "speed": lambda session: session.change_speed(-1),
    "seed": lambda session: session.next_seed(),
    "data": lambda session: session.next_data(),
    "weight": lambda session: session.set_parameters((), (VALUE,), "a weight"),
    "undo": lambda session: session.undo(),
    "redo": lambda session: session.redo(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_that_changes_the_run_gets_through(session, sent, change):
    change(session)
    assert sent == []
    assert session.experiment == EXPERIMENT
    assert session.notice == (
        "You are following lesson, which is somebody else's; Y makes it yours."
    )


def test_a_dialog_that_edits_is_told_why_not(session, sent):
    told = []
    other = Experiment(seed=8)
    session.become(other, "a new seed", told.append)
    session.set_parameters((), (VALUE,), "a weight", told.append)
    assert len(told) == 2
    assert all("Y makes it yours" in reason for reason in told)
    assert sent == []


def test_it_is_asked_for_once_and_is_ones_own_from_the_answer_on(session, sent):
    session.make_own()
    session.make_own()
    assert sent == [Fork()]
    session.toggle_play()
    assert sent == [Fork()]
    session.receive(Started(1))
    assert session.following is None
    session.toggle_play()
    assert sent == [Fork(), Play()]
    session.make_own()
    assert sent == [Fork(), Play()]


def test_a_notice_stays_while_nothing_is_new_but_the_save(session):
    session.toggle_play()
    notice = session.notice
    session.receive(news(saves=2))
    assert session.notice == notice


def test_what_stopped_the_news_is_forgotten_when_they_come_again(session):
    session.receive(news("lost", why="run: found nothing"))
    assert session.notice == "run: found nothing"
    session.receive(news())
    assert session.notice == ""


@pytest.mark.parametrize(
    ("following", "said"),
    [
        (news(), "following · live"),
        (news(seconds=20), "following · live, saved 20 s ago"),
        (news("silent", 3600), "following · silent for 1 h"),
        (news("silent", 86400), "following · silent for 1 day"),
        (news("silent", 3 * 86400), "following · silent for 3 days"),
        (news("lost", 60, "damaged"), "following · unreadable, saved 1 min ago"),
        (news(is_held=True), "following · held while you read"),
    ],
)
def test_the_title_says_how_it_is_with_the_writer(following, said):
    assert said_of(following) == (said, "")


def test_the_title_says_why_it_has_ended():
    assert said_of(news("ended", 120, "interrupted")) == (
        "following · ended, saved 2 min ago",
        "interrupted",
    )
