"""What is written in place of the app's frames makes the same screen, cell by cell."""

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nntui.ui.terminal import frame_writer
from nntui.ui.terminal.frame_writer import FrameWriter

WIDTH, HEIGHT = 12, 5


class Terminals:
    """Two terminals: one gets what the app writes, the other what the writer makes of it."""

    def __init__(self, width=WIDTH, height=HEIGHT):
        self.plain, self.written = pyte.Screen(width, height), pyte.Screen(width, height)
        self.streams = pyte.Stream(self.plain), pyte.Stream(self.written)
        self.writer = FrameWriter()
        self.writer.resize(width, height)
        self.write("\x1b[?7l")

    def write(self, data):
        output = self.writer.write(data)
        for stream, text in zip(self.streams, (data, output), strict=True):
            stream.feed(text)
        assert cells(self.written) == cells(self.plain), (data, output)
        assert cursor(self.written) == cursor(self.plain), (data, output)
        return output

    def resize(self, width, height):
        self.plain.resize(height, width)
        self.written.resize(height, width)
        self.writer.resize(width, height)


def cells(screen):
    return [
        [seen(screen.buffer[row][column]) for column in range(screen.columns)]
        for row in range(screen.lines)
    ]


def seen(cell):
    """What can be seen of a cell: on a space, no colour of the text, nor bold or italic."""
    if cell.data == " " and not cell.reverse:
        return cell._replace(fg="", bold=False, italics=False, blink=False)
    return cell


def cursor(screen):
    return screen.cursor.y, screen.cursor.x, screen.cursor.hidden


COLOURS = ["31", "97", "38;5;17", "38;2;1;2;3", "42", "104", "48;5;17", "48;2;9;8;7"]
STYLES = st.lists(
    st.sampled_from(["1", "3", "4", "5", "7", "9", *COLOURS]), max_size=3, unique=True
).map(";".join)
TEXTS = st.text("a▀▄ ", min_size=1, max_size=5)
STRANGE_TEXTS = st.text("a ▀漢é\u0301🙂\xa0\xad", min_size=1, max_size=3)


def segment(style, text):
    return f"\x1b[{style}m{text}\x1b[0m" if style else text


SEGMENTS = st.builds(segment, STYLES, TEXTS)
STRANGE_SEGMENTS = st.one_of(
    SEGMENTS,
    st.builds(segment, STYLES, STRANGE_TEXTS),
    SEGMENTS.map(lambda text: f"\x1b]8;id=1;https://a.b/c\x1b\\{text}\x1b]8;;\x1b\\"),
    SEGMENTS.map(lambda text: text.removesuffix("\x1b[0m")),
    st.sampled_from(["\x1b[38;2;1mx\x1b[0m", "\x1b[58;5;1mx\x1b[0m", "\x1b[mx\x1b[0m", "\x07"]),
)


def position(row, column):
    return f"\x1b[{row + 1};{column + 1}H"


ROWS, COLUMNS = st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1)


def parts(segments):
    row = st.lists(segments, max_size=4).map("".join)
    place = st.builds(position, ROWS, COLUMNS)
    line_feed = st.sampled_from(["", "\n"])
    return st.builds(lambda place, text, end: place + text + end, place, row, line_feed)


def frames(segments):
    """Frames as Textual writes them: rows, and at the end the cursor's place."""
    return st.builds(
        lambda parts, end: "".join(parts) + end,
        st.lists(parts(segments), min_size=1, max_size=5),
        st.builds(position, ROWS, COLUMNS),
    )


def whole_frame(style, text, width=WIDTH, height=HEIGHT):
    """The same text again and again over the whole screen."""
    text *= width * height
    rows = (text[row * width :][:width] for row in range(height))
    drawn = (position(row, 0) + segment(style, cells) for row, cells in enumerate(rows))
    return "".join(drawn) + position(0, 0)


WHOLE_FRAMES = st.builds(whole_frame, STYLES, TEXTS)
OTHER_WRITES = st.sampled_from(
    [
        *("\x1b[2J", "\x1b[K", "\x1b[3X", "\x1b[1L", "\x1b[2P", "\x1bM", "\x1b[5;2H\n\n"),
        *("\x1b[?2026h", "\x1b[?2026l", "\x1b[?25l", "\x1b[?1000h", "\x07", "\x1b[?2004h"),
        *("\x1b[3;4Hx", "\x1b[1m", "hello", "\x1b]52;c;aGk=\x07", "\x1b[?1049h", ""),
    ]
)


@given(st.lists(st.one_of(WHOLE_FRAMES, frames(SEGMENTS), frames(SEGMENTS)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_frames_of_plain_segments_show_the_same(written):
    terminals = Terminals()
    for data in written:
        terminals.write(data)


@given(
    st.lists(
        st.one_of(
            *(WHOLE_FRAMES, frames(SEGMENTS), frames(STRANGE_SEGMENTS), OTHER_WRITES),
            st.lists(parts(STRANGE_SEGMENTS), max_size=3).map("".join),
            st.tuples(st.integers(6, 20), st.integers(3, 8)),
        ),
        max_size=12,
    )
)
@settings(max_examples=120, deadline=None)
def test_whatever_is_written_shows_the_same(written):
    terminals = Terminals()
    for data in written:
        if isinstance(data, tuple):
            terminals.resize(*data)
        else:
            terminals.write(data)


def test_a_frame_that_changes_nothing_writes_nothing():
    terminals = Terminals()
    frame = whole_frame("1;38;2;1;2;3;48;2;4;5;6", "▀ab ")
    terminals.write(frame)
    assert terminals.write(frame) == ""
    assert terminals.write(position(2, 3) + segment("1;38;2;1;2;3;48;2;4;5;6", "ba") + "\x1b[H")


def test_only_the_cells_that_change_are_written():
    terminals = Terminals()
    terminals.write(whole_frame("38;2;1;2;3;48;2;4;5;6", "a"))
    row = segment("38;2;1;2;3;48;2;4;5;6", "aaaab") + segment("38;2;7;8;9;48;2;4;5;6", "aaaaaaa")
    written = terminals.write(position(1, 0) + row + position(0, 0))
    assert written == "\x1b[2;5Hb\x1b[38;2;7;8;9maaaaaaa\x1b[H"


def test_colours_of_text_are_not_changed_for_spaces():
    terminals = Terminals()
    terminals.write(whole_frame("48;5;1", " "))
    row = segment("31;44", "a") + segment("32;44", "  ") + segment("31;44", "a")
    assert terminals.write(f"\x1b[H{row}\x1b[H") == "\x1b[31;44ma  a\r"


def test_cells_are_written_style_by_style_where_that_is_less():
    terminals = Terminals()
    terminals.write(whole_frame("48;2;100;100;100", " "))
    first, second = "38;2;101;102;103;48;2;104;105;106", "38;2;111;112;113;48;2;114;115;116"
    row = "".join(segment(style, "▀") for style in (first, second) * 4)
    written = terminals.write("".join(position(y, 0) + row for y in range(4)) + "\x1b[H")
    assert written.count("48;2;104;105;106") == 1
    assert written.count("48;2;114;115;116") == 1


@pytest.mark.parametrize("other", ["\x1b[2J", "\x1b[?1049h", "\x1b[?7h", "\x1bD", "\x1b[1;4r", "x"])
def test_after_anything_unknown_all_is_written_anew(other):
    terminals = Terminals()
    frame = whole_frame("31", "abc")
    terminals.write(frame)
    terminals.writer.write(other)
    assert terminals.writer.write(frame).count("abc") == 20


@pytest.mark.parametrize(
    "other",
    ["\x1b[?2026h", "\x1b[6n", "\x1b[2;3H\x1b[6n\x1b[H", "\x1b[?1003l", "\x07", "\x1b[?25h"],
)
def test_what_changes_no_cell_is_passed_on_and_nothing_forgotten(other):
    terminals = Terminals()
    frame = whole_frame("31", "abc")
    terminals.write(frame)
    passed_on = terminals.writer.write(other)
    assert other.removeprefix("\x1b[2;3H").removesuffix("\x1b[H") in passed_on
    assert "abc" not in terminals.writer.write(frame)


def test_the_first_frame_after_a_change_of_size_may_still_be_for_the_old_one():
    """Its last rows end up on the terminal's last row: nothing of it may count as known."""
    terminals = Terminals(12, 5)
    terminals.write(whole_frame("31", "abc"))
    terminals.resize(12, 3)
    terminals.write(whole_frame("31", "vwxyz", 12, 5))
    small = whole_frame("31", "vwxyz", 12, 3)
    assert "vwxyz" in terminals.write(small)
    assert terminals.write(small) == ""


def test_a_link_is_passed_on_as_it_is():
    terminals = Terminals()
    link = "\x1b]8;id=7;https://a.b/?c=d\x1b\\\x1b[4mlink\x1b[0m\x1b]8;;\x1b\\"
    frame = f"\x1b[2;3H{link}\x1b[H"
    assert link in terminals.write(frame)
    assert link in terminals.write(frame)


def test_a_style_that_the_app_leaves_on_stays_on():
    terminals = Terminals()
    terminals.write(whole_frame("31", "abc"))
    terminals.write("\x1b[1;32m")
    terminals.write("\x1b[2;2Hgreen\x1b[H")
    terminals.write("\x1b[0m")
    terminals.write("\x1b[3;2Hplain\x1b[H")


def test_more_styles_than_are_kept(monkeypatch):
    monkeypatch.setattr(frame_writer, "_MOST_STYLES", 30)
    terminals = Terminals(4, 2)
    for number in range(40):
        reds = [segment(f"38;2;{number // 2};{green};1", "a") for green in range(8)]
        top, bottom = "".join(reds[:4]), "".join(reds[4:])
        terminals.write(f"\x1b[H{top}\x1b[2H{bottom}\x1b[H")
