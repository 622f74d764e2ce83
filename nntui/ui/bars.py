"""The three narrow parts around the panes: header, notice and footer."""

import textwrap
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.message import Message

from nntui.training.snapshot import Snapshot
from nntui.ui.action_table import ACTIONS, RUN, Action
from nntui.ui.actions import footer_actions
from nntui.ui.canvas import Canvas
from nntui.ui.figures import figure, short_count, speed_text
from nntui.ui.followed import said_of
from nntui.ui.layout import NUMBERS, TRAIN, VIEWS, View
from nntui.ui.pane import Picture
from nntui.ui.session import Session

_NAME = "nntui"

_COLUMNS_OF_VIEWS = 34
"""The columns that the views take, with a space at each side."""

OWNING = tuple(action for action in ACTIONS if action.name == "own")
"""What the footer offers first while somebody else's run is followed."""


class HeaderBar(Picture):
    """The views, what is being trained, how far it is, and how fast."""

    DEFAULT_CSS = "HeaderBar { height: 1; }"

    class Pressed(Message):
        """A view's tab was clicked.

        Attributes:
            view: Which one.
        """

        def __init__(self, view: View) -> None:
            super().__init__()
            self.view = view

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._session = session
        self.frames_per_second = 0.0
        self.view = TRAIN
        self._tabs: list[tuple[range, View]] = []

    def paint(self, canvas: Canvas) -> None:
        """Draw as much as fits: what changes stands at the right, and goes last."""
        session, snapshot = self._session, self._session.snapshot
        right = [] if snapshot is None else self._progress(snapshot)
        # The views come before all but the first part, where there is room for both; the program's
        # name goes where it would take the room of a part.
        for name in (f"{_NAME} ", ""):
            taken = len(name) + _COLUMNS_OF_VIEWS
            if len("   ".join(right)) <= canvas.columns - taken:
                break
        if canvas.columns < taken + len("".join(right[:1])):
            taken = 2
        while right and len("   ".join(right)) > canvas.columns - taken:
            right.pop()
        status = "   ".join(right)
        start = canvas.columns - len(status) - 1
        look = self.ink.good if _is_live(session) else self.ink.accent
        canvas.put(0, start, status, look)
        column = canvas.put(0, 1, name, self.ink.title) if len(name) + 2 <= start else 1
        column = self._paint_tabs(canvas, column, start - 1)
        for part in _described(session):
            if column + len(part) > start - 2:
                break
            column = canvas.put(0, column, part, self.ink.muted)

    def _paint_tabs(self, canvas: Canvas, column: int, stop: int) -> int:
        """Draw the views, the one that is shown apart from the others; return where they end."""
        self._tabs = []
        for view in VIEWS:
            text = f" {NUMBERS[view.panes[0]]} {view.title} "
            if column + len(text) > stop:
                break
            look = self.ink.cursor if view is self.view else self.ink.muted
            self._tabs.append((range(column, column + len(text)), view))
            column = canvas.put(0, column, text, look)
        return column + 2

    def on_click(self, event: events.Click) -> None:
        """Go to the view that was clicked."""
        for place, view in self._tabs:
            if event.x in place:
                self.post_message(self.Pressed(view))

    def _progress(self, snapshot: Snapshot) -> list[str]:
        """Say how far the run is, and how fast, in parts of falling weight."""
        session = self._session
        epoch, step = f"epoch {snapshot.epochs:,}", f"step {snapshot.steps:,}"
        # The Train view has a chart of the loss.
        loss = [] if self.view is TRAIN else [_losses(snapshot)]
        held = [] if session.speed is None else [f"held to {_speed(session.speed)}"]
        if session.following is not None:
            said, why = said_of(session.following)
            mark = "▶" if _is_live(session) else "‖"
            return [f"{mark} {said}", epoch, *([why] if why else []), *loss, step]
        if not session.is_playing:
            return [f"‖ {epoch}", *loss, step, *held]
        if held:
            # So slow that each step counts.
            return [f"▶ {epoch}", *loss, step, *held]
        frames = self.frames_per_second
        speed = _speed(snapshot.steps_per_second)
        return [f"▶ {epoch}", *loss, speed, *([f"{frames:.0f} fps"] if frames else [])]


def _is_live(session: Session) -> bool:
    following = session.following
    return session.is_playing if following is None else following.state == "live"


def _losses(snapshot: Snapshot) -> str:
    found = snapshot.evaluation
    test = "" if found.test_loss is None else f" · test {figure(found.test_loss)}"
    return f"loss {figure(found.train_loss)}{test}"


def _speed(steps_per_second: float) -> str:
    text = speed_text(steps_per_second)
    return f"{text} step/s" if text == "1" else f"{text} steps/s"


def _described(session: Session) -> list[str]:
    """Say what is being trained, in parts of falling weight."""
    experiment, snapshot, scene = session.experiment, session.snapshot, session.scene
    if scene is None or snapshot is None:
        return [experiment.data.source]
    kind = f"{len(scene.class_names)} classes" if scene.class_names else "regression"
    points = snapshot.train_points + snapshot.test_points
    return [
        scene.title,
        " · " + "-".join(str(units) for units in snapshot.units),
        f" · {kind}",
        f" · {short_count(points)} points",
    ]


class NoticeBar(Picture):
    """What the user should know now; takes no room where there is nothing."""

    DEFAULT_CSS = "NoticeBar { height: 0; }"

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._session = session

    MOST_LINES: ClassVar[int] = 5

    def lines(self, columns: int) -> list[str]:
        """Break the notice into lines."""
        text = self._session.notice
        if self._session.has_diverged:
            keys = "Key b: on from there; r: from the beginning."
            text = f"{text} {keys if self._session.following is None else 'Y makes it yours.'}"
        lines = textwrap.wrap(text, max(columns - 4, 1))
        if len(lines) > self.MOST_LINES:
            lines = [*lines[: self.MOST_LINES - 1], lines[self.MOST_LINES - 1][:-1] + "…"]
        return lines

    def paint(self, canvas: Canvas) -> None:
        """Draw the lines."""
        look = self.ink.bad if self._session.has_diverged else self.ink.warning
        for row, line in enumerate(self.lines(canvas.columns)):
            canvas.put(row, 0, ("! " if not row else "  ") + line, look)


class FooterBar(Picture):
    """The most useful keys of the moment; each can be clicked."""

    DEFAULT_CSS = "FooterBar { height: 1; }"

    class Pressed(Message):
        """A key's name was clicked.

        Attributes:
            action: What it does.
        """

        def __init__(self, action: Action) -> None:
            super().__init__()
            self.action = action

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._session = session
        self.pane = ""
        self._places: list[tuple[range, Action]] = []

    def paint(self, canvas: Canvas) -> None:
        """Draw what fits; help and quit always stand at the end."""
        self._places = []
        column = 1
        for shown, label, action in _chosen(self._actions(), canvas.columns - 2):
            text = "pause" if action.name == "play" and self._session.is_playing else label
            start = column
            column = canvas.put(0, column, shown, self.ink.accent)
            column = canvas.put(0, column + 1, text, self.ink.muted)
            self._places.append((range(start, column), action))
            column += 2

    def _actions(self) -> Sequence[Action]:
        """List what may stand there: of a followed run, nothing that it would refuse."""
        actions = footer_actions(self.pane)
        if self._session.following is None:
            return actions
        return [*OWNING, *(action for action in actions if action.scope != RUN)]

    def on_click(self, event: object) -> None:
        """Do what the clicked key would do."""
        x = getattr(event, "x", -1)
        for place, action in self._places:
            if x in place:
                self.post_message(self.Pressed(action))


def _chosen(actions: Sequence[Action], columns: int) -> list[tuple[str, str, Action]]:
    """Choose the hints that fit, in the order of their weight; the last two always stay."""
    hints: dict[str, tuple[str, str, Action]] = {}
    for action in actions:
        shown, label, first = hints.get(action.label, ("", action.label, action))
        hints[action.label] = (f"{shown}{action.shown}", label, first)
    listed = list(hints.values())
    ending = [hint for hint in listed if hint[2].name in ("help", "quit")]
    chosen: list[tuple[str, str, Action]] = []
    room = columns - sum(_width(hint) for hint in ending)
    for hint in (hint for hint in listed if hint not in ending):
        room -= _width(hint)
        if room < 0:
            break
        chosen.append(hint)
    return chosen + ending


def _width(hint: tuple[str, str, Action]) -> int:
    return len(hint[0]) + len(hint[1]) + 3
