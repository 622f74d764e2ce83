import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.ui.action_table import ACTIONS, SCOPES
from nntui.ui.dialogs.help_text import KEY_WIDTH, help_lines
from nntui.ui.glossary import glossary


def headings(lines):
    return [line.text for line in lines if line.kind == "heading"]


def whole(lines):
    return " ".join(line.text for line in lines)


def test_every_key_is_there_with_its_help():
    lines = help_lines(200, "layers")

    shown = {(line.lead, line.text) for line in lines if line.kind == "key"}
    assert {(action.shown, action.help) for action in ACTIONS} <= shown


def test_every_term_is_there_in_the_order_of_the_alphabet():
    assert [line.term for line in help_lines(80, "layers") if line.term] == list(glossary())


@pytest.mark.parametrize("scope", list(SCOPES))
def test_the_keys_of_the_pane_come_first_and_the_glossary_last(scope):
    found = headings(help_lines(80, scope))

    assert found[0] == SCOPES[scope]
    assert found[-1] == "Glossary"
    assert sorted(found[:-1]) == sorted(SCOPES.values())


@given(width=st.integers(20, 150))
def test_no_line_is_wider_than_the_screen(width):
    for line in help_lines(width, "loss"):
        lead = KEY_WIDTH if line.kind == "key" else len(line.lead)
        assert lead + len(line.text) <= width or line.kind in ("heading", "term")


def test_a_term_that_is_called_so_comes_first():
    lines = help_lines(80, "layers", "/Momentum")

    assert next(line.term for line in lines if line.term) == "momentum"
    assert "play" not in whole(lines)


def test_keys_are_found_by_what_they_do():
    lines = help_lines(80, "layers", "undo")

    assert "u" in [line.lead for line in lines]


def test_nothing_that_matches_is_said():
    assert whole(help_lines(80, "layers", "zzzz")) == "Nothing matches."
