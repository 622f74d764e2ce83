"""A session that watches somebody else's run, until the user makes it his own."""

from collections.abc import Callable

from nntui.experiment.experiment import Experiment
from nntui.training.followed import Following, Fork
from nntui.training.messages import Command, Reply, Started
from nntui.ui.edited_experiment import EditedExperiment
from nntui.ui.edits import Outcome, Values
from nntui.ui.session import Session

_STATES = {"live": "live", "silent": "silent for", "ended": "ended", "lost": "unreadable"}
_SPANS = ((86400, "day"), (3600, "h"), (60, "min"), (10, "s"))


class FollowedSession(Session):
    """A session whose run belongs to somebody else: it can be looked at, but not changed.

    Args:
        experiment: What the run trained when it was first seen.
        send: Sends a command to the follower.
    """

    def __init__(self, experiment: Experiment, send: Callable[[Command], None]) -> None:
        super().__init__(experiment, send)
        self._is_own = False
        self._is_asked = False

    def refuses_changes(self) -> bool:
        """Tell whether the run is still somebody else's; the notice then says what to do."""
        if not self._is_own:
            name = self.following.name if self.following else "a run"
            self.notice = f"You are following {name}, which is somebody else's; Y makes it yours."
        return not self._is_own

    def make_own(self) -> None:
        """Make a run of one's own of what was last seen."""
        if self._is_own:
            super().make_own()
        elif not self._is_asked:
            self._is_asked = True
            self._send(Fork())

    def receive(self, reply: Reply) -> None:
        """Take in what the follower says, or later the trainer."""
        if isinstance(reply, Following):
            self._follow(reply)
            return
        super().receive(reply)
        if isinstance(reply, Started) and self._is_asked:
            self._is_own, self.following = True, None
            self.notice = (
                "The run is yours now: play it, change it. The one that you followed is left alone."
            )

    def _follow(self, news: Following) -> None:
        before, self.following = self.following, news
        if news.experiment != self.experiment:
            self._edited = EditedExperiment(news.experiment, self._send)
            self.layers = self.history = None
        self._edited.belongs_to(news.run)
        if before is None:
            self.notice = " ".join([self.notice, f"You are following {news.name}."]).strip()
        if before is None or (before.state, before.why) != (news.state, news.why):
            self._tell_state(news, is_first=before is None)

    def _tell_state(self, news: Following, *, is_first: bool) -> None:
        match news.state:
            case "lost":
                self.notice = news.why
            case "ended":
                self.notice = f"The run that you follow has ended: {news.why}. Y makes it yours."
            case "silent":
                self.notice = (
                    f"The run that you follow has not been saved for {_span(news.seconds)}, and "
                    "has not said why. It goes on here when it is. Y makes it yours."
                )
            case "live":
                if not is_first:
                    self.notice = ""

    # What a run of one's own would do.

    def toggle_play(self) -> None:
        """Train on, or pause."""
        if not self.refuses_changes():
            super().toggle_play()

    def advance(self, *, steps: int = 1, epochs: int = 0) -> None:
        """Make some steps, or go to the end of an epoch, and pause."""
        if not self.refuses_changes():
            super().advance(steps=steps, epochs=epochs)

    def step_on(self, point: int) -> None:
        """Make one step from one training point alone, counted from 0, and pause."""
        if not self.refuses_changes():
            super().step_on(point)

    def reset(self) -> None:
        """Begin again with the same initial weights."""
        if not self.refuses_changes():
            super().reset()

    def back_to_finite(self) -> None:
        """After a divergence, go on from the last finite step."""
        if not self.refuses_changes():
            super().back_to_finite()

    def change_speed(self, direction: int) -> None:
        """Train faster (1) or slower (−1)."""
        if not self.refuses_changes():
            super().change_speed(direction)

    def become(self, experiment: Experiment, label: str, outcome: Outcome | None = None) -> None:
        """Edit the experiment."""
        if not self._refuses(outcome):
            super().become(experiment, label, outcome)

    def set_parameters(
        self, before: Values, after: Values, label: str, outcome: Outcome | None = None
    ) -> None:
        """Edit single weights and biases of the network."""
        if not self._refuses(outcome):
            super().set_parameters(before, after, label, outcome)

    def _refuses(self, outcome: Outcome | None) -> bool:
        """Tell whoever asked for an edit that it cannot be made, if it cannot."""
        refused = self.refuses_changes()
        if refused and outcome is not None:
            outcome(self.notice)
        return refused

    def undo(self) -> None:
        """Take the last edit back."""
        if not self.refuses_changes():
            super().undo()

    def redo(self) -> None:
        """Make the edit that was undone again."""
        if not self.refuses_changes():
            super().redo()


def said_of(news: Following) -> tuple[str, str]:
    """Say in a few words how it is with a followed run, and why if there is a reason.

    How old its last save is stands there as soon as that matters.
    """
    state = _STATES[news.state]
    if news.is_held:
        return "following · held while you read", ""
    if news.seconds:
        age = _span(news.seconds)
        state += f" {age}" if news.state == "silent" else f", saved {age} ago"
    return f"following · {state}", news.why if news.state == "ended" else ""


def _span(seconds: int) -> str:
    for span, name in _SPANS:
        if seconds >= span:
            count = seconds // span * (10 if span == _SPANS[-1][0] else 1)
            plural = "s" if name == "day" and count > 1 else ""
            return f"{count} {name}{plural}"
    return "a moment"
