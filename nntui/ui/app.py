"""The app: it wires the session, the trainer in the background, the views and the terminal."""

import threading
import time
from collections.abc import Callable
from typing import ClassVar, Protocol, cast

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.signal import Signal
from textual.theme import ThemeProvider

from nntui.training.messages import Reply
from nntui.training.snapshot import Snapshot
from nntui.ui import actions, files
from nntui.ui.action_table import APP
from nntui.ui.coloured_app import ColouredApp
from nntui.ui.commands import Commands, Palette
from nntui.ui.direct import DirectWriter
from nntui.ui.frames import Frames
from nntui.ui.ink import Ink
from nntui.ui.messages import TrainerSaid
from nntui.ui.playground_screen import PlaygroundScreen
from nntui.ui.session import Session
from nntui.ui.signals import end_on_signals
from nntui.ui.terminal.abilities import Abilities
from nntui.ui.terminal.messages import FrameShown
from nntui.ui.terminal.shown import (
    ask_after_frame,
    ask_now,
    is_blocked,
    is_real,
    when_asked,
)


class Trainer(Protocol):
    """The trainer in the background, as the app needs it; the session tells it what to do."""

    def listen(self, on_reply: Callable[[Reply], object]) -> None:
        """Call a function, in another thread, with everything that it says from now on."""
        ...


class NntuiApp(ColouredApp):
    """The playground. It returns why the trainer has ended by itself, if it has.

    Args:
        session: The experiment and its run.
        trainer: The trainer in the background.
        experiment_file: Where the experiment came from; None for nowhere.
        abilities: What the terminal can show; see ``ColouredApp``.
        find_notice: What may take a moment to find out, and the user should know soon; an empty
            text for nothing.
    """

    TITLE = "nntui"
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(APP)]

    def __init__(
        self,
        session: Session,
        trainer: Trainer,
        experiment_file: str | None = None,
        abilities: Abilities | None = None,
        *,
        find_notice: Callable[[], str] | None = None,
    ) -> None:
        super().__init__(abilities)
        # Each step of an animation is a frame that a slow link has to carry.
        self.animation_level = "none"
        self.session = session
        self.experiment_file = experiment_file
        self._trainer = trainer
        self._find_notice = find_notice
        self._is_told_to_end = False
        self._frames = Frames(
            self._ask, self.set_timer, lambda: is_blocked(self._driver), time.monotonic
        )
        self.playground = PlaygroundScreen(session, self._frames.want)

    def on_mount(self) -> None:
        """Open the view, and begin to listen and to ask."""
        self.theme_changed_signal.subscribe(self, lambda _: self.use_ink(self.ink))
        self.push_screen(self.playground)

    def on_ready(self) -> None:
        """Ask for the first frame."""
        self.use_ink(self.ink)
        when_asked(self._driver, self._frames.sent)
        if not self.is_headless:
            end_on_signals(self._end)
        if is_real(self._driver):
            self.playground.write_directly(DirectWriter(self._write_frame))
        ask_now(self._driver)
        resumed = cast("Signal[object]", self.app_resume_signal)  # pyright: ignore[reportUnknownMemberType] - Textual leaves it open
        resumed.subscribe(self, lambda _: self._frames.restart())
        self._trainer.listen(lambda reply: self.post_message(TrainerSaid(reply)))
        self._frames.want()

    def _end(self, return_code: int) -> None:
        """Leave because a signal says so."""
        self._is_told_to_end = True
        # At once: a slow link takes a while to be given back.
        self.session.interrupt()
        self.exit(return_code=return_code)

    # The path of a frame: asked for, arrived and drawn, written, shown.

    def _ask(self, slow: bool) -> None:
        scene = self.session.scene
        identity = -1 if scene is None else scene.identity
        self.session.ask(self.playground.request(identity, slow=slow))

    def on_trainer_said(self, message: TrainerSaid) -> None:
        """Take in what the trainer says, and show it."""
        reply, was_playing = message.reply, self.session.is_playing
        self.session.receive(reply)
        if self._is_told_to_end:
            # The trainer may have been told so too, and is no failure then.
            return
        if self.session.failure:
            self.exit(self.session.failure, return_code=1)
        elif not isinstance(reply, Snapshot):
            self.playground.show_session()
            self._frames.want()
        else:
            self._show(reply)
            if was_playing and not self.session.is_playing:
                # Paused by itself: that was the last frame, and may have brought only the regions.
                self._frames.want()

    def _show(self, snapshot: Snapshot) -> None:
        self._frames.arrived()
        if snapshot is self.session.snapshot:
            self.playground.show_snapshot(snapshot, self._frames.per_second)
        else:
            # It shows the run before an edit: another one is on its way.
            self._frames.want()
        if self._find_notice is not None:
            # Only now that there is something to see.
            find, self._find_notice = self._find_notice, None
            threading.Thread(target=self._find_out, args=(find,), daemon=True).start()
        if not ask_after_frame(self._driver):
            self._frames.sent(None)
        self._frames.go_on(live=self.session.is_playing)

    def _write_frame(self, update: CompositorUpdate) -> None:
        # Textual's own updates are no renderables either; it tells them by their class.
        renderable = cast("RenderableType", update)
        self._display(self.screen, renderable)  # pyright: ignore[reportUnknownMemberType] - Textual leaves it open

    def on_frame_shown(self, message: FrameShown) -> None:
        """Make the next frame now that this one is on the user's screen."""
        self._frames.shown(message.answered_at, message.question)

    # What belongs to the program rather than to a view.

    def use_ink(self, ink: Ink) -> None:
        """Draw in other colours."""
        self.playground.use_ink(ink)

    def pop_screen(self) -> AwaitComplete:
        """Close what lies before the view."""
        # Textual's palette closes twice at two quick presses of enter; the view has to stay.
        if self.screen is self.playground:
            return AwaitComplete.nothing()
        return super().pop_screen()

    def say(self, text: str) -> None:
        """Tell the user something, above the footer."""
        self.session.notice = text
        self.playground.show_session()

    def _find_out(self, find: Callable[[], str]) -> None:
        """Find out what to say, in a thread."""
        if text := find():
            self.call_later(self._say_if_quiet, text)

    def _say_if_quiet(self, text: str) -> None:
        if not self.session.notice:
            self.say(text)

    def action_help(self) -> None:
        """Show every key, those of the pane with the keyboard first, and the glossary."""
        # Few sessions begin with the help: its glossary is not read before the first frame.
        from nntui.ui.dialogs.help import HelpScreen  # noqa: PLC0415

        self.push_screen(HelpScreen(self.playground.focused_pane))

    def action_help_quit(self) -> None:
        """Tell somebody who presses Ctrl+C how to leave."""
        self.say("Press q to leave nntui; w saves the experiment before.")

    def action_suspend_process(self) -> None:
        """Give the terminal back to the shell for a while (Ctrl+Z); training pauses."""
        self.session.pause()
        super().action_suspend_process()

    def action_themes(self) -> None:
        """Choose a theme."""
        self.push_screen(Palette([ThemeProvider], "Search for themes…"))

    def action_command_palette(self) -> None:
        """Search all commands."""
        if not Palette.is_open(cast("App[object]", self)):
            self.push_screen(Palette([Commands], "Search for commands…"))

    def action_save(self) -> None:
        """Save the experiment."""
        files.save_experiment(self)

    def action_open(self) -> None:
        """Open an experiment."""
        files.open_experiment(self)

    def action_picture(self) -> None:
        """Save a picture of the screen."""
        files.save_picture(self)
