import pytest

from nntui.ui.terminal.abilities import Abilities
from nntui.ui.terminal.frame_writer import FrameWriter
from nntui.ui.terminal.painting import Painting
from nntui.ui.terminal.styles import style_of


def shown(parameters, **abilities):
    return Painting(Abilities(**abilities)).style(style_of(parameters)).parameters()


@pytest.mark.parametrize(
    ("parameters", "of_256", "of_16"),
    [
        ("38;2;95;135;175", "38;5;67", "34"),
        ("48;2;8;8;8", "48;5;232", "40"),
        ("38;2;255;85;85", "38;5;203", "91"),
        ("1;48;2;170;0;170", "1;48;5;127", "1;45"),
        ("38;5;9;48;5;4", "38;5;9;48;5;4", "91;44"),
        ("38;5;231", "38;5;231", "97"),
        ("31;107", "31;107", "31;107"),
        ("1;7", "1;7", "1;7"),
    ],
)
def test_colours_become_those_of_the_terminal(parameters, of_256, of_16):
    if parameters != "38;2;95;135;175":
        assert shown(parameters, depth="16") == of_16
    assert shown(parameters, depth="256") == of_256
    assert shown(parameters, depth="truecolor") == parameters


def test_where_there_are_no_colours_attributes_are_left():
    assert shown("1;4;38;2;1;2;3;48;5;7", depth="none") == "1;4"


def test_text_becomes_ascii_where_there_is_nothing_else():
    assert Painting(Abilities(is_ascii=True)).text("▶ ─╮") == "> -+"
    assert Painting(Abilities()).text("▶ ─╮") == "▶ ─╮"


def frame(*parts):
    return "".join(f"\x1b[{row};{column}H{text}" for row, column, text in parts) + "\x1b[1;1H"


@pytest.mark.parametrize("text", ["▶ é ─╮", "語 👍🏽", "e\u0301\u200d"])
def test_every_way_through_the_writer_is_turned(text):
    writer = FrameWriter(Abilities("256", is_ascii=True))
    writer.resize(20, 2)
    styled = f"\x1b[38;2;95;135;175m{text}\x1b[0m"
    for written in (frame((1, 1, styled)), styled, frame((1, 1, styled + "\x1b]8;;x\x1b\\y"))):
        output = writer.write(written)
        assert output.isascii()
        assert "38;2" not in output
        assert "38;5;67" in output


def test_a_writer_that_learns_of_more_colours_writes_everything_anew():
    writer = FrameWriter(Abilities("256"))
    writer.resize(3, 1)
    cells = frame((1, 1, "\x1b[38;2;95;135;175mabc\x1b[0m"))
    assert "38;5;67" in writer.write(cells)
    assert "abc" not in writer.write(cells)
    writer.use(Abilities("truecolor"))
    assert "\x1b[0;38;2;95;135;175mabc" in writer.write(cells)


def test_the_terminals_own_colours_stay_its_own():
    # Textual says so after each reset where a theme's ground is the terminal's.
    assert shown("1;38;2;255;255;255;49", depth="16") == "1;97"
    assert shown("39;48;2;0;0;170", depth="16") == "44"
    assert shown("39;49", depth="256") == ""
