"""A program in a pseudo-terminal, with someone who types and looks.

    with Terminal(["nntui"], columns=120, rows=40) as terminal:
        terminal.wait_for_text("Decision regions")
        terminal.send(" ")
        terminal.wait_for(lambda screen: "steps/s" in screen.text)
        terminal.send("q")
        assert terminal.wait_for_exit() == 0

The terminal behaves like a modern one: it answers what terminals are asked, and shows frames
whole. A link between the program and the terminal can be simulated. Nothing here sleeps: waiting
ends with the byte that was waited for; a time limit only guards against waiting for ever.
"""

import os
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import processes
from emulator import ALTERNATE_SCREEN, CURSOR, FOCUS, MOUSE, PASTE, Emulator
from link import LinkQuality
from pseudo_terminal import PseudoTerminal
from screen import Screen

HANG_GUARD = 60.0
"""Seconds that nothing takes on a machine however busy."""

_TAKES_THE_TERMINAL = 'exec "$@" <>"$NNTUI_TEST_TTY" >&0 2>&0'
"""A session's leader without a terminal gets the one that it opens: a way that is safe beside
threads, which a function called between fork and exec is not."""

_NOT_INHERITED = (
    *("NO_COLOR", "COLORTERM", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "LINES", "TMUX"),
    *("LC_ALL", "LC_CTYPE", "LANG"),
)


class NotSeenError(AssertionError):
    """What was waited for did not come."""


@dataclass
class Watch:
    """Something that is looked for after each piece of output."""

    condition: Callable[[Screen], object]
    seen_at: float | None = None
    error: Exception | None = None
    over: threading.Event = field(default_factory=threading.Event)


class Terminal:
    """A pseudo-terminal of some size and the program in it.

    Args:
        command: The program and its arguments.
        columns: The width.
        rows: The height.
        home: An empty directory, for the program's files; the directory that it is started in.
        term: The variable TERM.
        colour: The variable COLORTERM; None leaves it out.
        language: The variable LANG; None leaves it out.
        environment: More variables; they replace the others.
        answers: Whether the terminal answers questions; ``tells_style``: even that of its style.
        encoding: How the terminal reads bytes.
        link: The link to the program; None for none.

    Attributes:
        emulator: The terminal's state; read it with the lock held, or when nothing changes.
        lock: Held while the emulator takes something in.
        process: The program.
        on_frame: Called at the end of each frame, with the lock held.
        started_at: When it was started, by ``time.perf_counter``.
        bytes_seen: How many bytes of output have arrived; ``was_ascii``: whether all were ASCII.
        mark: A text in the environment of the program and of all its children.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        home: Path | None = None,
        term: str = "xterm-256color",
        colour: str | None = "truecolor",
        language: str | None = "C.UTF-8",
        environment: dict[str, str] | None = None,
        answers: bool = True,
        tells_style: bool = False,
        encoding: str = "utf-8",
        link: LinkQuality | None = None,
    ) -> None:
        self.emulator = Emulator(columns, rows, encoding)
        self.emulator.tells_style = tells_style
        self._line = PseudoTerminal(columns, rows, link or LinkQuality(), self._show, self._end)
        if answers:
            self.emulator.on_answer = self._line.type
        self.emulator.on_frame = self._show_frame
        self.lock = self._line.lock
        self.on_frame: Callable[[], object] = lambda: None
        self.bytes_seen = 0
        self.was_ascii = True
        self.mark = f"NNTUI_TEST_RUN={uuid.uuid4()}"
        self._watches: list[Watch] = []
        self._over = threading.Event()
        self._is_open = True
        self.started_at = time.perf_counter()
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", _TAKES_THE_TERMINAL, "sh", *command],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            cwd=home,
            env=self._environment(home, term, colour, language) | (environment or {}),
        )
        self._line.serve(self.process.pid)

    def _environment(
        self, home: Path | None, term: str, colour: str | None, language: str | None
    ) -> dict[str, str]:
        name, _, value = self.mark.partition("=")
        given = {
            key: text
            for key, text in os.environ.items()
            if key not in _NOT_INHERITED and not key.startswith(("TEXTUAL", "NNTUI", "XDG_"))
        }
        given |= {"TERM": term, name: value, "NNTUI_TEST_TTY": self._line.name}
        if colour is not None:
            given["COLORTERM"] = colour
        if language is not None:
            given["LANG"] = language
        if home is not None:
            given["HOME"] = str(home)
        return given

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # What the user does.

    def send(self, text: str) -> float:
        """Type; returns when, by ``time.perf_counter``."""
        now = time.perf_counter()
        self._line.type(text.encode())
        return now

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        with self.lock:
            self.emulator.resize(columns, rows)
            self._line.resize(columns, rows)

    def hang_up(self) -> None:
        """Close the window: the terminal is gone, which the system tells the program."""
        self._is_open = False
        self._line.close()

    # What the user sees.

    @property
    def text(self) -> str:
        """The text on the screen."""
        with self.lock:
            return self.emulator.screen.text

    def wait_for(
        self, condition: Callable[[Screen], object], most_seconds: float = HANG_GUARD
    ) -> float:
        """Wait until the screen is as a condition wants it.

        Args:
            condition: Looks at the screen, whenever a whole frame is there.
            most_seconds: When to give up.

        Returns:
            When it was so, by ``time.perf_counter``.

        Raises:
            NotSeenError: It was not so in time, or the program has ended; the message shows the
                screen.
        """
        return self.seen(self.watch(condition), most_seconds)

    def wait_for_text(self, *texts: str, most_seconds: float = HANG_GUARD) -> float:
        """Wait until all texts are on the screen; see ``wait_for``."""
        return self.wait_for(lambda s: all(text in s.text for text in texts), most_seconds)

    def watch(self, condition: Callable[[Screen], object]) -> Watch:
        """Begin to look for something, to be waited for with ``seen``."""
        watch = Watch(condition)
        with self.lock:
            self._watches.append(watch)
            self._look()
        return watch

    def seen(self, watch: Watch, most_seconds: float = HANG_GUARD) -> float:
        """Wait until what is looked for is seen; see ``wait_for``."""
        watch.over.wait(most_seconds)
        with self.lock:
            if watch in self._watches:
                self._watches.remove(watch)
            if watch.error is not None:
                raise watch.error
            if watch.seen_at is None:
                state = "still runs"
                if self._over.is_set():
                    state = f"has ended with {self.process.wait()}"
                raise NotSeenError(f"not seen; the program {state}; the screen:\n{self.text}")
            return watch.seen_at

    # How the program ends.

    def wait_for_exit(self, most_seconds: float = HANG_GUARD) -> int:
        """Wait for the end of the program, and until its last output is on the screen.

        Returns:
            The exit code; negative for a signal.
        """
        try:
            code = self.process.wait(most_seconds)
        except subprocess.TimeoutExpired:
            raise NotSeenError(f"the program has not ended; the screen:\n{self.text}") from None
        if self._is_open:
            self._over.wait(most_seconds)
        return code

    def left_behind(self) -> list[str]:
        """List how the terminal differs from what it was before the program."""
        modes = self.emulator.modes
        found = {
            "the alternate screen": ALTERNATE_SCREEN in modes,
            "a hidden cursor": CURSOR not in modes,
            "mouse tracking": bool(modes & MOUSE),
            "bracketed paste": PASTE in modes,
            "focus events": FOCUS in modes,
            "an unfinished frame": self.emulator.is_synchronizing,
            "the kitty keyboard protocol": self.emulator.keyboard_depth > 0,
            "other line settings": not self._line.has_settings_of_before(),
            "input for the shell": self._line.unread() > 0,
        }
        return [what for what, is_so in found.items() if is_so]

    def children(self) -> list[processes.Process]:
        """List the processes that the program has started."""
        return [p for p in processes.marked(self.mark) if p.number != self.process.pid]

    def survivors(self, most_seconds: float = HANG_GUARD) -> list[processes.Process]:
        """Wait for the end of the program's processes; list those that did not end."""
        numbers = [one.number for one in processes.marked(self.mark)]
        processes.wait_until_ended(numbers, most_seconds)
        return processes.marked(self.mark)

    def close(self) -> None:
        """End everything that is still there."""
        processes.kill(one.number for one in processes.marked(self.mark))
        self.process.kill()
        self.process.wait()
        self.hang_up()

    # What comes from the line, in its thread, with the lock held.

    def _show(self, output: bytes) -> None:
        self.bytes_seen += len(output)
        self.was_ascii &= output.isascii()
        self.emulator.feed(output)
        if not self.emulator.is_synchronizing:
            self._look()

    def _show_frame(self) -> None:
        # The same piece of output may begin the next frame already.
        self._look()
        self.on_frame()

    def _end(self) -> None:
        self._over.set()
        self._look()

    def _look(self) -> None:
        """See whether anything is there that is waited for, or will never come."""
        now = time.perf_counter()
        for watch in self._watches[:]:
            try:
                if watch.condition(self.emulator.screen):
                    watch.seen_at = now
                elif not self._over.is_set():
                    continue
            except Exception as error:
                # It belongs to whoever waits, not to this thread.
                watch.error = error
            self._watches.remove(watch)
            watch.over.set()
