"""The terminal that the app's tests look at: against another one (pyte), and its answers."""

import pyte
import pytest
from emulator import ALTERNATE_SCREEN, CURSOR, PASTE, Emulator
from hypothesis import given
from hypothesis import strategies as st
from looks import PLAIN, Look

COLUMNS, ROWS = 12, 5
ANSI = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
CUBE = (0, 95, 135, 175, 215, 255)

count = st.integers(0, 14).map(lambda n: str(n or ""))
colour = st.one_of(
    st.sampled_from(["0", "", "1", "3", "4", "5", "7", "9", "22", "23", "24", "25", "27", "29"]),
    st.sampled_from(["39", "49", "91", "104"]),
    st.integers(30, 37).map(str),
    st.builds("{}8;5;{}".format, st.sampled_from("34"), st.integers(16, 255)),
    st.builds("{}8;2;{};{};{}".format, st.sampled_from("34"), *[st.integers(0, 255)] * 3),
)
placing = st.builds("\x1b[{};{}H".format, count, count)
control = st.one_of(
    st.builds("\x1b[{}{}".format, count, st.sampled_from("ABCDEFGXd")),
    st.sampled_from(["\x1b[K", "\x1b[1K", "\x1b[2K"]),
    # Without a background: pyte gives it only to cells that were written before.
    st.sampled_from(["\x1b[0m\x1b[J", "\x1b[0m\x1b[1J", "\x1b[0m\x1b[2J"]),
    st.sampled_from(
        ["\r", "\n", "\b", "\x1b7\x1b[1;31m\x1b[Bx\x1b8", "\x1b[?25l", "\x1b]0;title\x07"]
    ),
)
sequence = st.one_of(
    st.text("ab─▀●é ", min_size=1, max_size=2 * COLUMNS),
    st.lists(colour, min_size=1, max_size=3).map(lambda c: f"\x1b[{';'.join(c)}m"),
    # After writing into the last column pyte takes controls otherwise than most terminals do.
    st.builds("{}{}".format, placing, control),
)


@given(st.lists(sequence, max_size=30), st.integers(1, 7))
def test_it_shows_what_another_terminal_shows(sequences, portion):
    output = "".join(sequences).encode()
    ours = Emulator(COLUMNS, ROWS)
    for start in range(0, len(output), portion):
        ours.feed(output[start : start + portion])
    theirs = pyte.Screen(COLUMNS, ROWS)
    pyte.ByteStream(theirs).feed(output)

    assert ours.screen.lines == theirs.display
    pairs = zip(
        ours.screen.cells(),
        (theirs.buffer[row][column] for row in range(ROWS) for column in range(COLUMNS)),
        strict=True,
    )
    for cell, other in pairs:
        assert shown(cell.look.background) == other.bg
        # An erased cell has a background alone; pyte gives it all attributes.
        if cell.character != " ":
            assert shown(cell.look.foreground) == other.fg
            assert attributes(cell.look) == (
                other.bold, other.italics, other.underscore, other.blink, other.reverse,
                other.strikethrough,
            )  # fmt: skip
    assert ours.unknown == []


def shown(value):
    """Name a colour as pyte does."""
    if value is None:
        return "default"
    if isinstance(value, int):
        if value < 16:
            return "bright" * (value >= 8) + ANSI[value % 8]
        cube, grey = value - 16, 8 + 10 * (value - 232)
        value = (CUBE[cube // 36 % 6], CUBE[cube // 6 % 6], CUBE[cube % 6])
        value = (grey,) * 3 if cube >= 216 else value
    return "{:02x}{:02x}{:02x}".format(*value)


def attributes(look):
    return look.bold, look.italic, look.underline, look.blink, look.reverse, look.strike


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("\x1b[5n", "\x1b[0n"),
        ("\x1b[3;7H\x1b[6n", "\x1b[3;7R"),
        ("\x1b[1;12Hx\x1b[6n", "\x1b[1;12R"),
        ("\x1b[?2026$p", "\x1b[?2026;2$y"),
        ("\x1b[?2026h\x1b[?2026$p", "\x1b[?2026;1$y"),
        ("\x1b[?2048$p", "\x1b[?2048;0$y"),
        ("\x1b[c", "\x1b[?62;22c"),
        ("\x1b]11;?\x07", "\x1b]11;rgb:0000/0000/0000\x1b\\"),
        ("\x1b[>q", "\x1bP>|nntui-tests\x1b\\"),
        ("\x1b[?u", ""),
    ],
)
def test_it_answers_as_terminals_do(question, answer):
    emulator, answers = Emulator(COLUMNS, ROWS), []
    emulator.on_answer = answers.append
    for byte in question.encode():
        emulator.feed(bytes([byte]))
    assert b"".join(answers).decode() == answer
    assert emulator.unknown == []


def test_the_alternate_screen_gives_the_first_one_back():
    emulator = Emulator(COLUMNS, ROWS)
    emulator.feed(b"$ nntui\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[2J\x1b[1;1Happ")
    assert emulator.screen.text.strip() == "app"
    assert emulator.modes >= {ALTERNATE_SCREEN, PASTE}
    emulator.feed(b"\x1b[?2004l\x1b[?1049l\x1b[?25h!")
    assert emulator.screen.text.strip() == "$ nntui!"
    assert not emulator.modes & {ALTERNATE_SCREEN, PASTE}
    assert CURSOR in emulator.modes


def test_wide_characters_take_two_cells_and_are_not_torn():
    emulator = Emulator(6, 3)
    emulator.feed("ab日c\x1b[1;4Hx\x1b[2;6H日e\u0301".encode())
    assert emulator.screen.lines == ["ab xc ", "      ", "日e\u0301   "]


def test_frames_are_counted_at_their_end():
    emulator, ends = Emulator(COLUMNS, ROWS), []
    emulator.on_frame = lambda: ends.append(emulator.screen.text.strip())
    emulator.feed(b"\x1b[?2026hone")
    assert emulator.is_synchronizing
    assert ends == []
    emulator.feed(b"\x1b[?2026l\x1b[?2026h two\x1b[?2026l three")
    assert ends == ["one", "one two"]
    assert emulator.frames == 2


def test_looks_are_cut_and_kept_when_the_size_changes():
    emulator = Emulator(COLUMNS, ROWS)
    emulator.feed(b"\x1b[5;1H\x1b[31mlast\x1b[1;1Hfirst")
    emulator.resize(4, 6)
    assert emulator.screen.lines == ["firs", *["    "] * 3, "last", "    "]
    assert emulator.screen.cell(0, 4).look == Look(foreground=1)
    assert emulator.screen.cell(0, 5).look == PLAIN
    assert len(list(emulator.screen.cells())) == 24


def test_what_no_terminal_knows_is_noted():
    emulator = Emulator(COLUMNS, ROWS)
    emulator.feed(b"a\x1b[5;5yb\x1b[77mc")
    assert emulator.screen.text.strip() == "abc"
    assert emulator.unknown == ["\x1b[5;5y", "\x1b[77m"]
