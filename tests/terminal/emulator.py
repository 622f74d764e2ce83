"""A terminal's understanding of what a program writes, and its answers to what it is asked."""

import codecs
import re
from collections.abc import Callable

from looks import PLAIN, look_after
from screen import Screen

ALTERNATE_SCREEN, CURSOR, PASTE, SYNCHRONIZED, WRAP = 1049, 25, 2004, 2026, 7
MOUSE = frozenset({9, 1000, 1002, 1003, 1005, 1006, 1015, 1016})
FOCUS = 1004

_TOKEN = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f]+)"
    r"|\x1b\[(?P<private>[<=>?]?)(?P<parameters>[\d;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b(?P<string>[\]P_^X])(?P<content>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[()*+](?P<characters>.)"
    r"|\x1b(?P<escape>[0-9=>a-zDEHMNOVWZ])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
)
_LONGEST_TAIL = 4096
"""A sequence longer than this is no sequence any more."""

_ANSWERED_MODES = {SYNCHRONIZED}
_WHITE, _BLACK = "rgb:ffff/ffff/ffff", "rgb:0000/0000/0000"


class Emulator:
    """Follows a program's output on a screen.

    Args:
        columns: The width.
        rows: The height.
        encoding: How bytes become characters.

    Attributes:
        screen: What is shown.
        modes: The private modes that are set, by number.
        title: The window's title.
        frames: How many synchronized updates have ended.
        questions: How many times the cursor's position was asked for.
        unknown: Sequences that it did not understand, which a real terminal may not either.
        keyboard_depth: How often the kitty keyboard protocol was switched on and not off.
        tells_style: Whether it tells its present style when asked (DECRQSS), 24-bit colours too.
        on_frame: Called at the end of each synchronized update.
        on_answer: Called with each answer to the program.
    """

    def __init__(self, columns: int, rows: int, encoding: str = "utf-8") -> None:
        self.screen = Screen(columns, rows)
        self.modes = {CURSOR, WRAP}
        self.title = ""
        self.frames = self.questions = self.keyboard_depth = 0
        self.unknown: list[str] = []
        self.tells_style = False
        self.on_frame: Callable[[], object] = lambda: None
        self.on_answer: Callable[[bytes], object] = lambda _: None
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._tail = ""
        self._main_screen = self.screen

    @property
    def is_synchronizing(self) -> bool:
        """Whether a frame has begun and not ended: a terminal shows it when it has."""
        return SYNCHRONIZED in self.modes

    def feed(self, data: bytes) -> None:
        """Take in what the program has written."""
        text = self._tail + self._decoder.decode(data)
        position, end, match = 0, len(text), _TOKEN.match
        while position < end:
            token = match(text, position)
            if token is None:
                if end - position < _LONGEST_TAIL and text[position] == "\x1b":
                    break
                self.unknown.append(text[position : position + 10])
                position += 1
                continue
            position = token.end()
            if token.lastgroup == "text":
                self.screen.put(token[0])
            else:
                self._follow(token)
        self._tail = text[position:]

    def resize(self, columns: int, rows: int) -> None:
        """Take another size."""
        self._main_screen.resize(columns, rows)
        self.screen.resize(columns, rows)

    def _follow(self, token: re.Match[str]) -> None:
        kind = token.lastgroup
        if kind == "final":
            if token["final"] == "m" and not token["private"] and not token["between"]:
                try:
                    self.screen.look = look_after(self.screen.look, token["parameters"])
                except ValueError:
                    self.unknown.append(token[0])
            elif not self._control_sequence(token):
                self.unknown.append(token[0])
        elif kind == "content":
            self._string(token["string"], token["content"])
        elif kind == "control":
            self._control(token[0])
        elif kind == "escape":
            self._escape(token["escape"])

    def _control(self, character: str) -> None:
        screen = self.screen
        if character == "\r":
            screen.move_to(0, screen.row)
        elif character in "\n\v\f":
            screen.line_feed()
        elif character == "\b":
            screen.move_by(-1, 0)
        elif character == "\t":
            screen.move_to((screen.column // 8 + 1) * 8, screen.row)

    def _escape(self, letter: str) -> None:
        match letter:
            case "7":
                self.screen.save()
            case "8":
                self.screen.restore()
            case "E":
                self.screen.move_to(0, self.screen.row)
                self.screen.line_feed()
            case "D":
                self.screen.line_feed()
            case "=" | ">":
                pass
            case _:
                self.unknown.append(f"\x1b{letter}")

    def _string(self, introducer: str, content: str) -> None:
        command, _, argument = content.partition(";")
        if introducer == "P" and content == "$qm" and self.tells_style:
            behind = self.screen.look.background
            colour = f"48:2::{':'.join(map(str, behind))}" if isinstance(behind, tuple) else "0"
            self._answer(f"\x1bP1$r{colour}m\x1b\\")
        if introducer != "]":
            return
        if command in ("0", "2"):
            self.title = argument
        elif command in ("10", "11") and argument == "?":
            colour = _WHITE if command == "10" else _BLACK
            self._answer(f"\x1b]{command};{colour}\x1b\\")

    def _control_sequence(self, token: re.Match[str]) -> bool:
        private, final = token["private"] + token["between"], token["final"]
        numbers = [int(n) if n else 0 for n in re.split("[;:]", token["parameters"])]
        if private == "":
            return self._move(final, numbers) or self._edit(final, numbers)
        if private == "?" and final in "hl":
            for number in numbers:
                self._set_mode(number, on=final == "h")
            return True
        if final == "u":  # the keyboard protocol of kitty: this terminal does not have it
            self.keyboard_depth += {">": 1, "<": -1}.get(private, 0)
            return True
        if private == "?$" and final == "p":
            known = numbers[0] in _ANSWERED_MODES
            state = (1 if numbers[0] in self.modes else 2) if known else 0
            self._answer(f"\x1b[?{numbers[0]};{state}$y")
            return True
        if private == ">" and final in "cq":
            self._answer("\x1b[>1;10;0c" if final == "c" else "\x1bP>|nntui-tests\x1b\\")
            return True
        return (private, final) in ((" ", "q"), (">", "m"), ("?", "u"))

    def _move(self, final: str, numbers: list[int]) -> bool:
        screen, count = self.screen, max(numbers[0], 1)
        match final:
            case "H" | "f":
                screen.move_to(max([*numbers, 0][1], 1) - 1, count - 1)
            case "A":
                screen.move_by(0, -count)
            case "B" | "e":
                screen.move_by(0, count)
            case "C" | "a":
                screen.move_by(count, 0)
            case "D":
                screen.move_by(-count, 0)
            case "E" | "F":
                screen.move_to(0, screen.row + (count if final == "E" else -count))
            case "G" | "`":
                screen.move_to(count - 1, screen.row)
            case "d":
                screen.move_to(screen.column, count - 1)
            case "s":
                screen.save()
            case "u":
                screen.restore()
            case _:
                return False
        return True

    def _edit(self, final: str, numbers: list[int]) -> bool:
        screen = self.screen
        match final:
            case "J":
                screen.erase_in_display(numbers[0])
            case "K":
                screen.erase_in_line(numbers[0])
            case "X":
                column = min(screen.column, screen.columns - 1)
                screen.erase(column, screen.row, max(numbers[0], 1))
            case "n" if numbers[0] == 5:
                self._answer("\x1b[0n")
            case "n" if numbers[0] == 6:
                self.questions += 1
                column = min(screen.column, screen.columns - 1)
                self._answer(f"\x1b[{screen.row + 1};{column + 1}R")
            case "c":
                self._answer("\x1b[?62;22c")
            case "t":
                pass
            case _:
                return False
        return True

    def _set_mode(self, number: int, *, on: bool) -> None:
        if number == ALTERNATE_SCREEN and on != (ALTERNATE_SCREEN in self.modes):
            other = self._main_screen
            if on:
                other.save()
                other = Screen(self.screen.columns, self.screen.rows)
                other.look = PLAIN
            else:
                other.restore()
            self.screen = other
        self.modes.add(number) if on else self.modes.discard(number)
        if number == WRAP:
            self.screen.wraps = on
        if number == SYNCHRONIZED and not on:
            self.frames += 1
            self.on_frame()

    def _answer(self, text: str) -> None:
        self.on_answer(text.encode())
