import asyncio

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from textual.app import App
from textual.screen import ModalScreen

from nntui.ui.canvas import BOLD, REVERSE, UNDERLINE, Canvas, Look
from nntui.ui.direct import styled_text
from nntui.ui.pane import Picture

ROWS, COLUMNS, TOP, LEFT = 5, 18, 2, 3
LOOKS = (
    Look(0xFF0000, 0x101010),
    Look(0x00FF00, 0x202020, BOLD),
    Look(0x0000FF, 0x101010, UNDERLINE),
    Look(0x00FF00, 0x202020, REVERSE),
)

DRAWINGS = st.lists(
    st.tuples(
        st.integers(0, ROWS - 1),
        st.integers(0, COLUMNS - 1),
        st.text("ab 日▀", min_size=1, max_size=6),
        st.sampled_from(LOOKS),
    ),
    max_size=10,
)


def drawn(drawings):
    canvas = Canvas(ROWS, COLUMNS, Look(0xCCCCCC, 0x111111))
    for row, column, text, look in drawings:
        canvas.put(row, column, text, look)
    return canvas


def whole(canvas):
    blank = Canvas(ROWS, COLUMNS, Look(0x123456, 0x654321))
    return styled_text(canvas, canvas.differences(blank), TOP, LEFT, ColorSystem.TRUECOLOR)


def shown(*texts):
    screen = pyte.Screen(COLUMNS + LEFT + 2, ROWS + TOP + 1)
    stream = pyte.Stream(screen)
    for text in texts:
        stream.feed(text)
    return [
        [screen.buffer[row][column] for column in range(screen.columns)]
        for row in range(screen.lines)
    ]


@given(before=DRAWINGS, after=DRAWINGS)
def test_the_changed_cells_make_the_new_picture(before, after):
    old, new = drawn(before), drawn([*before, *after])
    changes = styled_text(new, new.differences(old), TOP, LEFT, ColorSystem.TRUECOLOR)

    assert shown(whole(old), changes) == shown(whole(new))


def test_cells_stand_where_they_should_and_look_so():
    canvas = drawn([(1, 4, "x", LOOKS[1])])
    cell = shown(whole(canvas))[TOP + 1][LEFT + 4]

    assert (cell.data, cell.fg, cell.bg, cell.bold) == ("x", "00ff00", "202020", True)


def test_an_unchanged_picture_needs_nothing():
    canvas = drawn([(1, 4, "x", LOOKS[1])])

    assert canvas.differences(drawn([(1, 4, "x", LOOKS[1])])) == []


def test_without_colours_none_is_written():
    canvas = drawn([(0, 0, "x", LOOKS[0])])
    text = styled_text(canvas, canvas.differences(drawn([])), 0, 0, None)

    assert "38;2" not in text
    assert "x" in text


def test_little_is_written_for_little_that_changed():
    old, new = drawn([]), drawn([(2, 1, "a", LOOKS[0]), (2, 16, "b", LOOKS[0])])
    spans = new.differences(old)

    assert [(span.row, span.start, span.stop) for span in spans] == [(2, 1, 2), (2, 16, 17)]


class Words(Picture):
    """A picture of one word."""

    word = "before"

    def paint(self, canvas):
        canvas.put(0, 0, self.word)


class Recorder:
    """Takes what would be written to the terminal."""

    def __init__(self):
        self.written = []

    def write(self, widget, canvas, spans):
        self.written += spans


def after_a_change(*, behind_a_dialog):
    """Change a picture, and return what took the short way."""
    recorder = Recorder()

    async def story():
        app = App()
        async with app.run_test(size=(20, 4)) as pilot:
            words = Words()
            await app.screen.mount(words)
            await pilot.pause()
            if behind_a_dialog:
                await app.push_screen(ModalScreen())
                await pilot.pause()
            words.writer, words.word = recorder, "after!"
            words.redraw()

    asyncio.run(story())
    return recorder.written


def test_what_is_in_plain_sight_takes_the_short_way():
    assert after_a_change(behind_a_dialog=False)


def test_a_dialog_is_not_painted_over():
    assert after_a_change(behind_a_dialog=True) == []
