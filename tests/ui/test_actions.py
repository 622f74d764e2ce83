from collections import Counter

import pytest

from nntui.ui.action_table import ACTIONS, SCOPES
from nntui.ui.actions import footer_actions, reach, scopes_of
from nntui.ui.layout import NUMBERS


@pytest.mark.parametrize("pane", NUMBERS)
def test_no_key_means_two_things_at_once(pane):
    active = [a for a in ACTIONS if reach(a, pane)]
    keys = Counter(key for action in active for key in action.keys)

    # A pane's own key may hide one that works everywhere; none does so far.
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_says_what_it_does():
    for action in ACTIONS:
        assert action.help.endswith("."), action
        assert action.shown, action
        assert action.scope in SCOPES
        assert action.keys


def test_only_keys_that_arrive_everywhere_are_needed():
    for action in ACTIONS:
        assert not any(key.startswith(("alt+", "super+")) for key in action.keys), action
        # Shift and an arrow may be lost on the way: there is always a plain key as well.
        assert not action.keys[0].startswith("shift+") or action.name == "previous_pane", action


@pytest.mark.parametrize("pane", NUMBERS)
def test_the_footer_names_help_and_quit(pane):
    names = [action.name for action in footer_actions(pane)]

    assert {"play", "help", "quit"} <= set(names)
    own = {a.name for a in ACTIONS if a.scope in scopes_of(pane) and not a.everywhere and a.rank}
    assert names[:2] == ["play", "next_pane"]
    assert own == set(names[2 : len(own) + 2])
