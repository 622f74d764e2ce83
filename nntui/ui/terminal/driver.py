"""Textual's driver for Linux and macOS, made frugal, and aware of when a frame is shown."""

import signal
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import CursorPosition, Resize
from textual.geometry import Size
from textual.message import Message

from nntui.ui.terminal.abilities import EVERYTHING, Abilities
from nntui.ui.terminal.answers import StyleAnswers, question
from nntui.ui.terminal.asking import Questions
from nntui.ui.terminal.frame_writer import FrameWriter
from nntui.ui.terminal.messages import FrameShown
from nntui.ui.terminal.pacing import Question
from nntui.ui.terminal.reading import AnswersParser, read_terminal

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
"""Between them a terminal may wait until it has the whole frame (synchronized output)."""
_FRAME_OVERDUE = 0.25
"""After so many seconds the question is asked although nothing was painted (nothing changed)."""
_LONGEST_DRAIN = 2.0
_LONGEST_DRAIN_OF_A_MUTE_TERMINAL = 0.5


class AskingDriver(LinuxDriver):
    """Writes frames and asks the terminal, when told to, whether the frame has arrived.

    `ask_after_frame` asks after the next frame that the app writes. The answer becomes a message
    `FrameShown` to the app; it never reaches a widget as a key. Nothing is asked while the
    terminal is handed over or given back, and what was asked is waited for before that.

    Attributes:
        abilities: What the terminal can show, as far as it is known before it is asked.
    """

    abilities: ClassVar[Abilities] = EVERYTHING

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        # Textual leaves the app's type argument out, hence "partially unknown".
        super().__init__(  # pyright: ignore[reportUnknownMemberType]
            app, debug=debug, mouse=mouse, size=size
        )
        self.on_asked: Callable[[Question], object] | None = None
        """Called in the app's thread when a question was written, so a frame was sent."""
        self._questions = Questions()
        self._ask_from: int | None = None
        """The writes there were when `ask_after_frame` was called; None: not called."""
        self._frame_writer = FrameWriter(self.abilities)
        self._answers = StyleAnswers()
        self._question = question(self.abilities)
        # Modes are also set by the input thread; and a signal may suspend the app in any line.
        self._writing = threading.RLock()
        self._writes = self._bytes_written = 0
        self._held = ""
        self._resized_to: tuple[int, int] | None = None

    @property
    def unwritten(self) -> int:
        """Writes that wait because the terminal does not take them; 0 when all went out."""
        return 0 if self._writer_thread is None else self._writer_thread._queue.qsize()  # pyright: ignore[reportPrivateUsage]

    def ask_after_frame(self) -> bool:
        """Ask after the next frame that is written, or soon if nothing is.

        Call it in the app's thread, after the changes were handed to the widgets.

        Returns:
            Whether the terminal can be asked now.
        """
        if not self._questions.is_open:
            return False
        if self._ask_from is None:
            self._ask_from = self._writes
            self._loop.call_later(_FRAME_OVERDUE, self._ask_overdue)
        return True

    def ask(self) -> Question | None:
        """Ask now, after all that was written so far.

        Returns:
            The question, with the bytes written since the one before; None when the terminal
            cannot be asked now.
        """
        self._ask_from = None
        asked = self._questions.ask(self._bytes_written)
        if asked is None:
            return None
        question, text = asked
        column, row = self._app.cursor_position
        # The cursor goes back to where the app wants it: input methods open their window there.
        self.write(f"{text}\x1b[{row + 1};{column + 1}H")
        self._bytes_written = 0
        if self.on_asked is not None:
            self.on_asked(question)
        return question

    def forget_screen(self) -> None:
        """Write every cell anew that the app paints next, whatever the terminal may show.

        For a key that repaints a screen which another program has written to: call it, then
        refresh the app's screen.
        """
        with self._writing:
            self._frame_writer.forget()

    def use(self, abilities: Abilities) -> None:
        """Write for a terminal that can show something else; then refresh the app's screen."""
        with self._writing:
            self._frame_writer.use(abilities)

    def write(self, data: str) -> None:
        """Show text and obey control sequences, with as few bytes as the terminal needs."""
        with self._writing:
            self._writes += 1
            if self._resized_to is not None:
                self._frame_writer.resize(*self._resized_to)
                self._resized_to = None
            output = self._held + self._frame_writer.write(data)
            # An update that changes nothing is not even begun.
            ends_nothing = data == SYNC_END and bool(self._held)
            begins = output == SYNC_START
            self._held = SYNC_START if begins else ""
            if output and not begins and not ends_nothing:
                self._send(output)

    def _send(self, output: str) -> None:
        self._bytes_written += len(output.encode("utf-8", "replace"))
        super().write(output)

    def flush(self) -> None:
        """End a frame: Textual calls this after each one."""
        super().flush()
        if self._ask_from is not None and self._writes > self._ask_from:
            self.ask()

    def start_application_mode(self) -> None:
        """Take the terminal over, at the start or when the app was suspended."""
        super().start_application_mode()
        self._take_signals_between_events()
        self._bytes_written = 0
        reading = self._key_thread is not None and self._key_thread.is_alive()
        if reading and self.input_tty:
            self._questions.open()
            self._ask_what_it_can_show()

    def _ask_what_it_can_show(self) -> None:
        """Ask what is not known of the terminal, once; the answer becomes `TerminalAnswered`."""
        asked, self._question = self._question, ""
        if asked:
            self._answers.expect()
            with self._writing:
                # As it is: neither its colour nor its letter is to be seen.
                self._frame_writer.forget()
                self._send(asked)

    def run_input_thread(self) -> None:
        """Read what the terminal sends until the end."""
        parser = AnswersParser(self._answers, debug=self._debug)
        read_terminal(self.fileno, parser, self.exit_event.is_set, self.process_message)

    def disable_input(self) -> None:
        """Stop reading keys, as soon as nothing more is to be answered."""
        self._ask_from = None
        mute = not self._questions.answered_ever
        most_seconds = _LONGEST_DRAIN_OF_A_MUTE_TERMINAL if mute else _LONGEST_DRAIN
        self._questions.close(most_seconds)
        self._answers.wait(most_seconds)
        super().disable_input()

    def process_message(self, message: Message) -> None:
        """Pass on what the terminal has sent, except for answers. Runs in the input thread."""
        if isinstance(message, Resize):
            self._resized_to = message.size.width, message.size.height
        if isinstance(message, CursorPosition):
            row, column = message.y + 1, message.x + 1
            asked = self._questions.answered(row, column)
            if asked is not None:
                super().process_message(FrameShown(asked, time.monotonic()))
            elif answer := self._answers.answered(row, column):
                super().process_message(answer)
            return
        super().process_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        # Called when the terminal is taken over and by the signal that its size has changed.
        self._resized_to = super()._get_terminal_size()
        return self._resized_to

    def _take_signals_between_events(self) -> None:
        """Handle the terminal's signals between two events, rather than in the midst of one.

        Textual handles them wherever the program happens to be: in a storm of changes of size
        one could be lost, and stopping could wait for itself.
        """
        for number, call in (
            (signal.SIGWINCH, self._tell_size),
            (signal.SIGTSTP, self._stop),
            (signal.SIGCONT, self._continue),
        ):
            self._loop.add_signal_handler(number, call)

    def _tell_size(self) -> None:
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(Resize(size, size))

    def _stop(self) -> None:
        self._sigtstp_application()  # pyright: ignore[reportUnknownMemberType] - Textual leaves it open

    def _continue(self) -> None:
        if self._must_signal_resume:
            self._sigcont_application()  # pyright: ignore[reportUnknownMemberType] - as above

    def _ask_overdue(self) -> None:
        if self._ask_from is not None:
            self.ask()
