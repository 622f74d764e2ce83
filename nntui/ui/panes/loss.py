"""The pane of the loss: how the figures came about, with a cursor that reads them exactly."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from textual import events
from textual.binding import BindingType

from nntui.charts.cells import Cells
from nntui.charts.loss import LossChart, LossFigure
from nntui.training.history import HistoryView
from nntui.ui import actions
from nntui.ui.canvas import Canvas
from nntui.ui.figures import figure, percent
from nntui.ui.layout import LOSS
from nntui.ui.messages import SnapshotWanted
from nntui.ui.pane import Pane
from nntui.ui.panes.terms_here import terms_of_loss
from nntui.ui.session import Session

_FEWEST_ROWS_WITH_LINE = 4
_HINT = "press space to train"
_HINT_OF_FOLLOWED = "it has not been trained yet"


class LossPane(Pane):
    """Draws the history of a run.

    Args:
        session: The experiment and its run.
    """

    number = 3

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(LOSS, everywhere=False)]

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._session = session
        self._is_logarithmic = False
        self._is_smoothed = False
        self._shows_score = False
        self._cursor: int | None = None
        """The step that is read; None while nothing is."""
        self._chart = LossChart()
        self._run = 0
        self._drawn: tuple[object, Cells] | None = None

    @property
    def name_on_frame(self) -> str:
        """What the curves are."""
        name = "R²" if self._is_regression else "Accuracy"
        if not self._shows_score:
            name = "Loss, log" if self._is_logarithmic else "Loss"
        return f"{name}, smoothed" if self._is_smoothed else name

    @property
    def remark(self) -> str:
        """The present figures."""
        snapshot = self._session.snapshot
        if snapshot is None:
            return ""
        found = snapshot.evaluation
        train, test = figure(found.train_loss), figure(found.test_loss)
        if self._shows_score:
            train, test = percent(found.train_accuracy), percent(found.test_accuracy)
            if self._is_regression:
                train, test = figure(found.train_r2), figure(found.test_r2)
        return f"train {train}" + ("" if test == "-" else f" · test {test}")

    def terms(self) -> Sequence[str]:
        """List the terms of the curves that are drawn."""
        return terms_of_loss(is_regression=self._is_regression, shows_score=self._shows_score)

    @property
    def _is_regression(self) -> bool:
        scene = self._session.scene
        return scene is not None and scene.task == "regression"

    @property
    def history_columns(self) -> int:
        """How finely the history is needed; 0 while the pane has no place on the screen."""
        return self.inner_size[1]

    def show(self) -> None:
        """Draw what the session knows now."""
        snapshot = self._session.snapshot
        if snapshot is not None and snapshot.run != self._run:
            self._run, self._cursor = snapshot.run, None
            self._chart.forget()
        self.redraw()

    def draw(self, canvas: Canvas) -> None:
        """Draw the curves, and what the cursor reads below them."""
        history = self._session.history
        has_line = self._cursor is not None and canvas.rows >= _FEWEST_ROWS_WITH_LINE
        canvas.paste(self._picture(history, canvas.rows - has_line, canvas.columns))
        if has_line and history is not None and len(history):
            self._draw_reading(canvas, history)

    def _picture(self, history: HistoryView | None, rows: int, columns: int) -> Cells:
        """Draw the curves, unless the last drawing still holds: it is most of a key's time."""
        toggles = self._shows_score, self._is_logarithmic, self._is_smoothed
        reason = history, rows, columns, toggles, self.ink.chart_style, self._cursor
        if self._drawn is None or self._drawn[0] != reason:
            cells = self._chart.draw(
                self._figure(history), columns, rows, self.ink.chart_style, cursor=self._cursor
            )
            self._drawn = reason, cells
        return self._drawn[1]

    def _figure(self, history: HistoryView | None) -> LossFigure:
        empty = np.zeros(0)
        kind = "loss"
        if self._shows_score:
            kind = "r2" if self._is_regression else "accuracy"
        if history is None:
            return LossFigure(x=empty, train=empty, test=empty, kind=kind, hint=self._hint)
        score = self._shows_score
        return LossFigure(
            x=history.steps.astype(np.float64),
            train=history.train_score if score else history.train_loss,
            test=history.test_score if score else history.test_loss,
            marks=history.marks,
            x_label="steps",
            kind=kind,
            is_log=self._is_logarithmic and not score,
            is_smoothed=self._is_smoothed,
            hint=self._hint,
        )

    @property
    def _hint(self) -> str:
        return _HINT if self._session.following is None else _HINT_OF_FOLLOWED

    def _draw_reading(self, canvas: Canvas, history: HistoryView) -> None:
        at = self._nearest(history, float(self._cursor or 0))
        score = self._shows_score
        show = percent if score and not self._is_regression else figure
        train = history.train_score if score else history.train_loss
        test = history.test_score if score else history.test_loss
        parts = [f"step {history.steps[at]:,}", f"train {show(float(train[at]))}"]
        if np.isfinite(test[at]):
            parts.append(f"test {show(float(test[at]))}")
        parts.append(f"epoch {history.epochs[at]:,}")
        marks = history.marks
        parts += [f"✎ {label}" for step, label in marks if self._nearest(history, step) == at]
        column = 1
        for part in parts:
            if column + len(part) > canvas.columns:
                break
            column = canvas.put(canvas.rows - 1, column, part, self.ink.accent) + 2

    @staticmethod
    def _nearest(history: HistoryView, step: float) -> int:
        return int(np.abs(history.steps - step).argmin())

    # What the keys do.

    def action_cursor(self, direction: int) -> None:
        """Move the cursor by a column, or further to the next figures there are."""
        history, axes = self._session.history, self._chart.axes
        if history is None or not len(history) or axes is None:
            return
        if self._cursor is None:
            self._read(int(history.steps[-1]))
            return
        column = axes.column_of(self._cursor) + direction
        wanted = self._nearest(history, axes.x_at(column))
        here = self._nearest(history, self._cursor)
        if (wanted - here) * direction <= 0:
            wanted = here + direction
        self._read(int(history.steps[min(max(wanted, 0), len(history) - 1)]))

    def _read(self, step: int) -> None:
        self._cursor = step
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Read the figures where the mouse points."""
        history, axes = self._session.history, self._chart.axes
        if history is not None and len(history) and axes is not None:
            self._read(int(history.steps[self._nearest(history, axes.x_at(event.x - 1))]))

    def action_hide(self) -> None:
        """Put the cursor away."""
        self._cursor = None
        self.redraw()

    def action_log(self) -> None:
        """Draw the loss on a logarithmic axis, or on a linear one."""
        self._is_logarithmic = not self._is_logarithmic
        self._session.notice = (
            "" if not self._shows_score else "The logarithmic axis is for the loss: key A shows it."
        )
        self._show_other()

    def action_smooth(self) -> None:
        """Smooth the curves, or show them as they are."""
        self._is_smoothed = not self._is_smoothed
        self._show_other()

    def action_accuracy(self) -> None:
        """Show the accuracy (of a regression: R²) instead of the loss, or the loss again."""
        self._shows_score = not self._shows_score
        self._show_other()

    def _show_other(self) -> None:
        self._chart.forget()
        self.redraw()
        self.post_message(SnapshotWanted())
