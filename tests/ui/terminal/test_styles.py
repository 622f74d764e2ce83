"""From any style to any other, checked by reading SGR sequences as a terminal does."""

import pyte
from hypothesis import given
from hypothesis import strategies as st

from nntui.ui.terminal.motion import shortest_motion
from nntui.ui.terminal.styles import PLAIN, change, change_for_blanks, style_of

ON = {1: "bold", 2: "faint", 3: "italic", 4: "underline", 21: "double underline", 5: "blink"}
ON |= {6: "fast blink", 7: "reverse", 8: "hidden", 9: "strike", 51: "frame", 52: "circle"}
ON |= {53: "overline"}
OFF = {22: "bold faint", 23: "italic", 24: "underline", 25: "blink", 27: "reverse", 28: "hidden"}
OFF |= {29: "strike", 54: "frame circle", 55: "overline"}
SHOWN_ON_SPACES = ("background", "underline", "reverse", "strike", "frame", "circle", "overline")


def read(sequence, state):
    """A terminal's attributes after an SGR sequence, as ECMA-48 and xterm define them."""
    if not sequence:
        return state
    assert sequence.startswith("\x1b[")
    assert sequence.endswith("m")
    codes = [int(code or 0) for code in sequence[2:-1].split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            state = {}
        elif code in (38, 48):
            length = {5: 2, 2: 4}[codes[0]]
            colour, codes = tuple(codes[:length]), codes[length:]
            state = state | {"foreground" if code == 38 else "background": colour}
        elif code in (39, 49):
            name = "foreground" if code == 39 else "background"
            state = {key: value for key, value in state.items() if key != name}
        elif code in OFF:
            off = [name for name in state if name.split()[-1] in OFF[code].split()]
            state = {key: value for key, value in state.items() if key not in off}
        elif code in ON:
            state = state | {ON[code]: True}
        elif code in {*range(30, 38), *range(90, 98)}:
            state = state | {"foreground": code}
        else:
            assert code in {*range(40, 48), *range(100, 108)}
            state = state | {"background": code - 10}
    return state


CODES = st.sampled_from(
    [
        *map(str, ON),
        *("31", "97", "38;5;17", "38;2;1;2;3", "38;2;1;2;4"),
        *("42", "104", "48;5;17", "48;2;9;8;7"),
    ]
)
STYLES = st.lists(CODES, max_size=5).map(";".join)


def after_reset(parameters):
    return read(f"\x1b[0;{parameters}m" if parameters else "", {})


@given(STYLES, STYLES)
def test_a_change_leads_from_any_style_to_any_other(old, new):
    written = change(style_of(old), style_of(new))
    assert read(written, after_reset(old)) == after_reset(new)


@given(STYLES, STYLES)
def test_a_change_is_never_longer_than_starting_anew(old, new):
    anew = f"\x1b[0;{style_of(new).parameters()}m"
    assert len(change(style_of(old), style_of(new))) <= len(anew)


@given(STYLES)
def test_an_unknown_style_is_reset_first(new):
    state = {"foreground": 31, "bold": True, "overline": True}
    assert read(change(None, style_of(new)), state) == after_reset(new)


@given(STYLES, STYLES)
def test_spaces_look_as_they_should_whatever_else_is_kept(old, new):
    style = change_for_blanks(style_of(old), style_of(new))
    found = read(change(style_of(old), style), after_reset(old))
    expected = after_reset(new)
    seen_alike = SHOWN_ON_SPACES + (("foreground",) if expected.get("reverse") else ())
    for name in (*seen_alike, "double underline"):
        assert found.get(name) == expected.get(name), name
    assert found == read(f"\x1b[0;{style.parameters()}m", {}) or style == PLAIN


def test_a_style_that_is_not_understood_is_set_from_a_reset():
    strange = style_of("58;5;9;4")
    assert change(style_of("1"), strange) == "\x1b[0;58;5;9;4m"
    assert change(strange, style_of("1")) == "\x1b[0;1m"


PLACES = st.tuples(st.integers(0, 5), st.integers(0, 11))


@given(PLACES, PLACES)
def test_the_cursor_arrives_by_the_shorter_way(old, new):
    screen = pyte.Screen(12, 6)
    stream = pyte.Stream(screen)
    for motion in (shortest_motion(None, old), shortest_motion(old, new)):
        assert len(motion) <= len("\x1b[6;12H")
        stream.feed(motion)
    assert (screen.cursor.y, screen.cursor.x) == new
    assert not any(line.strip() for line in screen.display)
